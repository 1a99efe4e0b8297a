"""A text to read, with what was searched underlined in it, and links to follow by keyboard."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, QUrl, Signal, Slot
from PySide6.QtGui import QColor, QKeyEvent, QShowEvent, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QTextBrowser, QTextEdit, QWidget

from ivaudit.ui import theme, words
from ivaudit.ui.controls import called
from ivaudit.ui.library.matching import matches

if TYPE_CHECKING:
    from ivaudit.domain.glossary import GlossaryTerm


class TextView(QTextBrowser):
    """`link_wanted(url)` when a link of ours is followed, `words_wanted(terms)` to have words explained."""

    link_wanted = Signal(str)
    words_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        called(self, "library_text", "Texte")
        self.setProperty("card", "flat")
        self.setOpenLinks(False)
        self.anchorClicked.connect(self._on_link)
        self.terms: tuple[GlossaryTerm, ...] = ()
        self._begins: tuple[str, int] = ("", 0)
        self._unseen = False

    def show_html(
        self, html: str, searched: Sequence[str] = (), anchor: str = "", *, explained: bool = True
    ) -> None:
        """Show a text from its top, or from an anchor.

        Args:
            html: written by us.
            searched: words underlined on a soft background.
            anchor: where it is to begin.
            explained: whether the words of the glossary are underlined with dots.
        """
        self.setHtml(html)
        self.terms = words.mark(self.document()) if explained else ()
        self.setAccessibleDescription(words.described(self.terms))
        found = matches(self.toPlainText(), searched)
        self.setExtraSelections([self._selection(start, length) for start, length in found])
        self._begins = (anchor, found[0][0] if found else 0)
        self._unseen = not self.isVisible()
        self._begin()

    def showEvent(self, event: QShowEvent) -> None:
        """Begin at the same place once it has its width: a text laid out while hidden is narrow and long."""
        super().showEvent(event)
        if self._unseen:
            self._unseen = False
            QTimer.singleShot(0, self, self._begin)

    @Slot()
    def _begin(self) -> None:
        anchor, at = self._begins
        if anchor:
            self.scrollToAnchor(anchor)
            return
        self.verticalScrollBar().setValue(0)
        if at:
            cursor = QTextCursor(self.document())
            cursor.setPosition(at)
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

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Explain the words of the text on D; Tab and Entrée explain one."""
        if event.key() == Qt.Key.Key_D and not event.modifiers():
            self.words_wanted.emit(self.terms)
            return
        super().keyPressEvent(event)

    @Slot(QUrl)
    def _on_link(self, url: QUrl) -> None:
        term = words.term_of(url.toString())
        if term is not None:
            self.words_wanted.emit((term,))
            return
        self.link_wanted.emit(url.toString())
