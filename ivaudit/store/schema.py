"""Tables of the workspace: what is frozen for ever, what is a cache of it, and the guards on the first."""

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database

APPLICATION_ID = 0x69766175
"""«ivau», in the header of the file."""

JOURNAL = """
CREATE TABLE op(
  n INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE, version INTEGER NOT NULL, scope TEXT NOT NULL,
  prev BLOB NOT NULL, kind TEXT NOT NULL, author TEXT NOT NULL, device TEXT NOT NULL, at TEXT NOT NULL,
  reason TEXT, about BLOB
) STRICT;
CREATE INDEX op_erasures ON op(n) WHERE kind = 'effacer';
CREATE TABLE change(
  op BLOB NOT NULL REFERENCES op(id), i INTEGER NOT NULL, entity TEXT NOT NULL, field TEXT NOT NULL,
  base BLOB NOT NULL, digest BLOB NOT NULL, salt BLOB, body TEXT, PRIMARY KEY(op, i)
) STRICT, WITHOUT ROWID;
CREATE INDEX change_by_field ON change(entity, field);
CREATE TABLE draft(
  entity TEXT NOT NULL, field TEXT NOT NULL, scope TEXT NOT NULL, body TEXT NOT NULL, at TEXT NOT NULL,
  alert INTEGER NOT NULL DEFAULT 0, PRIMARY KEY(entity, field)
) STRICT, WITHOUT ROWID;
CREATE TABLE definition(
  sha BLOB PRIMARY KEY, kind TEXT NOT NULL, id TEXT NOT NULL, version TEXT NOT NULL, body TEXT NOT NULL
) STRICT;
CREATE TABLE batch(
  id TEXT PRIMARY KEY, kind TEXT NOT NULL, source_sha BLOB NOT NULL, rows INTEGER NOT NULL,
  at TEXT NOT NULL, op BLOB NOT NULL REFERENCES op(id)
) STRICT;
CREATE TABLE meta(key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
"""
"""Never transformed: `op` and `change` are what the digests are computed on."""

WITHHELD = """
CREATE TABLE withheld(
  op BLOB NOT NULL, i INTEGER NOT NULL, shown TEXT, PRIMARY KEY(op, i)
) STRICT, WITHOUT ROWID;
"""
"""Changes whose value whoever sent them left out: neither here nor erased; a later bundle may bring it.

`shown` is what stands in for it, without what was left out.
"""

INSI = """
CREATE TABLE insi_row(
  channel TEXT NOT NULL, month TEXT NOT NULL, finess TEXT NOT NULL, name TEXT NOT NULL,
  department TEXT NOT NULL, category TEXT NOT NULL, calls INTEGER, retrievals INTEGER, checks INTEGER,
  users INTEGER, batch TEXT NOT NULL REFERENCES batch(id), PRIMARY KEY(channel, month, finess)
) STRICT, WITHOUT ROWID;
CREATE INDEX insi_row_called ON insi_row(finess, month) WHERE calls IS NULL OR calls > 0;
"""
"""Bulk data nobody edits by hand: outside the journal, one op records each batch."""

JOURNAL_TABLES = ("op", "change", "draft", "definition", "batch", "meta")

CACHE_VERSION = "7"
"""Raised with any change below: the caches are then dropped and folded again when a workspace is opened."""

CACHES = """
CREATE TABLE tip(scope TEXT NOT NULL, op BLOB NOT NULL, PRIMARY KEY(scope, op)) STRICT, WITHOUT ROWID;
CREATE TABLE head(
  entity TEXT NOT NULL, field TEXT NOT NULL, op BLOB NOT NULL, i INTEGER NOT NULL, at TEXT NOT NULL,
  author TEXT NOT NULL, body TEXT, PRIMARY KEY(entity, field, op, i)
) STRICT, WITHOUT ROWID;
CREATE TABLE facility(
  id TEXT PRIMARY KEY, present INTEGER NOT NULL, name TEXT NOT NULL, finess_ej TEXT NOT NULL,
  finess_et TEXT NOT NULL, category TEXT NOT NULL, setting TEXT NOT NULL, city TEXT NOT NULL,
  profile TEXT NOT NULL, fields TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE audit(
  id TEXT PRIMARY KEY, present INTEGER NOT NULL, facility TEXT NOT NULL, kind TEXT NOT NULL,
  title TEXT NOT NULL, date TEXT NOT NULL, state TEXT NOT NULL, checklists TEXT NOT NULL,
  appreciation TEXT NOT NULL, strengths TEXT NOT NULL, priorities TEXT NOT NULL, created TEXT NOT NULL,
  source TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE answer(
  audit TEXT NOT NULL, subject TEXT NOT NULL, criterion TEXT NOT NULL, value TEXT, review INTEGER NOT NULL,
  constat TEXT NOT NULL, note TEXT NOT NULL, na_reason TEXT NOT NULL, awaiting TEXT NOT NULL,
  means TEXT NOT NULL, conflict INTEGER NOT NULL, author TEXT NOT NULL, at TEXT NOT NULL,
  carried TEXT NOT NULL,
  PRIMARY KEY(audit, subject, criterion)
) STRICT, WITHOUT ROWID;
CREATE TABLE form_value(
  entity TEXT NOT NULL, field TEXT NOT NULL, value TEXT NOT NULL, PRIMARY KEY(entity, field)
) STRICT, WITHOUT ROWID;
CREATE TABLE record(
  kind TEXT NOT NULL, owner TEXT NOT NULL, id TEXT NOT NULL, present INTEGER NOT NULL, fields TEXT NOT NULL,
  conflict INTEGER NOT NULL, created TEXT NOT NULL, PRIMARY KEY(kind, owner, id)
) STRICT, WITHOUT ROWID;
CREATE TABLE anomaly(
  id TEXT PRIMARY KEY, present INTEGER NOT NULL, number TEXT NOT NULL, kind TEXT NOT NULL,
  type TEXT NOT NULL, facility TEXT NOT NULL, unit TEXT NOT NULL, application TEXT NOT NULL,
  step TEXT NOT NULL, channel TEXT NOT NULL, state TEXT NOT NULL, awaited TEXT NOT NULL,
  since TEXT NOT NULL, waited INTEGER NOT NULL, worked INTEGER NOT NULL,
  severity INTEGER NOT NULL, potential INTEGER NOT NULL,
  found TEXT NOT NULL, known TEXT NOT NULL, due TEXT NOT NULL, ended TEXT NOT NULL, cases INTEGER NOT NULL,
  shareable INTEGER NOT NULL, facts TEXT NOT NULL, reported TEXT NOT NULL, born_of TEXT NOT NULL,
  conflict INTEGER NOT NULL, created TEXT NOT NULL
) STRICT;
CREATE TABLE anomaly_text(entity TEXT PRIMARY KEY, folded TEXT NOT NULL) STRICT;
CREATE INDEX anomaly_number ON anomaly(number);
CREATE INDEX anomaly_alike ON anomaly(type, facility, found, state, cases, unit, application)
  WHERE present = 1;
CREATE INDEX anomaly_to_report ON anomaly(facts, known) WHERE present = 1 AND facts <> '';
CREATE TABLE anomaly_key(
  entity TEXT NOT NULL, key TEXT NOT NULL, PRIMARY KEY(entity, key)
) STRICT, WITHOUT ROWID;
CREATE INDEX anomaly_by_key ON anomaly_key(key);
"""

CACHE_TABLES = (
    "tip",
    "head",
    "facility",
    "audit",
    "answer",
    "form_value",
    "record",
    "anomaly",
    "anomaly_text",
    "anomaly_key",
)

TRIGGERS = {
    "op_fixed": "CREATE TRIGGER op_fixed BEFORE UPDATE ON op "
    "BEGIN SELECT RAISE(ABORT, 'ops are immutable'); END",
    "op_kept": "CREATE TRIGGER op_kept BEFORE DELETE ON op "
    "BEGIN SELECT RAISE(ABORT, 'ops are immutable'); END",
    "change_kept": "CREATE TRIGGER change_kept BEFORE DELETE ON change "
    "BEGIN SELECT RAISE(ABORT, 'changes are immutable'); END",
    "change_fixed": "CREATE TRIGGER change_fixed BEFORE UPDATE ON change "
    "WHEN NOT (NEW.op = OLD.op AND NEW.i = OLD.i AND NEW.entity = OLD.entity AND NEW.field = OLD.field "
    "AND NEW.base = OLD.base AND NEW.digest = OLD.digest AND ("
    "(NEW.body IS NULL AND NEW.salt IS NULL) OR (OLD.body IS NULL AND OLD.salt IS NULL "
    "AND EXISTS (SELECT 1 FROM withheld w WHERE w.op = OLD.op AND w.i = OLD.i)))) "
    "BEGIN SELECT RAISE(ABORT, 'only an erasure, or what was withheld, changes a change'); END",
}
"""Guards of the journal: they let a value be erased, or one that was withheld come in, and nothing else."""


def create_caches(db: "Database") -> None:
    """Make the caches anew, empty; inside a transaction."""
    for table in CACHE_TABLES:
        db.execute(f"DROP TABLE IF EXISTS {table}")
    db.executescript(CACHES)


def set_triggers(db: "Database") -> None:
    """Make the guards anew: sqlite-utils' `transform` drops those of the tables it rewrites."""
    for name, sql in TRIGGERS.items():
        db.execute(f"DROP TRIGGER IF EXISTS {name}")
        db.execute(sql)


def missing_triggers(db: "Database") -> tuple[str, ...]:
    """Return the names of the guards that are absent or not what they should be."""
    found = dict(db.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall())
    return tuple(name for name, sql in TRIGGERS.items() if found.get(name) != sql)


def misshapen_caches(db: "Database") -> tuple[str, ...]:
    """Return the names of the tables and indexes of the caches that are absent or not what they should be."""
    found = dict(
        db.execute("SELECT name, sql FROM sqlite_master WHERE type IN ('table', 'index')").fetchall()
    )
    wanted = [statement.strip() for statement in CACHES.split(";") if statement.strip()]
    names = {re.split(r"[( ]", sql, maxsplit=3)[2]: sql for sql in wanted}
    return tuple(name for name, sql in names.items() if found.get(name) != sql)


def missing_tables(db: "Database") -> tuple[str, ...]:
    """Return the names of the tables of the journal that are absent: nothing can stand in for them."""
    found = {name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    return tuple(name for name in JOURNAL_TABLES if name not in found)
