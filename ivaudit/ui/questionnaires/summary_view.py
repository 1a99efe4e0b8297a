"""The structures of a folder side by side, marked «déclaratif», never ranked by result."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QWidget

from ivaudit.app import questionnaire_folder
from ivaudit.app.library import library
from ivaudit.domain.progress import Progress
from ivaudit.domain.returns import SortedFile
from ivaudit.domain.returns_summary import (
    NOTICE,
    Order,
    ReturnsSummary,
    Spread,
    StructureRow,
    tenths,
)
from ivaudit.ui.audit.flow import Flow
from ivaudit.ui.audit.phrases import bound
from ivaudit.ui.controls import Combo, TickText, button, called, column_in, label, say, scrolling
from ivaudit.ui.job_bar import JobBar, Stopping
from ivaudit.ui.table import Column, Table
from ivaudit.ui.theme import Space

_LEGEND = (
    "Score sur 100, ou ses bornes tant que la couverture ne suffit pas. Critiques : points critiques non "
    "tenus, sur ceux qui concernent la structure. Par domaine :"
)
_ORDERS = {Order.NAME: "Par nom de structure", Order.FILE: "Par nom de fichier"}


def _summaries(
    files: tuple[SortedFile, ...], order: Order, hidden: bool, _progress: Progress, _stopping: Stopping
) -> tuple[ReturnsSummary, ...]:
    return questionnaire_folder.summaries(library(), files, order=order, hidden=hidden)


def _written(found: tuple[ReturnsSummary, ...], path: Path, progress: Progress, stopping: Stopping) -> Path:
    return questionnaire_folder.write_summary(found, path, progress=progress, cancelled=stopping)


class SummaryView(QWidget):
    """`closed()` goes back to the files."""

    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("summary_view")
        self._files: tuple[SortedFile, ...] = ()
        self._found: tuple[ReturnsSummary, ...] = ()
        self.back = button("‹ Fichiers", "summary_back", "quiet", "Revenir aux fichiers")
        self.what = label(bound(NOTICE), "summary_notice", "strong")
        self.checklist = Combo("summary_checklist", "Grille")
        self.order = Combo("summary_order", "Ordre des structures")
        for order, text in _ORDERS.items():
            self.order.addItem(text, order)
        self.hide_names = called(QCheckBox(), "summary_hide_names", "Cacher les noms des structures")
        self.book = button("Exporter en Excel…", "summary_export")
        self.bar = JobBar("summary_job")
        self.legend = label("", "summary_legend", "small")
        self.empty = label("Aucun questionnaire à résumer.", "summary_empty", "muted")
        self.tables = QWidget()
        self.tables.setObjectName("summary_tables")
        self._tables = column_in(self.tables, spacing=Space.SMALL)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        self.order.setMinimumContentsLength(20)
        inside = QWidget()
        column_in(self).addWidget(scrolling(inside, "summary_scroll", "Synthèse"))
        column = column_in(inside)
        column.addWidget(self.what)
        tools = called(Flow(spacing=Space.SMALL), "summary_tools", "Gestes")
        for part in (self.back, self.checklist, self.order, self.book):
            tools.add(part)
        column.addWidget(tools)
        words = TickText("Cacher les noms : « Structure 1, 2… », mêlées", self.hide_names)
        line = QHBoxLayout()
        line.addWidget(self.hide_names, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(called(words, "summary_hide_words", words.text()), 1)
        column.addLayout(line)
        column.addWidget(self.bar)
        column.addWidget(self.empty)
        column.addWidget(self.tables, 1)

    def _connect(self) -> None:
        self.back.clicked.connect(self.closed)
        self.checklist.activated.connect(self._on_checklist)
        self.order.activated.connect(self._on_order)
        self.hide_names.toggled.connect(self._on_names)
        self.book.clicked.connect(self._on_book)
        self.bar.busy.connect(self._on_busy)

    def first_focus(self) -> QWidget:
        """Return what one most likely wants."""
        return self.back

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go back to the files on Échap."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
            return
        super().keyPressEvent(event)

    def show_files(self, files: tuple[SortedFile, ...]) -> None:
        """Sum up these files."""
        self._files = files
        self.bar.clear()
        self._work_out()

    def _work_out(self) -> None:
        order = Order(self.order.currentData())
        work = partial(_summaries, self._files, order, self.hide_names.isChecked())
        self.bar.start(work, self._on_found)

    @Slot(object)
    def _on_found(self, found: tuple[ReturnsSummary, ...]) -> None:
        kept = self.checklist.currentData()
        self._found = found
        self.checklist.clear()
        for each in found:
            self.checklist.addItem(each.title, each.checklist)
        self.checklist.setCurrentIndex(max(0, self.checklist.findData(kept)) if found else -1)
        self.checklist.setVisible(len(found) > 1)
        self.empty.setVisible(not found)
        self.book.setEnabled(bool(found))
        self._show()

    def _show(self) -> None:
        """Make the tables of one checklist: their columns are its domains."""
        while (item := self._tables.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                if old is not self.legend:
                    old.deleteLater()
        at = self.checklist.currentIndex()
        if not 0 <= at < len(self._found):
            return
        found = self._found[at]
        structures = Table("summary_structures", "Structures, déclaratif", _columns(found), _name, flat=True)
        structures.setSortingEnabled(False)  # a list of names sorted by result would be a ranking
        structures.setMinimumHeight(260)
        spreads = Table("summary_spreads", "Médianes et déciles", _SPREADS, flat=True)
        spreads.setMinimumHeight(260)
        numbers = [f"{rank} : {title}" for rank, title in enumerate(found.domains, 1)]
        say(self.legend, bound(f"{_LEGEND} {' · '.join(numbers)}."))
        self._tables.addWidget(label("Structures (déclaratif)", "summary_structures_title", "heading"))
        self._tables.addWidget(structures, 2)
        self._tables.addWidget(self.legend)
        self._tables.addWidget(label("Médianes et déciles", "summary_spreads_title", "heading"))
        self._tables.addWidget(spreads, 1)
        # Once they have their place: before, a table takes every row for one to measure.
        structures.values.show_values(found.rows)
        spreads.values.show_values(found.spreads)

    @Slot(int)
    def _on_checklist(self, _at: int) -> None:
        self._show()

    @Slot(int)
    def _on_order(self, _at: int) -> None:
        self._work_out()

    @Slot(bool)
    def _on_names(self, _on: bool) -> None:
        self._work_out()

    @Slot()
    def _on_book(self) -> None:
        self.bar.ask_where("Synthese-des-auto-evaluations.xlsx", self.write)

    def write(self, path: Path) -> None:
        """Write the workbook there."""
        self.bar.start(partial(_written, self._found, path), self.bar.made)

    @Slot(bool)
    def _on_busy(self, on: bool) -> None:
        for part in (self.checklist, self.order, self.hide_names):
            part.setEnabled(not on)
        self.book.setEnabled(not on and bool(self._found))


def _columns(found: ReturnsSummary) -> tuple[Column, ...]:
    first = (
        Column(title="Structure", text=_name, stretch=True),
        Column(title="Couverture", text=_coverage, right=True),
        Column(title="Score", text=_score, right=True),
        Column(title="Critiques", text=_broken, right=True),
        Column(title="Sans objet", text=_out, right=True, spare=True),
    )
    domains = (
        Column(title=str(rank + 1), text=partial(_domain, rank), right=True, spare=True)
        for rank in range(len(found.domains))
    )
    return (*first, *domains)


def _name(shown: StructureRow) -> str:
    return shown.name


def _coverage(shown: StructureRow) -> str:
    return _percent(shown.whole.coverage)


def _score(shown: StructureRow) -> str:
    return shown.whole.reading


def _broken(shown: StructureRow) -> str:
    if not shown.critical:
        return "–"
    waiting = f" ({shown.unrated} non évalués)" if shown.unrated else ""
    return f"{shown.broken} sur {shown.critical}{waiting}"


def _out(shown: StructureRow) -> str:
    return _percent(shown.whole.out)


def _domain(rank: int, shown: StructureRow) -> str:
    return shown.domains[rank].reading


def _percent(points: int | None) -> str:
    return "–" if points is None else f"{points} %"


def _title(shown: Spread) -> str:
    return bound(shown.title)


def _count(shown: Spread) -> str:
    return str(shown.count)


def _figure(name: str, shown: Spread) -> str:
    value: float | None = getattr(shown, name)
    return "–" if value is None else tenths(value)


def _decile(rank: int, shown: Spread) -> str:
    return tenths(shown.deciles[rank]) if shown.deciles else "–"


_SPREADS = (
    Column(title="Chiffre", text=_title, stretch=True),
    Column(title="Structures", text=_count, right=True),
    Column(title="Médiane", text=partial(_figure, "median"), right=True),
    Column(title="D1", text=partial(_decile, 0), right=True),
    Column(title="D9", text=partial(_decile, 8), right=True),
    Column(title="Minimum", text=partial(_figure, "least"), right=True, spare=True),
    Column(title="Maximum", text=partial(_figure, "most"), right=True, spare=True),
)
