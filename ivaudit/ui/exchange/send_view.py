"""What is sent, chosen: a part of an audit, or several audits; for whom, and where it is written."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QCheckBox, QWidget

from ivaudit.app import bundle_choices
from ivaudit.app.bundle_choices import ChoiceKind, SendChoice
from ivaudit.app.bundle_plans import Wanted
from ivaudit.domain.errors import KnownError
from ivaudit.domain.tone import Tone
from ivaudit.ui import import_preview, theme
from ivaudit.ui.audit.flow import Flow
from ivaudit.ui.audit.phrases import bound
from ivaudit.ui.controls import Line, SearchLine, button, called, column_in, label, say
from ivaudit.ui.exchange.out_bar import OutBar
from ivaudit.ui.french import count
from ivaudit.ui.start.passphrase_line import PassphraseLine
from ivaudit.ui.table import Column
from ivaudit.ui.theme import Space
from ivaudit.ui.turning_table import TurningTable
from ivaudit.ui.writer import Writer

if TYPE_CHECKING:
    from ivaudit.app.bundle_export import Plan
    from ivaudit.app.session import Session

_LEAST = 98
_NAMES = {
    ChoiceKind.SECTION: ("section", "sections"),
    ChoiceKind.SUBJECT: ("unité ou personne", "unités ou personnes"),
    ChoiceKind.INTERLOCUTOR: ("interlocuteur", "interlocuteurs"),
    ChoiceKind.AUDIT: ("audit", "audits"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Sending:
    """What a view lets people choose.

    Attributes:
        title: of the view.
        search: what can be searched for.
        help: what ticking means.
        team: what no recipient means.
        empty: said where there is nothing to choose.
        nothing: said while nothing is ticked; empty where nothing ticked cannot be sent.
        audit: the audit a part of which is sent, empty where whole audits are chosen.
    """

    title: str
    search: str
    help: str
    team: str
    empty: str
    nothing: str
    audit: str = ""

    def read(self, session: "Session") -> tuple[SendChoice, ...]:
        """Return what can be chosen; on the thread of the session."""
        return bundle_choices.parts(session, self.audit) if self.audit else bundle_choices.sets(session)

    def audits(self, chosen: Sequence[SendChoice]) -> tuple[str, ...]:
        """Return the audits that are sent."""
        return (self.audit,) if self.audit else tuple(each.id for each in chosen)


def part_of(audit: str) -> Sending:
    """Return what sends a part of an audit."""
    return Sending(
        title="Envoyer une partie de l'audit",
        search="Rechercher une section, une unité, un interlocuteur",
        help=(
            "Cochez des sections, des unités ou des interlocuteurs. Part ce qui répond à toutes les sortes "
            "cochées ; rien de coché dans une sorte veut dire tout. Ce qui ne part pas reste chez vous : le "
            "destinataire ne peut ni le lire ni le modifier."
        ),
        team="Sans destinataire, le fichier s'ouvre avec la phrase d'équipe.",
        empty="Cet audit n'a pas de point.",
        nothing="Rien n'est coché : l'audit part en entier.",
        audit=audit,
    )


WHOLE_AUDITS = Sending(
    title="Envoyer des audits",
    search="Rechercher une structure, une date, un état",
    help="Cochez les audits à réunir dans un seul fichier : ils partent en entier.",
    team="Sans destinataire, ils doivent avoir tous la même phrase d'équipe.",
    empty="Il n'y a pas encore d'audit à envoyer.",
    nothing="",
)


def _plan(audits: tuple[str, ...], what: Wanted, reader: str, passphrase: str, session: "Session") -> "Plan":
    return bundle_choices.plan(session, audits, what, reader=reader, passphrase=passphrase)


class SendView(QWidget):
    """The choices, the recipient, and the file; `left()` goes back."""

    left = Signal()

    def __init__(self, name: str, writer: Writer, sending: Sending) -> None:
        super().__init__()
        called(self, name, sending.title)
        self._writer, self._sending = writer, sending
        self._found: tuple[SendChoice, ...] = ()
        self._ticked: set[tuple[ChoiceKind, str]] = set()
        self.title = label(sending.title, f"{name}_title", "heading")
        self.back = button("Revenir", f"{name}_back", "quiet")
        self.help = label(bound(sending.help), f"{name}_help", "muted")
        self.search = SearchLine(f"{name}_search", sending.search)
        self.search.setPlaceholderText(sending.search)
        self.list = TurningTable(f"{name}_list", "Ce qui peut être envoyé", self._columns(), flat=True)
        self.list.setToolTip("Espace ou double-clic : cocher, décocher")
        self.empty = label(sending.empty, f"{name}_empty", "muted")
        self.chosen = label("", f"{name}_chosen", "strong")
        self.notes = _box("Joindre les notes internes et le carnet", f"{name}_notes")
        self.evidence = _box("Joindre les photographies et les fichiers de preuve", f"{name}_evidence")
        self.reader = Line(f"{name}_reader", "Clé de réception du destinataire")
        self.reader.setPlaceholderText("age1…")
        self.phrase = PassphraseLine(f"{name}_phrase", "Ou phrase convenue avec le destinataire")
        self.turn = button("Cocher ou décocher (Espace)", f"{name}_turn")
        self.none = button("Tout décocher", f"{name}_none", "quiet")
        self.go = button("Exporter…", f"{name}_go", "primary")
        self.out = OutBar(f"{name}_job", writer)
        self.result = label("", f"{name}_result")
        self._lay_out(name)
        self._connect()

    def _columns(self) -> tuple[Column, ...]:
        kind = Column(title="Sorte", text=lambda each: each.kind.value)
        return (
            Column(title="À envoyer", text=self._mark),
            *([kind] if self._sending.audit else []),
            Column(title="Nom", text=lambda each: bound(each.label), stretch=True),
            Column(title="Détail", text=lambda each: each.detail, spare=True),
        )

    def _lay_out(self, name: str) -> None:
        self.stack = import_preview.lay_out(
            self,
            name,
            head=(self.title, self.back),
            above=(self.help, self.search),
            tables=(self.list, self.empty),
            least=theme.current().px(_LEAST),
            below=((self.chosen, 0), (self._recipient(name), 0), (self.out, 0)),
            tools=(self.go, self.turn, self.none),
            result=self.result,
        )

    def _recipient(self, name: str) -> QWidget:
        made = QWidget()
        column = column_in(made)
        boxes = called(Flow(spacing=Space.MEDIUM), f"{name}_boxes", "Ce qui est joint")
        boxes.add(self.notes)
        boxes.add(self.evidence)
        column.addWidget(boxes)
        for text, field in (
            ("Clé de réception du destinataire", self.reader),
            ("Ou phrase convenue avec lui (quatre mots au moins)", self.phrase),
        ):
            caption = label(text, f"{field.objectName()}_label", "strong")
            caption.setBuddy(field if isinstance(field, Line) else field.line)
            column.addWidget(caption)
            column.addWidget(field)
        column.addWidget(label(bound(self._sending.team), f"{name}_team", "small"))
        return made

    def _connect(self) -> None:
        self.back.clicked.connect(self._on_back)
        self.search.textChanged.connect(self.list.values.search)
        self.search.returnPressed.connect(self.list.setFocus)
        self.list.turned.connect(self._on_turned)
        self.list.opened.connect(self._on_turned)
        self.turn.clicked.connect(self._on_turn)
        self.none.clicked.connect(self._on_none)
        self.go.clicked.connect(self._on_go)
        self.out.busy.connect(self.go.setDisabled)
        self.out.written.connect(self.settle)
        import_preview.leave_by_escape(self, self._on_back)

    def enter(self) -> None:
        """Read what can be chosen; what was ticked stays so."""
        say(self.result, "")
        self.out.clear()
        self._writer.submit(self._sending.read, done=self._on_read, failed=self._on_refused)

    @Slot()
    def settle(self) -> None:
        """Show no passphrase any more."""
        self.phrase.put("")

    # -- choosing

    @Slot(object)
    def _on_read(self, found: tuple[SendChoice, ...]) -> None:
        self._found = found
        self._ticked &= {(each.kind, each.id) for each in found}
        self.list.values.show_values(found)
        self.list.choose(0)
        self.stack.setCurrentWidget(self.list if found else self.empty)
        for part in (self.search, self.turn, self.none, self.go):
            part.setVisible(bool(found))
        self._say_chosen()
        (self.list if found else self.back).setFocus(Qt.FocusReason.OtherFocusReason)

    def _mark(self, each: SendChoice) -> str:
        return "✓ oui" if (each.kind, each.id) in self._ticked else "–"

    @Slot(object)
    def _on_turned(self, each: SendChoice | None) -> None:
        if each is not None:
            self._ticked ^= {(each.kind, each.id)}
            self._say_chosen()

    @Slot()
    def _on_turn(self) -> None:
        self._on_turned(self.list.value())

    @Slot()
    def _on_none(self) -> None:
        self._ticked.clear()
        self._say_chosen()

    def _chosen(self) -> tuple[SendChoice, ...]:
        return tuple(each for each in self._found if (each.kind, each.id) in self._ticked)

    def _say_chosen(self) -> None:
        import_preview.repaint_rows(self.list)
        amounts = {kind: sum(each.kind is kind for each in self._chosen()) for kind in _NAMES}
        parts = [count(amounts[kind], *_NAMES[kind]) for kind in _NAMES if amounts[kind]]
        say(self.chosen, f"Part : {', '.join(parts)}." if parts else self._sending.nothing)
        self.none.setEnabled(bool(parts))
        self.go.setEnabled(bool(parts or self._sending.nothing) and not self.out.running)

    # -- writing

    @Slot()
    def _on_go(self) -> None:
        chosen = self._chosen()
        ticked = () if not self._sending.audit else chosen
        what = bundle_choices.wanted(ticked, notes=self.notes.isChecked(), evidence=self.evidence.isChecked())
        work = partial(
            _plan, self._sending.audits(chosen), what, self.reader.text().strip(), self.phrase.text()
        )
        self.out.plan(work)

    def _on_refused(self, error: KnownError) -> None:
        say(self.result, error.sentence, Tone.BAD)

    @Slot()
    def _on_back(self) -> None:
        self.settle()
        self.left.emit()


def _box(text: str, name: str) -> QCheckBox:
    box = called(QCheckBox(text), name, text)
    box.setChecked(True)
    return box
