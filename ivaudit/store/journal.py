"""The journal of a workspace: every gesture an op, recorded with its caches in one transaction.

The connection has one writer, so a deferred transaction (`db.atomic`) never finds another commit in between.
"""

import secrets
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, NoReturn

from ivaudit.domain.errors import BugError, NotAllowedNow, NotFound
from ivaudit.domain.journal import (
    CHANGE_ID,
    ERASE,
    MODIFY,
    SALT,
    UNDO,
    Change,
    Head,
    Json,
    Op,
    change_id,
    decode,
    digest,
    encode,
    op_id,
    split_change_id,
    whole,
    winner,
)
from ivaudit.store import caches, erasure, journal_merge, journal_rows, verification
from ivaudit.store.encryption import transaction, translated
from ivaudit.store.journal_merge import MergeReport
from ivaudit.store.verification import Verification

if TYPE_CHECKING:
    from sqlite_utils import Database

__all__ = ["Edit", "Journal", "Json", "MergeReport", "Recorded", "Verification", "Version"]


_BASES = """
SELECT h.op, h.i, w.op IS NOT NULL FROM head h LEFT JOIN withheld w ON w.op = h.op AND w.i = h.i
WHERE h.entity = ? AND h.field = ?
"""
_NOT_HERE = (
    "Cette valeur n'était pas dans le fichier que vous avez reçu : elle ne se remplace pas sans être connue. "
    "Demandez un fichier qui la contient."
)


@dataclass(frozen=True, slots=True)
class Edit:
    """A field of an entity and the value it takes; `None` empties it."""

    entity: str
    field: str
    value: Json


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """An op that is on disk: its id, its time (UTC, ISO 8601) and the (entity, field) it touched."""

    op: bytes
    at: str
    touched: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """One value a field had. `current` when nothing replaced it; an erased one has no value."""

    op: bytes
    index: int
    at: str
    author: str
    kind: str
    value: Json
    erased: bool
    current: bool


def now() -> str:
    """Return the present time as the journal writes it."""
    return datetime.now(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


class Journal:
    """Records, undoes, erases, merges and verifies.

    Args:
        db: the open workspace.
        device: id of this copy of the workspace, for whoever reads the journal later.
        clock: tells the time; tests set it.
    """

    def __init__(self, db: "Database", device: str, clock: Callable[[], str] = now) -> None:
        self._db = db
        self._device = device
        self._clock = clock

    # -- writing -------------------------------------------------------------------------------------------

    def record(
        self, scope: str, edits: Sequence[Edit], *, author: str, kind: str = MODIFY, reason: str | None = None
    ) -> Recorded:
        """Record one gesture, durable when this returns unless a transaction was already open.

        Args:
            scope: what the gesture is about (`audit:…`, `structure:…`, `workspace`).
            edits: at least one; the last wins where two name the same field.
            author: name or function of who did it.
            kind: of gesture, a short French verb.
            reason: why, where the gesture asks for it.

        Raises:
            KnownError: what the disk answers; nothing was recorded.
        """
        if not edits:
            raise BugError("an op without an edit")
        with transaction(self._db):
            distinct = {(edit.entity, edit.field): edit for edit in edits}
            changes = tuple(self._change(edit) for edit in distinct.values())
            return self._append(scope, kind, author, changes, reason=reason)

    def undo(self, op: bytes, *, author: str) -> Recorded:
        """Record the op that gives back the values an op replaced; undoing that one is the redo.

        Allowed only while each change of the op, or the copy an undo made of it, is its field's single head.

        Raises:
            NotAllowedNow: something newer stands on it, or what it replaced cannot be given back.
            NotFound: there is no such op.
        """
        with transaction(self._db):
            scope, kind = self._op(op)
            rows = self._db.execute(
                "SELECT i, entity, field, base FROM change WHERE op = ? ORDER BY i", (op,)
            )
            found = rows.fetchall()
            if kind == ERASE or not found:
                raise NotAllowedNow("Un effacement ne s'annule pas : la valeur n'existe plus.")
            changes = tuple(self._restored(op, *row) for row in found)
            return self._append(scope, UNDO, author, changes, about=op)

    def scope(self, op: bytes) -> str:
        """Return what an op is about.

        Raises:
            NotFound: there is no such op.
        """
        return self._op(op)[0]

    def erase(self, op: bytes, index: int, *, author: str, reason: str) -> Recorded:
        """Erase a value for good, wherever it was copied in its field; its digest stays, so ids still verify.

        The draft of the field goes too. Backups made before still hold the value.

        Args:
            op: op of the change.
            index: rank of the change in it.
            author: name or function of who asks.
            reason: why, without the value.

        Raises:
            NotFound: there is no such change.
        """
        return self.erase_all([(op, index)], author=author, reason=reason)[0]

    def erase_all(
        self, changes: Iterable[tuple[bytes, int]], *, author: str, reason: str
    ) -> tuple[Recorded, ...]:
        """Erase several values for good, as `erase` does each: one op a scope, all of them or none.

        Raises:
            NotFound: there is no such change; nothing was erased.
        """
        done = []
        with transaction(self._db):
            named: dict[str, dict[bytes, None]] = {}
            for op, index in changes:
                about = named.setdefault(self._op(op)[0], {})
                about.update(dict.fromkeys(change_id(*copy) for copy in erasure.copies(self._db, op, index)))
            for scope, found in named.items():
                joined = b"".join(found)
                recorded = self._append(scope, ERASE, author, (), reason=reason, about=joined)
                done.append(replace(recorded, touched=erasure.apply(self._db, scope, joined)))
        erasure.scrub(self._db)
        return tuple(done)

    def merge(self, ops: Iterable[Op], *, partial: bool = False, verified: bool = False) -> MergeReport:
        """Add the ops that are not known yet, parents first; the same on both sides, in any order.

        Args:
            ops: parents before children.
            partial: whether whoever sends them may have left values out.
            verified: whether whoever read them computed ids and digests again.

        Raises:
            CorruptFile: an op is not what its id says, or a parent is missing; nothing was added.
            NewerFile: an op comes from a newer version; nothing was added.
        """
        with transaction(self._db):
            report = journal_merge.merge(self._db, ops, partial=partial, verified=verified)
        erasure.scrub(self._db)
        return report

    def rebuild(self) -> None:
        """Throw the caches away and fold the journal again."""
        with transaction(self._db):
            caches.rebuild(self._db)

    # -- reading -------------------------------------------------------------------------------------------

    @translated()
    def heads(self, entity: str, field: str) -> tuple[Head, ...]:
        """Return what stands in a field, the one shown last: two or more are a conflict."""
        heads = journal_rows.read_heads(self._db, entity).get(field, [])
        return tuple(sorted(heads, key=lambda head: head.rank))

    @translated()
    def value(self, entity: str, field: str) -> Json:
        """Return the value of a field, `None` when it has none."""
        head = winner(self.heads(entity, field))
        return decode(head.body) if head else None

    @translated()
    def history(self, entity: str, field: str) -> tuple[Version, ...]:
        """Return the successive values of a field, the oldest first."""
        current = {head.change for head in self.heads(entity, field)}
        rows = self._db.execute(
            "SELECT c.op, c.i, o.at, o.author, o.kind, c.body FROM change c JOIN op o ON o.id = c.op"
            " WHERE c.entity = ? AND c.field = ? ORDER BY o.n, c.i",
            (entity, field),
        )
        return tuple(
            Version(
                op=op,
                index=index,
                at=at,
                author=author,
                kind=kind,
                value=decode(body),
                erased=body is None,
                current=change_id(op, index) in current,
            )
            for op, index, at, author, kind, body in rows
        )

    @translated()
    def ops_of(self, scope: str | None = None) -> tuple[Op, ...]:
        """Return the ops of a scope, or all of them, parents first."""
        return tuple(journal_rows.read_ops(self._db, scope))

    @translated()
    def verify(self) -> Verification:
        """Recompute every digest and every link of the journal."""
        return verification.verify(self._db)

    @translated()
    def state_matches(self) -> bool:
        """Tell whether the caches are what the journal folds to."""
        return not caches.differing(self._db)

    # -- parts ---------------------------------------------------------------------------------------------

    def _op(self, op: bytes) -> tuple[str, str]:
        row = self._db.execute("SELECT scope, kind FROM op WHERE id = ?", (op,)).fetchone()
        if row is None:
            raise NotFound("Cette modification n'est pas dans le journal de ce dossier de travail.")
        return row[0], row[1]

    def _change(self, edit: Edit) -> Change:
        salt, body = secrets.token_bytes(SALT), encode(edit.value)
        return Change(
            entity=edit.entity,
            field=edit.field,
            base=self._bases(edit.entity, edit.field),
            digest=digest(salt, body),
            salt=salt,
            body=body,
        )

    def _bases(self, entity: str, field: str) -> tuple[bytes, ...]:
        rows = self._db.execute(_BASES, (entity, field)).fetchall()
        if any(left_out for _, _, left_out in rows):
            _refuse(_NOT_HERE)
        return tuple(sorted(change_id(op, index) for op, index, _ in rows))

    def _restored(self, op: bytes, index: int, entity: str, field: str, base: bytes) -> Change:
        """Return the change that gives back what a change replaced.

        The copy keeps salt and digest, so that erasing the original erases it too, on every machine; and
        so that a head given back by an earlier undo is known for the change it copies, and undone in turn.
        """
        heads = self._bases(entity, field)
        if len(heads) != 1 or self._digest(heads[0]) != self._digest(change_id(op, index)):
            _refuse("Une modification plus récente touche au même champ : annulez-la d'abord.")
        if not base:
            return self._change(Edit(entity, field, None))
        if len(base) > CHANGE_ID:
            _refuse("Cette modification a départagé deux versions : choisissez dans l'historique du champ.")
        row = self._db.execute(
            "SELECT digest, salt, body FROM change WHERE op = ? AND i = ?", split_change_id(base)
        ).fetchone()
        if row[2] is None:
            _refuse("La valeur précédente a été effacée : elle ne peut pas revenir.")
        return Change(
            entity=entity,
            field=field,
            base=heads,
            digest=row[0],
            salt=row[1],
            body=row[2],
        )

    def _digest(self, change: bytes) -> bytes:
        row = self._db.execute("SELECT digest FROM change WHERE op = ? AND i = ?", split_change_id(change))
        found: bytes = row.fetchone()[0]
        return found

    def _append(
        self,
        scope: str,
        kind: str,
        author: str,
        changes: tuple[Change, ...],
        *,
        reason: str | None = None,
        about: bytes | None = None,
    ) -> Recorded:
        tips = self._db.execute("SELECT op FROM tip WHERE scope = ? ORDER BY op", (scope,))
        draft = Op(
            id=b"",
            scope=scope,
            prev=tuple(row[0] for row in tips),
            kind=kind,
            author=whole(author),
            device=self._device,
            at=self._clock(),
            reason=None if reason is None else whole(reason),
            about=about,
            changes=changes,
        )
        op = replace(draft, id=op_id(draft))
        journal_merge.add(self._db, op)
        touched = tuple((change.entity, change.field) for change in changes)
        for entity in dict.fromkeys(entity for entity, _ in touched):
            caches.refresh(self._db, entity)
        return Recorded(op=op.id, at=op.at, touched=touched)


def _refuse(sentence: str) -> NoReturn:
    raise NotAllowedNow(sentence)
