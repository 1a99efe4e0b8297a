"""What the workspace remembers outside the journal: small texts by key, this copy's only."""

from typing import TYPE_CHECKING

from ivaudit.domain.journal import whole
from ivaudit.store.encryption import transaction, translated

if TYPE_CHECKING:
    from sqlite_utils import Database

MEMO = "memo:"
"""Prefix of what use cases remember, apart from what the store itself does."""

DEVICE = "device"
CLEAN = "clean_exit"


def remember(db: "Database", key: str, value: str) -> None:
    """Keep a text under a key."""
    with transaction(db):
        db.execute("INSERT OR REPLACE INTO meta VALUES(?, ?)", (key, whole(value)))


def recall(db: "Database", key: str) -> str | None:
    """Return the text kept under a key, or nothing."""
    with translated():
        row = db.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
    return str(row[0]) if row else None
