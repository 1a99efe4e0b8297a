"""A read-only text as high as what it says, with links to points and painted signs."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, QUrl, Signal, Slot
from PySide6.QtGui import QPainter, QPixmap, QResizeEvent, QTextDocument, QWheelEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QTextBrowser, QWidget

from ivaudit.domain.scale import Symbol
from ivaudit.domain.tone import Tone
from ivaudit.ui import theme, words
from ivaudit.ui.controls import called, paint_bar
from ivaudit.ui.symbols import symbol_pixmap

if TYPE_CHECKING:
    from ivaudit.domain.glossary import GlossaryTerm


class RichText(QTextBrowser):
    """Simple HTML written by us, user text escaped.

    `criterion_wanted` carries the id of a link to a point, `word_wanted` the word that is to be explained.
    """

    criterion_wanted = Signal(str)
    word_wanted = Signal(object)

    def __init__(self, name: str, accessible: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        called(self, name, accessible)
        self.setProperty("card", "flat")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setOpenLinks(False)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.document().setDocumentMargin(0)
        self.anchorClicked.connect(self._on_anchor)
        self.words: tuple[GlossaryTerm, ...] = ()

    def show_html(self, html: str, seen: set[str] | None = None) -> None:
        """Show a text, and hide when there is none.

        Args:
            html: written by us.
            seen: ids of the words explained by texts before it; without it, no word is underlined.
        """
        self.setVisible(bool(html))
        self.setHtml(html)
        if seen is not None:
            self.words = words.mark(self.document(), seen)
            self.setAccessibleDescription(words.described(self.words))
        self._fit()

    def loadResource(self, kind: int, name: QUrl | str) -> object:
        """Paint the sign of a state: `sign:symbol/tone`."""
        text = name.toString() if isinstance(name, QUrl) else name
        if kind == QTextDocument.ResourceType.ImageResource.value and text.startswith("sign:"):
            symbol, _, tone = text.removeprefix("sign:").partition("/")
            look = theme.current()
            return symbol_pixmap(Symbol[symbol], look.ink(Tone[tone]), look.px(13), 1.0)
        if kind == QTextDocument.ResourceType.ImageResource.value and text.startswith("bar:"):
            return _bar(int(text.removeprefix("bar:")))
        return super().loadResource(kind, name)

    def minimumSizeHint(self) -> QSize:
        """Let the page be narrow: the text wraps."""
        return QSize(120, 10)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Be as high as the text at the new width."""
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the text size and the colours."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the page."""
        event.ignore()

    def _fit(self) -> None:
        self.document().setTextWidth(self.viewport().width())
        self.setFixedHeight(round(self.document().size().height()) + 6)

    @Slot(QUrl)
    def _on_anchor(self, url: QUrl) -> None:
        text = url.toString()
        if text.startswith(words.SCHEME):
            term = words.term_of(text)
            if term is not None:
                self.word_wanted.emit(term)
            return
        self.criterion_wanted.emit(text.removeprefix("point:"))


def _bar(score: int) -> QPixmap:
    look = theme.current()
    picture = QPixmap(look.px(96), look.px(10))
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    paint_bar(painter, QRectF(0, 1, picture.width(), picture.height() - 2), score / 100)
    painter.end()
    return picture
