"""Answering one point: the buttons, what an answer still asks for, and why one is refused."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from ivaudit.domain.checklist import NaPolicy, Vocabulary
from ivaudit.domain.scale import ScaleValue, Standing, Symbol
from ivaudit.domain.tone import Tone
from ivaudit.ui.audit.answer_buttons import AnswerButtons
from ivaudit.ui.audit.reason_list import ReasonList
from ivaudit.ui.audit.rows import Row
from ivaudit.ui.controls import button, called, column_in, label, row, say

NA_FORBIDDEN = "Ce point concerne toutes les structures : « sans objet » n'y est pas possible."
_ASK_REASON = "Pourquoi ce point est-il sans objet ? Choisissez un motif (Échap pour renoncer)."


class AwaitingLine(QLineEdit):
    """From whom an answer is awaited; Entrée records, Échap gives up."""

    given = Signal()
    escaped = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Record by Entrée, leave by Échap."""
        match event.key():
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self.given.emit()
            case Qt.Key.Key_Escape:
                self.escaped.emit()
            case _:
                super().keyPressEvent(event)


class AnswerChoice(QWidget):
    """Asks for an answer and what goes with it.

    `answered(value, reason, awaiting)` is to be recorded; `completed` says that nothing more is asked;
    `done` gives the focus back to the list.
    """

    answered = Signal(str, str, str)
    completed = Signal()
    cleared = Signal()
    done = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._row: Row | None = None
        self._vocabulary: Vocabulary | None = None
        self._asked = ""
        self._awaits = ""
        self.buttons = AnswerButtons()
        self.message = label("", "answer_message")
        self.reasons = ReasonList()
        self.reason_line = label("", "na_reason", "muted")
        self.reason_change = button("Changer le motif", "na_change", "quiet")
        self.awaiting = called(AwaitingLine(), "awaiting", "À vérifier auprès de")
        self.awaiting.setPlaceholderText("Auprès de qui ? Une fonction : DSI, cadre de nuit… (Entrée)")
        self.clear_button = button("Retirer la réponse (0)", "answer_clear", "quiet")
        column = column_in(self)
        for part in (self.buttons, self.message, self.reasons, self.awaiting):
            column.addWidget(part)
        self.tail = row(self.reason_line, self.reason_change, None, self.clear_button)
        column.addLayout(self.tail)
        self._connect()

    def _connect(self) -> None:
        self.buttons.chosen.connect(self.choose)
        self.reasons.chosen.connect(self._on_reason)
        self.reasons.cancelled.connect(self._on_cancelled)
        self.reason_change.clicked.connect(self._on_change_reason)
        self.awaiting.given.connect(self._on_awaiting)
        self.awaiting.escaped.connect(self._on_awaiting_left)
        self.awaiting.editingFinished.connect(self._keep_awaiting)
        self.clear_button.clicked.connect(self.cleared)

    def set_vocabulary(self, vocabulary: Vocabulary) -> None:
        """Take the words of the reasons."""
        self._vocabulary = vocabulary
        self.reasons.show_terms(vocabulary.na_reasons)

    def show_row(self, shown: Row) -> None:
        """Show a point and its recorded answer."""
        same = self._row is not None and self._row.key == shown.key
        self._row = shown
        scale = shown.checklist.scale_of(shown.criterion)
        self.buttons.show_scale(scale)
        forbidden = shown.criterion.na is NaPolicy.FORBIDDEN
        leaving = frozenset(v.id for v in scale.values if v.standing is Standing.LEAVES)
        self.buttons.show_answer(
            None if shown.carried else shown.answer.value, leaving if forbidden else frozenset()
        )
        if not same:
            self._awaits = ""
        if not same or not self._asked:
            self._close_asking()
        self._show_details(shown)

    def _show_details(self, shown: Row) -> None:
        value = shown.value
        leaves = value is not None and value.standing is Standing.LEAVES
        reason = shown.answer.na_reason
        words = self._vocabulary.label("na_reasons", reason) if self._vocabulary and reason else ""
        say(self.reason_line, f"Motif : {words}" if words else "Sans motif" if leaves else "")
        self.reason_change.setVisible(leaves and not self._asked)
        self.reason_change.setText("Changer le motif" if words else "Donner un motif")
        self.clear_button.setVisible(value is not None)
        waits = value is not None and awaits(value)
        if not self.awaiting.hasFocus():
            self.awaiting.setText(shown.answer.awaiting)
        self.awaiting.setVisible(waits or bool(self._awaits))

    @Slot(str)
    def choose(self, key: str) -> None:
        """Answer with a value of the scale, asking first for what it needs."""
        shown = self._row
        value = shown.checklist.scale_of(shown.criterion).value(key) if shown is not None else None
        if shown is None or value is None:
            return
        self._close_asking()
        if value.standing is Standing.LEAVES and not self._may_leave(shown, key):
            return
        if not awaits(value):
            self.answered.emit(key, "", "")
            self.completed.emit()
            return
        self.answered.emit(key, "", shown.answer.awaiting)
        self._awaits = key
        self.awaiting.show()
        self.awaiting.setFocus(Qt.FocusReason.OtherFocusReason)

    def choose_digit(self, digit: int) -> None:
        """Answer with the value of a key; 0 clears."""
        if digit == 0:
            self._close_asking()
            self.cleared.emit()
        elif digit <= len(self.buttons.buttons):
            self.choose(self.buttons.buttons[digit - 1].value.id)

    def _may_leave(self, shown: Row, key: str) -> bool:
        policy = shown.criterion.na
        if policy is NaPolicy.FORBIDDEN:
            say(self.message, NA_FORBIDDEN, Tone.MIDDLE)
            return False
        if policy is NaPolicy.REASON or shown.criterion.critical:
            self._ask_reason(key)
            return False
        return True

    def _ask_reason(self, key: str) -> None:
        self._asked = key
        say(self.message, _ASK_REASON, Tone.WAITING)
        self.reason_change.hide()
        self.reasons.show()
        self.reasons.fit()
        self.reasons.setFocus(Qt.FocusReason.OtherFocusReason)

    def _close_asking(self) -> None:
        self._asked = ""
        self.message.hide()
        self.reasons.hide()

    @Slot(str)
    def _on_reason(self, reason: str) -> None:
        asked = self._asked
        self._close_asking()
        if asked:
            self.answered.emit(asked, reason, "")
        self.done.emit()
        if asked:
            self.completed.emit()

    @Slot()
    def _on_cancelled(self) -> None:
        self._close_asking()
        if self._row is not None:
            self._show_details(self._row)
        self.done.emit()

    @Slot()
    def _on_change_reason(self) -> None:
        if self._row is not None and self._row.answer.value is not None:
            self._ask_reason(self._row.answer.value)

    @Slot()
    def _on_awaiting(self) -> None:
        self._keep_awaiting()
        self.done.emit()
        self.completed.emit()

    @Slot()
    def _on_awaiting_left(self) -> None:
        self._awaits = ""
        if self._row is not None:
            self.awaiting.setText(self._row.answer.awaiting)
        self.done.emit()

    @Slot()
    def _keep_awaiting(self) -> None:
        # The answer itself may still be on its way to the disk: what was asked counts, not what is recorded.
        asked, self._awaits = self._awaits, ""
        shown = self._row
        if shown is None:
            return
        recorded = shown.value.id if shown.value is not None and awaits(shown.value) else ""
        text = self.awaiting.text().strip()
        if (asked or recorded) and text != shown.answer.awaiting:
            self.answered.emit(asked or recorded, "", text)


def awaits(value: ScaleValue) -> bool:
    """Tell whether a value means that somebody else is still to be asked."""
    return value.standing is Standing.STAYS and value.symbol is Symbol.QUESTION
