"""What is chosen in the list, to read, to walk or to answer."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QStackedWidget, QWidget

from ivaudit.app.library_items import Item
from ivaudit.domain.cases import Cases
from ivaudit.domain.fiche import Fiche
from ivaudit.domain.glossary import Glossary
from ivaudit.ui import theme, words
from ivaudit.ui.controls import button, column_in, label, row, say
from ivaudit.ui.library.contents import ONE, extent, facts
from ivaudit.ui.library.export_bar import ExportBar
from ivaudit.ui.library.fiche_view import FicheView
from ivaudit.ui.library.quiz_view import QuizView
from ivaudit.ui.library.text_view import TextView
from ivaudit.ui.library.texts import Texts
from ivaudit.ui.theme import Space
from ivaudit.ui.words_box import WordsBox

_LOW_UNDER = 340
_MODES = {Fiche: ("Pas à pas", "Toute la fiche"), Cases: ("Quiz", "Tout lire")}


class Reader(QFrame):
    """The right side of the page. `link_wanted(url)` goes elsewhere, `back_wanted()` to the list."""

    link_wanted = Signal(str)
    back_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("library_card")
        self.setProperty("card", True)
        self._item: Item | None = None
        self._texts: Texts | None = None
        self._shown: tuple[str, tuple[str, ...]] = ("", ())
        self.as_text = False
        self.back = button("‹ Liste", "library_to_list", "quiet", "Revenir à la liste")
        self.title = label("", "library_item_title", "heading")
        self.facts = label("", "library_item_facts", "small")
        self.mode = button(_MODES[Fiche][1], "library_mode")
        self.exports = ExportBar()
        self.text = TextView()
        self.fiche = FicheView()
        self.quiz = QuizView()
        self.stack = QStackedWidget()
        self.stack.setObjectName("library_views")
        self.stack.setStyleSheet("QStackedWidget#library_views { background: transparent; }")
        for part in (self.text, self.fiche, self.quiz):
            self.stack.addWidget(part)
        column = column_in(self, Space.MEDIUM)
        column.addWidget(self.title)
        column.addWidget(self.facts)
        tools = row(self.back, self.mode, self.exports)
        for tool in (self.back, self.mode):
            tools.setAlignment(tool, Qt.AlignmentFlag.AlignTop)
        column.addLayout(tools)
        column.addWidget(self.stack, 1)
        self.words = WordsBox()
        column.addWidget(self.words)
        self.back.clicked.connect(self.back_wanted)
        self.mode.clicked.connect(self._on_mode)
        self.text.link_wanted.connect(self.link_wanted)
        self.quiz.link_wanted.connect(self.link_wanted)
        for view in (self.text, self.fiche, self.quiz):
            view.words_wanted.connect(self.words.show_words)
        self.words.closed.connect(self._on_words_closed)
        words.reading().changed.connect(self._on_dress)
        theme.notice().changed.connect(self._on_dress)
        self.back.hide()
        self.mode.hide()
        self.exports.hide()

    def show_part(self, item: Item, anchor: str, texts: Texts, searched: Sequence[str] = ()) -> None:
        """Show a part of an item; the words searched are underlined in its text."""
        if self._item is None or self._item.id != item.id or tuple(searched) != self._shown[1]:
            self.as_text = bool(searched)  # what was searched is underlined in the text
        self._item, self._texts, self._shown = item, texts, (anchor, tuple(searched))
        say(self.title, item.title)
        say(self.facts, f"{ONE[item.shelf]} · {facts(item)} · {extent(item)}")
        self._fit()
        self.exports.show()
        self.exports.show_item(item)
        self._show()

    def forget_mode(self) -> None:
        """Show fiches and cases step by step again: an answer is not on show before it is asked for."""
        self._item = None

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave what little height there is to the text."""
        super().resizeEvent(event)
        self._fit()

    def take_focus(self) -> None:
        """Give the keys to what is shown."""
        shown = self.stack.currentWidget()
        if shown is not None:
            shown.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self) -> None:
        if self._item is None or self._texts is None:
            return
        words.reading().want()
        self.words.hide()
        item, anchor = self._item, self._shown[0]
        modes = _MODES.get(type(item.value))
        self.mode.setVisible(modes is not None)
        if modes is not None:
            self.mode.setText(modes[0] if self.as_text else modes[1])
            self.mode.setAccessibleName(self.mode.text())
        if isinstance(item.value, Fiche) and not self.as_text:
            self.fiche.show_fiche(item.value, anchor)
            self.stack.setCurrentWidget(self.fiche)
        elif isinstance(item.value, Cases) and not self.as_text:
            self.quiz.show_cases(item.value, self._texts, anchor)
            self.stack.setCurrentWidget(self.quiz)
        else:
            self.stack.setCurrentWidget(self.text)
            self._show_text()

    def _show_text(self) -> None:
        if self._item is not None and self._texts is not None:
            anchor, searched = self._shown
            step = anchor if isinstance(self._item.value, Fiche) else ""
            html = self._texts.html(self._item, anchor)
            self.text.show_html(html, searched, step, explained=not isinstance(self._item.value, Glossary))

    @Slot()
    def _on_words_closed(self) -> None:
        self.take_focus()

    @Slot()
    def _on_mode(self) -> None:
        self.as_text = not self.as_text
        self._show()
        self.take_focus()

    def _fit(self) -> None:
        """Hide the facts, which the list tells too, where there is little height."""
        self.facts.setVisible(bool(self.facts.text()) and self.height() >= theme.current().px(_LOW_UNDER))

    @Slot()
    def _on_dress(self) -> None:
        self._fit()
        if self.stack.currentWidget() is self.text:
            self._show_text()
