"""Bibliothèque: everything published, to read, walk, search, print; no passphrase needed."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QSplitter, QStackedWidget, QWidget

from ivaudit.domain.errors import KnownError
from ivaudit.domain.progress import Progress
from ivaudit.domain.tone import Tone
from ivaudit.ui import french, theme, words
from ivaudit.ui.audit import further
from ivaudit.ui.controls import SearchLine, button, column_in, label, row, say
from ivaudit.ui.job import Job
from ivaudit.ui.library.contents import ContentsModel, Node
from ivaudit.ui.library.contents_view import ContentsView
from ivaudit.ui.library.markup import target
from ivaudit.ui.library.matching import words_of
from ivaudit.ui.library.reader import Reader
from ivaudit.ui.library.refused import tell_refused
from ivaudit.ui.library.texts import Texts, found_sentence
from ivaudit.ui.library.tools import TOOLS, ToolsButton, ToolView
from ivaudit.ui.page import Page
from ivaudit.ui.writer import Writer

if TYPE_CHECKING:
    from collections.abc import Callable

    from ivaudit.app.library_items import Catalogue, Finder

_ONE_SIDE_UNDER = 820
_LOW_UNDER = 420
_PAUSE = 120
_READ_AFTER = 60
_MOST = 250
_OURS = "La bibliothèque n'a pas pu être lue : l'erreur vient de nous. Vos audits ne sont pas touchés."


def _read(_progress: Progress) -> "Finder":
    from ivaudit.app.library import finder  # noqa: PLC0415 - on the thread of the job

    return finder()


class LibraryPage(Page):
    """Everything on the left, what one says on the right; one side at a time where there is little room."""

    def __init__(self, writer: Writer, parent: QWidget | None = None) -> None:
        super().__init__("library", "Bibliothèque", writer, parent)
        self._finder: Finder | None = None
        self._texts: Texts | None = None
        self._job: Job | None = None
        self._wanted: tuple[str, str] | None = None
        self._narrow = self._reading = self._listing = self._stale = False
        self._from: tuple[str, object] | None = None
        self._trail: list[Callable[[], object]] = []  # what was shown before each link followed
        self.way_back = button("", "library_way_back", "quiet", "Revenir")
        self.way_back.hide()
        self.heading = label("Bibliothèque", "library_title", "title")
        self.search = SearchLine("library_search", "Rechercher dans toute la bibliothèque")
        self.search.setPlaceholderText("Rechercher dans toute la bibliothèque  (Ctrl+F)")
        self.note = label("", "library_note", "muted")
        self.refused = label("", "library_refused", "small")
        self.refused.hide()
        self.model = ContentsModel(self)
        self.contents = ContentsView(self.model)
        self.reader = Reader()
        self.left = QWidget()
        left = column_in(self.left)
        left.addWidget(self.search)
        left.addWidget(self.note)
        left.addWidget(self.refused)
        left.addWidget(self.contents, 1)
        self.split = QSplitter(Qt.Orientation.Horizontal)
        self.split.setObjectName("library_split")
        self.split.setChildrenCollapsible(False)
        self.split.setHandleWidth(theme.Space.SMALL)
        self.split.addWidget(self.left)
        self.split.addWidget(self.reader)
        self.split.setSizes([380, 620])
        self.tools = ToolsButton()
        self.stack = QStackedWidget()
        self.stack.setObjectName("library_stack")
        self.stack.setStyleSheet("QStackedWidget#library_stack { background: transparent; }")
        self.stack.addWidget(self.split)
        self._tools: dict[str, ToolView] = {}
        self.column.addLayout(row(self.way_back, self.heading, None, self.tools))
        self.column.addWidget(self.stack, 1)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(_PAUSE)
        self._read_later = QTimer(self)  # a text is long to lay out: the list comes first while one types
        self._read_later.setSingleShot(True)
        self._read_later.setInterval(_READ_AFTER)
        self._connect()

    def enter(self, about: object = None) -> None:
        """Read the library, beside the window, the first time; `about` is «id» or «id/part» to go to."""
        self._from = None
        self._trail.clear()
        self.way_back.hide()
        if isinstance(about, str) and about:
            item, _, anchor = about.partition("/")
            self._wanted = (item, anchor)
            self._on_tool_closed()
            self.reader.forget_mode()
            self._forget_search()
        if self._finder is not None:
            self._go_wanted()
        elif self._job is None:
            self._load()
        self.first_focus().setFocus()

    def offer_back(self, words: str, name: str, about: object) -> None:
        """Show the way back; what was asked for has the keys as soon as it is read."""
        self._from = (name, about)
        self.way_back.setText(f"‹ {words} (Alt+←)")
        self.way_back.setAccessibleName(words)
        self.way_back.show()
        if self._finder is not None:
            self.reader.take_focus()

    def first_focus(self) -> QWidget:
        """Return the list, or the tool at work."""
        shown = self.stack.currentWidget()
        return shown if isinstance(shown, ToolView) else self.contents

    @Slot(str)
    def show_tool(self, id: str) -> None:  # noqa: A002 - ids are called ids here
        """Put a tool in the place of the list and the text."""
        if not self._leave_tool():
            return
        self._trail.clear()
        self._show_trail()
        if id not in self._tools:
            view = next(tool for tool in TOOLS if tool.id == id).make(self.stack)
            view.closed.connect(self._on_tool_closed)
            view.reloaded.connect(self._on_reloaded)
            view.wanted.connect(self._on_tool_wanted)
            view.unexpected.connect(self.writer.failed)
            self.stack.addWidget(view)
            self._tools[id] = view
        self.stack.setCurrentWidget(self._tools[id])
        self._tools[id].enter()

    def _leave_tool(self) -> bool:
        shown = self.stack.currentWidget()
        return not isinstance(shown, ToolView) or shown.leave()

    @Slot()
    def _on_tool_closed(self) -> None:
        if self._leave_tool():
            self.stack.setCurrentWidget(self.split)
            self.contents.setFocus()

    @Slot(str)
    def _on_tool_wanted(self, about: str) -> None:
        shown = self.stack.currentWidget()
        self._trail.extend(partial(self.show_tool, key) for key, view in self._tools.items() if view is shown)
        self._show_trail()
        self._on_tool_closed()
        item, _, anchor = about.partition("/")
        if self._finder is None:
            self._wanted = (item, anchor)  # shown once what the tool changed is read
        elif self.go(item, anchor):
            self.reader.take_focus()

    @Slot()
    def _on_reloaded(self) -> None:
        """Read the library again, here and wherever its words and links are shown: a tool changed it."""
        self._finder = self._texts = None
        words.reading().forget()
        further.reading().forget()
        self._stale = self._job is not None  # what is being read may be what was there before
        if self._job is None:
            self._load()

    def go(self, item: str, anchor: str = "") -> bool:
        """Show a part of something published, wherever the list is; tell whether there is one."""
        if self._finder is None or self._texts is None:
            return False
        found = self._finder.catalogue.item(item)
        if found is None:
            return False
        index = self.model.index_with(item, anchor)
        if not index.isValid() and self.search.text():
            self._forget_search()
            index = self.model.index_with(item, anchor)
        self.contents.choose(index)
        self.reader.show_part(found, anchor, self._texts, words_of(self.search.text()))
        self._read_side(on=True)
        return True

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show one side at a time where there is little room."""
        super().resizeEvent(event)
        self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Put the explained words away on Échap, then go back to the list."""
        if event.key() == Qt.Key.Key_Escape and not self.reader.words.isHidden():
            self.reader.words.put_away()
            return
        if event.key() == Qt.Key.Key_Escape and self.reader.isAncestorOf(self.focusWidget()):
            self._on_back()
            return
        super().keyPressEvent(event)

    def _connect(self) -> None:
        self.search.textChanged.connect(self._later.start)
        self.search.returnPressed.connect(self._on_return)
        self._later.timeout.connect(self._search)
        self._read_later.timeout.connect(self._read)
        self.contents.chosen.connect(self._on_chosen)
        self.contents.opened.connect(self._on_opened)
        self.reader.link_wanted.connect(self._on_link)
        self.reader.back_wanted.connect(self._on_back)
        self.reader.exports.unexpected.connect(self.writer.failed)
        self.tools.chosen.connect(self.show_tool)
        theme.notice().changed.connect(self._fit)
        find = QShortcut(QKeySequence("Ctrl+F"), self)
        find.activated.connect(self._on_find)
        back = QShortcut(QKeySequence("Alt+Left"), self)
        back.activated.connect(self._on_way_back)
        self.way_back.clicked.connect(self._on_way_back)

    def _load(self) -> None:
        say(self.note, "Chargement de la bibliothèque…")
        self._job = Job(self)
        self._job.done.connect(self._on_loaded)
        self._job.failed.connect(self._on_not_loaded)
        self._job.start(_read)

    @Slot(object)
    def _on_loaded(self, found: "Finder") -> None:
        self._job = None
        if self._read_again():
            return
        self._finder, self._texts = found, Texts(found)
        tell_refused(self.refused, found.catalogue.refused)
        self._search()
        if not self._go_wanted():
            self.contents.choose_first()
        elif self._from is not None:
            self.reader.take_focus()

    def _read_again(self) -> bool:
        """Read again what changed while it was read; tell whether it did."""
        stale, self._stale = self._stale, False
        if stale:
            self._load()
        return stale

    @Slot(object)
    def _on_not_loaded(self, error: Exception) -> None:
        self._job = None
        if self._read_again():
            return
        if not isinstance(error, KnownError):
            self.writer.failed.emit(error)
        say(self.note, error.sentence if isinstance(error, KnownError) else _OURS, Tone.BAD)

    def _go_wanted(self) -> bool:
        wanted, self._wanted = self._wanted, None
        return wanted is not None and self.go(*wanted)

    @Slot()
    def _search(self) -> None:
        """List what holds every word, or everything."""
        if self._finder is None:
            return
        self._later.stop()
        self._listing = True
        try:
            self._list(self._finder, self.search.text().strip())
        finally:
            self._listing = False
        self._read_later.start()

    def _list(self, finder: "Finder", text: str) -> None:
        catalogue = finder.catalogue
        if not text:
            self._show_all(catalogue)
            return
        found = finder.find(text)
        self.model.show_hits(catalogue, found[:_MOST])
        self.contents.expandAll()
        say(self.note, found_sentence(len(found), _MOST))
        self.contents.choose_first_passage()

    def _forget_search(self) -> None:
        if self.search.text():
            self.search.clear()
            self._search()

    def _show_all(self, catalogue: "Catalogue") -> None:
        """List everything, where it was read before the search."""
        node = self.contents.node()
        self.model.show_all(catalogue)
        self.contents.expandToDepth(0)
        say(self.note, french.count(len(catalogue.items), "document", "documents"))
        if node is not None and node.item is not None:
            anchor = node.passage.anchor if node.passage is not None else ""
            self.contents.choose(self.model.index_with(node.item.id, anchor))

    @Slot()
    def _read(self) -> None:
        node = self.contents.node()
        if node is not None:
            self._on_chosen(node)

    @Slot(object)
    def _on_chosen(self, node: Node) -> None:
        if node.item is None or self._texts is None or self._listing:
            return
        self._read_later.stop()
        anchor = node.passage.anchor if node.passage is not None else ""
        self.reader.show_part(node.item, anchor, self._texts, words_of(self.search.text()))

    @Slot(object)
    def _on_opened(self, node: Node) -> None:
        self._on_chosen(node)
        self._read_side(on=True)
        self.reader.take_focus()

    @Slot(str)
    def _on_link(self, url: str) -> None:
        where, node = target(url), self.contents.node()
        if where is None or not self.go(*where):
            return
        if node is not None and node.item is not None:
            anchor = node.passage.anchor if node.passage is not None else ""
            self._trail.append(partial(self._go_again, node.item.id, anchor))
            self._show_trail()
        self.reader.take_focus()

    def _go_again(self, item: str, anchor: str) -> None:
        if self.go(item, anchor):
            self.reader.take_focus()

    def _show_trail(self) -> None:
        """Offer what led here; who came from elsewhere goes back there instead."""
        if self._from is None:
            self.way_back.setText("‹ Revenir en arrière (Alt+←)")
            self.way_back.setAccessibleName("Revenir en arrière")
            self.way_back.setVisible(bool(self._trail))

    @Slot()
    def _on_return(self) -> None:
        self._search()
        self.contents.setFocus()

    @Slot()
    def _on_find(self) -> None:
        shown = self.stack.currentWidget()
        line = shown.searched if isinstance(shown, ToolView) else None
        if line is None or not line.isVisible():
            self._on_tool_closed()
            self._read_side(on=False)
            line = self.search
        line.setFocus()
        line.selectAll()

    @Slot()
    def _on_way_back(self) -> None:
        if self._from is not None:
            self.asked.emit(*self._from)
        elif self._trail:
            again = self._trail.pop()
            self._show_trail()
            again()

    @Slot()
    def _on_back(self) -> None:
        self._read_side(on=False)
        self.contents.scrollTo(self.contents.currentIndex())
        self.contents.setFocus()

    def _read_side(self, *, on: bool) -> None:
        self._reading = on
        self._fit()

    @Slot()
    def _fit(self) -> None:
        scale = theme.current().scale
        self.heading.setVisible(self.height() >= _LOW_UNDER * scale)
        self._narrow = self.width() < _ONE_SIDE_UNDER * scale
        self.left.setVisible(not (self._narrow and self._reading))
        self.reader.setVisible(not self._narrow or self._reading)
        self.reader.back.setVisible(self._narrow)
