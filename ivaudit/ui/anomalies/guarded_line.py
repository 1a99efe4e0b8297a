"""One line of free text, with its caption, that keeps back what looks like an identity."""

from collections.abc import Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from ivaudit.domain.forms import Choice
from ivaudit.ui.anomalies.guard import Guard
from ivaudit.ui.audit.identity_box import IdentityBox
from ivaudit.ui.controls import column_in, label
from ivaudit.ui.search_field import SearchLine
from ivaudit.ui.theme import Space


class GuardedLine(QWidget):
    """A line with what is usually written there; `decided()` once a passage was masked or is nobody's."""

    decided = Signal()

    def __init__(self, name: str, title: str, guard: Guard, usual: Sequence[str] = ()) -> None:
        super().__init__()
        self.setObjectName(f"{name}_part")
        self._guard = guard
        self.line = SearchLine(name, title, [Choice(id="", label=each) for each in usual], free=True)
        self.caption = label(title, f"{name}_caption", "strong")
        self.caption.setBuddy(self.line)
        self.box = IdentityBox(name)
        column = column_in(self, spacing=Space.TINY)
        for part in (self.caption, self.line, self.box):
            column.addWidget(part)
        self.box.mask_wanted.connect(self._on_mask)
        self.box.none_wanted.connect(self._on_none)

    def text(self) -> str:
        """Return the text without spaces around it."""
        return " ".join(self.line.text().split())

    def put(self, text: str) -> None:
        """Put a text."""
        self.line.setText(text)
        self.box.hide()

    def holds(self) -> bool:
        """Show why the text is held, or nothing; tell whether it is."""
        text, found = self._guard.found(self.text())
        self.box.show_alerts(text, found)
        return bool(found)

    @Slot()
    def _on_mask(self) -> None:
        self.put(str(self._guard.masked(self.text())))
        self.line.setFocus()
        self.decided.emit()

    @Slot()
    def _on_none(self) -> None:
        self._guard.clear(self.text())
        self.box.hide()
        self.line.setFocus()
        self.decided.emit()
