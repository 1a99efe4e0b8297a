"""Text being typed: mutable rows beside the journal, at most a second behind the keyboard."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ivaudit.domain.journal import RECOVER, whole
from ivaudit.store import audits
from ivaudit.store.encryption import transaction, translated
from ivaudit.store.journal import Edit, Journal, now

if TYPE_CHECKING:
    from sqlite_utils import Database


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A text not recorded yet. `alert` while it looks like an identity and nobody decided."""

    entity: str
    field: str
    scope: str
    text: str
    at: str
    alert: bool = False


BORN_TYPING = frozenset({"line"})
"""Kinds of entities that are typed before they exist: a line of the notebook."""

_SELECT = "SELECT entity, field, scope, body, at, alert FROM draft"


class Drafts:
    """The drafts of a workspace.

    Args:
        db: the open workspace.
    """

    def __init__(self, db: "Database") -> None:
        self._db = db

    def put(self, entity: str, field: str, scope: str, text: str, *, alert: bool = False) -> None:
        """Keep the text of a field; durable when this returns.

        Args:
            entity: what the field belongs to.
            field: the field.
            scope: scope of the op it will become.
            text: the whole text.
            alert: whether it must stay a draft until the user decides.
        """
        with transaction(self._db):
            self._db.execute(
                "INSERT OR REPLACE INTO draft VALUES(?, ?, ?, ?, ?, ?)",
                (entity, field, scope, whole(text), now(), int(alert)),
            )

    @translated()
    def get(self, entity: str, field: str) -> str | None:
        """Return the text of a field being typed, or nothing."""
        row = self._db.execute("SELECT body FROM draft WHERE entity = ? AND field = ?", (entity, field))
        found = row.fetchone()
        return str(found[0]) if found else None

    @translated()
    def all(self) -> tuple[Draft, ...]:
        """Return the drafts, the oldest first."""
        return tuple(_draft(row) for row in self._db.execute(f"{_SELECT} ORDER BY at, entity, field"))

    def discard(self, entity: str, field: str) -> None:
        """Forget the draft of a field, if there is one."""
        with transaction(self._db):
            self._db.execute("DELETE FROM draft WHERE entity = ? AND field = ?", (entity, field))

    def take_all(self) -> tuple[Draft, ...]:
        """Return the drafts that may be recorded and forget them: in the transaction that records them.

        One with an open alert waits, and so does one of a validated audit: until it is reopened.
        """
        with transaction(self._db):
            closed = {f"audit:{each}" for each in audits.validated(self._db)}
            taken = tuple(each for each in self.all() if not each.alert and each.scope not in closed)
            for draft in taken:
                self.discard(draft.entity, draft.field)
        return taken

    def recover(self, journal: Journal, author: str) -> tuple[Draft, ...]:
        """Record what a sudden stop left as drafts, one op an entity; return those that changed something.

        Raises:
            KnownError: what the disk answers; the drafts are still there.
        """
        with transaction(self._db):
            taken = [draft for draft in self.take_all() if _differs(journal, draft)]
            for entity, found in _by_entity(taken).items():
                edits = [Edit(entity, draft.field, draft.text) for draft in found]
                if is_unborn(journal, entity):
                    edits.insert(0, Edit(entity, "exists", True))
                journal.record(found[0].scope, edits, author=author, kind=RECOVER)
        return tuple(taken)


def is_unborn(journal: Journal, entity: str) -> bool:
    """Tell whether a text is typed for a record that was never made: it starts with its first text."""
    return entity.partition(":")[0] in BORN_TYPING and journal.value(entity, "exists") is None


def _by_entity(drafts: Iterable[Draft]) -> dict[str, list[Draft]]:
    found: dict[str, list[Draft]] = {}
    for draft in drafts:
        found.setdefault(draft.entity, []).append(draft)
    return found


def _differs(journal: Journal, draft: Draft) -> bool:
    return (journal.value(draft.entity, draft.field) or "") != draft.text


def _draft(row: tuple[str, str, str, str, str, int]) -> Draft:
    entity, field, scope, text, at, alert = row
    return Draft(entity=entity, field=field, scope=scope, text=text, at=at, alert=bool(alert))
