"""Adding ops to the journal: the one just made, or those of another copy.

Merging is the union of two sets of ops, each added after its parents: idempotent, in any order, the same on
both sides. What comes from elsewhere is checked whole before it counts, some hundreds of ops at a time.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING, NoReturn

from ivaudit.domain.errors import CorruptFile, NewerFile
from ivaudit.domain.journal import (
    CHANGE_ID,
    DIGEST,
    ERASE,
    VERSION,
    Change,
    Op,
    body_problem,
    change_id,
    op_problem,
    split_change_id,
)
from ivaudit.store import caches, erasure, withheld
from ivaudit.store.journal_rows import insert_op, insert_ops

if TYPE_CHECKING:
    from sqlite_utils import Database

_PIECE = 500
_MARKS = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class MergeReport:
    """What a merge brought.

    Attributes:
        added: ops that were not known.
        known: ops that were.
        erased: fields where a value was erased.
        conflicts: fields touched that now have several values.
        touched: every field that is not what it was.
        updated: of these, those that had a value here before.
        filled: values that had been withheld and came in.
        withheld: values of the ops added that whoever sent them left out.
    """

    added: int
    known: int
    erased: tuple[tuple[str, str], ...]
    conflicts: tuple[tuple[str, str], ...]
    touched: tuple[tuple[str, str], ...]
    updated: tuple[tuple[str, str], ...] = ()
    filled: int = 0
    withheld: int = 0


def add(db: "Database", op: Op) -> None:
    """Add an op with the tips and heads it makes; inside a transaction, once its parents are there."""
    insert_op(db, op)
    for tip in op.prev:
        db.execute("DELETE FROM tip WHERE scope = ? AND op = ?", (op.scope, tip))
    db.execute("INSERT INTO tip VALUES(?, ?)", (op.scope, op.id))
    for index, change in enumerate(op.changes):
        place = (change.entity, change.field)
        for base in change.base:
            db.execute(
                "DELETE FROM head WHERE entity = ? AND field = ? AND op = ? AND i = ?",
                (*place, *split_change_id(base)),
            )
        head = (*place, op.id, index, op.at, op.author, change.body)
        db.execute("INSERT INTO head VALUES(?, ?, ?, ?, ?, ?, ?)", head)


def merge(db: "Database", ops: Iterable[Op], *, partial: bool = False, verified: bool = False) -> MergeReport:
    """Add the ops that are not known, and erase here what was erased there; inside a transaction.

    Args:
        db: the open workspace.
        ops: parents before children.
        partial: whether values may have been left out; otherwise one that misses must have been erased.
        verified: whether ids, digests and bodies were computed again by whoever read them: links remain.

    Raises:
        CorruptFile: an op is not what its id says, or a parent or a value is missing.
        NewerFile: an op comes from a newer version.
    """
    merging = _Merging(db, verified=verified)
    rest = iter(ops)
    while piece := list(islice(rest, _PIECE)):
        merging.take(piece)
    return merging.finish(partial=partial)


@dataclass(slots=True)
class _Merging:
    """A merge under way, some hundreds of ops at a time, so that it costs the same memory whatever comes."""

    db: "Database"
    verified: bool
    added: int = 0
    known: int = 0
    filled: int = 0
    touched: dict[tuple[str, str], None] = field(default_factory=dict)
    updated: set[tuple[str, str]] = field(default_factory=set)
    absent: dict[bytes, Change] = field(default_factory=dict)

    def take(self, ops: list[Op]) -> None:
        """Check ops and add those that are not known."""
        known = _known(self.db, ops)
        fresh: dict[bytes, Op] = {}
        for op in ops:
            if op.id in known or op.id in fresh:
                self._meet(op, known=op.id in known)
            else:
                fresh[op.id] = op
        _check(self.db, fresh, verified=self.verified)
        self._add(list(fresh.values()))

    def finish(self, *, partial: bool) -> MergeReport:
        """Bring caches and erasures in line, and say what came of it."""
        left_out = self._withhold(partial=partial)
        conflicts = self._refresh()
        erased = erasure.apply_all(self.db)
        return MergeReport(
            added=self.added,
            known=self.known,
            erased=erased,
            conflicts=conflicts,
            touched=tuple({**self.touched, **dict.fromkeys(erased)}),
            updated=tuple(place for place in self.touched if place in self.updated),
            filled=self.filled,
            withheld=left_out,
        )

    def _refresh(self) -> tuple[tuple[str, str], ...]:
        """Compute the caches of what was touched; return the fields of it that have several values."""
        several: set[tuple[str, str]] = set()
        for entity in dict.fromkeys(entity for entity, _ in self.touched):
            heads = caches.refresh(self.db, entity)
            several.update((entity, name) for name, found in heads.items() if len(found) > 1)
        return tuple(place for place in self.touched if place in several)

    def _meet(self, op: Op, *, known: bool) -> None:
        """Take from an op that is known the values that were withheld here."""
        self.known += 1
        if known:
            places = withheld.fill(self.db, op)
            self.filled += len(places)
            self.touched.update(dict.fromkeys(places))

    def _add(self, ops: list[Op]) -> None:
        insert_ops(self.db, ops)
        self._move_tips(ops)
        self._move_heads(ops)
        self.added += len(ops)

    def _move_tips(self, ops: list[Op]) -> None:
        tips = {op.id: op.scope for op in ops}
        gone = [(op.scope, parent) for op in ops for parent in op.prev if not tips.pop(parent, None)]
        self.db.conn.executemany("DELETE FROM tip WHERE scope = ? AND op = ?", gone)
        self.db.conn.executemany("INSERT INTO tip VALUES(?, ?)", [(s, op) for op, s in tips.items()])

    def _move_heads(self, ops: list[Op]) -> None:
        heads: dict[bytes, tuple[object, ...]] = {}
        gone: list[tuple[object, ...]] = []
        for op in ops:
            for index, change in enumerate(op.changes):
                place = (change.entity, change.field)
                for base in change.base:
                    if heads.pop(base, None) is None:
                        gone.append((*place, *split_change_id(base)))
                        self.updated.add(place)
                head = change_id(op.id, index)
                heads[head] = (*place, op.id, index, op.at, op.author, change.visible)
                self.touched[place] = None
                if change.body is None:
                    self.absent[head] = change
        delete = "DELETE FROM head WHERE entity = ? AND field = ? AND op = ? AND i = ?"
        self.db.conn.executemany(delete, gone)
        self.db.conn.executemany("INSERT INTO head VALUES(?, ?, ?, ?, ?, ?, ?)", list(heads.values()))

    def _withhold(self, *, partial: bool) -> int:
        """Name the values that are neither here nor erased; return how many."""
        if not self.absent:
            return 0
        erased = erasure.erased_digests(self.db)
        left = {key: change.shown for key, change in self.absent.items() if change.digest not in erased}
        if left and not partial:
            _refuse("une valeur manque sans avoir été effacée")
        withheld.keep(self.db, left)
        return len(left)


# -- checks ------------------------------------------------------------------------------------------------


def _known(db: "Database", ops: list[Op]) -> set[bytes]:
    found: set[bytes] = set()
    for ids in _pieces({op.id for op in ops}):
        marks = ", ".join("?" * len(ids))
        found.update(row[0] for row in db.execute(f"SELECT id FROM op WHERE id IN ({marks})", ids))  # noqa: S608
    return found


def _check(db: "Database", fresh: dict[bytes, Op], *, verified: bool) -> None:
    scopes = _scopes(db, fresh)
    places = _places(db, fresh)
    for op in fresh.values():
        if op.version > VERSION:
            raise NewerFile(
                "Ces données viennent d'une version plus récente d'ivaudit. Rien n'a été ajouté : "
                "installez cette version pour les recevoir."
            )
        own = None if verified else op_problem(op) or body_problem(op)
        if problem := _shape_problem(op) or own or _link_problem(op, scopes, places):
            _refuse(problem)
        scopes[op.id] = op.scope
        places.update({change_id(op.id, index): (c.entity, c.field) for index, c in enumerate(op.changes)})


def _scopes(db: "Database", fresh: dict[bytes, Op]) -> dict[bytes, str]:
    """Return the scopes of the parents that are in the journal already."""
    wanted = {parent for op in fresh.values() for parent in op.prev} - fresh.keys()
    found: dict[bytes, str] = {}
    for ids in _pieces(wanted):
        marks = ", ".join("?" * len(ids))
        found.update(db.execute(f"SELECT id, scope FROM op WHERE id IN ({marks})", ids))  # noqa: S608
    return found


def _places(db: "Database", fresh: dict[bytes, Op]) -> dict[bytes, tuple[str, str]]:
    """Return the fields of the replaced changes that are in the journal already."""
    every = {base for op in fresh.values() for change in op.changes for base in change.base}
    select = "SELECT entity, field FROM change WHERE op = ? AND i = ?"
    found = {}
    for base in every:
        op, index = split_change_id(base)
        if op not in fresh and (row := db.execute(select, (op, index)).fetchone()):
            found[base] = (row[0], row[1])
    return found


def _shape_problem(op: Op) -> str | None:
    ids = [op.id, *op.prev]
    bases = [base for change in op.changes for base in change.base]
    if any(len(each) != DIGEST for each in ids) or any(len(each) != CHANGE_ID for each in bases):
        return "une empreinte n'a pas la bonne longueur"
    if op.kind == ERASE and (op.changes or not op.about or len(op.about) % CHANGE_ID):
        return "un effacement ne dit pas ce qu'il efface"
    return None


def _link_problem(op: Op, scopes: dict[bytes, str], places: dict[bytes, tuple[str, str]]) -> str | None:
    if any(scopes.get(parent) != op.scope for parent in op.prev):
        return "une opération antérieure manque"
    if any(places.get(base) != (c.entity, c.field) for c in op.changes for base in c.base):
        return "la valeur remplacée manque"
    return None


def _refuse(problem: str) -> NoReturn:
    raise CorruptFile(
        f"Ces données sont incomplètes ou ont été modifiées ({problem}). Rien n'a été ajouté à votre "
        "dossier de travail : demandez-les à nouveau."
    )


def _pieces(ids: Iterable[bytes]) -> Iterator[list[bytes]]:
    rest = iter(ids)
    while piece := list(islice(rest, _MARKS)):
        yield piece
