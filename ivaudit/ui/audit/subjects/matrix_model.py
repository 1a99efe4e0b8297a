"""Points by subjects as a table: one cell per answer, section by section."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from ivaudit.domain.audit import STRUCTURE, AuditSheet
from ivaudit.ui.audit.phrases import bound
from ivaudit.ui.audit.rows import Group, Row
from ivaudit.ui.audit.subjects.words import given, standing_in

Index = QModelIndex | QPersistentModelIndex
_Role = Qt.ItemDataRole
_NOWHERE = QModelIndex()


class Part(IntEnum):
    """What the delegate asks for."""

    VALUE = _Role.UserRole
    INHERITED = _Role.UserRole + 1
    LATE = _Role.UserRole + 2
    REVIEW = _Role.UserRole + 3
    TITLE = _Role.UserRole + 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line: a point by its position among all rows, or the title of a section."""

    position: int = -1
    title: str = ""


class MatrixModel(QAbstractTableModel):
    """What each subject answers to each point of some sections; nothing here is edited."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.subjects: tuple[str, ...] = ()
        self.lines: list[Line] = []
        self._rows: Sequence[Row] = ()
        self._sheet: AuditSheet | None = None
        self._late: frozenset[object] = frozenset()
        self._places: dict[str, list[int]] = {}

    def load(self, sheet: AuditSheet, rows: Sequence[Row], groups: Sequence[Group]) -> None:
        """Show the points of some sections that concern the structure."""
        self.beginResetModel()
        self._sheet, self._rows = sheet, rows
        self.subjects = tuple(sheet.subjects)
        self.lines = []
        for group in groups:
            concerned = [at for at in group.rows if rows[at].concerned]
            if concerned and len(groups) > 1:
                self.lines.append(Line(title=group.title))
            if concerned:
                self.lines += [Line(position=at) for at in concerned]
        self._places = {}
        for at, line in enumerate(self.lines):
            if not line.title:
                self._places.setdefault(rows[line.position].key, []).append(at)
        self.endResetModel()

    def refresh(self, criteria: Sequence[str]) -> None:
        """Show what changed in some points."""
        for key in criteria:
            for at in self._places.get(key, ()):
                self.dataChanged.emit(self.index(at, 0), self.index(at, len(self.subjects) - 1))

    def set_late(self, late: frozenset[object], criteria: Sequence[str]) -> None:
        """Mark the answers that are late, by (subject, criterion)."""
        self._late = late
        self.refresh(criteria)

    def row_at(self, index: Index) -> Row | None:
        """Return the point under an index, nothing on a title."""
        line = self.lines[index.row()] if index.isValid() else None
        return None if line is None or line.title else self._rows[line.position]

    def subject_at(self, index: Index) -> str:
        """Return the subject of a column."""
        return self.subjects[index.column()] if index.isValid() else STRUCTURE

    def place_of(self, criterion: str) -> int:
        """Return the line of a criterion, -1 when it has none here."""
        return next(iter(self._places.get(criterion, ())), -1)

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """Return the number of lines."""
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        """Return the number of subjects."""
        return 0 if parent.isValid() else len(self.subjects)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let cells be chosen, not titles."""
        if self.row_at(index) is None:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _Role.DisplayRole) -> object:
        """Return the subjects above, the points on the left."""
        if self._sheet is None:
            return None
        if orientation == Qt.Orientation.Horizontal:
            named = self._sheet.label(self.subjects[section]) if section < len(self.subjects) else ""
            shown = role in {_Role.DisplayRole, _Role.ToolTipRole, _Role.AccessibleTextRole}
            return named if shown else None
        line = self.lines[section]
        shown = role in {_Role.DisplayRole, _Role.AccessibleTextRole} and not line.title
        return self._question(line) if shown else None

    def data(self, index: Index, role: int = _Role.DisplayRole) -> object:
        """Return what a subject answers."""
        row = self.row_at(index)
        if row is None or self._sheet is None:
            return self._title_at(index) if role in {_Role.DisplayRole, Part.TITLE} else None
        subject = self.subject_at(index)
        value = given(row, subject)
        found: object = None
        match role:
            case _Role.DisplayRole:
                found = value.label if value else ""
            case _Role.AccessibleTextRole | _Role.ToolTipRole:
                found = self.spoken(index)
            case Part.VALUE:
                found = value
            case Part.INHERITED:
                found = None if value else standing_in(row, self._sheet, subject)
            case Part.LATE:
                found = (subject, row.key) in self._late
            case Part.REVIEW:
                found = subject in row.given and row.given[subject].review
        return found

    def spoken(self, index: Index) -> str:
        """Return a cell as a sentence: point, subject, answer, what stands in for it."""
        row = self.row_at(index)
        if row is None or self._sheet is None:
            return ""
        subject = self.subject_at(index)
        value = given(row, subject)
        other = standing_in(row, self._sheet, subject)
        said = value.label if value else f"sans réponse, hérité : {other.label}" if other else "sans réponse"
        return f"{row.point.number}, {self._sheet.label(subject)} : {said}"

    def _title_at(self, index: Index) -> str | None:
        return self.lines[index.row()].title if index.isValid() and not index.column() else None

    def _question(self, line: Line) -> str:
        point = self._rows[line.position].point
        return f"{point.number}  {bound(point.criterion.question)}"
