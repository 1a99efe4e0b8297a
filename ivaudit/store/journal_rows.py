"""Ops to rows and back."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any

from ivaudit.domain.journal import CHANGE_ID, DIGEST, Change, Head, Op, split

if TYPE_CHECKING:
    from sqlite_utils import Database

_SELECT = """
SELECT o.n, o.id, o.version, o.scope, o.prev, o.kind, o.author, o.device, o.at, o.reason, o.about,
       c.i, c.entity, c.field, c.base, c.digest, c.salt, c.body, {shown}
FROM op o LEFT JOIN change c ON c.op = o.id {withheld}
"""
_WITHHELD = "LEFT JOIN withheld w ON w.op = c.op AND w.i = c.i"
_OP_COLUMNS = 11


def read_ops(db: "Database", scope: str | None = None) -> Iterator[Op]:
    """Return the ops of a scope, or all of them, parents before children."""
    where, values = ("WHERE o.scope = ?", (scope,)) if scope is not None else ("", ())
    # A backup of before that table was there is read too, without being brought to date.
    later = has_withheld(db)
    select = _SELECT.format(shown="w.shown" if later else "NULL", withheld=_WITHHELD if later else "")
    rows = db.execute(f"{select} {where} ORDER BY o.n, c.i", values)
    for _, group in groupby(rows, key=lambda row: row[0]):
        yield _op(list(group))


def has_withheld(db: "Database") -> bool:
    """Tell whether a journal can name values that were left out of a bundle."""
    return db.execute("SELECT 1 FROM sqlite_master WHERE name = 'withheld'").fetchone() is not None


def insert_op(db: "Database", op: Op) -> None:
    """Add an op and its changes to the journal, and nothing to the caches."""
    insert_ops(db, (op,))


def insert_ops(db: "Database", ops: Iterable[Op]) -> None:
    """Add ops and their changes to the journal, parents first, and nothing to the caches."""
    listed = list(ops)
    db.conn.executemany(
        "INSERT INTO op(id, version, scope, prev, kind, author, device, at, reason, about)"
        " VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (
                op.id, op.version, op.scope, b"".join(op.prev), op.kind, op.author, op.device, op.at,
                op.reason, op.about,
            )
            for op in listed
        ],
    )  # fmt: skip
    db.conn.executemany(
        "INSERT INTO change(op, i, entity, field, base, digest, salt, body)"
        " VALUES(?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (
                op.id, index, change.entity, change.field, b"".join(change.base), change.digest,
                change.salt, change.body,
            )
            for op in listed
            for index, change in enumerate(op.changes)
        ],
    )  # fmt: skip


def read_heads(db: "Database", entity: str) -> dict[str, list[Head]]:
    """Return the heads of each field of an entity."""
    heads: dict[str, list[Head]] = {}
    rows = db.execute("SELECT field, op, i, at, author, body FROM head WHERE entity = ?", (entity,))
    for field, op, index, at, author, body in rows:
        heads.setdefault(field, []).append(Head(op=op, index=index, at=at, author=author, body=body))
    return heads


def _op(rows: Sequence[tuple[Any, ...]]) -> Op:
    _, identity, version, scope, prev, kind, author, device, at, reason, about = rows[0][:_OP_COLUMNS]
    return Op(
        id=identity,
        version=version,
        scope=scope,
        prev=split(prev, DIGEST),
        kind=kind,
        author=author,
        device=device,
        at=at,
        reason=reason,
        about=about,
        changes=tuple(_change(row[_OP_COLUMNS:]) for row in rows if row[_OP_COLUMNS] is not None),
    )


def _change(row: tuple[Any, ...]) -> Change:
    _, entity, field, base, digest, salt, body, shown = row
    bases = split(base, CHANGE_ID)
    return Change(entity=entity, field=field, base=bases, digest=digest, salt=salt, body=body, shown=shown)
