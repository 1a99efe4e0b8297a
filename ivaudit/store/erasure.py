"""Erasing values: salt and body go, digests stay, everywhere the value was copied."""

from typing import TYPE_CHECKING

from ivaudit.domain.errors import NotFound
from ivaudit.domain.journal import CHANGE_ID, ERASE, split, split_change_id
from ivaudit.store import caches, withheld
from ivaudit.store.encryption import translated

if TYPE_CHECKING:
    from sqlite_utils import Database

_SCRUB_DUE = "scrub_due"


def copies(db: "Database", op: bytes, index: int) -> tuple[tuple[bytes, int], ...]:
    """Return a change and the others of its field that hold the same value: it may have been typed twice.

    Raises:
        NotFound: there is no such change.
    """
    row = db.execute("SELECT entity, field, body FROM change WHERE op = ? AND i = ?", (op, index)).fetchone()
    if row is None:
        raise NotFound("Cette valeur n'est pas dans le journal de ce dossier de travail.")
    found = db.execute(
        "SELECT op, i FROM change WHERE entity = ? AND field = ? AND body = ? ORDER BY op, i", tuple(row)
    ).fetchall()
    return tuple(dict.fromkeys([(op, index), *found]))


def apply(db: "Database", about: bytes) -> tuple[tuple[str, str], ...]:
    """Erase the changes named and every copy with the same digest; inside a transaction.

    Args:
        db: the open workspace.
        about: ids of changes, joined.

    Returns:
        The (entity, field) where something was still there.
    """
    touched = dict.fromkeys(
        place for change in split(about, CHANGE_ID) if (place := _apply_one(db, change)) is not None
    )
    if touched:
        ask_scrub(db)
    for entity, field in touched:
        db.execute("DELETE FROM draft WHERE entity = ? AND field = ?", (entity, field))
    for entity in dict.fromkeys(entity for entity, _ in touched):
        caches.refresh(db, entity)
    return tuple(touched)


def apply_all(db: "Database") -> tuple[tuple[str, str], ...]:
    """Apply every erasure of the journal: after a merge, values erased elsewhere may have come, or stayed."""
    rows = db.execute("SELECT about FROM op WHERE kind = ?", (ERASE,)).fetchall()
    return tuple(dict.fromkeys(place for (about,) in rows for place in apply(db, about or b"")))


def erased_digests(db: "Database") -> set[bytes]:
    """Return the digests whose value the journal says was erased."""
    rows = db.execute("SELECT about FROM op WHERE kind = ?", (ERASE,)).fetchall()
    named = [split_change_id(change) for (about,) in rows for change in split(about or b"", CHANGE_ID)]
    select = "SELECT digest FROM change WHERE op = ? AND i = ?"
    return {row[0] for change in named if (row := db.execute(select, change).fetchone())}


def ask_scrub(db: "Database") -> None:
    """Ask for the next `scrub` to rewrite the pages; inside the transaction that erased something."""
    db.execute("INSERT OR REPLACE INTO meta VALUES(?, 'yes')", (_SCRUB_DUE,))


def scrub(db: "Database") -> None:
    """Leave no trace of erased values in the files: rewrite the pages, then empty the write-ahead log.

    `secure_delete` clears the cells that go, not the copies that balancing a page left behind (6 of 812 were
    still on the pages when this was tried). Does nothing when nothing was erased since the last time, or
    within a transaction: `Workspace.rest` or the next opening then does it.
    """
    due = "SELECT 1 FROM meta WHERE key = ?"
    with translated():
        if db.conn.in_transaction or db.execute(due, (_SCRUB_DUE,)).fetchone() is None:
            return
        db.conn.execute("VACUUM")
        db.execute("DELETE FROM meta WHERE key = ?", (_SCRUB_DUE,))
        db.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()


def _apply_one(db: "Database", change: bytes) -> tuple[str, str] | None:
    row = db.execute(
        "SELECT entity, field, digest FROM change WHERE op = ? AND i = ?", split_change_id(change)
    ).fetchone()
    if row is None:
        return None
    entity, field, _ = row
    forgotten = withheld.forget(db, *row)
    erased = db.execute(
        "UPDATE change SET salt = NULL, body = NULL"
        " WHERE entity = ? AND field = ? AND digest = ? AND body IS NOT NULL",
        tuple(row),
    ).rowcount
    db.execute(
        "UPDATE head SET body = NULL WHERE entity = ? AND field = ? AND body IS NOT NULL AND EXISTS"
        " (SELECT 1 FROM change c LEFT JOIN withheld w ON w.op = c.op AND w.i = c.i"
        " WHERE c.op = head.op AND c.i = head.i AND c.body IS NULL AND w.shown IS NULL)",
        (entity, field),
    )
    return (entity, field) if erased or forgotten else None
