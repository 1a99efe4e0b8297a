"""What a workspace or a copy of it holds, and what one holds that the other does not."""

from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ivaudit.domain.entry_fold import DECLARED, REMOVED
from ivaudit.domain.errors import CorruptFile
from ivaudit.domain.journal import ERASE, Json, decode, encode
from ivaudit.store import installation, layout
from ivaudit.store.database_copy import copy_closed
from ivaudit.store.encryption import connect, database, translated

if TYPE_CHECKING:
    from sqlite_utils import Database

_REGISTERED = (
    "SELECT count(DISTINCT entity) FROM head AS said"
    " WHERE entity >= 'anomaly:' AND entity < 'anomaly;' AND field = ? AND body IS NOT ?"
    " AND NOT EXISTS (SELECT 1 FROM head WHERE entity = said.entity AND field = ? AND body = ?)"
)
"""Entries that were declared, unless the declaration was undone or the entry taken off."""
_AUDIT_FIELDS = ("exists", "facility", "kind", "title", "date")


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldAudit:
    """An audit in a copy: its id, kind, title and day, the name of its structure, and how many answers."""

    id: str
    kind: str
    title: str
    date: str
    facility: str
    answers: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """What a copy holds: counts; first and last gesture (UTC, ISO 8601); who made the last one.

    `drafts` counts the texts that were being typed; `evidence` the pictures and files kept.
    """

    gestures: int
    audits: tuple[HeldAudit, ...]
    facilities: int
    answers: int
    anomalies: int
    evidence: int
    drafts: int
    first: str
    last: str
    author: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """What one copy holds and another does not.

    `scopes` counts gestures by scope, `since` is the time of the first of them; `erased` counts the erasures
    among them: what they erased still stands in the other copy.
    """

    gestures: int
    scopes: Mapping[str, int]
    since: str
    erased: int
    evidence: int

    @property
    def nothing(self) -> bool:
        """Tell whether nothing is missing."""
        return not self.gestures and not self.evidence


@dataclass(slots=True)
class Copy:
    """A workspace or a copy of it, open for reading: where, its journal, its evidence where it has some."""

    place: Path
    db: "Database"
    evidence: "Database | None"

    @translated()
    def contents(self) -> Contents:
        """Return what it holds."""
        audits = _audits(self.db)
        facilities = _fields(self.db, "facility", ("exists",))
        first, last, count = self.db.execute("SELECT min(at), max(at), count(*) FROM op").fetchone()
        registered = (DECLARED, encode(None), REMOVED, encode(True))
        row = self.db.execute("SELECT author FROM op ORDER BY at DESC, n DESC LIMIT 1").fetchone()
        return Contents(
            gestures=count,
            audits=audits,
            facilities=sum(fields["exists"] is True for fields in facilities.values()),
            answers=sum(audit.answers for audit in audits),
            anomalies=self.db.execute(_REGISTERED, registered).fetchone()[0],
            evidence=len(self.bodies()),
            drafts=self.db.execute("SELECT count(*) FROM draft").fetchone()[0],
            first=first or "",
            last=last or "",
            author=row[0] if row else "",
        )

    @translated()
    def missing_in(self, other: "Copy") -> Missing:
        """Return what this copy holds and the other does not."""
        known = {identity for (identity,) in other.db.execute("SELECT id FROM op")}
        rows = self.db.execute("SELECT id, scope, kind, at FROM op")
        alone = [row[1:] for row in rows if row[0] not in known]
        return Missing(
            gestures=len(alone),
            scopes=dict(Counter(scope for scope, _, _ in alone)),
            since=min((at for _, _, at in alone), default=""),
            erased=sum(kind == ERASE for _, kind, _ in alone),
            evidence=len(self.bodies() - other.bodies()),
        )

    @translated()
    def bodies(self) -> frozenset[bytes]:
        """Return the digests of the evidence it keeps."""
        if self.evidence is None:
            return frozenset()
        return frozenset(sha for (sha,) in self.evidence.execute("SELECT sha FROM picture"))


@contextmanager
def finished(folder: Path, data_key: bytes, scratch: Path) -> Iterator[Copy]:
    """Open a copy that nobody writes; one put aside with its log is read in a copy of its own.

    Args:
        folder: the backup, or a closed workspace whose lock is held.
        data_key: what its databases are encrypted with.
        scratch: a workspace folder, where a copy may be made for a moment.

    Raises:
        KnownError: damaged, or of another key.
    """
    if not any((folder / name).exists() for name in (layout.SIDE_FILES[0], layout.EVIDENCE_SIDE_FILES[0])):
        with _reading(folder, data_key, read_only=True) as copy:
            yield copy
        return
    with installation.preparing(scratch) as prepared:
        for name in (layout.DATABASE, layout.EVIDENCE):
            if (folder / name).exists():
                copy_closed(folder / name, data_key, prepared / name)
        with _reading(prepared, data_key, read_only=True) as copy:
            yield copy


@contextmanager
def in_use(folder: Path, data_key: bytes) -> Iterator[Copy]:
    """Open a workspace that is in use in this process, through connections of its own.

    Raises:
        KnownError: what the engine answers.
    """
    with _reading(folder, data_key, read_only=False) as copy:
        yield copy


@contextmanager
def _reading(folder: Path, data_key: bytes, *, read_only: bool) -> Iterator[Copy]:
    if not (folder / layout.DATABASE).exists():
        raise CorruptFile("Le fichier des données manque.")
    with _connected(folder / layout.DATABASE, data_key, read_only=read_only) as db:
        if not (folder / layout.EVIDENCE).exists():
            yield Copy(place=folder, db=db, evidence=None)
            return
        with _connected(folder / layout.EVIDENCE, data_key, read_only=read_only) as evidence:
            yield Copy(place=folder, db=db, evidence=evidence)


@contextmanager
def _connected(file: Path, data_key: bytes, *, read_only: bool) -> "Iterator[Database]":
    connection = connect(file, data_key, read_only=read_only)
    try:
        yield database(connection)
    finally:
        connection.close()


def _audits(db: "Database") -> tuple[HeldAudit, ...]:
    """Return the audits that are not removed, from the heads: their table has changed its shape with time."""
    facilities = _fields(db, "facility", ("name",))
    answers = Counter(_answered(db))
    return tuple(
        HeldAudit(
            id=key,
            kind=str(fields.get("kind") or ""),
            title=str(fields.get("title") or ""),
            date=str(fields.get("date") or ""),
            facility=str(facilities.get(str(fields.get("facility")), {}).get("name") or ""),
            answers=answers[key],
        )
        for key, fields in _fields(db, "audit", _AUDIT_FIELDS).items()
        if fields.get("exists") is True
    )


def _answered(db: "Database") -> Iterator[str]:
    """Return the audit of each answer that has a value."""
    for key, fields in _fields(db, "answer", ("value",)).items():
        if fields.get("value") is not None:
            yield key.partition("/")[0]


def _fields(db: "Database", kind: str, names: tuple[str, ...]) -> dict[str, dict[str, Json]]:
    """Return some fields of the entities of a kind, by id; of two heads, the later one."""
    found: dict[str, dict[str, Json]] = {}
    marks = ", ".join("?" * len(names))
    rows = db.execute(
        f"SELECT entity, field, body FROM head WHERE entity > ? AND entity < ? AND field IN ({marks})"  # noqa: S608
        " ORDER BY at, op, i",
        (f"{kind}:", f"{kind};", *names),
    )
    for entity, field, body in rows:
        found.setdefault(entity.partition(":")[2], {})[field] = decode(body)
    return found
