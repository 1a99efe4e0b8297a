"""Text being typed: kept as a draft within a second, one gesture once it rests."""

from dataclasses import dataclass

from ivaudit.app import gestures, names, privacy
from ivaudit.app.session import Session
from ivaudit.domain.audit import Changes
from ivaudit.domain.errors import InvalidValue
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
    """Keep the text being typed, safe from a crash, outside the journal."""
    kept = bounded(text)
    alert = bool(privacy.waiting(session, place.entity, place.field, kept))
    session.workspace.drafts.put(place.entity, place.field, names.audit(place.audit), kept, alert=alert)


def write(session: Session, place: Place, text: str) -> Changes:
    """Record the text as one gesture and drop its draft; nothing when it has not changed.

    Raises:
        IdentityFound: it looks like the identity of a person; its draft stays.
    """
    kept = bounded(text).strip()
    with session.workspace.gesture():
        session.workspace.drafts.discard(place.entity, place.field)
        if (session.workspace.journal.value(place.entity, place.field) or "") == kept:
            return Changes()
        edit = Edit(place.entity, place.field, kept)
        recorded = session.record(names.audit(place.audit), [edit])
    return gestures.done(session, place.audit, recorded, place.label)


def settle(session: Session) -> Changes:
    """Record every draft, before locking, exporting or quitting; one with an open alert stays a draft."""
    touched: set[str] = set()
    last = Changes()
    for found in session.workspace.drafts.all():
        audit = names.audit_of(found.entity)
        if audit is None:
            continue
        place = Place(audit=audit, entity=found.entity, field=found.field, label="Texte en cours de saisie")
        try:
            changes = write(session, place, found.text)
        except privacy.IdentityFound:
            continue
        if changes.at:
            touched.add(found.entity)
            last = changes
    if not touched:
        return Changes()
    return names.changes(touched, done="Textes enregistrés", undo=last.undo, redo=last.redo, at=last.at)


def bounded(text: str, most: int = MAX_TEXT) -> str:
    """Return the text.

    Raises:
        InvalidValue: it has more characters than that.
    """
    if len(text) > most:
        raise InvalidValue(f"Ce texte dépasse {most} caractères : raccourcissez-le pour l'enregistrer.")
    return text
