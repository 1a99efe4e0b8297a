"""Copies of one workspace that are edited, undone, merged, erased and restored in any order."""

import random
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from support.databases import in_memory

from ivaudit.domain.errors import NotAllowedNow
from ivaudit.domain.journal import CHANGE_ID, ERASE, Change, Op, change_id, decode, split
from ivaudit.store.journal import Edit, Journal

if TYPE_CHECKING:
    from sqlite_utils import Database

REPLICAS = 3
PLACES = [
    *((f"answer:a/structure/{c}", f, "audit:a") for c in ("c1", "c2") for f in ("value", "constat")),
    ("facility:f", "name", "structure:f"),
    ("form:a/visite", "lieu", "audit:a"),
    ("autre:x", "champ", "audit:a"),
    ("anomaly:x", "entry", "register"),
    ("anomaly:x", "unit", "register"),
]

replicas = st.integers(0, REPLICAS - 1)
places = st.sampled_from(PLACES)
ranks = st.integers(0, 40)


@dataclass
class Replica:
    """A copy: its database, its journal, and copies of it kept aside."""

    db: "Database"
    journal: Journal
    copies: list[tuple[Op, ...]] = field(default_factory=list)


class Machine(RuleBasedStateMachine):
    """Compared at each step with the definition: a head is a change that no known op names as a base."""

    def __init__(self) -> None:
        super().__init__()
        self.ticks = 0
        self.typed = 0
        self.values: dict[bytes, str] = {}
        self.replicas: list[Replica] = []

    @initialize()
    def start(self) -> None:
        self.replicas = [self._new(f"d{number}") for number in range(REPLICAS)]

    def teardown(self) -> None:
        for replica in self.replicas:
            replica.db.close()

    # -- gestures ------------------------------------------------------------------------------------------

    @rule(at=replicas, place=places)
    def edit(self, at: int, place: tuple[str, str, str]) -> None:
        entity, name, scope = place
        before = self._heads(at)
        recorded = self.replicas[at].journal.record(scope, [self._typed(entity, name)], author="a")
        self._note(at)
        assert recorded.touched == ((entity, name),)
        assert self._differing(before, self._heads(at)) == {(entity, name)}
        assert len(self._heads(at)[entity, name]) == 1

    @rule(at=replicas, rank=st.integers(2, 4))
    def edit_many(self, at: int, rank: int) -> None:
        edits = [self._typed(entity, name) for entity, name, _ in PLACES[:rank]]
        self.replicas[at].journal.record("audit:a", edits, author="a")
        self._note(at)

    @rule(at=replicas, rank=ranks)
    def undo(self, at: int, rank: int) -> None:
        """Undo any op, another's too; undoing an undo is the redo."""
        known = self.replicas[at].journal.ops_of()
        if not known:
            return
        op = known[-1 - rank % len(known)]
        before = self._heads(at)
        own = self._standing(at, op)
        try:
            recorded = self.replicas[at].journal.undo(op.id, author="a")
        except NotAllowedNow:
            assert self._heads(at) == before
            assert not self._may_undo(op, own, known)
            return
        self._note(at)
        assert self._may_undo(op, own, known)
        assert self._differing(before, self._heads(at)) == own == set(recorded.touched)
        by_id = {change_id(o.id, i): c for o in known for i, c in enumerate(o.changes)}
        for change in op.changes:
            given = self.replicas[at].journal.value(change.entity, change.field)
            assert (given or "") == (self.values[by_id[change.base[0]].digest] if change.base else "")

    @rule(at=replicas, places=st.lists(st.sampled_from(PLACES[:3]), min_size=1, max_size=5))
    def undo_and_redo_in_turn(self, at: int, places: list[tuple[str, str, str]]) -> None:
        """What the person at the keyboard does: several gestures, undone one by one, then redone."""
        journal = self.replicas[at].journal
        shown, done = [self._shown(at)], []
        for entity, name, scope in places:
            done.append(journal.record(scope, [self._typed(entity, name)], author="a").op)
            self._note(at)
            shown.append(self._shown(at))
        undone = []
        if any(len(self._base(at, op)) > 1 for op in done):
            return
        while done and self._revivable(at, done[-1]):
            undone.append(journal.undo(done.pop(), author="a").op)
            self._note(at)
            assert self._shown(at) == shown[len(done)]
        while undone:
            done.append(journal.undo(undone.pop(), author="a").op)
            self._note(at)
            assert self._shown(at) == shown[len(done)]

    @rule(at=replicas, rank=ranks, which=ranks)
    def erase(self, at: int, rank: int, which: int) -> None:
        known = [op for op in self.replicas[at].journal.ops_of() if op.changes]
        if not known:
            return
        op = known[rank % len(known)]
        index = which % len(op.changes)
        self.replicas[at].journal.erase(op.id, index, author="a", reason="motif")
        found = next(each for each in self.replicas[at].journal.ops_of() if each.id == op.id)
        assert found.changes[index].body is None

    @rule(target_=replicas, source=replicas, seed=st.integers(0, 9))
    def merge(self, target_: int, source: int, seed: int) -> None:
        """Merge the ops of another copy, in any order that puts parents first; twice is once."""
        ops = self.replicas[source].journal.ops_of()
        known = {op.id for op in self.replicas[target_].journal.ops_of()}
        report = self.replicas[target_].journal.merge(_shuffled(ops, seed))
        assert report.added == len({op.id for op in ops} - known)
        again = self.replicas[target_].journal.merge(ops)
        assert (again.added, again.erased) == (0, ())

    @rule(at=replicas)
    def keep_a_copy(self, at: int) -> None:
        self.replicas[at].copies.append(self.replicas[at].journal.ops_of())

    @rule(at=replicas, rank=ranks)
    def restore_a_copy(self, at: int, rank: int) -> None:
        """Go back to a copy kept aside, and on from there: a fork under the same name of device."""
        copies = self.replicas[at].copies
        if not copies:
            return
        self.replicas[at].db.close()
        self.replicas[at] = self._new(f"d{at}")
        self.replicas[at].copies = copies
        self.replicas[at].journal.merge(copies[rank % len(copies)])

    @rule(at=replicas)
    def rebuild(self, at: int) -> None:
        before = self._caches(at)
        self.replicas[at].journal.rebuild()
        assert self._caches(at) == before

    @rule()
    def merge_all(self) -> None:
        """Everything everywhere, in different orders: all copies are then the same."""
        every = [replica.journal.ops_of() for replica in self.replicas]
        for number, replica in enumerate(self.replicas):
            for ops in every[number:] + every[:number]:
                replica.journal.merge(_shuffled(ops, number))
        states = [self._caches(number) for number in range(REPLICAS)]
        assert states[0] == states[1] == states[2]

    # -- what always holds ---------------------------------------------------------------------------------

    @invariant()
    def the_journal_is_whole(self) -> None:
        for replica in self.replicas:
            assert replica.journal.verify().problems == ()

    @invariant()
    def the_state_is_the_fold(self) -> None:
        for number, replica in enumerate(self.replicas):
            assert replica.journal.state_matches()
            assert self._heads(number) == _by_definition(replica.journal.ops_of())

    @invariant()
    def what_is_erased_is_erased_everywhere(self) -> None:
        for replica in self.replicas:
            ops = replica.journal.ops_of()
            by_id = {change_id(op.id, i): c for op in ops for i, c in enumerate(op.changes)}
            erasures = [op.about or b"" for op in ops if op.kind == ERASE]
            named = [c for about in erasures for c in split(about, CHANGE_ID) if c in by_id]
            gone = {self.values[by_id[change].digest] for change in named} - {""}
            tables = ("change", "head", "answer", "facility", "form_value")
            held = "\n".join(str(row) for table in tables for row in _rows(replica.db, table))
            assert not [value for value in gone if f'"{value}"' in held or f"'{value}'" in held]

    @invariant()
    def what_was_typed_is_there_or_named_by_an_erasure(self) -> None:
        for replica in self.replicas:
            verification = replica.journal.verify()
            ops = replica.journal.ops_of()
            absent = [c for op in ops for c in op.changes if c.body is None]
            assert verification.erased == len(absent)
            present = [c for op in ops for c in op.changes if c.body is not None]
            assert all(
                f'"{self.values[c.digest]}"' in (c.body or "") or c.body == "[1,null]" for c in present
            )

    # -- parts ---------------------------------------------------------------------------------------------

    def _new(self, device: str) -> Replica:
        db = in_memory()
        return Replica(db, Journal(db, device, self._clock))

    def _clock(self) -> str:
        """Tell times that sometimes repeat, as clocks of two machines do."""
        self.ticks += 1
        return f"2026-11-21T10:{self.ticks // 3 % 60:02}:00.000000Z"

    def _typed(self, entity: str, name: str) -> Edit:
        self.typed += 1
        return Edit(entity, name, f"saisie {self.typed}.")

    def _note(self, at: int) -> None:
        """Remember what each digest of the last op stands for, to look for it once it is erased."""
        for change in self.replicas[at].journal.ops_of()[-1].changes:
            self.values[change.digest] = str(decode(change.body) or "")

    def _heads(self, at: int) -> dict[tuple[str, str], set[bytes]]:
        found: dict[tuple[str, str], set[bytes]] = {}
        for entity, name, op, index in self.replicas[at].db.execute("SELECT entity, field, op, i FROM head"):
            found.setdefault((entity, name), set()).add(change_id(op, index))
        return found

    def _caches(self, at: int) -> list[list[object]]:
        tables = ("tip", "head", "answer", "facility", "audit", "form_value")
        return [sorted(map(repr, _rows(self.replicas[at].db, table))) for table in tables]

    @staticmethod
    def _may_undo(op: Op, own: set[tuple[str, str]], known: tuple[Op, ...]) -> bool:
        by_id = {change_id(each.id, i): c for each in known for i, c in enumerate(each.changes)}
        bases = [c.base for c in op.changes]
        single = len(own) == len(op.changes) > 0
        return single and all(len(b) < 2 and all(by_id[each].body is not None for each in b) for b in bases)

    def _standing(self, at: int, op: Op) -> set[tuple[str, str]]:
        """Return the fields whose only head is a change of the op, or the copy that an undo made of it."""
        by_id = self._by_id(at)
        heads = self._heads(at)
        found = set()
        for change in op.changes:
            here = heads[change.entity, change.field]
            if len(here) == 1 and by_id[next(iter(here))].digest == change.digest:
                found.add((change.entity, change.field))
        return found

    def _by_id(self, at: int) -> dict[bytes, Change]:
        ops = self.replicas[at].journal.ops_of()
        return {change_id(op.id, index): change for op in ops for index, change in enumerate(op.changes)}

    def _base(self, at: int, op: bytes) -> tuple[bytes, ...]:
        return self._by_id(at)[change_id(op, 0)].base

    def _revivable(self, at: int, op: bytes) -> bool:
        """Tell whether what an op replaced was not erased."""
        by_id = self._by_id(at)
        return all(by_id[base].body is not None for base in self._base(at, op))

    def _shown(self, at: int) -> list[str]:
        journal = self.replicas[at].journal
        return [str(journal.value(entity, name) or "") for entity, name, _ in PLACES]

    @staticmethod
    def _differing(
        before: dict[tuple[str, str], set[bytes]], after: dict[tuple[str, str], set[bytes]]
    ) -> set[tuple[str, str]]:
        return {place for place in before.keys() | after.keys() if before.get(place) != after.get(place)}


def _rows(db: "Database", table: str) -> list[tuple[object, ...]]:
    return db.execute(f"SELECT * FROM {table}").fetchall()  # noqa: S608 - a name of ours


def _by_definition(ops: Iterable[Op]) -> dict[tuple[str, str], set[bytes]]:
    known = list(ops)
    replaced = {base for op in known for change in op.changes for base in change.base}
    found: dict[tuple[str, str], set[bytes]] = {}
    for op in known:
        for index, change in enumerate(op.changes):
            if change_id(op.id, index) not in replaced:
                found.setdefault((change.entity, change.field), set()).add(change_id(op.id, index))
    return found


def _shuffled(ops: tuple[Op, ...], seed: int) -> list[Op]:
    """Return the ops in some order that puts parents first."""
    chance = random.Random(seed)  # noqa: S311 - an order, not a secret
    waiting = {op.id: op for op in ops}
    order: list[Op] = []
    while waiting:
        ready = [op for op in waiting.values() if not waiting.keys() & set(op.prev)]
        chosen = chance.choice(ready)
        order.append(waiting.pop(chosen.id))
    return order


TestJournalMachine = Machine.TestCase
