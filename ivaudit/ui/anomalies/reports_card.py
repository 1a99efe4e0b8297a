"""Where an entry is to be reported: circuits that its answers propose, delays left, what is done."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame

from ivaudit.domain.anomalies import Entry, EntryKind, Reported
from ivaudit.domain.checklist import Confidence
from ivaudit.domain.circuits import Certainty, CircuitStep, Proposed, ReportDue
from ivaudit.domain.tone import Tone
from ivaudit.ui import french
from ivaudit.ui.anomalies.detail_text import lasted
from ivaudit.ui.anomalies.fitted_table import FittedTable
from ivaudit.ui.anomalies.guard import Guard
from ivaudit.ui.anomalies.guarded_line import GuardedLine
from ivaudit.ui.anomalies.reading import Seen
from ivaudit.ui.anomalies.reveal import reveal
from ivaudit.ui.audit.phrases import bound
from ivaudit.ui.controls import Line, button, called, card, column_in, label, row, say
from ivaudit.ui.table import Column
from ivaudit.ui.theme import Space

_QUESTIONS = ("unexpected", "death", "vital", "disability")
_NONE = (
    "Aucun circuit proposé par les réponses données. Rien n'est déduit d'un niveau de gravité : ce sont les "
    "réponses de la fiche qui proposent un signalement."
)
_SURE = {
    Confidence.READ: "source lue",
    Confidence.QUOTED: "source citée",
    Confidence.SUMMARISED: "d'après un résumé",
    Confidence.TO_CHECK: "à vérifier",
}
_BAD_DAY = "La date s'écrit comme 21/11/2026."


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A step of a circuit: what is due of it, or what was done."""

    proposed: Proposed
    step: CircuitStep
    due: ReportDue | None
    done: Reported | None


class ReportsCard(QFrame):
    """Circuits of one entry. `reported(Reported)`; `questions_wanted()` opens the sheet."""

    reported = Signal(object)
    questions_wanted = Signal()

    def __init__(self, guard: Guard) -> None:
        super().__init__()
        called(self, "reports_card", "Signalements")
        self.setProperty("card", True)
        self._sent = False
        self.title = label("Signalements", "reports_title", "heading")
        self.eigs = label("", "reports_eigs")
        self.answer = button("Répondre aux quatre questions", "reports_answer")
        self.none = label("", "reports_none", "muted")
        self.list = FittedTable("reports_list", "Étapes à signaler : Entrée note que c'est fait", _COLUMNS)
        self.about = label("", "reports_about", "muted")
        self.panel, inside = card("report_panel")
        self.what = label("", "report_what", "strong")
        self.day = Line("report_day", "Signalé le")
        self.day.setPlaceholderText("jj/mm/aaaa, aujourd'hui si vide")
        self.number = GuardedLine("report_number", "Numéro reçu, s'il y en a un", guard)
        self.problem = label("", "report_problem")
        self.go = button("Noter le signalement", "report_go", "primary")
        self.stop = button("Renoncer", "report_stop", "quiet")
        caption = label("Signalé le", "report_day_caption", "strong")
        caption.setBuddy(self.day)
        for part in (self.what, caption, self.day, self.number, self.problem):
            inside.addWidget(part)
        inside.addLayout(row(self.go, self.stop, None))
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        column = column_in(self, Space.MEDIUM, Space.SMALL)
        self.note = button("Signalé le…", "reports_note", "", "Noter que cette étape est faite")
        self.note.setToolTip("Noter que l'étape choisie est faite (Entrée)")
        column.addWidget(self.title)
        column.addWidget(self.eigs)
        column.addLayout(row(self.answer, None))
        for part in (self.none, self.list, self.about):
            column.addWidget(part)
        column.addLayout(row(self.note, None))
        column.addWidget(self.panel)
        say(self.problem, "")
        self.panel.hide()

    def _connect(self) -> None:
        self.answer.clicked.connect(self.questions_wanted)
        self.list.current_value.connect(self._on_current)
        self.list.opened.connect(self._open)
        self.note.clicked.connect(self._on_note)
        self.go.clicked.connect(self._on_go)
        self.stop.clicked.connect(self._close)
        for line in (self.day, self.number.line):
            line.returnPressed.connect(self._on_go)

    # -- showing

    def show_seen(self, seen: Seen, *, same: bool) -> None:
        """Show the circuits of an entry; what is being noted stays where it is the same one."""
        entry = seen.entry
        self.setVisible(entry.kind is not EntryKind.BATCH)
        self._show_questions(entry)
        rows = _rows(seen)
        at = self.list.currentIndex().row() if same else 0
        self.list.show_rows(rows, at)
        self.note.setVisible(bool(rows))
        say(self.none, "" if rows else bound(_NONE))
        self._on_current(self.list.value())
        if not same or self._sent:
            self._close()

    def show_problem(self, sentence: str) -> None:
        """Say why it was not noted."""
        say(self.problem, sentence, Tone.BAD)
        self._sent = False

    def _show_questions(self, entry: Entry) -> None:
        asked = entry.kind is EntryKind.EVENT
        said = [entry.said(name) for name in _QUESTIONS]
        left = sum(each is None for each in said)
        words = [f"{title} : {each.value}" for title, each in zip(_TITLES, said, strict=True) if each]
        if left:
            words.append(french.count(left, "question sans réponse", "questions sans réponse"))
        text = "Événement grave lié aux soins (EIGS), quatre questions – " + " ; ".join(words) + "."
        say(self.eigs, bound(text) if asked else "")
        self.answer.setVisible(asked and bool(left))

    # -- gestures

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Give up on Échap."""
        if event.key() == Qt.Key.Key_Escape and not self.panel.isHidden():
            self._close()
            return
        super().keyPressEvent(event)

    @Slot(object)
    def _on_current(self, found: Row | None) -> None:
        say(self.about, bound(_about(found)) if found is not None else "")
        self.note.setEnabled(found is not None and found.done is None)

    @Slot()
    def _on_note(self) -> None:
        self._open(self.list.value())

    @Slot(object)
    def _open(self, found: Row | None) -> None:
        if found is None or found.done is not None:
            return
        say(self.what, bound(f"{found.proposed.circuit.title} : {found.step.title}"))
        say(self.problem, "")
        self.day.clear()
        self.number.put("")
        self._sent = False
        self.panel.show()
        self.day.setFocus(Qt.FocusReason.ShortcutFocusReason)
        reveal(self.panel)

    @Slot()
    def _close(self) -> None:
        had = self.panel.isAncestorOf(self.focusWidget()) if self.focusWidget() is not None else False
        self.panel.hide()
        self._sent = False
        if had:
            self.list.setFocus()

    @Slot()
    def _on_go(self) -> None:
        found = self.list.value()
        typed = self.day.text().strip()
        day = french.typed_date(typed) if typed else french.today()
        if day is None:
            self.show_problem(_BAD_DAY)
            return
        if found is None or self._sent or self.number.holds():
            return
        self._sent = True
        self.reported.emit(
            Reported(
                circuit=found.proposed.circuit.id, step=found.step.id, done=day, number=self.number.text()
            )
        )


_TITLES = ("Inattendu", "décès", "pronostic vital", "déficit permanent probable")


def _rows(seen: Seen) -> list[Row]:
    """Return what is due, the most pressing first, then what is done."""
    done = {(each.circuit, each.step): each for each in seen.entry.reported}
    due = [Row(proposed=each.proposed, step=each.step, due=each, done=None) for each in seen.to_do]
    past = [
        Row(proposed=each, step=step, due=None, done=done[each.circuit.id, step.id])
        for each in seen.circuits
        for step in each.circuit.steps
        if (each.circuit.id, step.id) in done
    ]
    return [*due, *past]


def _circuit(found: Row) -> str:
    region = f" ({found.proposed.region})" if found.proposed.region else ""
    unsure = " – à vérifier" if found.proposed.certainty is Certainty.MAYBE else ""
    return bound(f"{found.proposed.circuit.title}{region}{unsure}")


def _when(found: Row) -> str:
    if found.done is not None:
        number = f", n° {found.done.number}" if found.done.number else ""
        return bound(f"Signalé le {french.short_date(found.done.done)}{number}")
    due = found.due
    if due is None or due.at is None:
        return bound(f"{found.step.delay} – {due.why}" if due is not None and due.why else found.step.delay)
    now = datetime.now().astimezone()
    if found.step.hours == 0:
        return bound(f"{found.step.delay} – su depuis {lasted(now - due.at)}")
    return bound(f"{found.step.delay} – {left(due.at, now)}")


def left(at: datetime, now: datetime) -> str:
    """Return how long is left until a moment, or since when it has passed."""
    when = f"{at.astimezone():%d/%m/%Y à %H:%M}"
    if at >= now:
        return f"reste {lasted(at - now)} (avant le {when})"
    return f"dépassé depuis {lasted(now - at)} (le {when})"


def _about(found: Row) -> str:
    """Return who reports to whom, and where that is written."""
    circuit = found.proposed.circuit
    sources = [
        " ".join(filter(None, (each.document, each.section or "", f"({_SURE[each.confidence]})")))
        for each in circuit.references
    ]
    parts = (
        f"{circuit.trigger}",
        f"À qui : {circuit.addressee}. Par : {circuit.by}.",
        circuit.note,
        f"Source : {' ; '.join(sources)}." if sources else "",
        f"Délai : {_SURE[found.step.confidence]}.",
    )
    return " ".join(filter(None, parts))


def _step(found: Row) -> str:
    return bound(found.step.title)


_COLUMNS: Sequence[Column] = (
    Column(title="Circuit", text=_circuit, stretch=True),
    Column(title="Étape", text=_step),
    Column(title="Échéance", text=_when, stretch=True),
)
