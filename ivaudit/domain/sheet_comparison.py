"""A sheet that came back beside what is recorded: cell by cell, what it would change and what to ask about.

A cell says something only where it differs from what left: one that nobody touched changes nothing, however
the line was edited here since. An empty cell never erases. Where both sides changed, ours is kept unless
somebody decides otherwise.
"""

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum

from ivaudit.domain.exchange_sheet import ColumnKind, ReturnedLine, ReturnedSheet, SheetColumn
from ivaudit.domain.questionnaire import Cell
from ivaudit.domain.sheet_problems import SheetProblem
from ivaudit.domain.wording import folded, normalised

_DAY = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")
_TIME = re.compile(r"(\d{1,2})\s*[:hH]\s*(\d{2})?(?::\d{2}(?:\.\d+)?)?")


class Outcome(StrEnum):
    """What a cell would do to what is recorded."""

    NEW = "à reprendre"
    DIFFERENT = "modifié des deux côtés"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One value that the sheet would change: `line` says which line in words, `place` is its cell.

    `added` tells that the whole line is new.
    """

    key: str
    line: str
    field: str
    title: str
    mine: str
    theirs: str
    outcome: Outcome
    place: str
    added: bool = False

    @property
    def id(self) -> str:
        """Return what tells it from the others."""
        return f"{self.key}/{self.field}"


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetComparison:
    """Everything that importing a sheet would do.

    `same` lines change nothing, `unknown` are those that are not recorded here (keys, or their place).
    """

    changes: tuple[Change, ...]
    same: int
    unknown: tuple[str, ...]
    problems: tuple[SheetProblem, ...]

    @property
    def proposed(self) -> frozenset[str]:
        """Return the changes that are taken unless somebody decides otherwise, by id."""
        return frozenset(each.id for each in self.changes if each.outcome is Outcome.NEW)

    @property
    def added(self) -> tuple[str, ...]:
        """Return the keys of the lines that are new."""
        return tuple(dict.fromkeys(each.key for each in self.changes if each.added))

    def to_write(self, take: Collection[str] | None = None) -> tuple[Change, ...]:
        """Return what is written: the changes that are taken, those proposed unless told."""
        wanted = self.proposed if take is None else take
        return tuple(each for each in self.changes if each.id in wanted)


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """A line as it is recorded now; `label` says it in words."""

    label: str
    values: Mapping[str, str]


def compare(
    returned: ReturnedSheet,
    columns: Sequence[SheetColumn],
    known: Mapping[str, Known],
    *,
    fresh: Callable[[ReturnedLine, int], Known | None] = lambda _line, _rank: None,
    key_of: Callable[[ReturnedLine, int], str] = lambda line, _rank: line.key.text,
    trusted: bool = True,
) -> SheetComparison:
    """Return what a sheet would change.

    Args:
        returned: what came back.
        columns: those of the sheet, of which only `back` ones are looked at.
        known: the lines recorded, by key.
        fresh: what a line without record would become, nothing when it cannot become one.
        key_of: the key of a line, by default the one written on it.
        trusted: without its hidden sheet, take what differs unless told, rather than keep ours.
    """
    read_back = {column.field: column for column in columns if column.back}
    sent = None if returned.sent is None else {line.key: line.values for line in returned.sent}
    changes: list[Change] = []
    unknown: list[str] = []
    problems = list(returned.problems)
    seen: dict[str, int] = {}
    same = 0
    for rank, line in enumerate(returned.lines, 1):
        key = key_of(line, rank)
        now = known.get(key) or (None if line.empty else fresh(line, rank))
        if now is None or not key:
            unknown += [] if line.empty else [line.key.text or line.key.problem("").place]
        elif key in seen:
            problems.append(line.key.problem(f"même ligne que la ligne {seen[key]} : non reprise."))
        else:
            seen[key] = line.key.row
            before = None if sent is None else sent.get(key, {})
            about = _Line(key=key, now=now, before=before, added=key not in known)
            found = [
                change
                for column, cell, theirs in _read(line, read_back, problems)
                if (change := about.change(column, cell, theirs, trusted=trusted)) is not None
            ]
            changes += found
            same += not found and not line.empty
    return SheetComparison(
        changes=tuple(changes), same=same, unknown=tuple(unknown), problems=tuple(problems)
    )


def _read(
    line: ReturnedLine, columns: Mapping[str, SheetColumn], problems: list[SheetProblem]
) -> Iterator[tuple[SheetColumn, Cell, str]]:
    """Yield the cells of a line that say something, understood; say which cannot be."""
    for each in line.cells:
        column = columns.get(each.field)
        if column is None or not each.cell.text:
            continue
        theirs = understood(column, each.cell.text)
        if theirs is None:
            problems.append(each.cell.problem(_refused(column), title=column.title))
        else:
            yield column, each.cell, theirs


def understood(column: SheetColumn, text: str) -> str | None:
    """Return what a cell says as the journal keeps it, nothing when it cannot be read."""
    match column.kind:
        case ColumnKind.DAY:
            return _day(text)
        case ColumnKind.TIME:
            return _time(text)
        case ColumnKind.CHOICE:
            wanted = folded(text)
            named = (
                each.value for each in column.choices if wanted in {folded(each.label), folded(each.value)}
            )
            return next(named, None)
        case ColumnKind.NUMBER:
            return text if text.isdecimal() else None
        case ColumnKind.TEXT:
            return text


@dataclass(frozen=True, slots=True, kw_only=True)
class _Line:
    """A line that came back, with what is recorded of it; `before` is what left, nothing when unknown."""

    key: str
    now: Known
    before: Mapping[str, str] | None
    added: bool

    def change(self, column: SheetColumn, cell: Cell, theirs: str, *, trusted: bool) -> Change | None:
        """Return what a cell would change, nothing when it changes nothing."""
        mine = self.now.values.get(column.field, "")
        sent = None if self.before is None else self.before.get(column.field, "")
        if _same(mine, theirs) or (sent is not None and _same(sent, theirs)):
            return None
        untouched = not mine or (trusted if sent is None else _same(mine, sent))
        return Change(
            key=self.key,
            line=self.now.label,
            field=column.field,
            title=column.title,
            mine=mine,
            theirs=theirs,
            outcome=Outcome.NEW if untouched else Outcome.DIFFERENT,
            place=cell.problem("").place,
            added=self.added,
        )


def _same(one: str, other: str) -> bool:
    return normalised(one) == normalised(other)


def _refused(column: SheetColumn) -> str:
    match column.kind:
        case ColumnKind.DAY:
            return "ce n'est pas une date comme 21/11/2026 : case non reprise."
        case ColumnKind.TIME:
            return "ce n'est pas une heure comme 14:05 : case non reprise."
        case ColumnKind.NUMBER:
            return "ce n'est pas un nombre entier : case non reprise."
        case _:
            words = ", ".join(each.label for each in column.choices)
            return f"cette réponse n'est pas dans la liste ({words}) : case non reprise."


def _day(text: str) -> str | None:
    typed = _DAY.fullmatch(text)
    try:
        if typed:
            return date(int(typed[3]), int(typed[2]), int(typed[1])).isoformat()
        return date.fromisoformat(text[:10]).isoformat()
    except ValueError:
        return None


def _time(text: str) -> str | None:
    typed = _TIME.fullmatch(text)
    try:
        return time(int(typed[1]), int(typed[2] or 0)).strftime("%H:%M") if typed else None
    except ValueError:
        return None
