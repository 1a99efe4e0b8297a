"""Encrypted connections, and what the engine's errors mean to the user.

SQLCipher stands in for the standard `sqlite3` module: sqlite-utils officially prefers a module named
`pysqlite3`, and the errors it must catch are SQLCipher's, so the alias is laid before sqlite-utils is ever
imported. That import is late on purpose: it costs 0.2 s, and the unlock window does without.
"""

import errno
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, cast

import sqlcipher3
from sqlcipher3 import dbapi2 as engine

from ivaudit.domain.errors import BugError, CorruptFile, DiskFull, KnownError, ReadOnlyPlace, StorageFailing

if TYPE_CHECKING:
    import sqlite3

    from sqlite_utils import Database

KEY_BYTES = 32

OWNER_ONLY = 0o600
"""Mode of a database: made before the engine or a copy would make it readable by others."""

PAGE = 4096
"""Bytes of a page, SQLCipher's own choice."""

CHECKPOINT_PAGES = 2000
"""The engine folds a write-ahead log of 8 MB by itself; `Workspace.rest` does so earlier."""

PRAGMAS = (
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    "PRAGMA fullfsync = ON",
    "PRAGMA checkpoint_fullfsync = ON",
    f"PRAGMA wal_autocheckpoint = {CHECKPOINT_PAGES}",
)

_BASE_PRAGMAS = (
    "PRAGMA foreign_keys = ON",
    "PRAGMA busy_timeout = 5000",
    "PRAGMA trusted_schema = OFF",
    "PRAGMA cell_size_check = ON",
    "PRAGMA secure_delete = ON",
    "PRAGMA temp_store = MEMORY",
)

_DAMAGED = (
    "Le fichier des données est endommagé ou n'est pas celui de cette clé. Il n'a pas été modifié. "
    "Reprenez la dernière sauvegarde depuis l'écran d'ouverture ; gardez ce fichier de côté."
)
_READ_ONLY = (
    "Le dossier de travail ne peut pas être modifié (lecture seule, ou droits insuffisants). Rien n'a été "
    "perdu. Rendez-le modifiable, ou copiez-le entier sur un disque local puis ouvrez cette copie."
)
_FAILING = (
    "Le disque répond par une erreur : ce qui vient d'être demandé n'a pas pu être enregistré. Tout ce qui "
    "était marqué « Enregistré » est intact. Vérifiez le disque, faites une sauvegarde ailleurs, puis "
    "recommencez."
)
_BUSY = (
    "Un autre programme retient le fichier des données (antivirus, sauvegarde du poste…). "
    "Rien n'a été perdu. Réessayez dans un instant."
)

_MEANINGS: dict[str, Callable[[], KnownError]] = {
    "FULL": DiskFull,
    "CORRUPT": partial(CorruptFile, _DAMAGED),
    "NOTADB": partial(CorruptFile, _DAMAGED),
    "READONLY": partial(ReadOnlyPlace, _READ_ONLY),
    "CANTOPEN": partial(ReadOnlyPlace, _READ_ONLY),
    "PERM": partial(ReadOnlyPlace, _READ_ONLY),
    "IOERR": partial(StorageFailing, _FAILING),
    "BUSY": partial(StorageFailing, _BUSY),
    "LOCKED": partial(StorageFailing, _BUSY),
}


def connect(file: Path, key: bytes, *, create: bool = False, read_only: bool = False) -> engine.Connection:
    """Open an encrypted file with its raw key; wrong key and damage show when it is first read, here.

    Args:
        file: the database.
        key: the 32 bytes of the data key; never a passphrase, so that nothing typed is ever part of SQL.
        create: whether an absent file is made.
        read_only: for a finished file that nobody writes: not even side files are made.

    Raises:
        KnownError: what the engine answers, in the user's words.
    """
    if len(key) != KEY_BYTES:
        raise BugError("the data key is not 32 bytes long")
    mode = "rwc" if create else "ro&immutable=1" if read_only else "rw"
    with translated():
        if create:
            # Side files take the mode of their database.
            file.touch(mode=OWNER_ONLY)
        connection = engine.connect(f"{file.absolute().as_uri()}?mode={mode}", isolation_level=None, uri=True)
        try:
            # First, and before the key: the engine would write its complaints to the standard error stream.
            connection.execute("PRAGMA cipher_log_level = NONE")
            connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
            for pragma in _BASE_PRAGMAS if read_only else (*_BASE_PRAGMAS, *PRAGMAS):
                connection.execute(pragma)
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        except BaseException:
            connection.close()
            raise
        return connection


@dataclass(frozen=True, slots=True, kw_only=True)
class EngineVersions:
    """What the engine says of itself: its own version, that of SQLite, and who does the cryptography."""

    cipher: str
    sqlite: str
    provider: str


def engine_versions() -> EngineVersions:
    """Return the versions compiled in the engine, asked of a database in memory."""
    connection = engine.connect(":memory:")
    try:
        connection.execute(f"PRAGMA key = \"x'{'0' * 2 * KEY_BYTES}'\"")  # who does it is said once keyed
        asked = (
            "PRAGMA cipher_version",
            "PRAGMA cipher_provider",
            "PRAGMA cipher_provider_version",
            "SELECT sqlite_version()",
        )
        cipher, provider, version, sqlite = (str(connection.execute(each).fetchone()[0]) for each in asked)
    finally:
        connection.close()
    return EngineVersions(cipher=cipher, sqlite=sqlite, provider=f"{provider} : {version}")


def warm_up() -> None:
    """Import sqlite-utils ahead of time, on the engine chosen here: alone it would take the plain one."""
    _alias()
    import sqlite_utils  # noqa: F401, PLC0415 - 0.2 s that the unlock window must not wait for


def database(connection: engine.Connection) -> "Database":
    """Return the connection dressed by sqlite-utils, without the plug-ins it would look for."""
    _alias()
    from sqlite_utils import Database  # noqa: PLC0415 - 0.2 s that the unlock window must not wait for

    # The classes are unrelated but the interfaces are the same.
    return Database(cast("sqlite3.Connection", connection), execute_plugins=False, strict=True)


def open_database(file: Path, key: bytes, *, create: bool = False) -> "Database":
    """Open an encrypted file for reading and writing.

    Raises:
        KnownError: what the engine answers, in the user's words.
    """
    return database(connect(file, key, create=create))


@contextmanager
def transaction(db: "Database") -> Iterator[None]:
    """Do everything in the block or nothing; joins the transaction under way, if any.

    Raises:
        KnownError: what the engine answers, in the user's words.
    """
    with translated(), db.atomic():
        yield


@contextmanager
def translated() -> Iterator[None]:
    """Turn errors of the engine and of the file system into those the user can act on."""
    try:
        yield
    except engine.Error as error:
        raise known(error) or error from None
    except OSError as error:
        raise known(error) or error from None


def known(error: engine.Error | OSError) -> KnownError | None:
    """Return what an error means to the user, or nothing when it is our bug."""
    if isinstance(error, OSError):
        return _known_by_system(error)
    # Extended names (SQLITE_IOERR_WRITE…) begin with the plain one.
    plain = getattr(error, "sqlite_errorname", "").split("_")[1:2]
    found = _MEANINGS.get(plain[0]) if plain else None
    return found() if found else None


def _known_by_system(error: OSError) -> KnownError | None:
    if isinstance(error, FileNotFoundError):
        return None
    # Windows says «access denied» of a file that another program holds, and «invalid» of a drive that failed.
    match getattr(error, "winerror", None):
        case 32 | 33:
            return StorageFailing(_BUSY)
        case 21 | 23 | 483 | 1117 | 1167:
            return StorageFailing(_FAILING)
    if error.errno in {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}:
        return DiskFull()
    if error.errno in {errno.EROFS, errno.EACCES, errno.EPERM, errno.ENOTDIR}:
        return ReadOnlyPlace(_READ_ONLY)
    return StorageFailing(_FAILING) if error.errno == errno.EIO else None


def _alias() -> None:
    loaded = sys.modules.get("pysqlite3")
    if loaded is sqlcipher3:
        return
    if loaded is not None or "sqlite_utils" in sys.modules:
        raise BugError("sqlite-utils was imported before its engine was chosen")
    # In this order: another thread that finds the first goes on to import the second.
    sys.modules["pysqlite3.dbapi2"] = engine
    sys.modules["pysqlite3"] = sqlcipher3
