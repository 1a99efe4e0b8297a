"""The columns of an action plan as a table: ours, or those of the tool where a facility follows its plan."""

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from ivaudit.domain.actions import Action, ActionState, OwnerKind, Priority
from ivaudit.domain.exchange_sheet import Choice, ColumnKind, SheetColumn, SheetLine
from ivaudit.domain.findings import Finding


class ActionField(StrEnum):
    """What a column may hold."""

    KEY = "key"
    WHAT = "what"
    FACILITY = "facility"
    AUDIT = "audit"
    FINDING = "finding"
    GRADE = "grade"
    CRITERIA = "criteria"
    OWNER_KIND = "owner_kind"
    OWNER = "owner"
    EDITOR = "editor"
    DUE = "due"
    STANDING = "standing"
    PRIORITY = "priority"
    STATE = "state"
    DONE = "done"
    PROGRESS = "progress"
    MEASURE = "measure"
    RESULT = "result"
    REFERENCE = "reference"
    SOURCE = "source"
    EMPTY = "empty"


CLOSED: Mapping[ActionField, type[OwnerKind] | type[Priority] | type[ActionState]] = {
    ActionField.OWNER_KIND: OwnerKind,
    ActionField.PRIORITY: Priority,
    ActionField.STATE: ActionState,
}
"""The fields that hold one word of a closed list."""

BACK = frozenset(
    {
        *CLOSED,
        ActionField.OWNER,
        ActionField.EDITOR,
        ActionField.DUE,
        ActionField.DONE,
        ActionField.PROGRESS,
        ActionField.MEASURE,
        ActionField.RESULT,
        ActionField.REFERENCE,
    }
)
"""The fields that are read back: how far an action has come, not what was agreed."""

_DAYS = frozenset({ActionField.DUE, ActionField.DONE})


@dataclass(frozen=True, slots=True, kw_only=True)
class TableColumn:
    """A column.

    `width` is in characters; `words` are what the other tool says for the words of a closed field
    (`réalisée: Terminé`); `hidden` columns stay in the file without being shown, those that are not `printed`
    stay on the screen: they come last.
    """

    id: str
    title: str
    width: int
    field: ActionField
    words: Mapping[str, str] = dataclasses.field(default_factory=dict)
    hidden: bool = False
    printed: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionTable:
    """A published set of columns; a local file may have those of the tool of a facility."""

    id: str
    version: str
    title: str
    licence: str
    columns: tuple[TableColumn, ...]

    @property
    def titles(self) -> Mapping[str, str]:
        """Return the field of each title, to find the columns of a file that comes back."""
        return {column.title: column.field.value for column in self.columns}


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionWords:
    """What the plan says of an action beside the action itself: where it comes from, in words."""

    facility: str
    audit: str
    finding: Finding | None
    criteria: str


def sheet_columns(table: ActionTable) -> tuple[SheetColumn, ...]:
    """Return the columns of a sheet."""
    return tuple(map(_column, table.columns))


def sheet_line(table: ActionTable, action: Action, words: ActionWords, today: date) -> SheetLine:
    """Return an action as a line."""
    values = {column.field.value: value_of(column.field, action, words, today) for column in table.columns}
    return SheetLine(key=action.id, values={name: value for name, value in values.items() if value})


def value_of(wanted: ActionField, action: Action, words: ActionWords, today: date) -> str:
    """Return what a column says of an action, as the journal keeps it."""
    finding = words.finding
    match wanted:
        case ActionField.KEY | ActionField.EMPTY:
            return ""
        case ActionField.FACILITY | ActionField.AUDIT | ActionField.CRITERIA:
            return str(getattr(words, wanted.value))
        case ActionField.FINDING:
            return finding.text if finding is not None else ""
        case ActionField.GRADE:
            return finding.grade.value.capitalize() if finding is not None else ""
        case ActionField.STANDING:
            standing = action.standing(today)
            return standing.value.capitalize() if standing is not None else ""
        case _:
            return str(getattr(action, wanted.value))


def chosen(tables: Sequence[ActionTable], wanted: str = "") -> ActionTable:
    """Return the table that is asked for by its id, or else the last one: local files come after ours."""
    return next((each for each in tables if each.id == wanted), tables[-1])


def _column(column: TableColumn) -> SheetColumn:
    closed = CLOSED.get(column.field)
    return SheetColumn(
        field=column.field.value,
        title=column.title,
        width=column.width,
        kind=ColumnKind.CHOICE if closed else ColumnKind.DAY if column.field in _DAYS else ColumnKind.TEXT,
        choices=tuple(
            Choice(
                value=each.value,
                label=column.words.get(
                    each.value, each.value.capitalize() if each.value.islower() else each.value
                ),
            )
            for each in closed or ()
        ),
        back=column.field in BACK,
        hidden=column.hidden,
        printed=column.printed,
    )
