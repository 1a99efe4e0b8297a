"""Forms filled in an audit, field by field."""

from ivaudit.app import gestures, names
from ivaudit.app.session import Session
from ivaudit.domain.audit import Changes
from ivaudit.domain.form_values import checked_field
from ivaudit.store.journal import Edit


def set_field(session: Session, audit: str, form: str, field: str, value: object) -> Changes:
    """Record one field of a form; an empty value clears it.

    Raises:
        NotFound: no such audit or form.
        InvalidValue: the field cannot hold this value.
    """
    session.audit(audit)
    found = session.library.form(form)
    entity = names.form(audit, form)
    now = session.workspace.journal.value(entity, field)
    kept = checked_field(found, field, value, session.library.vocabulary(), now=now)
    if now == kept:
        return Changes()
    label = next(f.label for section in found.sections for f in section.fields if f.id == field)
    return gestures.gesture(session, audit, [Edit(entity, field, kept)], label)
