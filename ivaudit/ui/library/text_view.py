"""A text to read, with what was searched underlined in it, and links to follow by keyboard."""

from collections.abc import Sequence

from PySide6.QtCore import QUrl, Signal, Slot
from PySide6.QtGui import QColor, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QTextBrowser, QTextEdit, QWidget

from ivaudit.ui import theme
from ivaudit.ui.controls import called
from ivaudit.ui.library.matching import matches


class TextView(QTextBrowser):
    """`link_wanted(url)` when a link of ours is followed."""

    link_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        called(self, "library_text", "Texte")
        self.setProperty("card", "flat")
        self.setOpenLinks(False)
        self.anchorClicked.connect(self._on_link)
        self._words: tuple[str, ...] = ()

    def show_html(self, html: str, words: Sequence[str] = (), anchor: str = "") -> None:
        """Show a text from its top, or from an anchor, with these words underlined."""
        self._words = tuple(words)
        self.setHtml(html)
        found = matches(self.toPlainText(), self._words)
        self.setExtraSelections([self._selection(start, length) for start, length in found])
        if anchor:
            self.scrollToAnchor(anchor)
        elif found:
            cursor = QTextCursor(self.document())
            cursor.setPosition(found[0][0])
            self.setTextCursor(cursor)
            self.ensureCursorVisible()

    def _selection(self, start: int, length: int) -> QTextEdit.ExtraSelection:
        """Return a place, underlined on a soft background: the colour is not the only sign."""
        look = theme.current()
        form = QTextCharFormat()
        form.setBackground(look.colour("accent_soft"))
        form.setForeground(look.colour("text"))
        form.setFontUnderline(True)
        form.setUnderlineColor(QColor(look.palette.accent))
        cursor = QTextCursor(self.document())
        cursor.setPosition(start)
        cursor.setPosition(start + length, QTextCursor.MoveMode.KeepAnchor)
        selection = QTextEdit.ExtraSelection()
        selection.format = form
        selection.cursor = cursor
        return selection

    @Slot(QUrl)
    def _on_link(self, url: QUrl) -> None:
        self.link_wanted.emit(url.toString())
