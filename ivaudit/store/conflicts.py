"""Reading the fields that have several values, with what these started from."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

from ivaudit.domain.journal import CHANGE_ID, Json, change_id, decode, split
from ivaudit.domain.merging import Conflict, Side
from ivaudit.store.encryption import translated

if TYPE_CHECKING:
    from sqlite_utils import Database

_SEVERAL = "SELECT entity, field FROM head {where} GROUP BY entity, field HAVING count(*) > 1"
_CHANGES = """
SELECT c.op, c.i, c.base, o.at, o.author, coalesce(c.body, w.shown), o.n
FROM change c JOIN op o ON o.id = c.op LEFT JOIN withheld w ON w.op = c.op AND w.i = c.i
WHERE c.entity = ? AND c.field = ? ORDER BY o.n, c.i
"""


class _Change(NamedTuple):
    bases: tuple[bytes, ...]
    at: str
    author: str
    body: str | None
    rank: int


@translated()
def places(db: "Database", prefix: str = "") -> tuple[tuple[str, str], ...]:
    """Return the (entity, field) with several values, those of entities that begin so."""
    where = "WHERE entity >= ? AND entity < ?" if prefix else ""
    bounds = (prefix, prefix[:-1] + chr(ord(prefix[-1]) + 1)) if prefix else ()
    return tuple((row[0], row[1]) for row in db.execute(_SEVERAL.format(where=where), bounds))


@translated()
def conflict(db: "Database", entity: str, field: str) -> Conflict | None:
    """Return what a field says, nothing when it has one value or none."""
    rows = db.execute("SELECT op, i FROM head WHERE entity = ? AND field = ?", (entity, field)).fetchall()
    heads = [change_id(op, index) for op, index in rows]
    if len(heads) < 2:  # noqa: PLR2004 - a single value
        return None
    known = {
        change_id(op, index): _Change(split(base, CHANGE_ID), at, author, body, rank)
        for op, index, base, at, author, body, rank in db.execute(_CHANGES, (entity, field))
    }
    ordered = sorted(heads, key=lambda each: (known[each].at, each))
    sides = tuple(_side(each, known[each]) for each in ordered)
    return Conflict(entity=entity, field=field, sides=sides, base=_base(known, heads))


def _side(change: bytes, found: _Change) -> Side:
    absent = found.body is None
    return Side(change=change, author=found.author, at=found.at, value=decode(found.body), absent=absent)


def _base(known: Mapping[bytes, _Change], heads: list[bytes]) -> Json:
    """Return the value of the nearest change that every head comes from, nothing when there is none."""
    common = set.intersection(*(_before(known, head) for head in heads))
    nearest = max(common, key=lambda each: (known[each].rank, each), default=None)
    return None if nearest is None else decode(known[nearest].body)


def _before(known: Mapping[bytes, _Change], head: bytes) -> set[bytes]:
    found: set[bytes] = set()
    waiting = list(known[head].bases)
    while waiting:
        each = waiting.pop()
        if each not in found and each in known:
            found.add(each)
            waiting += known[each].bases
    return found
