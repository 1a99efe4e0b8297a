"""What may follow: the states an entry may go to, each with its key, and who takes it there."""

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ivaudit.domain.anomalies import Awaited, Entry, State
from ivaudit.domain.anomaly_states import REASONED, following
from ivaudit.domain.register_terms import RegisterTerms
from ivaudit.domain.tone import Tone
from ivaudit.ui import french
from ivaudit.ui.anomalies.guard import Guard
from ivaudit.ui.anomalies.guarded_line import GuardedLine
from ivaudit.ui.anomalies.reveal import reveal
from ivaudit.ui.audit.flow import Flow
from ivaudit.ui.controls import Combo, Line, button, called, card, column_in, label, row, say
from ivaudit.ui.theme import Space

_VERIFIED = "Par une autre personne que celle qui a corrigé."
_NOW = "maintenant, ou 21/11/2026 14:30"
_BAD_MOMENT = "Le jour s'écrit comme 21/11/2026, suivi de l'heure si elle est connue : 21/11/2026 14:30."


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """A change of state that was asked for; `at` is empty for now."""

    state: State
    by: str
    at: str
    reason: str
    awaited: Awaited | None


class Moves(QWidget):
    """Buttons of the states that may follow; `moved(Move)` once who and why are said."""

    moved = Signal(object)
    closed = Signal()

    def __init__(self, terms: RegisterTerms, guard: Guard, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        called(self, "moves", "Changer d'état")
        self._terms = terms
        self._states: tuple[State, ...] = ()
        self._wanted: State | None = None
        self._last_by = ""
        self._sent = False
        self.buttons = called(Flow(spacing=Space.TINY), "moves_buttons", "États qui peuvent suivre")
        self.panel, inside = card("move_panel")
        self.title = label("", "move_title", "heading")
        self.help = label("", "move_help", "muted")
        functions = [each.label for each in terms.functions]
        self.by = GuardedLine("move_by", "Par (fonction)", guard, functions)
        self.awaited = Combo("move_awaited", "En attente de")
        for each in terms.awaited:
            self.awaited.addItem(each.label, each.id)
        self.reason = GuardedLine("move_reason", "Motif", guard)
        self.at = Line("move_at", "Quand")
        self.at.setPlaceholderText(_NOW)
        self.problem = label("", "move_problem")
        self.go = button("Enregistrer", "move_go", "primary")
        self.stop = button("Renoncer", "move_stop", "quiet")
        self._lay_out(inside)
        self._connect()

    def _lay_out(self, inside: QVBoxLayout) -> None:
        when = label("Quand", "move_at_caption", "strong")
        when.setBuddy(self.at)
        self._whom = label("En attente de", "move_awaited_caption", "strong")
        self._whom.setBuddy(self.awaited)
        for part in (self.title, self.help, self._whom, self.awaited, self.by, self.reason, when, self.at):
            inside.addWidget(part)
        inside.addWidget(self.problem)
        inside.addLayout(row(self.go, self.stop, None))
        column = column_in(self, spacing=Space.SMALL)
        column.addWidget(self.buttons)
        column.addWidget(self.panel)
        say(self.problem, "")
        self.panel.hide()

    def _connect(self) -> None:
        self.go.clicked.connect(self._on_go)
        self.stop.clicked.connect(self.close_panel)
        for line in (self.by.line, self.reason.line, self.at):
            line.returnPressed.connect(self._on_go)

    # -- showing

    def show_entry(self, entry: Entry, author: str) -> None:
        """Show what may follow the present state of an entry."""
        self._last_by = self._last_by or author
        self._states = following(entry.trail)
        if entry.state is State.WAITING:
            self._states = (*self._states, State.WAITING)
        self.buttons.take_all()
        for rank, state in enumerate(self._states, 1):
            text = self._label(state)
            if state is State.WAITING and entry.state is State.WAITING:
                text = "En attente d'un autre"
            made = button(f"{rank}  {text}", f"move_{rank}", "", f"{text}, touche {rank}")
            made.setToolTip(f"{self._help(state)} (touche {rank})".strip())
            made.setProperty("rank", rank)
            made.clicked.connect(self._on_state)
            self.buttons.add(made)
            made.show()
        if self._wanted not in self._states:
            self.close_panel()

    def choose(self, rank: int) -> bool:
        """Ask for the state of a rank, from 1; tell whether there is one."""
        if not 1 <= rank <= len(self._states):
            return False
        self._open(self._states[rank - 1])
        return True

    def show_problem(self, sentence: str) -> None:
        """Say why the state did not change."""
        say(self.problem, sentence, Tone.BAD)
        self._sent = False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Give up on Échap."""
        if event.key() == Qt.Key.Key_Escape and not self.panel.isHidden():
            self.close_panel()
            return
        super().keyPressEvent(event)

    @Slot()
    def close_panel(self) -> None:
        """Ask nothing any more."""
        was = not self.panel.isHidden()
        self._wanted = None
        self.panel.hide()
        if was:
            self.closed.emit()

    # -- gestures

    @Slot()
    def _on_state(self) -> None:
        made = self.sender()
        if isinstance(made, QWidget):
            self.choose(int(made.property("rank")))

    def _open(self, state: State) -> None:
        self._wanted = state
        say(self.title, f"Passer à « {self._label(state)} »")
        say(self.help, _VERIFIED if state is State.VERIFIED else self._help(state))
        say(self.problem, "")
        waits = state is State.WAITING
        self.awaited.setVisible(waits)
        self._whom.setVisible(waits)
        needed = "Motif (obligatoire)" if state in REASONED else "Motif, s'il y en a un"
        say(self.reason.caption, needed)
        self.reason.put("")
        self.at.clear()
        self.by.put("" if state is State.VERIFIED else self._last_by)
        self._sent = False
        self.panel.show()
        (self.awaited if waits else self.by.line).setFocus(Qt.FocusReason.ShortcutFocusReason)
        reveal(self.panel)

    @Slot()
    def _on_go(self) -> None:
        if self._wanted is None or self._sent:
            return
        at = _moment(self.at.text())
        if at is None:
            self.show_problem(_BAD_MOMENT)
            self.at.setFocus()
            return
        if self.by.holds() or self.reason.holds():
            return
        waits = self._wanted is State.WAITING
        self._last_by = self.by.text() or self._last_by
        self._sent = True
        self.moved.emit(
            Move(
                state=self._wanted,
                by=self.by.text(),
                at=at,
                reason=self.reason.text(),
                awaited=Awaited(str(self.awaited.currentData())) if waits else None,
            )
        )

    def _label(self, state: State) -> str:
        return self._terms.label("states", state.value)

    def _help(self, state: State) -> str:
        return next((each.help for each in self._terms.states if each.id == state.value), "")


def _moment(text: str) -> str | None:
    """Return a local moment, empty for now, nothing for what is none."""
    words = text.split()
    if not words:
        return ""
    day = french.typed_date(words[0])
    hour = french.typed_time("".join(words[1:])) if words[1:] else "00:00"
    return f"{day}T{hour}" if day and hour else None
