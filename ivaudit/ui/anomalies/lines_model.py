"""The list of the register as a model: 100,000 lines known, those that filters and search leave are rows."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from PySide6.QtCore import QModelIndex, Qt, Slot
from PySide6.QtWidgets import QWidget

from ivaudit.domain.anomalies import EntryLine
from ivaudit.domain.wording import folded
from ivaudit.ui.anomalies.listing import Filters, LineNow, Listing, Register, Sorting, first_not_after
from ivaudit.ui.table import Column, TableModel


class LinesModel(TableModel):
    """Rows of the register.

    A line that changes stays listed, at its place, until one filters, sorts or searches again: what was just
    closed does not vanish from under the eyes.
    """

    def __init__(
        self, columns: Sequence[Column], sortings: Sequence[Sorting], parent: QWidget | None = None
    ) -> None:
        super().__init__(columns, parent=parent)
        self._sortings = tuple(sortings)
        self._listing: Listing | None = None
        self._filters = Filters()

    # -- what is listed

    def load(self, register: Register) -> None:
        """Take the register."""
        self._listing = Listing(register)
        self._list_anew()

    def filter(self, wanted: Filters) -> None:
        """List what filters leave, anew."""
        self._filters = wanted
        self._list_anew()

    @Slot(str)
    def search(self, text: str) -> None:
        """List only the lines with every word of a text."""
        self._words = folded(text).split()
        self._list_anew()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column; -1 gives the last found first."""
        wanted = (column, order == Qt.SortOrder.DescendingOrder) if column >= 0 else None
        if wanted != self._sort:
            self._sort = wanted
            self._list_anew()

    @property
    def total(self) -> int:
        """Return how many lines the register has."""
        return len(self._listing.register.lines) if self._listing is not None else 0

    def place_of(self, key: str) -> int:
        """Return the row of an entry, -1 when it is not listed."""
        line = self._listing.register.by_id.get(key) if self._listing is not None else None
        return self._row_of(line) if line is not None else -1

    def whatever_the_view(self) -> list[EntryLine]:
        """Return the lines that the other filters and the words leave, the last found first."""
        if self._listing is None:
            return []
        return self._listing.rows(replace(self._filters, view=None), tuple(self._words), None)

    # -- what changes

    def replace(self, changed: Mapping[str, LineNow | None]) -> None:
        """Show what some entries are now, by id; nothing for one that is gone."""
        if self._listing is None:
            return
        for key, now in changed.items():
            old = self._listing.register.by_id.get(key)
            self._listing.register.replace(key, now)
            self._show(old, now.line if now is not None else None)
        self._listing.forget()

    def _show(self, old: EntryLine | None, line: EntryLine | None) -> None:
        """Change, insert or take away one row."""
        at = self._row_of(old) if old is not None else -1
        if at >= 0 and line is not None:
            self.rows[at] = line
            self.dataChanged.emit(self.index(at, 0), self.index(at, len(self.columns) - 1))
        elif at >= 0:
            self.beginRemoveRows(QModelIndex(), at, at)
            del self.rows[at]
            self.endRemoveRows()
        elif line is not None and old is None:
            at = first_not_after(self.rows, line) if self._sort is None else 0
            self.beginInsertRows(QModelIndex(), at, at)
            self.rows.insert(at, line)
            self.endInsertRows()

    def _row_of(self, line: EntryLine) -> int:
        try:
            return self.rows.index(line)
        except ValueError:
            return -1

    def _list_anew(self) -> None:
        self.beginResetModel()
        self._select()
        self.endResetModel()

    def _select(self) -> None:
        listing = self._listing
        if listing is None:
            return
        sorting = (self._sortings[self._sort[0]], self._sort[1]) if self._sort is not None else None
        self.rows = listing.rows(self._filters, tuple(self._words), sorting)
