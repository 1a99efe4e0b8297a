"""The journal as it stands at one moment, read beside the session through connections of its own."""

from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ivaudit.domain.journal import Json, Op, decode
from ivaudit.store import layout, scope_rows
from ivaudit.store.encryption import open_database, translated
from ivaudit.store.journal_rows import read_ops

if TYPE_CHECKING:
    from sqlite_utils import Database


@dataclass(frozen=True, slots=True, kw_only=True)
class ScopeState:
    """A scope: how many ops it has, and its tips, sorted."""

    scope: str
    ops: int
    tips: tuple[bytes, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptPicture:
    """A picture or file kept as evidence."""

    sha: str
    media: str
    width: int
    height: int
    body: bytes


class Snapshot:
    """Reads one moment of a workspace; made by `snapshot`."""

    def __init__(self, db: "Database", evidence: "Database | None") -> None:
        self._db = db
        self._evidence = evidence

    def scope(self, name: str) -> ScopeState:
        """Return how far a scope has come."""
        ops, tips = scope_rows.gestures(self._db, name), scope_rows.tips(self._db, name)
        return ScopeState(scope=name, ops=ops, tips=tips)

    def ops(self, scope: str) -> Iterator[Op]:
        """Return the ops of a scope, parents first."""
        with translated():
            yield from read_ops(self._db, scope)

    def withholds(self, scope: str) -> bool:
        """Tell whether this copy itself lacks values of a scope that whoever sent them left out."""
        return scope_rows.lacks_values(self._db, scope)

    @translated()
    def definition(self, sha: str) -> tuple[str, str, str, str] | None:
        """Return kind, id, version and body of a definition, nothing when it is not there."""
        select = "SELECT kind, id, version, body FROM definition WHERE sha = ?"
        row = self._db.execute(select, (bytes.fromhex(sha),)).fetchone()
        return (row[0], row[1], row[2], row[3]) if row else None

    @translated()
    def definitions(self) -> tuple[tuple[str, str, str, str], ...]:
        """Return kind, id, version and body of every definition."""
        return tuple(self._db.execute("SELECT kind, id, version, body FROM definition"))

    @translated()
    def entities(self) -> tuple[str, ...]:
        """Return the names of everything that has a field."""
        return tuple(row[0] for row in self._db.execute("SELECT DISTINCT entity FROM head ORDER BY entity"))

    @translated()
    def values(self, entity: str) -> tuple[dict[str, Json], str]:
        """Return the present values of an entity, the last of a conflict, and its scope."""
        rows = self._db.execute(
            "SELECT h.field, h.body, o.scope FROM head h JOIN op o ON o.id = h.op"
            " WHERE h.entity = ? ORDER BY h.at, h.op, h.i",
            (entity,),
        ).fetchall()
        return {name: decode(body) for name, body, _ in rows if body is not None}, rows[-1][2]

    @translated()
    def value(self, entity: str, field: str) -> Json:
        """Return the present value of a field, the last of a conflict."""
        select = "SELECT body FROM head WHERE entity = ? AND field = ? ORDER BY at DESC, op DESC, i DESC"
        row = self._db.execute(select, (entity, field)).fetchone()
        return decode(row[0]) if row else None

    @translated()
    def held(self, shas: Iterable[str]) -> tuple[str, ...]:
        """Return those of the digests whose picture is kept, in their order."""
        select = "SELECT 1 FROM picture WHERE sha = ?"
        wanted = tuple(shas) if self._evidence is not None else ()
        return tuple(sha for sha in wanted if self._picture(select, sha) is not None)

    @translated()
    def picture(self, sha: str) -> KeptPicture | None:
        """Return a picture, nothing when it is not kept."""
        row = self._picture("SELECT media, width, height, body FROM picture WHERE sha = ?", sha)
        if row is None:
            return None
        media, width, height, body = row
        return KeptPicture(sha=sha, media=media, width=width, height=height, body=body)

    def _picture(self, select: str, sha: str) -> tuple[str, int, int, bytes] | None:
        if self._evidence is None:
            return None
        row: tuple[str, int, int, bytes] | None = self._evidence.execute(
            select, (bytes.fromhex(sha),)
        ).fetchone()
        return row


@contextmanager
def snapshot(folder: Path, key: bytes) -> Iterator[Snapshot]:
    """Hold one moment of a workspace, from any thread, while it is used.

    Args:
        folder: the workspace.
        key: its data key.

    Raises:
        KnownError: what the engine answers.
    """
    file = folder / layout.EVIDENCE
    with closing(open_database(folder / layout.DATABASE, key)) as db:
        evidence = open_database(file, key) if file.exists() else None
        try:
            with translated():
                # The first reading fixes the moment.
                db.conn.execute("BEGIN")
                db.execute("SELECT 1 FROM op LIMIT 1").fetchone()
            yield Snapshot(db, evidence)
        finally:
            db.conn.rollback()
            if evidence is not None:
                evidence.close()
