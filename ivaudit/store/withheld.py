"""Values that a bundle left out: their digests are here, they are not, and nobody erased them.

Whoever sends a part of an audit, or the register without its references, keeps the ops whole and leaves
values out: ids and seals still verify. Such a field cannot be written over, since nobody here knows what it
says; a bundle that brings the value fills it.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from ivaudit.domain.errors import CorruptFile
from ivaudit.domain.journal import Op, change_id, digest, split_change_id
from ivaudit.store.encryption import translated
from ivaudit.store.journal_rows import has_withheld

if TYPE_CHECKING:
    from sqlite_utils import Database

_WRONG = (
    "Une valeur qui manquait ici ne correspond pas à son empreinte. Rien n'a été ajouté à votre dossier de "
    "travail : demandez le fichier à nouveau."
)


def keep(db: "Database", changes: Mapping[bytes, str | None]) -> None:
    """Name changes whose value was left out, with what stands in for it; inside a transaction.

    Args:
        db: the open workspace.
        changes: by their ids, the body without what was left out, nothing where nothing may be known.
    """
    rows = [(*split_change_id(change), shown) for change, shown in changes.items()]
    db.conn.executemany("INSERT OR IGNORE INTO withheld VALUES(?, ?, ?)", rows)


def forget(db: "Database", entity: str, field: str, erased: bytes) -> bool:
    """Forget what was left out and is now erased, by its digest; tell whether there was any."""
    rows = db.execute(
        "DELETE FROM withheld WHERE EXISTS (SELECT 1 FROM change c WHERE c.op = withheld.op"
        " AND c.i = withheld.i AND c.entity = ? AND c.field = ? AND c.digest = ?)",
        (entity, field, erased),
    )
    return bool(rows.rowcount)


def fill(db: "Database", op: Op) -> tuple[tuple[str, str], ...]:
    """Take from an op that is known the values withheld here; inside a transaction.

    Returns:
        The (entity, field) that were filled.

    Raises:
        CorruptFile: a value is not what its digest says.
    """
    rows = db.execute(
        "SELECT w.i, c.digest FROM withheld w JOIN change c USING(op, i) WHERE w.op = ?", (op.id,)
    ).fetchall()
    filled: dict[tuple[str, str], None] = {}
    for index, known in rows:
        change = op.changes[index] if index < len(op.changes) else None
        if change is None or change.salt is None or change.body is None:
            continue
        if digest(change.salt, change.body) != known:
            raise CorruptFile(_WRONG)
        values = (change.salt, change.body, op.id, index)
        db.execute("UPDATE change SET salt = ?, body = ? WHERE op = ? AND i = ?", values)
        db.execute("UPDATE head SET body = ? WHERE op = ? AND i = ?", values[1:])
        db.execute("DELETE FROM withheld WHERE op = ? AND i = ?", (op.id, index))
        filled[change.entity, change.field] = None
    return tuple(filled)


@translated()
def changes(db: "Database") -> frozenset[bytes]:
    """Return the ids of the changes whose value was left out."""
    if not has_withheld(db):
        return frozenset()
    return frozenset(change_id(op, index) for op, index in db.execute("SELECT op, i FROM withheld"))
