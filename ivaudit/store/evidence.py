"""Pictures and files kept as evidence: a database of its own beside the journal, under the same key.

A body is found by the SHA-256 of its bytes and kept once. It is durable before the gesture that names it is
recorded; one whose gesture never came is forgotten the next time the database is opened. Bodies live apart
from the journal so that answers never wait behind photographs, nor backups copy them when none is new.
"""

import hashlib
import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, cast

from ivaudit.domain.errors import CorruptFile, NewerFile, NotFound
from ivaudit.store import evidence_check, evidence_rows, layout
from ivaudit.store.encryption import database, open_database, transaction, translated

if TYPE_CHECKING:
    from sqlcipher3 import dbapi2 as engine
    from sqlite_utils import Database

APPLICATION_ID = 0x69767072
"""«ivpr», in the header of the file."""
VERSION = 1

TABLES = """
CREATE TABLE picture(
  sha BLOB PRIMARY KEY, media TEXT NOT NULL, width INTEGER NOT NULL, height INTEGER NOT NULL,
  body BLOB NOT NULL
) STRICT;
CREATE TABLE thumbnail(sha BLOB PRIMARY KEY, body BLOB NOT NULL) STRICT;
CREATE TABLE pending(sha BLOB PRIMARY KEY) STRICT, WITHOUT ROWID;
CREATE TABLE meta(key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
"""

_STATE = "state"
_SCRUB_DUE = "scrub_due"
_BATCH = 200
_NAMED = "SELECT body FROM change WHERE entity >= 'evidence:' AND entity < 'evidence;' AND field = ?"


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """What is kept: its bytes, of what kind they are, and for a picture its size and its thumbnail."""

    body: bytes
    media: str
    width: int = 0
    height: int = 0
    thumbnail: bytes = b""

    @property
    def digest(self) -> str:
        """Return the SHA-256 of the bytes, in hexadecimal."""
        return hashlib.sha256(self.body).hexdigest()


class EvidenceStore:
    """The bodies of one open workspace; on the thread that opened it.

    Args:
        folder: the workspace.
        key: its data key.
        journal: the database of the journal, read to know what is named.
    """

    def __init__(self, folder: Path, key: bytes, journal: "Database") -> None:
        self._journal = journal
        self.db = _opened(folder / layout.EVIDENCE, key)
        try:
            self._settle_left_over()
        except BaseException:
            self.db.close()
            raise

    def close(self) -> None:
        """Fold the write-ahead log into the file and close it."""
        try:
            self.rest()
        finally:
            self.db.close()

    def rest(self) -> None:
        """Do what can wait: leave no trace of what was erased, fold the write-ahead log.

        Raises:
            KnownError: what the engine answers; nothing kept is lost.
        """
        self._scrub()
        with translated():
            self.db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()

    # -- keeping

    def put(self, bodies: Sequence[Body]) -> tuple[str, ...]:
        """Keep bodies, each once, durably, and return their digests; `settle` follows the gesture about them.

        Raises:
            KnownError: full or failing disk; nothing more is kept than before.
        """
        digests = tuple(each.digest for each in bodies)
        with transaction(self.db):
            for digest, each in zip(digests, bodies, strict=True):
                self._put(bytes.fromhex(digest), each)
            self._renew_state()
        return digests

    def settle(self, digests: Iterable[str]) -> None:
        """Say that a gesture on disk names these bodies."""
        with transaction(self.db):
            for digest in digests:
                self.db.execute("DELETE FROM pending WHERE sha = ?", (bytes.fromhex(digest),))

    def erase(self, digests: Iterable[str]) -> None:
        """Erase bodies for good; whoever asks made sure that no other evidence needs them.

        Raises:
            KnownError: what the disk answers; what is left is erased the next time the workspace is opened.
        """
        with transaction(self.db):
            for digest in digests:
                self._forget(bytes.fromhex(digest))
            self.db.execute("INSERT OR REPLACE INTO meta VALUES(?, 'yes')", (_SCRUB_DUE,))
            self._renew_state()
        self._scrub()

    # -- reading

    @translated()
    def get(self, digest: str) -> Body:
        """Return what is kept under a digest, without its thumbnail.

        Raises:
            NotFound: nothing is, or no more.
        """
        row = self.db.execute(
            "SELECT body, media, width, height FROM picture WHERE sha = ?", (bytes.fromhex(digest),)
        ).fetchone()
        if row is None:
            raise NotFound("Cette image n'est pas, ou plus, dans le dossier de travail.")
        return Body(body=row[0], media=row[1], width=row[2], height=row[3])

    @translated()
    def thumbnails(self, digests: Sequence[str]) -> dict[str, bytes]:
        """Return the thumbnails there are, by digest: a few at a time."""
        found: dict[str, bytes] = {}
        for start in range(0, len(digests), _BATCH):
            shas = [bytes.fromhex(each) for each in digests[start : start + _BATCH]]
            marks = ", ".join("?" * len(shas))
            rows = self.db.execute(f"SELECT sha, body FROM thumbnail WHERE sha IN ({marks})", shas)  # noqa: S608
            found.update({sha.hex(): body for sha, body in rows})
        return found

    @translated()
    def state(self) -> str:
        """Return what changes whenever something is kept or erased: equal states are equal contents."""
        return _state(self.db)

    @translated()
    def digests(self) -> frozenset[str]:
        """Return the digests of everything that is kept."""
        return frozenset(sha.hex() for (sha,) in self.db.execute("SELECT sha FROM picture"))

    def problems(self) -> tuple[str, ...]:
        """Return what is wrong with the file, its bodies, and what the journal names, in French."""
        return evidence_check.problems(self.db, self._journal)

    # -- parts

    def _put(self, sha: bytes, body: Body) -> None:
        known = self.db.execute("SELECT 1 FROM picture WHERE sha = ?", (sha,)).fetchone()
        if known is not None:
            return
        self.db.execute(
            "INSERT INTO picture VALUES(?, ?, ?, ?, ?)", (sha, body.media, body.width, body.height, body.body)
        )
        if body.thumbnail:
            self.db.execute("INSERT OR REPLACE INTO thumbnail VALUES(?, ?)", (sha, body.thumbnail))
        self.db.execute("INSERT OR REPLACE INTO pending VALUES(?)", (sha,))

    def _forget(self, sha: bytes) -> None:
        for table in ("picture", "thumbnail", "pending"):
            self.db.execute(f"DELETE FROM {table} WHERE sha = ?", (sha,))  # noqa: S608 - a name of ours

    def _renew_state(self) -> None:
        self.db.execute("INSERT OR REPLACE INTO meta VALUES(?, ?)", (_STATE, secrets.token_hex(8)))

    @translated()
    def _settle_left_over(self) -> None:
        """Finish what a sudden stop left: bodies that no gesture names, bodies that the journal erased."""
        pending = {sha.hex() for (sha,) in self.db.execute("SELECT sha FROM pending")}
        named: set[str] = self._named() if pending else set()
        erased = evidence_rows.erased(self._journal)
        if gone := (pending - named) | (erased & self.digests() if erased else erased):
            self.erase(gone)
        if pending & named:
            self.settle(pending & named)
        self._scrub()

    def _named(self) -> set[str]:
        """Return every digest that the journal ever named: an undo may bring it back."""
        from ivaudit.domain.journal import decode  # noqa: PLC0415 - needed after a sudden stop only

        single = (decode(body) for (body,) in self._journal.execute(_NAMED, ("digest",)))
        several = (decode(body) for (body,) in self._journal.execute(_NAMED, ("pages",)))
        lists = (each for each in several if isinstance(each, list))
        return {str(each) for each in single if each} | {str(each) for pages in lists for each in pages}

    def _scrub(self) -> None:
        """Rewrite the pages and empty the log: clearing a row leaves copies of its beginning behind."""
        with translated():
            due = self.db.execute("SELECT 1 FROM meta WHERE key = ?", (_SCRUB_DUE,)).fetchone()
            if due is None or self.db.conn.in_transaction:
                return
            self.db.conn.execute("VACUUM")
            self.db.execute("DELETE FROM meta WHERE key = ?", (_SCRUB_DUE,))
            self.db.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()


def lay(file: Path, key: bytes) -> None:
    """Make an empty database of evidence, folded and closed.

    Raises:
        KnownError: what the disk answers.
    """
    db = _opened(file, key)
    try:
        with translated():
            db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    finally:
        db.close()


def check_version(connection: "engine.Connection") -> None:
    """Refuse a file that is no database of evidence, or that a newer program wrote.

    Raises:
        CorruptFile: another program's file.
        NewerFile: a newer version's file; it was not touched.
    """
    with translated():
        application = connection.execute("PRAGMA application_id").fetchone()[0]
        version = connection.execute("PRAGMA user_version").fetchone()[0]
    if application != APPLICATION_ID:
        raise CorruptFile(
            "Le fichier des preuves n'est pas celui d'ivaudit. Il n'a pas été modifié. "
            "Reprenez la dernière sauvegarde depuis l'écran d'ouverture."
        )
    if version > VERSION:
        raise NewerFile(
            "Ce dossier de travail a été ouvert avec une version plus récente d'ivaudit. Il n'a pas été "
            "modifié : installez cette version pour l'ouvrir."
        )


def state_of(connection: "engine.Connection") -> str:
    """Return the state of a database of evidence that is open elsewhere."""
    with translated():
        return _state(database(connection))


def _opened(file: Path, key: bytes) -> "Database":
    """Open the database of evidence, made if it is missing or never was finished."""
    fresh = not file.exists()
    db = open_database(file, key, create=fresh)
    try:
        with translated():
            laid = db.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
        if not laid:
            _lay(db)
        check_version(cast("engine.Connection", db.conn))
    except BaseException:
        db.close()
        raise
    return db


def _lay(db: "Database") -> None:
    with transaction(db):
        for statement in filter(str.strip, TABLES.split(";")):
            db.execute(statement)
        db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        db.execute(f"PRAGMA user_version = {VERSION}")


def _state(db: "Database") -> str:
    row = db.execute("SELECT value FROM meta WHERE key = ?", (_STATE,)).fetchone()
    return str(row[0]) if row else ""
