"""From an older file to today's: small steps frozen in time, each whole or not at all."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from ivaudit.domain.errors import CorruptFile, NewerFile
from ivaudit.store import caches, schema
from ivaudit.store.encryption import transaction, translated

if TYPE_CHECKING:
    from sqlite_utils import Database, Migrations

_SET = "ivaudit"
_CACHE_VERSION = "cache_version"


def m0001_journal(db: "Database") -> None:
    """Lay the journal, drafts, definitions, import batches and meta."""
    db.executescript(schema.JOURNAL)


def m0002_insi(db: "Database") -> None:
    """Lay the rows of monthly INSi files, each with the import batch that wrote it last."""
    db.executescript(schema.INSI)


def m0004_withheld(db: "Database") -> None:
    """Name the changes whose value was left out of the bundle they came in."""
    db.executescript(schema.WITHHELD)


STEPS: tuple[Callable[["Database"], None], ...] = (m0001_journal, m0002_insi, m0004_withheld)
"""In order, never edited once released; `user_version` is how many were applied."""


def check_version(db: "Database") -> None:
    """Refuse a file that is not a workspace, or that a newer program wrote.

    Raises:
        CorruptFile: another program's file.
        NewerFile: a newer version's file; it was not touched.
    """
    with translated():
        application = db.execute("PRAGMA application_id").fetchone()[0]
        applied = db.execute("PRAGMA user_version").fetchone()[0]
    if application != schema.APPLICATION_ID:
        raise CorruptFile(
            "Ce fichier n'est pas un dossier de travail d'ivaudit. Il n'a pas été modifié. "
            "Reprenez la dernière sauvegarde depuis l'écran d'ouverture."
        )
    if applied > len(STEPS):
        raise NewerFile(
            "Ce dossier de travail a été ouvert avec une version plus récente d'ivaudit. Il n'a pas été "
            "modifié : installez cette version pour l'ouvrir."
        )


def pending(db: "Database") -> bool:
    """Tell whether steps remain to be applied: a backup comes first."""
    return bool(db.execute("PRAGMA user_version").fetchone()[0] < len(STEPS))


def apply(db: "Database") -> None:
    """Bring the file to today's tables and guards, and fold the caches again if their shape changed.

    Raises:
        KnownError: what the engine answers; each step is whole or not at all.
    """
    with translated():
        _migrations().apply(db)
    if schema.missing_triggers(db):
        with transaction(db):
            schema.set_triggers(db)
    if not caches_of_today(db):
        _renew_caches(db)


def caches_of_today(db: "Database") -> bool:
    """Tell whether the caches were made for this version: others are folded again by `apply`."""
    row = db.execute("SELECT value FROM meta WHERE key = ?", (_CACHE_VERSION,)).fetchone()
    return row is not None and row[0] == schema.CACHE_VERSION


def _renew_caches(db: "Database") -> None:
    with transaction(db):
        schema.create_caches(db)
        caches.rebuild(db)
        db.execute("INSERT OR REPLACE INTO meta VALUES(?, ?)", (_CACHE_VERSION, schema.CACHE_VERSION))


def _migrations() -> "Migrations":
    from sqlite_utils import Migrations  # noqa: PLC0415 - after the alias of its engine, and after the first paint

    migrations = Migrations(_SET)
    for rank, step in enumerate(STEPS, start=1):
        migrations(name=step.__name__)(_numbered(rank, step))
    return migrations


def _numbered(rank: int, step: Callable[["Database"], None]) -> Callable[["Database"], None]:
    """Return the step that also says it was made, and leaves the guards in place, in its own transaction."""

    def whole(db: "Database") -> None:
        step(db)
        schema.set_triggers(db)
        db.execute(f"PRAGMA application_id = {schema.APPLICATION_ID}")
        db.execute(f"PRAGMA user_version = {rank}")

    return whole
