"""Indicators by months: one value per cell, typed as «12/340»."""

from collections.abc import Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QFont

from ivaudit.app.indicators import Written
from ivaudit.domain.indicator_model import IndicatorView, Origin, SeriesPoint
from ivaudit.domain.indicator_words import counts as counts_said
from ivaudit.domain.months import closes, period, short
from ivaudit.domain.readings import NBSP, Counts, typed_counts
from ivaudit.ui import theme, tool_tips

Index = QModelIndex | QPersistentModelIndex
_Role = Qt.ItemDataRole
_NOWHERE = QModelIndex()
COMPUTED, SIGNAL = "*", "◆"
"""What stands beside a value that the program counted, and one that makes a signal."""


class GridModel(QAbstractTableModel):
    """What was read. `typed(index, rows of texts)` when a cell was typed in."""

    typed = Signal(QModelIndex, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.views: tuple[IndicatorView, ...] = ()
        self.months: tuple[str, ...] = ()
        self._now = ""

    def show_views(self, views: Sequence[IndicatorView], months: Sequence[str], now: str) -> None:
        """Show indicators over some months; the place on the screen is kept when only values changed.

        Args:
            views: one per line.
            months: one per column.
            now: the present month: later ones take nothing.
        """
        ids = [each.indicator.id for each in views]
        same = ids == [each.indicator.id for each in self.views] and tuple(months) == self.months
        if not same:
            self.beginResetModel()
        self.views, self.months, self._now = tuple(views), tuple(months), now
        if not same:
            self.endResetModel()
        elif self.views and self.months:
            last = self.index(len(self.views) - 1, len(self.months) - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    def place_of(self, indicator: str) -> int:
        """Return the line of an indicator, -1 when it is not listed."""
        ids = [each.indicator.id for each in self.views]
        return ids.index(indicator) if indicator in ids else -1

    def cells(self, start: Index, rows: Sequence[Sequence[str]]) -> list[Written]:
        """Return what a block of texts fills, from a cell on; what lies beyond the table is left out.

        Raises:
            InvalidValue: a text is no reading.
        """
        return [
            self._written(index, text)
            for down, row in enumerate(rows)
            for right, text in enumerate(row)
            if (index := self.index(start.row() + down, start.column() + right)).isValid()
            and self.open_at(index)
        ]

    def open_at(self, index: Index) -> bool:
        """Tell whether a cell takes a reading: its period ends with that month, and has begun."""
        view, month = self.views[index.row()], self.months[index.column()]
        return month <= self._now and closes(month, view.indicator.rhythm)

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """Return the number of indicators."""
        return 0 if parent.isValid() else len(self.views)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        """Return the number of months."""
        return 0 if parent.isValid() else len(self.months)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let the cells of periods be typed in."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        found = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return found | Qt.ItemFlag.ItemIsEditable if self.open_at(index) else found

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _Role.DisplayRole) -> object:
        """Return the months above, the indicators on the left."""
        if role not in {_Role.DisplayRole, _Role.AccessibleTextRole, _Role.ToolTipRole}:
            return None
        if orientation == Qt.Orientation.Horizontal:
            return short(self.months[section]) if section < len(self.months) else None
        if section >= len(self.views):
            return None
        indicator = self.views[section].indicator
        return f"{indicator.title}{NBSP}({indicator.unit})"

    def data(self, index: Index, role: int = _Role.DisplayRole) -> object:
        """Return what a cell shows."""
        view, month = self.views[index.row()], self.months[index.column()]
        point = view.at(month)
        found: object = None
        match role:
            case _Role.DisplayRole:
                found = _shown(point) if self.open_at(index) or point else "·"
            case _Role.EditRole:
                found = edited(point)
            case _Role.AccessibleTextRole:
                found = _spoken(view, month, point)
            case _Role.ToolTipRole:
                found = tool_tips.plain(_spoken(view, month, point))
            case _Role.TextAlignmentRole:
                found = Qt.AlignmentFlag.AlignCenter
            case _Role.ForegroundRole if not self.open_at(index):
                found = theme.current().colour("muted")
            case _Role.FontRole if point is not None and point.origin is not Origin.TYPED:
                found = _italic()
        return found

    def setData(self, index: Index, value: object, role: int = _Role.EditRole) -> bool:
        """Hand over what was typed; it shows once it is recorded."""
        if role != _Role.EditRole or str(value) == self.data(index, _Role.EditRole):
            return False
        self.typed.emit(self.index(index.row(), index.column()), [[str(value)]])
        return True

    def _written(self, index: Index, text: str) -> Written:
        view, month = self.views[index.row()], self.months[index.column()]
        point = view.at(month)
        known = point.typed if point is not None else Counts()
        return Written(indicator=view.indicator.id, month=month, counts=typed_counts(text, known))


def _spoken(view: IndicatorView, month: str, point: SeriesPoint | None) -> str:
    rhythm = view.indicator.rhythm
    where = f"{view.indicator.title}, {period(month, rhythm)}"
    if point is None:
        missing = "pas de relevé" if closes(month, rhythm) else f"relevé de périodicité {rhythm}"
        return f"{where} : {missing}"
    more = ", signal" if point.flagged else ""
    more += ", deux valeurs après une fusion" if point.conflict else ""
    return f"{where} : {point.shown} ({counts_said(point.counts)}), {point.origin}{more}"


def _italic() -> QFont:
    font = QFont(theme.current().font())
    font.setItalic(True)
    return font


def edited(point: SeriesPoint | None) -> str:
    """Return a reading as it is typed: «12/340», «12/340/15»."""
    if point is None:
        return ""
    parts = [point.numerator, point.denominator, point.excluded]
    while parts and parts[-1] is None:
        parts.pop()
    return "/".join("" if each is None else str(each) for each in parts)


def _shown(point: SeriesPoint | None) -> str:
    if point is None:
        return ""
    figure = f"n={point.shown}" if point.value is None else point.shown.partition(NBSP)[0]
    before = f"{SIGNAL}{NBSP}" if point.flagged else ""
    return f"{before}{figure}{COMPUTED if point.origin is not Origin.TYPED else ''}"
