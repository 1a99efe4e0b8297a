"""Journal: who changed what, when, from what to what; found, opened, erased for good, taken away."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QProgressBar, QSplitter, QWidget

from ivaudit.domain.audit import Changes
from ivaudit.domain.errors import KnownError
from ivaudit.domain.trail import TrailLine, TrailPlace
from ivaudit.domain.trail import TrailPage as Piece
from ivaudit.ui import french, theme
from ivaudit.ui.controls import button, called, column_in, label, row, say, scrolling
from ivaudit.ui.page import Page, Said, TrailSpot
from ivaudit.ui.trail.details import TrailDetails
from ivaudit.ui.trail.export_bar import TrailExport
from ivaudit.ui.trail.filters import TrailFilters
from ivaudit.ui.trail.reading import TrailReading
from ivaudit.ui.trail.words import TrailTable, target
from ivaudit.ui.writer import Writer

if TYPE_CHECKING:
    from ivaudit.app.session import Session

_ONE_SIDE_UNDER = 1000
_NEAR = 50
_NOTHING = "Aucune modification ne répond à ces filtres."


def _places(session: "Session") -> tuple[TrailPlace, ...]:
    from ivaudit.app import trail_reading  # noqa: PLC0415 - on the writer's thread

    return trail_reading.places(session)


def _erase(op: bytes, index: int, reason: str, session: "Session") -> Changes:
    from ivaudit.app import erasing  # noqa: PLC0415 - on the writer's thread

    return erasing.erase_value(session, op, index, reason)


class TrailPage(Page):
    """The list, filtered, read as it is scrolled; the current line whole beside it."""

    def __init__(self, writer: Writer, parent: QWidget | None = None) -> None:
        super().__init__("trail", "Journal", writer, parent)
        self._back: tuple[str, object] = ("settings", None)
        self.back = button("‹ Réglages", "trail_back", "quiet", "Revenir")
        self.privacy = button(
            "Confidentialité…", "trail_privacy", "", "Confidentialité : mots, durées, purge"
        )
        title = label("Journal", "trail_title", "title", wrap=False)
        self.filters = TrailFilters()
        self.export = TrailExport(writer, self.filters.wanted)
        self.column.addLayout(row(title, None, self.export.go, self.privacy, self.back))
        self.about = label("", "trail_about", "strong")
        self.all = button("Voir tout le journal", "trail_all", "quiet")
        about = row(self.about, self.all)
        about.setStretch(0, 1)
        self.column.addLayout(about)
        self.column.addWidget(self.filters)
        self.column.addWidget(self.export)
        self.list = TrailTable("trail_list", "Modifications")
        self.note = label("", "trail_note", "muted")
        self.progress = called(QProgressBar(), "trail_progress", "Lecture du journal")
        self.progress.setTextVisible(False)
        self.halt = button("Arrêter", "trail_stop", "quiet", "Arrêter la lecture")
        left = QWidget()
        inside = column_in(left)
        inside.addWidget(self.note)
        inside.addLayout(row(self.progress, self.halt))
        inside.addWidget(self.list, 1)
        self.details = TrailDetails()
        self.side = scrolling(self.details, "trail_scroll", "Ligne du journal")
        self.split = QSplitter(Qt.Orientation.Horizontal)
        self.split.setObjectName("trail_split")
        self.split.setChildrenCollapsible(False)
        self.split.setHandleWidth(theme.Space.SMALL)
        self.split.addWidget(left)
        self.split.addWidget(self.side)
        self.split.setSizes([800, 330])
        self.column.addWidget(self.split, 1)
        self.reading = TrailReading(writer, self)
        self._connect()
        self._show_reading(on=False)

    def enter(self, about: object = None) -> None:
        """Read again; `about` may be a `TrailSpot`."""
        spot = about if isinstance(about, TrailSpot) else TrailSpot()
        self._back = ("settings", None)
        self.back.setText("‹ Réglages")
        self.filters.entity = spot.entity
        say(self.about, spot.words)
        self.all.setVisible(bool(spot.entity))
        self.writer.submit(_places, done=partial(self._on_places, spot), failed=self.on_known_error)
        self.list.setFocus()

    def offer_back(self, words: str, name: str, about: object) -> None:
        """Offer the way back to where the journal was asked for."""
        self._back = (name, about)
        self.back.setText(f"‹ {words}")

    def settle(self) -> None:
        """Read no further, ask for nothing."""
        self.reading.stop()
        self._show_reading(on=False)
        self.details.settle()

    def stop(self) -> None:
        """Read and write no further: the workspace is about to be closed."""
        self.settle()
        self.export.stop()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the line under the list where there is little room."""
        super().resizeEvent(event)
        narrow = self.width() < _ONE_SIDE_UNDER * theme.current().scale
        self.split.setOrientation(Qt.Orientation.Vertical if narrow else Qt.Orientation.Horizontal)

    def _connect(self) -> None:
        self.back.clicked.connect(self._on_back)
        self.privacy.clicked.connect(self._on_privacy)
        self.all.clicked.connect(self._on_all)
        self.halt.clicked.connect(self._on_stop)
        self.filters.changed.connect(self._read)
        self.filters.down.connect(self.list.setFocus)
        self.reading.began.connect(self._on_began)
        self.reading.came.connect(self._on_came)
        self.reading.rested.connect(self._on_rested)
        self.reading.refused.connect(self.on_known_error)
        self.list.current_value.connect(self._on_current)
        self.list.opened.connect(self._on_open)
        self.list.verticalScrollBar().valueChanged.connect(self._on_scrolled)
        self.details.open_wanted.connect(self._on_open)
        self.details.field_wanted.connect(self._on_field)
        self.details.erase_wanted.connect(self._on_erase)
        shortcut = QShortcut(QKeySequence("Ctrl+F"), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self.filters.search.setFocus)

    # -- reading

    def _on_places(self, spot: TrailSpot, places: tuple[TrailPlace, ...]) -> None:
        self.filters.show_places(places)
        if spot.place:
            self.filters.choose_place(spot.place)
        self._read()

    @Slot()
    def _read(self) -> None:
        self.reading.start(self.filters.wanted())

    @Slot()
    def _on_began(self) -> None:
        self.list.values.show_values([])
        self.details.show_line(None)
        self.side.hide()
        self._show_reading(on=True)

    @Slot(object, object)
    def _on_came(self, lines: tuple[TrailLine, ...], page: Piece) -> None:
        first = not self.list.values.rows
        if lines:
            self.list.values.add_values(lines)
        if first and lines:
            self.list.choose()
            self.list.fit()
        self.progress.setRange(0, max(1, page.total))
        self.progress.setValue(page.total - page.left)
        self._say(page)

    @Slot(bool)
    def _on_rested(self, _over: bool) -> None:
        self._show_reading(on=False)

    @Slot()
    def _on_stop(self) -> None:
        self.reading.stop()
        self._show_reading(on=False)

    @Slot()
    def _on_scrolled(self) -> None:
        bar = self.list.verticalScrollBar()
        if bar.value() > bar.maximum() - _NEAR and self.list.values.rows:
            self.reading.more()

    def _say(self, page: Piece) -> None:
        shown = french.count(len(self.list.values.rows), "modification", "modifications")
        if not page.left:
            say(self.note, shown if self.list.values.rows else _NOTHING)
            return
        share = round(100 * (page.total - page.left) / max(1, page.total))
        say(self.note, f"{shown}, les plus récentes ; {share} % du journal lu (la suite vient en descendant)")

    def _show_reading(self, *, on: bool) -> None:
        self.progress.setVisible(on)
        self.halt.setVisible(on)

    # -- the current line

    @Slot(object)
    def _on_current(self, line: TrailLine | None) -> None:
        self.details.show_line(line, openable=line is not None and self._target(line) is not None)
        self.side.setVisible(line is not None)

    def _target(self, line: TrailLine) -> tuple[str, object] | None:
        from ivaudit.ui.desk import PAGES  # noqa: PLC0415 - the desk imports its pages

        found = target(line)
        return found if found is not None and (found[0] == "audit" or found[0] in PAGES) else None

    @Slot(object)
    def _on_open(self, line: TrailLine) -> None:
        found = self._target(line)
        if found is not None:
            self.asked.emit(*found)

    @Slot(object)
    def _on_field(self, line: TrailLine) -> None:
        self.filters.entity = line.entity
        say(self.about, line.what)
        self.all.show()
        self._read()

    @Slot()
    def _on_all(self) -> None:
        self.filters.entity = ""
        say(self.about, "")
        self.all.hide()
        self._read()

    @Slot(object, str)
    def _on_erase(self, line: TrailLine, reason: str) -> None:
        work = partial(_erase, line.op, line.index, reason)
        self.writer.submit(work, done=self._on_erased, failed=self._on_not_erased)

    @Slot(object)
    def _on_erased(self, changes: Changes) -> None:
        self.details.settle()
        self.said.emit(Said(sentence=f"{changes.done}. Confidentialité dit quelles sauvegardes la gardent."))
        self._read()

    def _on_not_erased(self, error: KnownError) -> None:
        self.details.box.refuse(error.sentence)

    @Slot()
    def _on_back(self) -> None:
        self.asked.emit(*self._back)

    @Slot()
    def _on_privacy(self) -> None:
        self.asked.emit("privacy", None)
