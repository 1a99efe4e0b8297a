"""Copies that exchange real files, whole or in part, in any order and as often as they like: they agree."""

import io
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from support.databases import in_memory

from ivaudit.domain.bundle import BundleHead, Contents, ScopeHead
from ivaudit.domain.bundle_part import AuditPart, without
from ivaudit.domain.errors import NotAllowedNow
from ivaudit.domain.journal import ERASE, Op, split
from ivaudit.domain.merging import Choice, Kept, settled
from ivaudit.exchange import age_file, age_header, bundle_reading, bundle_writing, signing
from ivaudit.store import conflicts
from ivaudit.store.journal import Edit, Journal

if TYPE_CHECKING:
    from sqlite_utils import Database

COPIES = 3
SCOPE = "audit:a"
PLACES = [
    ("answer:a/structure/c1", "value"),
    ("answer:a/structure/c1", "constat"),
    ("answer:a/unite/c2", "value"),
    ("finding:a/f1", "text"),
]
KEY, SIGNING = signing.public_reading_key(b"k" * 32), b"s" * 32

copies = st.integers(0, COPIES - 1)
places = st.sampled_from(PLACES)
ranks = st.integers(0, 20)


@dataclass
class Copy:
    """A copy: its database and its journal."""

    db: "Database"
    journal: Journal
    typed: set[str] = field(default_factory=set)


class Machine(RuleBasedStateMachine):
    """What was typed is somewhere in the journal of whoever typed it, unless an erasure says so."""

    def __init__(self) -> None:
        super().__init__()
        self.ticks = 0
        self.copies: list[Copy] = []
        self.erased: set[str] = set()

    @initialize()
    def start(self) -> None:
        for number in range(COPIES):
            db = in_memory()
            self.copies.append(Copy(db, Journal(db, f"d{number}", self._clock)))

    def teardown(self) -> None:
        for copy in self.copies:
            copy.db.close()

    # -- gestures

    @rule(at=copies, place=places)
    def edit(self, at: int, place: tuple[str, str]) -> None:
        self.ticks += 1
        text = f"saisie {self.ticks}."
        copy = self.copies[at]
        try:
            copy.journal.record(SCOPE, [Edit(*place, text)], author=f"a{at}")
        except NotAllowedNow:
            assert self._withheld(at, place)
            return
        assert not self._withheld(at, place)
        copy.typed.add(text)

    @rule(at=copies, rank=ranks)
    def erase(self, at: int, rank: int) -> None:
        copy = self.copies[at]
        known = [(op, i) for op in copy.journal.ops_of() for i, c in enumerate(op.changes) if c.body]
        if known:
            op, index = known[rank % len(known)]
            self.erased.add(str(op.changes[index].body))
            copy.journal.erase(op.id, index, author="a", reason="motif")

    @rule(at=copies, place=places, rank=st.none() | ranks)
    def settle(self, at: int, place: tuple[str, str], rank: int | None) -> None:
        """Keep one of the values, or all of them."""
        copy = self.copies[at]
        found = conflicts.conflict(copy.db, *place)
        if found is None or self._withheld(at, place) or (rank is None and not found.texts):
            return
        choice = Choice.BOTH if rank is None else Kept(found.sides[rank % len(found.sides)].change)
        said = settled(found, choice)
        copy.journal.record(SCOPE, [Edit(*place, said)], author="a")
        assert conflicts.conflict(copy.db, *place) is None
        if choice is Choice.BOTH:
            assert all(str(side.value) in str(said) for side in found.sides)

    @rule(source=copies, target_=copies)
    def send(self, source: int, target_: int) -> None:
        """Send a file; sending it twice is sending it once."""
        raw = self._file(source, None)
        self._receive(target_, raw)
        before = self._caches(target_)
        again = self._receive(target_, raw)
        assert (again, self._caches(target_)) == (0, before)

    @rule(source=copies, target_=copies, subject=st.sampled_from(["structure", "unite"]))
    def send_a_part(self, source: int, target_: int, subject: str) -> None:
        self._receive(target_, self._file(source, AuditPart(subjects=frozenset({subject}))))

    @rule()
    def send_everything_everywhere(self) -> None:
        """Everything to everybody, twice, each in an order of its own: all copies are then the same."""
        for _ in range(2):
            files = [self._file(number, None) for number in range(COPIES)]
            for number in range(COPIES):
                for raw in files[number:] + files[:number]:
                    self._receive(number, raw)
        assert all(self._caches(number) == self._caches(0) for number in range(COPIES))
        lost = set().union(*(self._missing(number) for number in range(COPIES)))
        assert lost == set()

    # -- what always holds

    @invariant()
    def every_copy_verifies(self) -> None:
        for copy in self.copies:
            assert copy.journal.verify().problems == ()
            assert copy.journal.state_matches()

    @invariant()
    def nothing_typed_is_lost(self) -> None:
        assert all(self._missing(number) == set() for number in range(COPIES))

    # -- parts

    def _clock(self) -> str:
        """Tell times that repeat, as clocks of two machines do."""
        return f"2026-11-21T10:{self.ticks // 3 % 60:02}:00.000000Z"

    def _missing(self, at: int) -> set[str]:
        """Return what was typed here and is neither in the journal nor named by an erasure."""
        copy = self.copies[at]
        ops = copy.journal.ops_of()
        held = "\n".join(str(c.body) for op in ops for c in op.changes)
        named = {c for op in ops if op.kind == ERASE for c in split(op.about or b"", 36)}
        gone = "\n".join(self.erased) if named else ""
        return {text for text in copy.typed if text not in held and text not in gone}

    def _withheld(self, at: int, place: tuple[str, str]) -> bool:
        select = "SELECT 1 FROM head JOIN withheld USING(op, i) WHERE entity = ? AND field = ?"
        return self.copies[at].db.execute(select, place).fetchone() is not None

    def _file(self, at: int, part: AuditPart | None) -> bytes:
        ops = self.copies[at].journal.ops_of(SCOPE)
        lacking = self.copies[at].db.execute("SELECT 1 FROM withheld").fetchone() is not None
        left_out = ("une partie",) if part or lacking else ()
        tips = {op.id for op in ops} - {parent for op in ops for parent in op.prev}
        head = BundleHead(
            id="ab" * 16,
            at="2026-11-21T10:00:00Z",
            program="essai",
            author="a",
            device="d",
            contents=Contents.AUDIT,
            title="Un audit",
            left_out=left_out,
            scopes=(ScopeHead(scope=SCOPE, title="", ops=len(ops), tips=tuple(sorted(tips))),),
        )
        out = io.BytesIO()
        file_key = b"f" * 16
        stanzas = bundle_writing.wrappings(file_key, [KEY], None)
        writer = bundle_writing.BundleWriter(out, file_key, stanzas, SIGNING)
        writer.head(head)
        for op in ops:
            writer.op(op if part is None else _part(op, part))
        writer.finish()
        return out.getvalue()

    def _receive(self, at: int, raw: bytes) -> int:
        source = io.BytesIO(raw)
        age_header.read_header(source)
        items = list(bundle_reading.read(age_file.payload(source, b"f" * 16)))
        head = items[0]
        assert isinstance(head, BundleHead)
        ops = [each for each in items if isinstance(each, Op)]
        return self.copies[at].journal.merge(ops, partial=head.partial).added

    def _caches(self, at: int) -> list[list[str]]:
        tables = ("tip", "head", "answer", "record")
        rows = (self.copies[at].db.execute(f"SELECT * FROM {table}").fetchall() for table in tables)  # noqa: S608
        return [sorted(map(repr, found)) for found in rows]


def _part(op: Op, part: AuditPart) -> Op:
    return replace(op, changes=tuple(c if part.keeps(c) else without(c) for c in op.changes))


TestExchangeMachine = Machine.TestCase
TestExchangeMachine.settings = settings(max_examples=20, stateful_step_count=15)
