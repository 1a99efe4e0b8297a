"""Adding ops to the journal: the one just made, or those of another copy.

Merging is the union of two sets of ops, each added after its parents: idempotent, in any order, the same on
both sides. What comes from elsewhere is checked whole before any of it counts.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ivaudit.domain.errors import CorruptFile, NewerFile
from ivaudit.domain.journal import (
    CHANGE_ID,
    DIGEST,
    ERASE,
    VERSION,
    Op,
    decode,
    encode,
    op_problem,
    split_change_id,
)
from ivaudit.store import caches, erasure
from ivaudit.store.journal_rows import insert_op

if TYPE_CHECKING:
    from sqlite_utils import Database


@dataclass(frozen=True, slots=True, kw_only=True)
class MergeReport:
    """What a merge brought: ops added, ops known already, fields erased, fields now in conflict."""

    added: int
    known: int
    erased: tuple[tuple[str, str], ...]
    conflicts: tuple[tuple[str, str], ...]
    touched: tuple[tuple[str, str], ...]


def add(db: "Database", op: Op) -> None:
    """Add an op with the tips and heads it makes; inside a transaction, once its parents are there."""
    insert_op(db, op)
    for tip in op.prev:
        db.execute("DELETE FROM tip WHERE scope = ? AND op = ?", (op.scope, tip))
    db.execute("INSERT INTO tip VALUES(?, ?)", (op.scope, op.id))
    for index, change in enumerate(op.changes):
        place = (change.entity, change.field)
        for base in change.base:
            db.execute(
                "DELETE FROM head WHERE entity = ? AND field = ? AND op = ? AND i = ?",
                (*place, *split_change_id(base)),
            )
        head = (*place, op.id, index, op.at, op.author, change.body)
        db.execute("INSERT INTO head VALUES(?, ?, ?, ?, ?, ?, ?)", head)


def merge(db: "Database", ops: Iterable[Op]) -> MergeReport:
    """Add the ops that are not known, and erase here what was erased there; inside a transaction.

    Raises:
        CorruptFile: an op is not what its id says, or a parent is missing.
        NewerFile: an op comes from a newer version.
    """
    added = known = 0
    touched: dict[tuple[str, str], None] = {}
    for op in ops:
        if db.execute("SELECT 1 FROM op WHERE id = ?", (op.id,)).fetchone():
            known += 1
            continue
        _check(db, op)
        add(db, op)
        added += 1
        touched.update(dict.fromkeys((change.entity, change.field) for change in op.changes))
    for entity in dict.fromkeys(entity for entity, _ in touched):
        caches.refresh(db, entity)
    erased = erasure.apply_all(db)
    conflicts = tuple(place for place in touched if _in_conflict(db, place))
    return MergeReport(
        added=added,
        known=known,
        erased=erased,
        conflicts=conflicts,
        touched=tuple({**touched, **dict.fromkeys(erased)}),
    )


def _check(db: "Database", op: Op) -> None:
    if op.version > VERSION:
        raise NewerFile(
            "Ces données viennent d'une version plus récente d'ivaudit. Rien n'a été ajouté : "
            "installez cette version pour les recevoir."
        )
    problem = _shape_problem(op) or op_problem(op) or _link_problem(db, op) or _body_problem(op)
    if problem:
        raise CorruptFile(
            f"Ces données sont incomplètes ou ont été modifiées ({problem}). Rien n'a été ajouté à votre "
            "dossier de travail : demandez-les à nouveau."
        )


def _shape_problem(op: Op) -> str | None:
    ids = [op.id, *op.prev]
    bases = [base for change in op.changes for base in change.base]
    if any(len(each) != DIGEST for each in ids) or any(len(each) != CHANGE_ID for each in bases):
        return "une empreinte n'a pas la bonne longueur"
    if op.kind == ERASE and (op.changes or not op.about or len(op.about) % CHANGE_ID):
        return "un effacement ne dit pas ce qu'il efface"
    return None


def _link_problem(db: "Database", op: Op) -> str | None:
    for parent in op.prev:
        row = db.execute("SELECT scope FROM op WHERE id = ?", (parent,)).fetchone()
        if row is None or row[0] != op.scope:
            return "une opération antérieure manque"
    for change in op.changes:
        for base in change.base:
            select = "SELECT entity, field FROM change WHERE op = ? AND i = ?"
            if db.execute(select, split_change_id(base)).fetchone() != (change.entity, change.field):
                return "la valeur remplacée manque"
    return None


def _body_problem(op: Op) -> str | None:
    """Return why a body is not as we write them: it must survive every table and every screen."""
    for change in op.changes:
        try:
            same = change.body is None or encode(decode(change.body)) == change.body
        except (ValueError, RecursionError):
            same = False
        if not same:
            return "une valeur n'est pas lisible"
    return None


def _in_conflict(db: "Database", place: tuple[str, str]) -> bool:
    count = db.execute("SELECT count(*) FROM head WHERE entity = ? AND field = ?", place).fetchone()[0]
    return bool(count > 1)
