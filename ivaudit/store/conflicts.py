"""Reading the fields that have several values, with what these started from."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from ivaudit.domain.journal import CHANGE_ID, DIGEST, Json, change_id, decode, split
from ivaudit.domain.lineage import Lineage
from ivaudit.domain.merging import Conflict, Side
from ivaudit.store.encryption import translated

if TYPE_CHECKING:
    from sqlite_utils import Database

_MARKS = 500
_SEVERAL = """
SELECT entity, field FROM head {where} GROUP BY entity, field
HAVING count(DISTINCT coalesce(body, '')) > 1
"""
_REMOVED = """
SELECT h.entity, h.field, h.op, h.i, h.at, h.author, h.body, o.scope FROM head h JOIN op o ON o.id = h.op
WHERE (h.field, h.body) IN (VALUES ('exists', '[1,false]'), ('removed', '[1,true]'))
  AND h.entity >= ? AND h.entity < ?
  AND EXISTS (SELECT 1 FROM head e WHERE e.entity = h.entity AND e.field <> h.field AND e.op <> h.op)
ORDER BY h.entity, h.at, h.op
"""
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


def standing(db: "Database", entities: Iterable[str]) -> Iterator[tuple[str, str, Json]]:
    """Return entity, field and value of what stands in some entities, every value of a conflict."""
    rest = iter(entities)
    while piece := list(islice(rest, _MARKS)):
        marks = ", ".join("?" * len(piece))
        with translated():
            rows = db.execute(
                f"SELECT entity, field, body FROM head WHERE entity IN ({marks})",  # noqa: S608 - marks
                piece,
            ).fetchall()
        yield from ((entity, field, decode(body)) for entity, field, body in rows if body is not None)


@translated()
def conflict(db: "Database", entity: str, field: str) -> Conflict | None:
    """Return what a field says, nothing when it has one value, even twice."""
    select = "SELECT op, i, body FROM head WHERE entity = ? AND field = ?"
    rows = db.execute(select, (entity, field)).fetchall()
    if len({body for _, _, body in rows}) < 2:  # noqa: PLR2004 - one value, or the same twice
        return None
    heads = [change_id(op, index) for op, index, _ in rows]
    known = {
        change_id(op, index): _Change(split(base, CHANGE_ID), at, author, body, rank)
        for op, index, base, at, author, body, rank in db.execute(_CHANGES, (entity, field))
    }
    ordered = sorted(heads, key=lambda each: (known[each].at, each))
    sides = tuple(_side(each, known[each]) for each in ordered)
    return Conflict(entity=entity, field=field, sides=sides, base=_base(known, heads))


@translated()
def removals(
    db: "Database", prefix: str = "", wanted: Callable[[str], bool] | None = None
) -> tuple[Conflict, ...]:
    """Return what one copy removed while another changed it, of entities whose name begins so and are wanted.

    No field has two values there; yet what was changed would be out of sight, and nobody would know.
    """
    rows = db.execute(_REMOVED, (prefix, f"{prefix}\U0010ffff")).fetchall()
    lineages: dict[str, Lineage] = {}
    kept: dict[str, Conflict] = {}
    for entity, field, op, index, at, author, body, scope in rows:
        # Two may have removed what a third changed: it is one question all the same.
        if entity in kept or (wanted is not None and not wanted(entity)):
            continue
        if scope not in lineages:
            lineages[scope] = _lineage(db, scope)
        side = Side(change=change_id(op, index), author=author, at=at, value=decode(body))
        if found := _removal(db, lineages[scope], entity, field, side):
            kept[entity] = found
    return tuple(kept.values())


def _lineage(db: "Database", scope: str) -> Lineage:
    rows = db.execute("SELECT id, prev FROM op WHERE scope = ? ORDER BY n", (scope,))
    return Lineage((op, split(prev, DIGEST)) for op, prev in rows)


def _removal(db: "Database", lineage: Lineage, entity: str, field: str, removed: Side) -> Conflict | None:
    before = lineage.before(removed.change[:DIGEST])
    select = "SELECT op, i, at, author FROM head WHERE entity = ? AND field <> ? ORDER BY at DESC, op"
    for op, index, at, author in db.execute(select, (entity, field)).fetchall():
        if not lineage.holds(before, op):
            stays = not removed.value
            edited = Side(change=change_id(op, index), author=author, at=at, value=stays)
            return Conflict(entity=entity, field=field, sides=(removed, edited), base=stays)
    return None


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
