"""Where words are explained in place, on a key or a click; and a label whose words can be."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QWidget

from ivaudit.ui import theme, words
from ivaudit.ui.controls import Text, button, called, column_in, emptied, label, row
from ivaudit.ui.theme import Space

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ivaudit.domain.glossary import GlossaryTerm

_HIGH = 220
NONE = "Aucun mot du glossaire dans ce texte."


class WordsBox(QFrame):
    """A card with one or several words explained; `closed()` when it is put away."""

    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        called(self, "words_box", "Mots expliqués")
        self.setProperty("card", True)
        column = column_in(self, Space.SMALL)
        self.close_button = button("Fermer (D)", "words_close", "quiet", "Fermer les mots expliqués")
        self.close_button.clicked.connect(self.put_away)
        title = label("Mots expliqués", "words_title", "strong", wrap=False)
        column.addLayout(row(title, None, self.close_button))
        self._inside = QWidget()
        self._inside.setObjectName("contents")
        self._list = column_in(self._inside, spacing=Space.TINY)
        self._area = called(QScrollArea(), "words_scroll", "Mots expliqués")
        self._area.setWidget(self._inside)
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # the arrows scroll it
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        column.addWidget(self._area)
        self._shown: tuple[str, ...] = ()
        self.stops: tuple[QWidget, ...] = (self._area, self.close_button)
        self.hide()

    def show_words(self, found: "Sequence[GlossaryTerm]") -> None:
        """Explain words; the same ones again put the card away."""
        wanted = tuple(term.id for term in found)
        if not self.isHidden() and wanted == self._shown:
            self.put_away()
            return
        self._shown = wanted
        emptied(self._list)
        for rank, term in enumerate(found):
            made = label(words.sentence(term), f"words_{rank}")
            made.setTextFormat(Qt.TextFormat.RichText)
            made.setText(words.entry(term))
            self._list.addWidget(made)
        if not found:
            self._list.addWidget(label(NONE, "words_none", "muted"))
        self._list.addStretch(1)
        self.setAccessibleDescription(words.described(found) or NONE)
        self.show()
        self._fit()

    @Slot()
    def put_away(self) -> None:
        """Hide, and say so."""
        if not self.isHidden():
            self.hide()
            self.closed.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Wrap the words anew."""
        super().resizeEvent(event)
        self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Put the card away on Échap."""
        if event.key() == Qt.Key.Key_Escape:
            self.put_away()
            return
        super().keyPressEvent(event)

    def _fit(self) -> None:
        """Be as high as the words ask, up to a bound beyond which they scroll."""
        high = self._list.totalHeightForWidth(max(self.width() - 4 * Space.SMALL, 160)) + Space.TINY
        self._area.setFixedHeight(min(max(high, theme.TARGET), theme.current().px(_HIGH)))


class WordedLabel(Text):
    """A plain text that wraps, its words underlined. `word_wanted(term)` when one is clicked or touched."""

    word_wanted = Signal(object)

    def __init__(self, name: str, look: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        called(self, name, "")
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setWordWrap(True)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.LinksAccessibleByMouse)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        if look:
            self.setProperty("look", look)
        self.plain = ""
        self.words: tuple[GlossaryTerm, ...] = ()
        self.linkActivated.connect(self._on_link)

    def show_text(self, text: str, seen: set[str] | None = None) -> None:
        """Show a plain text, and hide when there is none.

        Args:
            text: any text.
            seen: ids of the words that texts before it had; those found are added.
        """
        self.plain = text
        html, self.words = words.marked(text, set() if seen is None else seen, theme.current().palette.text)
        self.setText(html)
        self.setAccessibleName(text)
        self.setAccessibleDescription(words.described(self.words))
        self.setVisible(bool(text))

    @Slot(str)
    def _on_link(self, url: str) -> None:
        term = words.term_of(url)
        if term is not None:
            self.word_wanted.emit(term)
