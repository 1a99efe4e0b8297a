"""Databases without a workspace around them, and the shapes that caches had in the past."""

from typing import TYPE_CHECKING

from sqlcipher3 import dbapi2 as engine

from ivaudit.store import migrations
from ivaudit.store.encryption import database

if TYPE_CHECKING:
    from sqlite_utils import Database


CACHES_1 = """
CREATE TABLE audit(
  id TEXT PRIMARY KEY, present INTEGER NOT NULL, facility TEXT NOT NULL, kind TEXT NOT NULL,
  title TEXT NOT NULL, date TEXT NOT NULL, state TEXT NOT NULL, checklists TEXT NOT NULL,
  appreciation TEXT NOT NULL, strengths TEXT NOT NULL, priorities TEXT NOT NULL, created TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE answer(
  audit TEXT NOT NULL, subject TEXT NOT NULL, criterion TEXT NOT NULL, value TEXT, review INTEGER NOT NULL,
  constat TEXT NOT NULL, note TEXT NOT NULL, na_reason TEXT NOT NULL, awaiting TEXT NOT NULL,
  means TEXT NOT NULL, conflict INTEGER NOT NULL, author TEXT NOT NULL, at TEXT NOT NULL,
  PRIMARY KEY(audit, subject, criterion)
) STRICT, WITHOUT ROWID;
"""
"""The tables of audits and answers of cache version 1, before an answer could wait to be confirmed."""


def with_caches_1(db: "Database") -> None:
    """Give a database the caches of version 1, as a program of that time left them."""
    later = {"audit": "source", "answer": "carried"}
    kept = {
        table: ", ".join(column.name for column in db[table].columns if column.name != column_of_2)
        for table, column_of_2 in later.items()
    }
    for table in kept:
        db.execute(f"ALTER TABLE {table} RENAME TO {table}_now")
    db.executescript(CACHES_1)
    for table, columns in kept.items():
        db.execute(f"INSERT INTO {table} SELECT {columns} FROM {table}_now")  # noqa: S608 - names of ours
        db.execute(f"DROP TABLE {table}_now")
    db.execute("UPDATE meta SET value = '1' WHERE key = 'cache_version'")


def in_memory() -> "Database":
    """Return an empty journal kept nowhere."""
    db = database(engine.connect(":memory:", isolation_level=None))
    migrations.apply(db)
    return db
