"""The rows of the register's caches, computed from the heads of an entry and from nothing else."""

from collections.abc import Iterator, Mapping, Sequence
from typing import TypeAlias

from ivaudit.domain.anomalies import Entry, EntryLine
from ivaudit.domain.entry_fold import DECLARED, REMOVED, entry_of, line_of, overlaid, searched
from ivaudit.domain.journal import Head, Json, decode, disagree, encode, winner
from ivaudit.domain.wording import folded

Heads: TypeAlias = Mapping[str, Sequence[Head]]
Row: TypeAlias = tuple[str | int | bytes | None, ...]

WIDTH = len(EntryLine._fields) + 1
_UNDONE = encode(None)


def entry(key: str, heads: Heads) -> Entry | None:
    """Return the entry that heads make, nothing when it was removed or its declaration undone.

    An entry whose declaration was erased is still there, with what was said since.
    """
    shown = {name: head for name, each in heads.items() if (head := winner(each)) is not None}
    declared = shown.pop(DECLARED, None)
    if declared is None or declared.body == _UNDONE:
        return None
    fields: dict[str, Json] = {name: decode(head.body) for name, head in shown.items()}
    if fields.pop(REMOVED, None) is True:
        return None
    conflict = any(map(disagree, heads.values()))
    return entry_of(key, overlaid(decode(declared.body), fields), _created(heads), conflict=conflict)


def line(key: str, heads: Heads) -> Iterator[Row]:
    """Yield the row of an entry that is there."""
    found = entry(key, heads)
    if found is None:
        yield (key, 0, *_NO_LINE)
        return
    row = line_of(found)
    yield (row.id, 1, *row[1:])


def text(key: str, heads: Heads) -> Iterator[Row]:
    """Yield what an entry that is there is searched in."""
    found = entry(key, heads)
    if found is not None:
        yield (f"anomaly:{key}", searched(found))


def keys(key: str, heads: Heads) -> Iterator[Row]:
    """Yield what an entry is found by: its references, and what it is linked to."""
    found = entry(key, heads)
    if found is None:
        return
    names = {f"ref:{folded(each.value)}" for each in found.references if each.value}
    names |= {f"entry:{each}" for each in (*found.related, found.born_of) if each}
    names |= {f"audit:{found.audit}"} if found.audit else set()
    names |= {f"action:{found.action}"} if found.action else set()
    names |= {f"source:{found.source}/{found.source_number}"} if found.source_number else set()
    yield from ((f"anomaly:{key}", name) for name in sorted(names))


def _created(heads: Heads) -> str:
    return min((head.at for head in heads.get(DECLARED, ())), default="")


_NUMBERS = {"waited", "worked", "severity", "potential", "cases", "shareable", "conflict"}
_NO_LINE: Row = tuple(0 if name in _NUMBERS else "" for name in EntryLine._fields[1:])
