"""Databases without a workspace around them."""

from typing import TYPE_CHECKING

from sqlcipher3 import dbapi2 as engine

from ivaudit.store import migrations
from ivaudit.store.encryption import database

if TYPE_CHECKING:
    from sqlite_utils import Database


def in_memory() -> "Database":
    """Return an empty journal kept nowhere."""
    db = database(engine.connect(":memory:", isolation_level=None))
    migrations.apply(db)
    return db
