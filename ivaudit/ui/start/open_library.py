"""The library without a workspace: no passphrase is asked to read what is public."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from ivaudit.ui import theme
from ivaudit.ui.controls import button, row
from ivaudit.ui.pages.library import LibraryPage
from ivaudit.ui.start.gate import Threshold
from ivaudit.ui.writer import Writer


class OpenLibrary(Threshold):
    """The reading page with a way back."""

    def __init__(self, writer: Writer, back_to: str, parent: QWidget | None = None) -> None:
        super().__init__("open_library", "Bibliothèque", parent)
        self._back_to = back_to
        self.back = button("Revenir", "library_back")
        self.page = LibraryPage(writer)
        bar = row(self.back, None)
        bar.setContentsMargins(theme.Space.MEDIUM, theme.Space.SMALL, theme.Space.MEDIUM, 0)
        self.column.addLayout(bar)
        self.column.addWidget(self.page, 1)
        self.back.clicked.connect(self._on_back)
        self.page.enter()

    def first_focus(self) -> QWidget | None:
        """Return the list of checklists."""
        return self.page.first_focus()

    @Slot()
    def _on_back(self) -> None:
        self.asked.emit(self._back_to, None)
