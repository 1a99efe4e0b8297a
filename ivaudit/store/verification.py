"""Proof that the journal is whole: every digest and every link computed again."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ivaudit.domain.journal import Op, change_id, op_problem
from ivaudit.store import withheld
from ivaudit.store.erasure import erased_digests
from ivaudit.store.journal_rows import read_ops

if TYPE_CHECKING:
    from sqlite_utils import Database


@dataclass(frozen=True, slots=True, kw_only=True)
class Verification:
    """What was verified: ops, changes, values erased, and the problems, in French, none when it is whole.

    `withheld` counts the values that whoever sent them left out.
    """

    ops: int
    changes: int
    erased: int
    problems: tuple[str, ...]
    withheld: int = 0


@dataclass(slots=True)
class _Walk:
    """What was met so far, parents before children."""

    erasable: set[bytes]
    left_out: frozenset[bytes]
    ops: int = 0
    erased: int = 0
    withheld: int = 0
    scopes: dict[bytes, str] = field(default_factory=dict)
    places: dict[bytes, tuple[str, str]] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)

    def take(self, op: Op) -> None:
        self.ops += 1
        found = [op_problem(op), *self._links(op), *self._values(op)]
        self.problems += [f"Opération n° {self.ops} du {op.at[:10]} : {each}." for each in found if each]
        self.scopes[op.id] = op.scope
        for index, change in enumerate(op.changes):
            self.places[change_id(op.id, index)] = (change.entity, change.field)

    def _links(self, op: Op) -> list[str]:
        found = []
        if any(self.scopes.get(parent) != op.scope for parent in op.prev):
            found.append("une opération antérieure manque")
        if any(self.places.get(b) != (c.entity, c.field) for c in op.changes for b in c.base):
            found.append("la valeur remplacée manque")
        return found

    def _values(self, op: Op) -> list[str]:
        absent = [(i, change) for i, change in enumerate(op.changes) if change.body is None]
        left = [i for i, change in absent if change.digest not in self.erasable]
        allowed = [i for i in left if change_id(op.id, i) in self.left_out]
        self.erased += len(absent) - len(left)
        self.withheld += len(allowed)
        found = [] if allowed == left else ["une valeur manque sans avoir été effacée"]
        if any(change.body is not None and change.digest in self.erasable for change in op.changes):
            found.append("une valeur effacée est encore là")
        return found


def verify(db: "Database") -> Verification:
    """Return what holds and what does not in the whole journal."""
    walk = _Walk(erasable=erased_digests(db), left_out=withheld.changes(db))
    for op in read_ops(db):
        walk.take(op)
    return Verification(
        ops=walk.ops,
        changes=len(walk.places),
        erased=walk.erased,
        problems=tuple(walk.problems),
        withheld=walk.withheld,
    )
