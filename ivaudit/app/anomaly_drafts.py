"""What is being typed of an entry: on the disk within a second, a gesture once it is left.

A short entry that is not declared yet has no place in the journal: it waits whole, as one draft a form, until
it is declared or given up.
"""

import json
from collections.abc import Mapping

from ivaudit.app import anomalies, names, privacy, texts
from ivaudit.app.session import Session
from ivaudit.domain.anomalies import EntryKind
from ivaudit.domain.audit import Changes

_NEW = "register:new"
"""The entity of drafts of entries that are not declared yet."""

_MOST = 100_000


def keep_new(session: Session, kind: EntryKind, values: Mapping[str, object]) -> None:
    """Keep a short entry being typed; nothing in it is looked at before it is declared."""
    text = texts.bounded(json.dumps(dict(values), ensure_ascii=False), _MOST)
    # As with an open alert: it never becomes a gesture by itself.
    session.workspace.drafts.put(_NEW, kind.value, names.REGISTER, text, alert=True)


def new(session: Session) -> dict[EntryKind, dict[str, object]]:
    """Return the short entries that were begun, by form."""
    found = {}
    for kind in EntryKind:
        text = session.workspace.drafts.get(_NEW, kind.value)
        if text is not None:
            found[kind] = json.loads(text)
    return found


def forget_new(session: Session, kind: EntryKind) -> None:
    """Give up a short entry that was begun."""
    session.workspace.drafts.discard(_NEW, kind.value)


def keep(session: Session, key: str, field: str, text: str) -> None:
    """Keep a text of an entry being typed."""
    entity = names.anomaly(key)
    kept = texts.bounded(text)
    alert = bool(privacy.waiting(session, entity, field, kept))
    session.workspace.drafts.put(entity, field, names.REGISTER, kept, alert=alert)


def left(session: Session, key: str) -> dict[str, str]:
    """Return the texts of an entry that wait for somebody to decide about an identity, by field."""
    entity = names.anomaly(key)
    return {each.field: each.text for each in session.workspace.drafts.all() if each.entity == entity}


def write(session: Session, key: str, values: Mapping[str, object]) -> Changes:
    """Change fields of an entry, and drop their drafts.

    Raises:
        NotFound: no such entry.
        InvalidValue: a value its field cannot hold, or a room left as the only reference.
        IdentityFound: a text looks like the identity of a person; its draft stays.
    """
    with session.workspace.gesture():
        changes = anomalies.edit(session, key, values)
        for field in values:
            session.workspace.drafts.discard(names.anomaly(key), field)
    return changes
