"""The lines of a campaign as a table: what each is, then one cell per fact."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from ivaudit.app.campaigns import CampaignSheet
from ivaudit.domain.campaign import ObservedRow
from ivaudit.domain.observation import ObservedItem, ObservedValue
from ivaudit.domain.tone import Tone
from ivaudit.ui import french, theme

Index = QModelIndex | QPersistentModelIndex
_Role = Qt.ItemDataRole
_NOWHERE = QModelIndex()

SHORT = {
    ObservedValue.YES: "O",
    ObservedValue.NO: "N",
    ObservedValue.NOT_APPLICABLE: "SO",
    ObservedValue.REFUSED: "R",
    ObservedValue.NOT_OBSERVED: "NV",
}
"""What a cell shows: a letter, which the colour repeats."""

WORDS = {
    ObservedValue.YES: "Oui",
    ObservedValue.NO: "Non",
    ObservedValue.NOT_APPLICABLE: "Sans objet",
    ObservedValue.REFUSED: "Refus tracé",
    ObservedValue.NOT_OBSERVED: "Non vu",
}
"""What people and screen readers are told."""

TONES = {
    ObservedValue.YES: Tone.GOOD,
    ObservedValue.NO: Tone.BAD,
    ObservedValue.NOT_APPLICABLE: Tone.NEUTRAL,
    ObservedValue.REFUSED: Tone.MIDDLE,
    ObservedValue.NOT_OBSERVED: Tone.WAITING,
}


class Kind(Enum):
    """What a column holds."""

    NUMBER = "N°"
    UNIT = "Unité"
    DATE = "Jour"
    TIME = "Heure"
    PROFESSIONAL = "Prof."
    CONTEXT = "contexte"
    ITEM = "fait"
    REASON = "Non observé"


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnOf:
    """A column; `key` is the id of its fact or context, `tip` its whole title."""

    kind: Kind
    title: str
    tip: str
    key: str = ""
    item: ObservedItem | None = None


class RowsModel(QAbstractTableModel):
    """The lines as recorded. `edited(row id, column, text)` when a cell was typed in."""

    edited = Signal(str, object, str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.columns: tuple[ColumnOf, ...] = ()
        self.rows: tuple[ObservedRow, ...] = ()
        self._reasons: dict[str, str] = {}
        self.sheet: CampaignSheet | None = None

    def show_sheet(self, sheet: CampaignSheet) -> None:
        """Show a campaign; the place on the screen is kept when only values changed."""
        columns, before = _columns(sheet), self.rows
        same = columns == self.columns and [r.id for r in sheet.rows] == [r.id for r in before]
        if not same:
            self.beginResetModel()
        self.sheet, self.columns, self.rows = sheet, columns, sheet.rows
        self._reasons = {each.id: each.label for each in sheet.grid.not_observed}
        if not same:
            self.endResetModel()
            return
        last = len(self.columns) - 1
        for at, (old, new) in enumerate(zip(before, self.rows, strict=True)):
            if old != new:
                self.dataChanged.emit(self.index(at, 0), self.index(at, last))

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """Return the number of lines."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        """Return the number of columns."""
        return 0 if parent.isValid() else len(self.columns)

    def row_at(self, index: Index) -> ObservedRow | None:
        """Return the line under an index."""
        return self.rows[index.row()] if index.isValid() and index.row() < len(self.rows) else None

    def first_item(self) -> int:
        """Return the column of the first fact."""
        return next((at for at, each in enumerate(self.columns) if each.kind is Kind.ITEM), 0)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _Role.DisplayRole) -> object:
        """Return the titles, short ones for facts, and the whole question on hover."""
        if orientation != Qt.Orientation.Horizontal or section >= len(self.columns):
            return None
        match role:
            case _Role.DisplayRole:
                return self.columns[section].title
            case _Role.ToolTipRole | _Role.AccessibleTextRole:
                return self.columns[section].tip
            case _:
                return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let words be typed; facts are noted by one key."""
        found = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if index.isValid() and self.columns[index.column()].kind not in {Kind.ITEM, Kind.NUMBER}:
            found |= Qt.ItemFlag.ItemIsEditable
        return found

    def data(self, index: Index, role: int = _Role.DisplayRole) -> object:
        """Return what a cell shows."""
        row, column = self.rows[index.row()], self.columns[index.column()]
        value = row.values.get(column.key) if column.kind is Kind.ITEM else None
        match role:
            case _Role.DisplayRole | _Role.EditRole:
                return SHORT[value] if value else self._text(row, column, edit=role == _Role.EditRole)
            case _Role.AccessibleTextRole:
                said = WORDS[value] if value else self._text(row, column, edit=False) or "vide"
                return f"Ligne {row.number}, {column.tip} : {said}"
            case _Role.TextAlignmentRole:
                plain = column.kind in {Kind.UNIT, Kind.REASON, Kind.CONTEXT}
                side = Qt.AlignmentFlag.AlignLeft if plain else Qt.AlignmentFlag.AlignHCenter
                return Qt.AlignmentFlag.AlignVCenter | side
            case _Role.BackgroundRole if value:
                return theme.current().fill(TONES[value])
            case _Role.ForegroundRole if value:
                return theme.current().ink(TONES[value])
            case _:
                return None

    def setData(self, index: Index, value: object, role: int = _Role.EditRole) -> bool:
        """Hand over what was typed; it shows once it is recorded."""
        row, column = self.row_at(index), self.columns[index.column()]
        if role != _Role.EditRole or row is None or str(value) == self._text(row, column, edit=True):
            return False
        self.edited.emit(row.id, column, str(value))
        return True

    def choices(self, column: ColumnOf) -> Sequence[tuple[str, str]]:
        """Return what a cell may be chosen from, (value, label), nothing where it is typed."""
        if self.sheet is None:
            return ()
        match column.kind:
            case Kind.UNIT if self.sheet.campaign.units:
                return [("", "—"), *((unit, unit) for unit in self.sheet.campaign.units)]
            case Kind.REASON:
                return [("", "—"), *self._reasons.items()]
            case Kind.CONTEXT:
                found = next(each for each in self.sheet.grid.context if each.id == column.key)
                return [("", "—"), *((choice, choice) for choice in found.choices)]
            case _:
                return ()

    def _text(self, row: ObservedRow, column: ColumnOf, *, edit: bool) -> str:
        texts = {
            Kind.NUMBER: str(row.number),
            Kind.UNIT: row.unit,
            Kind.DATE: french.short_date(row.date) if row.date else "",
            Kind.TIME: row.time,
            Kind.PROFESSIONAL: row.professional,
            Kind.CONTEXT: row.context.get(column.key, ""),
            Kind.REASON: row.reason if edit else self._reasons.get(row.reason, row.reason),
        }
        return texts.get(column.kind, "")


def _columns(sheet: CampaignSheet) -> tuple[ColumnOf, ...]:
    """Return the facts right after the place, so that they are on view; what is rarely typed comes last."""
    tips = {
        Kind.PROFESSIONAL: "Professionnel observé : un repère comme P1, jamais un nom",
        Kind.REASON: "Pourquoi cette ligne n'a pas été observée",
    }

    def plain(*kinds: Kind) -> list[ColumnOf]:
        return [ColumnOf(kind=kind, title=kind.value, tip=tips.get(kind, kind.value)) for kind in kinds]

    return (
        *plain(Kind.NUMBER, Kind.UNIT),
        *(
            ColumnOf(kind=Kind.ITEM, title=str(rank), tip=item.question, key=item.id, item=item)
            for rank, item in enumerate(sheet.grid.items, 1)
        ),
        *plain(Kind.REASON, Kind.TIME, Kind.PROFESSIONAL),
        *(
            ColumnOf(kind=Kind.CONTEXT, title=each.label, tip=each.label, key=each.id)
            for each in sheet.grid.context
        ),
        *plain(Kind.DATE),
    )
