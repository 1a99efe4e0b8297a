"""Text being typed: kept as a draft within a second, one gesture once it rests."""

from collections.abc import Mapping
from dataclasses import dataclass

from ivaudit.app import gestures, names, privacy
from ivaudit.app.session import Session
from ivaudit.domain.audit import Changes
from ivaudit.domain.errors import InvalidValue, NotAllowedNow
from ivaudit.domain.review import LOCKED
from ivaudit.store.drafts import is_unborn
from ivaudit.store.journal import Edit

MAX_TEXT = 20_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a text of an audit goes: its entity and field, and what people call it."""

    audit: str
    entity: str
    field: str
    label: str


def draft(session: Session, place: Place, text: str) -> None:
    """Keep the text being typed, safe from a crash, outside the journal.

    Raises:
        NotAllowedNow: the audit was validated.
    """
    if session.locked(names.audit(place.audit)):
        raise NotAllowedNow(LOCKED)
    kept = bounded(text)
    alert = bool(privacy.waiting(session, place.entity, place.field, kept))
    session.workspace.drafts.put(place.entity, place.field, names.audit(place.audit), kept, alert=alert)


def write(session: Session, place: Place, text: str) -> Changes:
    """Record the text as one gesture and drop its draft; nothing when it has not changed.

    Raises:
        IdentityFound: it looks like the identity of a person; its draft stays.
    """
    return record(session, place.audit, place.entity, {place.field: text}, place.label)


def settle(session: Session) -> Changes:
    """Record every draft, before locking, exporting or quitting; one with an open alert stays a draft."""
    touched: set[str] = set()
    last = Changes()
    for entity, fields in _typed(session).items():
        audit = names.audit_of(entity)
        if audit is None or session.locked(names.audit(audit)):
            continue  # what a validated audit left in drafts waits until it is reopened
        try:
            changes = record(session, audit, entity, fields, "Texte en cours de saisie")
        except privacy.IdentityFound:
            continue
        if changes.at:
            touched.add(entity)
            last = changes
    if not touched:
        return Changes()
    return names.changes(touched, done="Textes enregistrés", undo=last.undo, redo=last.redo, at=last.at)


def record(session: Session, audit: str, entity: str, fields: Mapping[str, str], label: str) -> Changes:
    """Record texts of one entity as one gesture and drop their drafts; nothing when none has changed."""
    journal = session.workspace.journal
    with session.workspace.gesture():
        edits = []
        for field, text in fields.items():
            session.workspace.drafts.discard(entity, field)
            kept = bounded(text).strip()
            if (journal.value(entity, field) or "") != kept:
                edits.append(Edit(entity, field, kept))
        if not edits:
            return Changes()
        if is_unborn(journal, entity):
            edits.insert(0, Edit(entity, "exists", True))
        recorded = session.record(names.audit(audit), edits)
    return gestures.done(session, audit, recorded, label)


def _typed(session: Session) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for draft in session.workspace.drafts.all():
        found.setdefault(draft.entity, {})[draft.field] = draft.text
    return found


def bounded(text: str, most: int = MAX_TEXT) -> str:
    """Return the text.

    Raises:
        InvalidValue: it has more characters than that.
    """
    if len(text) > most:
        raise InvalidValue(f"Ce texte dépasse {most} caractères : raccourcissez-le pour l'enregistrer.")
    return text
