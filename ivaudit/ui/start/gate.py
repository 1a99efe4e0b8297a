"""The frame of everything that stands before the workspace: one calm column in the middle."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from ivaudit.domain.errors import KnownError
from ivaudit.domain.tone import Tone
from ivaudit.ui import theme
from ivaudit.ui.controls import card, column_in, label, say, scrolling

WIDTH = 560


class Threshold(QWidget):
    """What is shown before the workspace; `asked(what, about)` goes elsewhere, `opened(result)` goes in."""

    asked = Signal(str, object)
    opened = Signal(object)

    def __init__(self, name: str, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self.setProperty("page", name)
        self.setAccessibleName(title)
        self.title = title
        self.column = column_in(self)

    def first_focus(self) -> QWidget | None:
        """Return the widget that takes the focus when it is shown."""
        return None

    def refuse(self, error: KnownError) -> None:
        """Say why it did not go on."""


class Gate(Threshold):
    """A titled card in the middle, with a place for what goes wrong."""

    def __init__(self, name: str, title: str, lead: str, parent: QWidget | None = None) -> None:
        super().__init__(name, title, parent)
        inner = QWidget()
        beside = QHBoxLayout(inner)
        beside.setContentsMargins(
            theme.Space.MEDIUM, theme.Space.MEDIUM, theme.Space.MEDIUM, theme.Space.MEDIUM
        )
        self.frame: QFrame
        self.body: QVBoxLayout
        self.frame, self.body = card(f"{name}_card")
        beside.addStretch(1)
        beside.addWidget(self.frame, 0, Qt.AlignmentFlag.AlignVCenter)
        beside.addStretch(1)
        self.column.addWidget(scrolling(inner, f"{name}_scroll", title))
        self.body.setContentsMargins(
            theme.Space.LARGE, theme.Space.LARGE, theme.Space.LARGE, theme.Space.LARGE
        )
        self.body.addWidget(label(title, f"{name}_title", "display"))
        if lead:
            self.body.addWidget(label(lead, f"{name}_lead", "muted"))
        self.problem: QLabel = label("", f"{name}_problem")
        self.problem.hide()
        theme.notice().changed.connect(self._fit)

    def refuse(self, error: KnownError) -> None:
        """Say why it did not go on."""
        say(self.problem, error.sentence, Tone.BAD)
        self.set_busy(False)

    def set_busy(self, busy: bool) -> None:
        """Hold the fields while the key is derived."""
        self.frame.setEnabled(not busy)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the column narrow enough to be read, and as wide as the window allows."""
        super().resizeEvent(event)
        self._fit()

    @Slot()
    def _fit(self) -> None:
        self.frame.setFixedWidth(min(theme.current().px(WIDTH), self.width() - 2 * theme.Space.LARGE))
