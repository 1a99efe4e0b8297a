"""Where a line is typed while somebody speaks: Entrée records it, the arrows move among the points."""

from PySide6.QtCore import QEvent, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit, QWidget

from ivaudit.app.notebook import MAX_LINE, new_key
from ivaudit.domain import clock
from ivaudit.ui.audit.text_entry import DRAFT_AFTER
from ivaudit.ui.controls import called
from ivaudit.ui.digit_keys import digit_of

_CTRL, _ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


class LineEntry(QLineEdit):
    """One line being typed.

    `finished(attached, digit)` when it is to be recorded: alone, attached to the current point, or with the
    answer of a digit; `drafted(text)` at most a second after a key; `stepped(±1)` moves among the points.
    """

    finished = Signal(bool, int)
    drafted = Signal(str)
    stepped = Signal(int)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        called(self, "notebook_entry", "Ligne de carnet")
        self.setPlaceholderText("Ce que la personne dit… (Entrée : noter)")
        self.setMaxLength(MAX_LINE)
        self.line, self.begun = new_key(), ""
        self._drafted = ""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(DRAFT_AFTER)
        self._timer.timeout.connect(self._on_due)
        self.textEdited.connect(self._on_edited)

    @property
    def typed(self) -> str:
        """Return what is typed, without the spaces around."""
        return self.text().strip()

    def take(self) -> tuple[str, str, str]:
        """Return (id, text, local moment it was begun) and be ready for another line."""
        taken = self.line, self.typed, self.begun or _now()
        self._timer.stop()
        self.line, self.begun, self._drafted = new_key(), "", ""
        self.setText("")  # not `clear`: Ctrl+Z is then for the line that was just recorded
        return taken

    def give_back(self, line: str, text: str, begun: str) -> None:
        """Hold again a line that could not be recorded, before what was typed since."""
        self.line, self.begun = line, begun
        self.setText(f"{text} {self.text()}".strip())
        self._timer.start()

    def forget(self, line: str, text: str) -> None:
        """Hold no more a line given back that was recorded after all, unless something was added to it."""
        if (self.line, self.typed) == (line, text):
            self.take()

    @Slot()
    def _on_edited(self) -> None:
        if not self.begun:
            self.begun = _now()
        if not self._timer.isActive():
            self._timer.start()

    @Slot()
    def _on_due(self) -> None:
        if self.text() != self._drafted:
            self._drafted = self.text()
            self.drafted.emit(self.text())

    def event(self, event: QEvent) -> bool:
        """Leave Ctrl+Z to the page where there is nothing typed to take back."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.matches(QKeySequence.StandardKey.Undo)
            and not self.isUndoAvailable()
        ):
            event.ignore()
            return False
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Record, attach, move among the points, leave."""
        key, held = Qt.Key(event.key()), event.modifiers()
        digit = digit_of(event) if held & _ALT and not held & _CTRL else None
        if digit:
            self.finished.emit(True, digit)
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.finished.emit(bool(held & _CTRL), 0)
        elif key in {Qt.Key.Key_Up, Qt.Key.Key_Down}:
            self.stepped.emit(1 if key == Qt.Key.Key_Down else -1)
        elif key == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


def _now() -> str:
    return clock.now().isoformat(timespec="seconds")
