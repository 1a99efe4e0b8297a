"""Bibliothèque: every checklist to read, searched, with what its points rest on; no passphrase needed."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QSplitter, QTextBrowser, QWidget

from ivaudit.domain.checklist import Checklist, Point
from ivaudit.domain.errors import KnownError
from ivaudit.domain.progress import Progress
from ivaudit.domain.tone import Tone
from ivaudit.ui import french, reading, theme
from ivaudit.ui.controls import Combo, Line, called, card, column_in, label, row, say
from ivaudit.ui.job import Job
from ivaudit.ui.page import Page
from ivaudit.ui.table import Column, Table
from ivaudit.ui.writer import Writer

if TYPE_CHECKING:
    from ivaudit.content.library import Library

_STACKED_UNDER = 820
_LOW_UNDER = 420
_OURS = "Les grilles n'ont pas pu être lues : l'erreur vient de nous. Vos audits ne sont pas touchés."


def _read(_progress: Progress) -> "tuple[Library, tuple[Checklist, ...]]":
    from ivaudit.app.library import library  # noqa: PLC0415 - on the thread of the job

    found = library()
    return found, found.checklists()


def _number(point: Point) -> str:
    return point.number


def _rank(point: Point) -> tuple[int, ...]:
    return tuple(int(part) for part in point.number.split("."))


def _question(point: Point) -> str:
    return point.criterion.question


_COLUMNS = (
    Column(title="N°", text=_number, key=_rank),
    Column(title="Question", text=_question, stretch=True),
)


class LibraryPage(Page):
    """A checklist, its points on the left, what one says on the right."""

    def __init__(self, writer: Writer, parent: QWidget | None = None) -> None:
        super().__init__("library", "Bibliothèque", writer, parent)
        self._library: Library | None = None
        self._job: Job | None = None
        self._checklist: Checklist | None = None
        self.heading = label("Bibliothèque", "library_title", "title")
        self.column.addWidget(self.heading)
        self.choice = Combo("library_checklist", "Grille")
        self.search = Line("library_search", "Rechercher dans la grille")
        self.search.setPlaceholderText(
            "Rechercher dans les questions, l'aide et les recommandations  (Ctrl+F)"
        )
        self.search.setClearButtonEnabled(True)
        line = row(self.choice, self.search)
        line.setStretch(0, 1)
        line.setStretch(1, 1)
        self.column.addLayout(line)
        self.sources = label("", "library_sources", "muted")
        self.column.addWidget(self.sources)
        self.split = QSplitter()
        self.split.setObjectName("library_split")
        self.split.setChildrenCollapsible(False)
        self.split.setHandleWidth(theme.Space.SMALL)
        self.split.addWidget(self._list_side())
        self.split.addWidget(self._text_side())
        self.split.setSizes([480, 520])
        self.column.addWidget(self.split, 1)
        self._connect()

    def enter(self, about: object = None) -> None:
        """Read the library, beside the window, the first time."""
        del about
        if self._library is None and self._job is None:
            self._load()
        self.first_focus().setFocus()

    def first_focus(self) -> QWidget:
        """Return the list of points."""
        return self.list

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the text under the list where there is little room."""
        super().resizeEvent(event)
        stacked = event.size().width() < _STACKED_UNDER * theme.current().scale
        low = event.size().height() < _LOW_UNDER * theme.current().scale
        self.heading.setVisible(not low)
        self.note.setVisible(not low)
        side = Qt.Orientation.Vertical if stacked else Qt.Orientation.Horizontal
        if side != self.split.orientation():
            self.split.setOrientation(side)
            self.split.setSizes([400, 400] if stacked else [480, 520])

    def _list_side(self) -> QWidget:
        side = QWidget()
        column = column_in(side)
        self.list = Table("library_points", "Points de la grille", _COLUMNS, reading.searched)
        self.note = label("", "library_note", "small")
        column.addWidget(self.list, 1)
        column.addWidget(self.note)
        return side

    def _text_side(self) -> QWidget:
        frame, column = card("library_card")
        self.text = called(QTextBrowser(), "library_text", "Texte du point")
        self.text.setProperty("card", "flat")
        self.text.setOpenLinks(False)
        self.text.setTabChangesFocus(True)
        column.addWidget(self.text)
        return frame

    def _connect(self) -> None:
        self.choice.activated.connect(self._on_choice)
        self.search.textChanged.connect(self._on_search)
        self.list.current_value.connect(self._on_point)
        self.list.opened.connect(self._on_opened)
        theme.notice().changed.connect(self._dress)
        find = QShortcut(QKeySequence("Ctrl+F"), self)
        find.activated.connect(self.search.setFocus)

    def _load(self) -> None:
        say(self.sources, "Chargement des grilles…")
        self._job = Job(self)
        self._job.done.connect(self._on_loaded)
        self._job.failed.connect(self._on_not_loaded)
        self._job.start(_read)

    @Slot(object)
    def _on_loaded(self, found: "tuple[Library, tuple[Checklist, ...]]") -> None:
        self._job = None
        self._library, checklists = found
        self.choice.clear()
        for checklist in checklists:
            self.choice.addItem(checklist.title, checklist.id)
            self.choice.setItemData(self.choice.count() - 1, checklist.title, Qt.ItemDataRole.ToolTipRole)
        self._on_choice(0)

    @Slot(object)
    def _on_not_loaded(self, error: Exception) -> None:
        self._job = None
        if not isinstance(error, KnownError):
            self.writer.failed.emit(error)
        say(self.sources, error.sentence if isinstance(error, KnownError) else _OURS, Tone.BAD)

    @Slot(int)
    def _on_choice(self, _index: int) -> None:
        from ivaudit.app.library import sources  # noqa: PLC0415 - idem

        if self._library is None or self.choice.currentData() is None:
            return
        self._checklist = self._library.checklist(self.choice.currentData())
        say(self.sources, reading.sources_sentence(sources(self._checklist)))
        self.list.values.show_values(list(self._checklist.points()))
        self._count()
        self._show_presentation()

    @Slot(str)
    def _on_search(self, text: str) -> None:
        self.list.values.search(text)
        self._count()
        self.list.choose(0)

    def _count(self) -> None:
        shown, total = len(self.list.values.rows), self.list.values.total
        words = french.count(shown, "point", "points")
        say(self.note, words if shown == total else f"{words} sur {total}")

    def _show_presentation(self) -> None:
        from ivaudit.app.library import minutes, sources  # noqa: PLC0415 - idem

        if self._checklist is not None:
            budget = self._checklist.minutes_budget or minutes(self._checklist)
            self.text.setHtml(reading.checklist_html(self._checklist, sources(self._checklist), budget))

    @Slot(object)
    def _on_point(self, point: Point | None) -> None:
        if point is None or self._checklist is None or self._library is None:
            return
        self.text.setHtml(reading.criterion_html(point, self._checklist, self._library.vocabulary()))

    @Slot(object)
    def _on_opened(self, _point: Point) -> None:
        self.text.setFocus()

    @Slot()
    def _dress(self) -> None:
        if self.list.value() is not None:
            self._on_point(self.list.value())
        else:
            self._show_presentation()
