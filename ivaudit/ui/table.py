"""Lists: a model over our own rows, sorted and filtered here, shown by a table of whole rows."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    QTimer,
    Signal,
    Slot,
)
from PySide6.QtGui import QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from ivaudit.domain.wording import folded
from ivaudit.ui import theme, tool_tips
from ivaudit.ui.controls import called, paint_bar

Index = QModelIndex | QPersistentModelIndex
_Role = Qt.ItemDataRole
_CELL = 12
"""What lies on each side of the text of a cell, in logical pixels."""
_NOWHERE = QModelIndex()
_MANY, _FEW = 150, 20
"""Beyond so many rows, all have the height that the first few need."""
_STEP = 4
"""Columns are narrowed by so many logical pixels at a time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column: what it shows, what it sorts by, and how it is drawn.

    `share` gives a part of one drawn as a bar under the text; `stretch` takes the room that is left;
    `spare` goes first when there is too little room.
    """

    title: str
    text: Callable[[Any], str]
    key: Callable[[Any], Any] | None = None
    share: Callable[[Any], float] | None = None
    stretch: bool = False
    right: bool = False
    spare: bool = False


class TableModel(QAbstractTableModel):
    """Any values under columns; what is shown is the filtered and sorted list `rows`."""

    def __init__(
        self,
        columns: Sequence[Column],
        words: Callable[[Any], str] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self._text_of = words or self._shown
        self.rows: list[Any] = []
        self._all: list[tuple[str, Any]] = []
        self._words: list[str] = []
        self._sort: tuple[int, bool] | None = None

    def show_values(self, values: Sequence[Any]) -> None:
        """Show other values; texts are folded once for searching."""
        self.beginResetModel()
        self._all = [(folded(self._text_of(value)), value) for value in values]
        self._select()
        self.endResetModel()

    def add_values(self, values: Sequence[Any]) -> None:
        """Show more values below the others: for a list that is neither searched nor sorted here."""
        start = len(self.rows)
        self.beginInsertRows(_NOWHERE, start, start + len(values) - 1)
        self._all += [("", value) for value in values]
        self.rows += values
        self.endInsertRows()

    @Slot(str)
    def search(self, text: str) -> None:
        """Show only the rows with every word of a text."""
        self.beginResetModel()
        self._words = folded(text).split()
        self._select()
        self.endResetModel()

    @property
    def total(self) -> int:
        """Return how many values there are, shown or not."""
        return len(self._all)

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """Return the number of rows shown."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        """Return the number of columns."""
        return 0 if parent.isValid() else len(self.columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _Role.DisplayRole) -> object:
        """Return the titles, each over its texts."""
        if orientation == Qt.Orientation.Horizontal and role == _Role.DisplayRole:
            return self.columns[section].title
        if role == _Role.TextAlignmentRole and self.columns[section].right:
            return Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
        return None

    def data(self, index: Index, role: int = _Role.DisplayRole) -> object:
        """Return what a cell shows."""
        column, value = self.columns[index.column()], self.rows[index.row()]
        match role:
            case _Role.DisplayRole:
                return column.text(value)
            case _Role.ToolTipRole:
                return tool_tips.plain(column.text(value))
            case _Role.AccessibleTextRole:
                return f"{column.title} : {column.text(value)}"
            case _Role.UserRole:
                return column.share(value) if column.share is not None else None
            case _Role.TextAlignmentRole:
                side = Qt.AlignmentFlag.AlignRight if column.right else Qt.AlignmentFlag.AlignLeft
                return Qt.AlignmentFlag.AlignVCenter | side
            case _:
                return None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column; -1 keeps the order of the values."""
        self.layoutAboutToBeChanged.emit()
        before = list(self.rows)
        self._sort = (column, order == Qt.SortOrder.DescendingOrder) if column >= 0 else None
        self._select()
        at = {id(value): rank for rank, value in enumerate(self.rows)}
        for old in self.persistentIndexList():
            self.changePersistentIndex(old, self.index(at[id(before[old.row()])], old.column()))
        self.layoutChanged.emit()

    def _shown(self, value: object) -> str:
        return " ".join(column.text(value) for column in self.columns)

    def _select(self) -> None:
        self.rows = [value for text, value in self._all if all(word in text for word in self._words)]
        if self._sort is not None:
            column, down = self.columns[self._sort[0]], self._sort[1]
            self.rows.sort(key=column.key or (lambda value: folded(column.text(value))), reverse=down)


class _Delegate(QStyledItemDelegate):
    """Draws a share as a bar under its text."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw the cell, then its bar."""
        super().paint(painter, option, index)
        share = index.data(_Role.UserRole)
        if isinstance(share, float):
            look = theme.current()
            box = QRectF(option.rect).adjusted(look.px(8), 0, -look.px(8), 0)
            paint_bar(painter, QRectF(box.left(), box.bottom() - look.px(8), box.width(), look.px(4)), share)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Leave room for targets, and for the bar."""
        size = super().sizeHint(option, index)
        # Qt measures a wrapped text a few pixels wider than it draws it, and cuts its last line.
        room = QRect(0, 0, option.rect.width() - 2 * _CELL, 10_000)
        if room.width() > 0:
            wrapped = int(Qt.TextFlag.TextWordWrap)
            text = str(index.data(_Role.DisplayRole) or "")
            high = option.fontMetrics.boundingRect(room, wrapped, text).height() + theme.Space.SMALL
            size.setHeight(max(size.height(), high))
        size.setHeight(max(size.height() + theme.Space.SMALL, theme.TARGET + theme.Space.SMALL))
        return size


class Table(QTableView):
    """Whole rows, chosen by keyboard or mouse; `opened(value)` on Return, a double click or a touch.

    With `flat`, rows are one line high and texts end with an ellipsis, whole in the tool tip: nothing is
    measured but what is seen, and hundreds of rows come at once. `model` stands for the usual one.
    """

    LEAST, CAP = 150, 96
    opened = Signal(object)
    current_value = Signal(object)

    def __init__(
        self,
        name: str,
        accessible: str,
        columns: Sequence[Column],
        words: Callable[[Any], str] | None = None,
        *,
        flat: bool = False,
        model: TableModel | None = None,
    ) -> None:
        super().__init__()
        called(self, name, accessible)
        self._flat = flat
        self.values = TableModel(columns, words, self) if model is None else model
        self.setModel(self.values)
        self.setItemDelegate(_Delegate(self))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(not flat)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self._set_header()
        self.doubleClicked.connect(self._on_chosen)
        self.selectionModel().currentRowChanged.connect(self._on_current)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.timeout.connect(self._fit)
        for signal in (self.values.modelReset, self.values.layoutChanged, theme.notice().changed):
            signal.connect(self._later.start)

    def value(self) -> Any:  # noqa: ANN401 - as generic as its rows
        """Return the value of the current row, or nothing."""
        at = self.currentIndex().row()
        return self.values.rows[at] if 0 <= at < len(self.values.rows) else None

    def choose(self, at: int = 0) -> None:
        """Make a row the current one."""
        if 0 <= at < len(self.values.rows):
            self.setCurrentIndex(self.values.index(at, 0))

    def fit(self) -> None:
        """Fit the columns to rows that were added: nobody asks for it at each of them."""
        self._later.start()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open the current row on Return."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.value() is not None:
            self.opened.emit(self.value())
            return
        super().keyPressEvent(event)

    def _set_header(self) -> None:
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        if self._flat:
            header.setResizeContentsPrecision(0)  # only what is seen
        else:
            header.setResizeContentsPrecision(_MANY)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        header.setSortIndicatorClearable(True)
        header.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSortingEnabled(True)
        for at, column in enumerate(self.values.columns):
            mode = QHeaderView.ResizeMode
            header.setSectionResizeMode(at, mode.Stretch if column.stretch else mode.ResizeToContents)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the columns and the heights of rows to the new width."""
        super().resizeEvent(event)
        self._later.start()

    @Slot()
    def _fit(self) -> None:
        """Give up spare columns where there is little room, then let rows take the height they need."""
        header = self.horizontalHeader()
        header.setMinimumSectionSize(theme.current().px(48))
        columns = self.values.columns
        for at in range(len(columns)):
            self.setColumnHidden(at, False)
        heads = [header.sectionSizeHint(at) for at in range(len(columns))]
        least = theme.current().px(self.LEAST)
        widths = [
            max(least if column.stretch else self.sizeHintForColumn(at), heads[at])
            for at, column in enumerate(columns)
        ]
        for at in reversed(range(len(columns))):
            if columns[at].spare and sum(widths) > self.viewport().width():
                self.setColumnHidden(at, True)
                widths[at] = 0
        self._cap(header, heads, widths)
        if self._flat:
            high = self.fontMetrics().height() + 2 * theme.Space.SMALL
            self.verticalHeader().setDefaultSectionSize(max(theme.TARGET, high))
        elif len(self.values.rows) > _MANY:  # measured one by one, they would hold the window
            self.verticalHeader().setDefaultSectionSize(max(map(self.sizeHintForRow, range(_FEW))))
        else:
            self.resizeRowsToContents()

    def _cap(self, header: QHeaderView, heads: list[int], widths: list[int]) -> None:
        """Where there is still too little room, narrow the widest columns, never under their title.

        Texts that wrap leave the room to the column that stretches; texts that do not keep all they can.
        """
        room, least = self.viewport().width(), theme.current().px(self.CAP)
        kept = [at for at, each in enumerate(self.values.columns) if not each.stretch and widths[at]]
        most = max(widths)
        if sum(widths) > room:
            spare = room - sum(widths) + sum(widths[at] for at in kept)
            most = level([(widths[at], heads[at]) for at in kept], spare, least) if self._flat else least
        for at in kept:
            wide = max(most, heads[at])
            if widths[at] > wide:
                header.setSectionResizeMode(at, QHeaderView.ResizeMode.Fixed)
                header.resizeSection(at, wide)
            elif header.sectionResizeMode(at) == QHeaderView.ResizeMode.Fixed:
                header.setSectionResizeMode(at, QHeaderView.ResizeMode.ResizeToContents)

    @Slot(QModelIndex)
    def _on_chosen(self, _index: QModelIndex) -> None:
        self.opened.emit(self.value())

    @Slot(QModelIndex, QModelIndex)
    def _on_current(self, _now: QModelIndex, _before: QModelIndex) -> None:
        self.current_value.emit(self.value())


def level(columns: Sequence[tuple[int, int]], room: int, least: int) -> int:
    """Return the width under which columns must stay for all of them to fit.

    Args:
        columns: for each, the width it asks for and that of its title, which is never cut, in pixels.
        room: what they share, in pixels.
        least: the width returned where even that is too much, in pixels.
    """
    widest = max((wanted for wanted, _ in columns), default=least)
    for most in range(widest, least, -_STEP):
        if sum(min(wanted, max(most, title)) for wanted, title in columns) <= room:
            return most
    return least
