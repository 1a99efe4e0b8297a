"""Reading the journal a piece at a time, the newest first: a reading never holds the thread that writes.

Rows are found by the rank of their gesture in this file, so that what is recorded meanwhile moves nothing.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from ivaudit.domain.journal import CHANGE_ID, ERASE, split, split_change_id
from ivaudit.store.encryption import translated

if TYPE_CHECKING:
    from sqlite_utils import Database

WINDOW = 100
"""Gestures that one reading looks at: some milliseconds."""
_MOST = 200
"""Changes that one reading brings back: a gesture of an import may hold thousands."""
_LAST = 1 << 31


class Place(NamedTuple):
    """How far a reading has come: the rank of a gesture, and of the last change of it that was read."""

    n: int
    rank: int = -1


class TrailRow(NamedTuple):
    """A change with its gesture, or a gesture without change, whose `rank` is then −1."""

    n: int
    op: bytes
    scope: str
    kind: str
    author: str
    at: str
    reason: str | None
    about: bytes | None
    rank: int
    entity: str
    field: str
    base: bytes
    digest: bytes
    body: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which gestures are wanted; what is empty is any. `author` is a part of a name; `scopes` are names."""

    since: str = ""
    until: str = ""
    author: str = ""
    kind: str = ""
    entity: str = ""
    scopes: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class Erasure:
    """Who erased, when (UTC) and why."""

    by: str
    at: str
    reason: str


_SELECT = """
SELECT o.n, o.id, o.scope, o.kind, o.author, o.at, o.reason, o.about,
       coalesce(c.i, -1), coalesce(c.entity, ''), coalesce(c.field, ''), coalesce(c.base, x''),
       coalesce(c.digest, x''), c.body
FROM op o LEFT JOIN change c ON c.op = o.id
WHERE o.n <= :from AND o.n > :to AND (o.n < :from OR coalesce(c.i, -1) > :index)
"""


@translated()
def last(db: "Database") -> int:
    """Return the rank of the newest gesture, 0 when there is none."""
    return int(db.execute("SELECT coalesce(max(n), 0) FROM op").fetchone()[0])


@translated()
def window(db: "Database", place: Place, wanted: Wanted) -> tuple[tuple[TrailRow, ...], Place]:
    """Return the rows wanted among the next gestures, and where to go on; rank 0 is the end.

    Args:
        db: the open workspace.
        place: where the reading before stopped; `Place(last(db) + 1)` to begin.
        wanted: which gestures.
    """
    to = max(0, place.n - WINDOW)
    where, values = _where(wanted)
    given = {"from": place.n, "to": to, "index": place.rank, "most": _MOST, **values}
    found = db.execute(f"{_SELECT}{where} ORDER BY o.n DESC, c.i LIMIT :most", given)
    rows = tuple(map(TrailRow._make, found.fetchall()))
    return rows, Place(rows[-1].n, rows[-1].rank) if len(rows) == _MOST else Place(to, _LAST)


@translated()
def bodies(db: "Database", changes: Iterable[bytes]) -> dict[bytes, str | None]:
    """Return the bodies of changes by their id, nothing for one that was erased; the unknown are left out."""
    select = "SELECT body FROM change WHERE op = ? AND i = ?"
    found = ((each, db.execute(select, split_change_id(each)).fetchone()) for each in dict.fromkeys(changes))
    return {change: row[0] for change, row in found if row is not None}


@translated()
def erasures(db: "Database") -> dict[tuple[str, str, bytes], Erasure]:
    """Return every erasure by the entity, the field and the digest of what it erased."""
    rows = db.execute("SELECT about, author, at, reason FROM op WHERE kind = ? ORDER BY n", (ERASE,))
    found: dict[tuple[str, str, bytes], Erasure] = {}
    select = "SELECT entity, field, digest FROM change WHERE op = ? AND i = ?"
    for about, author, at, reason in rows.fetchall():
        for change in split(about or b"", CHANGE_ID):
            row = db.execute(select, split_change_id(change)).fetchone()
            if row is not None:
                found.setdefault(tuple(row), Erasure(author, at, reason or ""))
    return found


@translated()
def places_of(db: "Database", about: bytes) -> dict[tuple[str, str], int]:
    """Return the fields that an erasure names, with how many values of each."""
    found: dict[tuple[str, str], int] = {}
    select = "SELECT entity, field FROM change WHERE op = ? AND i = ?"
    for change in split(about, CHANGE_ID):
        row = db.execute(select, split_change_id(change)).fetchone()
        if row is not None:
            found[tuple(row)] = found.get(tuple(row), 0) + 1
    return found


def _where(wanted: Wanted) -> tuple[str, Mapping[str, str]]:
    parts: list[str] = []
    values: dict[str, str] = {}
    conditions: Sequence[tuple[str, str, str]] = (
        ("o.at >= :since", "since", wanted.since),
        ("o.at < :until", "until", wanted.until),
        ("o.author LIKE :author ESCAPE '!'", "author", _containing(wanted.author)),
        ("o.kind = :kind", "kind", wanted.kind),
        ("c.entity = :entity", "entity", wanted.entity),
    )
    for condition, name, value in conditions:
        if value:
            parts.append(condition)
            values[name] = value
    if wanted.scopes is not None:
        parts.append("o.scope IN (SELECT value FROM json_each(:scopes))")
        values["scopes"] = json.dumps(sorted(wanted.scopes))
    return "".join(f" AND {each}" for each in parts), values


def _containing(text: str) -> str:
    """Return the pattern of what contains a text, none when it is empty."""
    plain = text.replace("!", "!!").replace("%", "!%").replace("_", "!_")
    return f"%{plain}%" if plain else ""
