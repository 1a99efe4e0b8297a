"""Which lines of the register are listed, and in which order: plain lists, quick at 100,000 lines.

Filters and words are masks over all lines, one octet a line, made in one pass of C over texts that lie side
by side in memory (a loop of Python takes three times as long), kept, and combined as numbers.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, compress, repeat
from operator import contains, itemgetter, methodcaller
from typing import Any, Final

from ivaudit.domain.anomalies import EntryLine
from ivaudit.domain.register_terms import RegisterTerms
from ivaudit.domain.register_views import View, in_view
from ivaudit.domain.wording import folded

MONTH: Final = len("2026-11")
_TEXTS: Final = ("", "texts")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sorting:
    """How a column sorts: by fields of a line, or by what `order` makes of their few different values."""

    fields: tuple[str, ...]
    order: Callable[[Any], Any] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """What is listed; what is empty is any. `types` are those of a family, or one; `month` is `AAAA-MM`."""

    view: View | None = View.TO_DO
    kind: str = ""
    types: frozenset[str] = frozenset()
    facility: str = ""
    unit: str = ""
    month: str = ""


@dataclass(kw_only=True)
class Register:
    """The register as it was read, and kept up with what changes since.

    `texts` are what a search looks in, folded, by id; `views` the ids of the lines of each view; `names` the
    structures, by id; `to_report` the entries that a circuit still waits for; `today` the local day it was
    read, `AAAA-MM-JJ`.
    """

    lines: list[EntryLine]
    texts: dict[str, str]
    terms: RegisterTerms
    names: Mapping[str, str]
    to_report: Collection[str]
    today: str
    views: dict[View, set[str]] = field(default_factory=dict)
    by_id: dict[str, EntryLine] = field(default_factory=dict)
    units: tuple[str, ...] = ()
    software: tuple[str, ...] = ()
    months: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        self.by_id = {line.id: line for line in self.lines}
        self.views = {view: self._ids_in(view) for view in View}
        self.units = tuple(sorted({line.unit for line in self.lines if line.unit}, key=folded))
        used = {line.application for line in self.lines if line.application}
        self.software = tuple(sorted(used, key=folded))
        self.months = tuple(sorted({line.found[:MONTH] for line in self.lines if line.found}, reverse=True))

    def replace(self, key: str, now: "LineNow | None") -> None:
        """Take the line of an entry as it is now, or take it away."""
        old = self.by_id.pop(key, None)
        if now is not None:
            self.by_id[key] = now.line
            self.texts[key] = now.text
            self._place(old, now.line)
            self._take_note(now.line)
        elif old is not None:
            self.lines.remove(old)
        waiting = {key} if now is not None and now.to_report else set[str]()
        for view, ids in self.views.items():
            ids.discard(key)
            if now is not None and self._is_in(now.line, view, waiting):
                ids.add(key)

    def _place(self, old: EntryLine | None, line: EntryLine) -> None:
        """Put a line where it stands: the last found first."""
        if old is not None:
            at = self.lines.index(old)
            if (old.found, old.created) == (line.found, line.created):
                self.lines[at] = line
                return
            del self.lines[at]
        self.lines.insert(first_not_after(self.lines, line), line)

    def _take_note(self, line: EntryLine) -> None:
        if line.unit and line.unit not in self.units:
            self.units = tuple(sorted((*self.units, line.unit), key=folded))
        if line.application and line.application not in self.software:
            self.software = tuple(sorted((*self.software, line.application), key=folded))
        if line.found and line.found[:MONTH] not in self.months:
            self.months = tuple(sorted((*self.months, line.found[:MONTH]), reverse=True))

    def _ids_in(self, view: View) -> set[str]:
        return {line.id for line in self.lines if self._is_in(line, view, self.to_report)}

    def _is_in(self, line: EntryLine, view: View, to_report: Collection[str]) -> bool:
        return in_view(line, view, today=self.today, terms=self.terms, to_report=to_report)


@dataclass(frozen=True, slots=True, kw_only=True)
class LineNow:
    """What an entry is after a gesture: its line, what a search looks in, whether a circuit waits for it."""

    line: EntryLine
    text: str
    to_report: bool


def first_not_after(lines: Sequence[EntryLine], line: EntryLine) -> int:
    """Return where a line stands among lines that are the last found first."""
    low, high = 0, len(lines)
    while low < high:
        middle = (low + high) // 2
        if (lines[middle].found, lines[middle].created) > (line.found, line.created):
            low = middle + 1
        else:
            high = middle
    return low


class Listing:
    """What is listed of a register; what was looked at once is kept until lines change."""

    def __init__(self, register: Register) -> None:
        self.register = register
        self._columns: dict[tuple[str, ...], list[Any]] = {}
        self._masks: dict[object, int] = {}
        self._order: tuple[object, list[int]] | None = None

    def forget(self) -> None:
        """Look at the lines again: some changed."""
        self._columns.clear()
        self._masks.clear()
        self._order = None

    def rows(
        self, wanted: Filters, words: Sequence[str], sorting: tuple[Sorting, bool] | None
    ) -> list[EntryLine]:
        """Return the lines that every filter leaves and that have every word.

        Args:
            wanted: the filters.
            words: folded.
            sorting: by which column, and whether the greatest come first; the last found first unless told.
        """
        lines = self.register.lines
        kept = self._every()
        for name, test in _tests(wanted):
            kept &= self._mask((name, test), name, test)
        for word in words:
            kept &= self._word(word)
        mask = kept.to_bytes(len(lines), "little")
        if sorting is None:
            return list(compress(lines, mask))
        places = self._places(*sorting)
        return list(map(lines.__getitem__, compress(places, map(mask.__getitem__, places))))

    def _mask(self, key: object, name: str, wanted: object) -> int:
        if key not in self._masks:
            match wanted:
                case View():
                    test: Callable[[Any], object] = self.register.views[wanted].__contains__
                case frozenset():
                    test = wanted.__contains__
                case str() if name == "found":
                    test = methodcaller("startswith", wanted)
                case _:
                    test = wanted.__eq__
            self._masks[key] = _number(bytes(map(test, self._column(name))))  # type: ignore[arg-type]
        return self._masks[key]

    def _word(self, word: str) -> int:
        if word not in self._masks:
            self._masks[word] = _number(bytes(map(contains, self._texts(), repeat(word))))
        return self._masks[word]

    def _texts(self) -> list[Any]:
        if _TEXTS not in self._columns:
            self._columns[_TEXTS] = list(map(self.register.texts.__getitem__, self._column("id")))
        return self._columns[_TEXTS]

    def _every(self) -> int:
        return _number(b"\x01" * len(self.register.lines))

    def _column(self, *names: str) -> list[Any]:
        """Return the values of a field, or of several, of every line."""
        if names not in self._columns:
            take = itemgetter(*(EntryLine._fields.index(name) for name in names))
            self._columns[names] = list(map(take, self.register.lines))
        return self._columns[names]

    def _places(self, sorting: Sorting, down: bool) -> list[int]:
        """Return the places of the lines by a column; lines with the same value keep their order."""
        if self._order is None or self._order[0] != (sorting, down):
            values = self._column(*sorting.fields)
            self._order = (sorting, down), _by_value(values, sorting.order, down=down)
        return self._order[1]


def _tests(wanted: Filters) -> list[tuple[str, object]]:
    """Return the field and the value of each filter that leaves something out."""
    given = (("id", wanted.view), ("type", wanted.types), ("found", wanted.month))
    plain = (("kind", wanted.kind), ("facility", wanted.facility), ("unit", wanted.unit))
    return [(name, value) for name, value in (*given, *plain) if value]


def _number(mask: bytes) -> int:
    return int.from_bytes(mask, "little")


def _by_value(values: Sequence[Any], order: Callable[[Any], Any] | None, *, down: bool) -> list[int]:
    """Return the places of values in order; few different values are dealt into piles, not compared."""
    if order is None:
        return sorted(range(len(values)), key=values.__getitem__, reverse=down)
    piles: dict[Any, list[int]] = {value: [] for value in set(values)}
    for place, value in enumerate(values):
        piles[value].append(place)
    return list(chain.from_iterable(piles[value] for value in sorted(piles, key=order, reverse=down)))
