"""The readings of one indicator: a line per period, one number per cell, where it comes from and when."""

from collections.abc import Sequence
from dataclasses import replace
from enum import Enum

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from ivaudit.app.indicators import Written
from ivaudit.domain.errors import InvalidValue
from ivaudit.domain.indicator_model import IndicatorView, Origin, SeriesPoint
from ivaudit.domain.months import closes, period
from ivaudit.domain.readings import Counts, number, typed_count
from ivaudit.ui import french, tool_tips
from ivaudit.ui.indicators.grid_model import COMPUTED

Index = QModelIndex | QPersistentModelIndex
_Role = Qt.ItemDataRole
_NOWHERE = QModelIndex()


class Kind(Enum):
    """What a column holds."""

    NUMERATOR = "Numérateur"
    DENOMINATOR = "Dénominateur"
    EXCLUDED = "Exclus"
    VALUE = "Valeur"
    WITHOUT = "Sans exclus"
    LIMITS = "Limites"
    SOURCE = "Rapport source"
    DATE = "Relevé le"


EDITABLE = frozenset({Kind.NUMERATOR, Kind.DENOMINATOR, Kind.EXCLUDED, Kind.SOURCE, Kind.DATE})
_FIGURES = frozenset(Kind) - {Kind.SOURCE}


class ReadingsModel(QAbstractTableModel):
    """Periods in the order of time. `typed(index, rows of texts)` when a cell was typed in."""

    typed = Signal(QModelIndex, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.view: IndicatorView | None = None
        self.columns: tuple[Kind, ...] = ()
        self.months: tuple[str, ...] = ()

    def show_view(self, view: IndicatorView | None, months: Sequence[str], now: str) -> None:
        """Show an indicator; the place on the screen is kept when only values changed.

        Args:
            view: the indicator, or nothing.
            months: those of the table of indicators.
            now: the present month: later ones take nothing.
        """
        columns = _columns(view)
        periods = _periods(view, months, now)
        same = columns == self.columns and periods == self.months and _id(view) == _id(self.view)
        if not same:
            self.beginResetModel()
        self.view, self.columns, self.months = view, columns, periods
        if not same:
            self.endResetModel()
        elif periods:
            self.dataChanged.emit(self.index(0, 0), self.index(len(periods) - 1, len(columns) - 1))

    def cells(self, start: Index, rows: Sequence[Sequence[str]]) -> list[Written]:
        """Return what a block of texts fills, from a cell on; read-only columns and the beyond are left out.

        Raises:
            InvalidValue: a text is no count, or no day.
        """
        found: list[Written] = []
        for down, row in enumerate(rows):
            at = start.row() + down
            if at < len(self.months):
                kinds = self.columns[start.column() :]
                texts = {kind: text for kind, text in zip(kinds, row, strict=False) if kind in EDITABLE}
                found += [self._written(self.months[at], texts)] if texts else []
        return found

    def point_at(self, index: Index) -> SeriesPoint | None:
        """Return the point of a line, or nothing."""
        return self.view.at(self.months[index.row()]) if self.view and index.isValid() else None

    def month_at(self, index: Index) -> str:
        """Return the month of a line."""
        return self.months[index.row()] if index.isValid() else ""

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """Return the number of periods."""
        return 0 if parent.isValid() else len(self.months)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        """Return the number of columns."""
        return 0 if parent.isValid() else len(self.columns)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let counts, sources and days be typed in."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        found = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        editable = self.columns[index.column()] in EDITABLE
        return found | Qt.ItemFlag.ItemIsEditable if editable else found

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _Role.DisplayRole) -> object:
        """Return what the columns hold above, the periods on the left."""
        if role not in {_Role.DisplayRole, _Role.AccessibleTextRole, _Role.ToolTipRole} or self.view is None:
            return None
        if orientation == Qt.Orientation.Horizontal:
            kind = self.columns[section]
            return self._tip(kind) if role == _Role.ToolTipRole else kind.value
        return (
            period(self.months[section], self.view.indicator.rhythm) if section < len(self.months) else None
        )

    def data(self, index: Index, role: int = _Role.DisplayRole) -> object:
        """Return what a cell shows."""
        kind, point = self.columns[index.column()], self.point_at(index)
        match role:
            case _Role.DisplayRole | _Role.EditRole:
                return _text(kind, point)
            case _Role.ToolTipRole:
                return tool_tips.plain(point.explanation) if point and point.explanation else None
            case _Role.AccessibleTextRole:
                where = self.headerData(index.row(), Qt.Orientation.Vertical)
                return f"{where}, {kind.value} : {_text(kind, point) or 'vide'}"
            case _Role.TextAlignmentRole:
                side = Qt.AlignmentFlag.AlignHCenter if kind in _FIGURES else Qt.AlignmentFlag.AlignLeft
                return Qt.AlignmentFlag.AlignVCenter | side
            case _:
                return None

    def setData(self, index: Index, value: object, role: int = _Role.EditRole) -> bool:
        """Hand over what was typed; it shows once it is recorded."""
        if role != _Role.EditRole or str(value) == self.data(index, _Role.EditRole):
            return False
        self.typed.emit(self.index(index.row(), index.column()), [[str(value)]])
        return True

    def _tip(self, kind: Kind) -> str:
        indicator = self.view.indicator if self.view else None
        if indicator is None:
            return kind.value
        tips = {
            Kind.NUMERATOR: indicator.numerator,
            Kind.DENOMINATOR: indicator.denominator,
            Kind.EXCLUDED: f"Nombre de {indicator.excluded} dans le dénominateur",
            Kind.WITHOUT: f"La valeur sans les {indicator.excluded}",
            Kind.SOURCE: f"Le rapport du logiciel d'où viennent les nombres : {indicator.report}",
        }
        return tool_tips.plain(tips.get(kind, kind.value))

    def _written(self, month: str, texts: dict[Kind, str]) -> Written:
        if self.view is None:
            raise InvalidValue("Choisissez d'abord un indicateur.")
        point = self.view.at(month)
        known = point.typed if point is not None else Counts()
        found = {
            kind.name.lower(): typed_count(text)
            for kind, text in texts.items()
            if kind not in {Kind.SOURCE, Kind.DATE}
        }
        return Written(
            indicator=self.view.indicator.id,
            month=month,
            counts=replace(known, **found),
            source=texts.get(Kind.SOURCE),
            date=_day(texts[Kind.DATE]) if Kind.DATE in texts else None,
        )


def _text(kind: Kind, point: SeriesPoint | None) -> str:
    if point is None:
        return ""
    said = point.shown if point.value is not None else ""
    texts = {
        Kind.VALUE: f"{said} {COMPUTED}" if said and point.origin is not Origin.TYPED else said,
        Kind.WITHOUT: point.without,
        Kind.LIMITS: _between(point),
        Kind.SOURCE: point.source,
        Kind.DATE: french.short_date(point.date) if point.date else "",
    }
    if kind in texts:
        return texts[kind]
    count: int | None = getattr(point, kind.name.lower())
    return "" if count is None else number(count)


def _columns(view: IndicatorView | None) -> tuple[Kind, ...]:
    if view is None:
        return ()
    left_out = set() if view.indicator.excluded else {Kind.EXCLUDED, Kind.WITHOUT}
    if view.centre is None:
        left_out.add(Kind.LIMITS)
    return tuple(kind for kind in Kind if kind not in left_out)


def _periods(view: IndicatorView | None, months: Sequence[str], now: str) -> tuple[str, ...]:
    """Return the periods that the months close and those known before, in the order of time."""
    if view is None:
        return ()
    rhythm = view.indicator.rhythm
    open_ones = {each for each in months if each <= now and closes(each, rhythm)}
    return tuple(sorted(open_ones | {each.month for each in view.points}))


def _id(view: IndicatorView | None) -> str:
    return view.indicator.id if view else ""


def _between(point: SeriesPoint) -> str:
    if point.low is None or point.high is None:
        return ""
    low, high = (f"{each:.1f}".replace(".", ",") for each in (point.low, point.high))
    return f"{low} à {high}"


def _day(text: str) -> str:
    plain = text.strip()
    found = french.typed_date(plain) if plain else ""
    if found is None:
        raise InvalidValue("La date s'écrit comme 21/11/2026.")
    return found
