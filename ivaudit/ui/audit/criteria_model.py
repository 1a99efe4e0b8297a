"""The list of criteria: every row known, the visible ones listed, nothing else."""

from collections.abc import Callable, Sequence
from enum import IntEnum

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from ivaudit.domain.wording import folded
from ivaudit.ui.audit.rows import AGAIN, Filter, Group, Row, passes, walk, written_text


class Role(IntEnum):
    """What the delegate asks for beside the texts of Qt."""

    ROW = Qt.ItemDataRole.UserRole
    HEADING = Qt.ItemDataRole.UserRole + 1
    LATE = Qt.ItemDataRole.UserRole + 2
    MARKS = Qt.ItemDataRole.UserRole + 3


_NOWHERE = QModelIndex()
_CHANGING = [Role.ROW, Role.LATE, Role.MARKS, Qt.ItemDataRole.AccessibleTextRole]


class CriteriaModel(QAbstractTableModel):
    """Rows of the grid in the order of the walk, under a filter and a search.

    A row stays listed after its answer changes: what was just answered does not vanish from under the
    eyes. Choosing a filter or searching again lists anew.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: Sequence[Row] = ()
        self._walk: tuple[int, ...] = ()
        self._group: dict[int, Group] = {}
        self._texts: Sequence[str] = ()
        self._written: dict[int, str] = {}
        self._passing: list[int] | None = None
        self._visible: list[int] = []
        self._place: dict[int, int] = {}
        self._late: frozenset[str] = frozenset()
        self._filter = Filter.ALL
        self._words: list[str] = []
        self.interview = False
        self.only: tuple[int, ...] | None = None
        self.aside: Callable[[Row], str] = _nothing

    # -- content

    def load(self, rows: Sequence[Row], groups: Sequence[Group]) -> None:
        """Take rows and the order in which to walk through them."""
        self.beginResetModel()
        self._rows = rows
        self._group = {at: group for group in groups if group.leaf for at in group.rows}
        self._walk = walk(groups)
        self._texts = ()
        self._read_rows()
        self.endResetModel()

    def show_rows(self) -> None:
        """List anew once the rows show another subject."""
        self.beginResetModel()
        self._read_rows()
        self.endResetModel()

    def _read_rows(self) -> None:
        self._passing = None
        self._written = {
            at: self._written_of(row)
            for at, row in enumerate(self._rows)
            if any(answer.constat or answer.note or answer.awaiting for answer in row.answers)
        }
        self._list()

    def _written_of(self, row: Row) -> str:
        with_note = not self.interview
        return " ".join(written_text(answer, with_note=with_note) for answer in row.answers)

    def set_texts(self, texts: Sequence[str]) -> None:
        """Take what searches look at in each row, folded once."""
        self._texts = texts
        if self._words:
            self.search(" ".join(self._words))

    def set_filter(self, wanted: Filter) -> None:
        """List the rows of a filter, anew."""
        self.beginResetModel()
        self._filter = wanted
        self._passing = None
        self._list()
        self.endResetModel()

    def set_only(self, positions: Sequence[int] | None) -> None:
        """List some rows alone, by position among all of them, or all again."""
        self.beginResetModel()
        self.only = None if positions is None else tuple(positions)
        self._passing = None
        self._list()
        self.endResetModel()

    def search(self, text: str) -> None:
        """List the rows that have every word, in any order."""
        self.beginResetModel()
        self._words = folded(text).split()
        self._list()
        self.endResetModel()

    @property
    def filter(self) -> Filter:
        """Return the filter in use."""
        return self._filter

    def set_interview(self, on: bool) -> None:
        """Hide what the person interviewed should not see; internal notes are not searched either."""
        self.interview = on
        self._written = {at: self._written_of(self._rows[at]) for at in self._written}
        if self._visible:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._visible) - 1, 0), _CHANGING)

    def refresh(self, rows: Sequence[int]) -> None:
        """Show what changed in some rows, by position among all of them."""
        self._passing = None
        for at in rows:
            self._written[at] = self._written_of(self._rows[at])
        self._tell([self._place[at] for at in rows if at in self._place])

    def set_late(self, late: frozenset[str], moved: Sequence[int]) -> None:
        """Mark the rows whose gesture is late, by criterion."""
        self._late = late
        self._tell([self._place[at] for at in moved if at in self._place])

    # -- places

    def row_at(self, index: QModelIndex | QPersistentModelIndex) -> Row | None:
        """Return the row under an index."""
        if not index.isValid():
            return None
        return self._rows[self._visible[index.row()]]

    def position_at(self, index: QModelIndex) -> int:
        """Return the position among all rows of an index, -1 when it has none."""
        return self._visible[index.row()] if index.isValid() else -1

    def index_of(self, position: int) -> QModelIndex:
        """Return where a row is listed, an invalid index when it is not."""
        place = self._place.get(position)
        return QModelIndex() if place is None else self.index(place, 0)

    def next_unanswered(self, index: QModelIndex) -> QModelIndex:
        """Return the next listed row without answer after an index, starting over at the end."""
        total = len(self._visible)
        start = index.row() + 1 if index.isValid() else 0
        for step in range(total):
            place = (start + step) % total
            row = self._rows[self._visible[place]]
            if passes(row, Filter.UNANSWERED) and row.key not in self._late:
                return self.index(place, 0)
        return QModelIndex()

    def _list(self) -> None:
        rows = self._rows
        if self._passing is None:
            wanted = self._filter
            walked: Sequence[int] = self._walk
            if self.only is not None:
                kept = frozenset(self.only)
                walked = [at for at in walked if at in kept]
            self._passing = [at for at in walked if passes(rows[at], wanted)]
        found = self._passing
        texts, written = self._texts, self._written
        if len(texts) < len(rows):  # not folded yet: what the auditor wrote is found meanwhile
            texts = [""] * len(rows)
        for word in self._words:
            found = [at for at in found if word in texts[at] or (at in written and word in written[at])]
        self._visible = found
        self._place = {at: place for place, at in enumerate(found)}

    def _tell(self, places: Sequence[int]) -> None:
        for place in places:
            index = self.index(place, 0)
            self.dataChanged.emit(index, index, _CHANGING)

    # -- Qt

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = _NOWHERE) -> int:
        """Return how many rows are listed."""
        return 0 if parent.isValid() else len(self._visible)

    def columnCount(self, parent: QModelIndex | QPersistentModelIndex = _NOWHERE) -> int:
        """Return one: the delegate paints the whole row."""
        return 0 if parent.isValid() else 1

    def data(
        self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """Return the row itself, its heading, or what a screen reader says."""
        row = self.row_at(index)
        if row is None:
            return None
        found: object = None
        match role:
            case Role.ROW:
                found = row
            case Role.HEADING:
                found = self._heading(index.row())
            case Role.LATE:
                found = row.key in self._late
            case Role.MARKS:
                found = self.marks_of(row)
            case Qt.ItemDataRole.DisplayRole:
                found = f"{row.point.number} {row.criterion.question}"
            case Qt.ItemDataRole.AccessibleTextRole:
                found = self.spoken(row)
        return found

    def _heading(self, place: int) -> str:
        """Return the title above a row: at the first listed row of each part of the walk."""
        group = self._group[self._visible[place]]
        if place and self._group[self._visible[place - 1]] is group:
            return ""
        return group.title

    def spoken(self, row: Row) -> str:
        """Return a row as a sentence: question, answer, marks."""
        value = None if row.carried and self.interview else row.value
        parts = [f"{row.point.number} {row.criterion.question}", value.label if value else "sans réponse"]
        return ", ".join([*parts, *self.marks_of(row)])

    def marks_of(self, row: Row) -> list[str]:
        """Return the words under a question, what other subjects answer last."""
        beside = "" if self.interview else self.aside(row)
        return [*marks(row, interview=self.interview), *([beside] if beside else [])]


CRITICAL = "point critique"
DISPUTED = "≠ sources en désaccord"


def marks(row: Row, *, interview: bool) -> list[str]:
    """Return the words under a question: critical, sources that differ, to see again, what is written."""
    answers = row.answers
    found = [
        (CRITICAL, row.criterion.critical and not interview),
        (DISPUTED, row.disputed and not interview),
        ("à revoir", any(answer.review for answer in answers)),
        ("à reconfirmer", row.carried and not interview),
        (AGAIN, row.recurrent and not interview),
        ("constat", any(answer.constat for answer in answers)),
        ("note", any(answer.note for answer in answers) and not interview),
        ("deux versions à départager", any(answer.conflict for answer in answers)),
        ("non concerné par le profil", not row.concerned),
    ]
    return [word for word, shown in found if shown]


def _nothing(_row: Row) -> str:
    return ""
