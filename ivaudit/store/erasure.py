"""Erasing values: salt and body go, digests stay, everywhere the value was copied."""

from typing import TYPE_CHECKING

from ivaudit.domain import scopes
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


def apply(db: "Database", scope: str, about: bytes) -> tuple[tuple[str, str], ...]:
    """Erase the changes named and every copy with the same digest; inside a transaction.

    Args:
        db: the open workspace.
        scope: that of the op which erases: what it names elsewhere stays.
        about: ids of changes, joined.

    Returns:
        The (entity, field) where something was still there.
    """
    touched = dict.fromkeys(
        place for change in split(about, CHANGE_ID) if (place := _apply_one(db, scope, change)) is not None
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
    rows = db.execute("SELECT scope, about FROM op WHERE kind = ?", (ERASE,)).fetchall()
    return tuple(dict.fromkeys(place for scope, about in rows for place in apply(db, scope, about or b"")))


def erased_digests(db: "Database") -> set[bytes]:
    """Return the digests whose value the journal says was erased."""
    rows = db.execute("SELECT scope, about FROM op WHERE kind = ?", (ERASE,)).fetchall()
    named = [(scope, change) for scope, about in rows for change in split(about or b"", CHANGE_ID)]
    return {found[2] for each in named if (found := _named(db, *each)) is not None}


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


def _named(db: "Database", scope: str, change: bytes) -> tuple[str, str, bytes] | None:
    """Return entity, field and digest of a change that an op of a scope may erase, nothing for any other.

    What comes in the scope of one audit from elsewhere erases nothing of another.
    """
    row = db.execute(
        "SELECT c.entity, c.field, c.digest, o.scope FROM change c JOIN op o ON o.id = c.op"
        " WHERE c.op = ? AND c.i = ?",
        split_change_id(change),
    ).fetchone()
    if row is None or (row[3] != scope and scopes.travels(scope)):
        return None
    return row[0], row[1], row[2]


def _apply_one(db: "Database", scope: str, change: bytes) -> tuple[str, str] | None:
    row = _named(db, scope, change)
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
