"""One entry of the register, whole: where it stands, what may follow, its reports and its links."""

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from ivaudit.domain import clock
from ivaudit.domain.anomalies import EntryKind, State
from ivaudit.domain.tone import Tone
from ivaudit.ui.anomalies import detail_text
from ivaudit.ui.anomalies.columns import Words
from ivaudit.ui.anomalies.guard import Guard
from ivaudit.ui.anomalies.links_card import LinksCard
from ivaudit.ui.anomalies.moves import Moves
from ivaudit.ui.anomalies.reading import Around, Seen
from ivaudit.ui.anomalies.reports_card import ReportsCard
from ivaudit.ui.anomalies.told_card import ToldCard
from ivaudit.ui.audit.flow import Flow
from ivaudit.ui.audit.phrases import bound
from ivaudit.ui.audit.rich_text import RichText
from ivaudit.ui.controls import button, called, card, column_in, label, row, say
from ivaudit.ui.digit_keys import digit_of
from ivaudit.ui.theme import Space

KINDS = {
    EntryKind.ANOMALY: "Anomalie",
    EntryKind.EVENT: "Événement indésirable",
    EntryKind.BATCH: "Lot de corrections",
}
PASTE = (
    "Collez ce numéro dans le commentaire du dossier de la personne, dans votre logiciel (DPI ou DUI) : "
    "c'est là, et seulement là, que l'on retrouvera de qui il s'agit."
)
_TONES = {
    State.UNCONFIRMED: Tone.NEUTRAL,
    State.CLOSED: Tone.GOOD,
    State.VERIFIED: Tone.GOOD,
    State.CORRECTED: Tone.GOOD,
    State.INFORMED: Tone.GOOD,
    State.WAITING: Tone.WAITING,
    State.NO_FIX: Tone.BAD,
    State.REOPENED: Tone.BAD,
}
_CONFLICT = (
    "Deux versions d'un champ ont été enregistrées sur deux postes : ouvrez la fiche et écrivez celle qui "
    "est juste."
)


class Detail(QWidget):
    """What is known of one entry; the gestures are told by its parts.

    `copy_wanted()`, `sheet_wanted(field id, may be empty)`, `remove_wanted()`, `back_wanted()`.
    """

    copy_wanted = Signal()
    sheet_wanted = Signal(str)
    remove_wanted = Signal()
    back_wanted = Signal()

    def __init__(self, around: Around, words: Words, guard: Guard) -> None:
        super().__init__()
        called(self, "anomaly_detail", "Saisie choisie")
        self.seen: Seen | None = None
        self._coming: list[QWidget] = []
        self._turn = QTimer(self)
        self._turn.timeout.connect(self._on_turn)
        self._around = around
        self.back = button("‹ Liste", "detail_back", "quiet", "Revenir à la liste (Échap)")
        self.number = label("", "detail_number", "title", wrap=False)
        self.copy = button("Copier le numéro", "detail_copy", "", "Copier le numéro (Ctrl+C)")
        self.kind = label("", "detail_kind", "strong")
        self.state = label("", "detail_state")
        self.place = label("", "detail_place", "muted")
        self.paste = label(bound(PASTE), "detail_paste", "small")
        self.conflict = label("", "detail_conflict")
        self.complete = button("Compléter la fiche", "detail_sheet", "primary", "Compléter la fiche (F2)")
        self.remove = button("Retirer du registre", "detail_remove", "danger")
        self.moves = Moves(around.terms, guard)
        self.sheet = RichText("detail_text", "Fiche")
        self.figures = label("", "detail_figures")
        self.reports = ReportsCard(guard)
        self.told = ToldCard(around.terms)
        self.life = RichText("detail_life", "Historique des états")
        self.delays = label("", "detail_delays", "strong")
        self.links = LinksCard(words, around.audits)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        self.copy.setToolTip("Copier le numéro pour le coller dans le dossier de la personne (Ctrl+C)")
        self.complete.setToolTip("Ouvrir toute la fiche (F2)")
        self.remove.setToolTip("Retirer cette saisie ; elle peut être remise (Suppr dans la liste)")
        column = column_in(self, spacing=Space.SMALL)
        head, inside = card("detail_head")
        inside.addLayout(row(self.back, self.number, self.copy, None))
        for said in (self.kind, self.state, self.place, self.paste, self.conflict):
            inside.addWidget(said)
        tools = called(Flow(spacing=Space.SMALL), "detail_tools", "Cette saisie")
        tools.add(self.complete)
        tools.add(self.remove)
        inside.addWidget(tools)
        self.moving, moving = card("detail_moves_card")
        moving.addWidget(label("Ensuite", "detail_moves_title", "heading"))
        moving.addWidget(self.moves)
        written, text = card("detail_sheet_card")
        text.addWidget(label("Fiche", "detail_sheet_title", "heading"))
        text.addWidget(self.sheet)
        text.addWidget(self.figures)
        past, life = card("detail_life_card")
        life.addWidget(label("Historique", "detail_life_title", "heading"))
        life.addWidget(self.delays)
        life.addWidget(self.life)
        column.addWidget(head)
        for part in (self.moving, written, self.reports, self.told, self.links, past):
            holder = QWidget()
            holder.setObjectName(f"{part.objectName()}_holder")
            column_in(holder).addWidget(part)
            holder.hide()
            column.addWidget(holder)
            self._coming.append(holder)
        column.addStretch(1)

    def _connect(self) -> None:
        self.back.clicked.connect(self.back_wanted)
        self.copy.clicked.connect(self.copy_wanted)
        self.complete.clicked.connect(self._on_sheet)
        self.remove.clicked.connect(self.remove_wanted)
        self.reports.questions_wanted.connect(self._on_questions)

    def show_seen(self, seen: Seen, facility: str) -> None:
        """Show an entry; `facility` is the name of its structure."""
        same = self.seen is not None and self.seen.entry.id == seen.entry.id
        self.seen = seen
        entry, terms, now = seen.entry, self._around.terms, clock.now()
        say(self.number, entry.number)
        say(self.kind, bound(f"{KINDS[entry.kind]} · {terms.type_label(entry.type)}"))
        say(self.state, detail_text.state_words(entry, terms), _TONES.get(entry.state, Tone.MIDDLE))
        say(self.place, detail_text.listed((facility, entry.unit, entry.application)))
        say(self.conflict, bound(_CONFLICT) if entry.conflict else "", Tone.BAD)
        if not same:
            self.moves.close_panel()
        self.moves.show_entry(entry, self._around.author)
        form = self._around.forms[entry.kind]
        self.sheet.show_html(detail_text.sheet(entry, form, terms))
        say(self.figures, self._figures(seen))
        self.reports.show_seen(seen, same=same)
        self.told.show_entry(entry)
        self.life.show_html(detail_text.life(entry, terms, now))
        say(self.delays, detail_text.delays(entry, now))
        self.links.show_seen(seen)
        if self._coming:
            self._turn.start(0)

    @Slot()
    def _on_turn(self) -> None:
        """Show one card more: all of them at once would hold the window the first time."""
        if self._coming:
            self._coming.pop(0).show()
        else:
            self._turn.stop()

    def first_focus(self) -> QWidget:
        """Return what one most likely wants in it."""
        return self.complete

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take the digits that no line takes, each a state that may follow; Échap goes to the list."""
        if event.key() == Qt.Key.Key_Escape:
            self.back_wanted.emit()
            return
        digit = digit_of(event)
        if digit is None or not self.moves.choose(digit):
            super().keyPressEvent(event)

    def _figures(self, seen: Seen) -> str:
        if seen.entry.kind is EntryKind.BATCH:
            return ""
        terms = self._around.terms
        severity = detail_text.severity_words(seen.entry, terms)
        return f"{severity} {detail_text.criticality_words(seen.criticality, terms)}"

    @Slot()
    def _on_sheet(self) -> None:
        self.sheet_wanted.emit("")

    @Slot()
    def _on_questions(self) -> None:
        self.sheet_wanted.emit("unexpected")
