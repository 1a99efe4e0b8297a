"""Proof that the journal is whole: every digest and every link computed again."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ivaudit.domain.journal import Op, change_id, op_problem
from ivaudit.domain.progress import Progress, silent
from ivaudit.store import withheld
from ivaudit.store.erasure import erased_digests
from ivaudit.store.journal_rows import read_ops

if TYPE_CHECKING:
    from sqlite_utils import Database

_TELL_EVERY = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Damage:
    """An op that is not what it was: its rank, what it was about, and what is wrong, in French."""

    rank: int
    at: str
    author: str
    scope: str
    fields: tuple[tuple[str, str], ...]
    problem: str

    @property
    def sentence(self) -> str:
        """Return it as a line of a list."""
        return f"Opération n° {self.rank} du {self.at[:10]} : {self.problem}."


@dataclass(frozen=True, slots=True, kw_only=True)
class Verification:
    """What was verified: ops, changes, values erased; and what is damaged, nothing when it is whole.

    `withheld` counts the values that whoever sent them left out.
    """

    ops: int = 0
    changes: int = 0
    erased: int = 0
    damages: tuple[Damage, ...] = ()
    withheld: int = 0

    @property
    def problems(self) -> tuple[str, ...]:
        """Return what is wrong, a French line each."""
        return tuple(damage.sentence for damage in self.damages)


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
    damages: list[Damage] = field(default_factory=list)

    def take(self, op: Op) -> None:
        self.ops += 1
        found = [op_problem(op), *self._links(op), *self._values(op)]
        self.damages += [self._damage(op, each) for each in found if each]
        self.scopes[op.id] = op.scope
        for index, change in enumerate(op.changes):
            self.places[change_id(op.id, index)] = (change.entity, change.field)

    def _damage(self, op: Op, problem: str) -> Damage:
        fields = tuple((change.entity, change.field) for change in op.changes)
        return Damage(
            rank=self.ops, at=op.at, author=op.author, scope=op.scope, fields=fields, problem=problem
        )

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


def verify(db: "Database", progress: Progress = silent) -> Verification:
    """Return what holds and what does not in the whole journal.

    Raises:
        Cancelled: `progress` said so.
    """
    walk = _Walk(erasable=erased_digests(db), left_out=withheld.changes(db))
    total = db.execute("SELECT count(*) FROM op").fetchone()[0]
    for op in read_ops(db):
        if walk.ops % _TELL_EVERY == 0:
            progress(walk.ops, total, "Journal")
        walk.take(op)
    return Verification(
        ops=walk.ops,
        changes=len(walk.places),
        erased=walk.erased,
        damages=tuple(walk.damages),
        withheld=walk.withheld,
    )
