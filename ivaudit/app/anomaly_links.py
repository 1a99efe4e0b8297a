"""Entries that lead to one another: one gives birth to the next, two are about the same matter."""

from collections.abc import Mapping
from dataclasses import dataclass

from ivaudit.app import anomalies, names
from ivaudit.app.session import Session
from ivaudit.domain.anomalies import EntryKind, EntryLine
from ivaudit.domain.audit import Changes
from ivaudit.domain.errors import InvalidValue
from ivaudit.store import anomalies as stored
from ivaudit.store.journal import Edit

_INHERITED = (
    "type",
    "unit",
    "application",
    "editor",
    "step",
    "found",
    "happened",
    "happened_time",
    "known_day",
    "known_time",
    "references",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Linked:
    """What an entry is linked to: the one it was born of, those born of it, the others."""

    parent: EntryLine | None
    children: tuple[EntryLine, ...]
    related: tuple[EntryLine, ...]


def give_birth(
    session: Session, key: str, kind: EntryKind, values: Mapping[str, object] | None = None
) -> tuple[Changes, str]:
    """Declare an entry that an other one gives birth to; what both forms have in common goes over.

    Args:
        session: the open workspace.
        key: id of the entry that gives birth.
        kind: which form.
        values: fields of the new entry, over those of the first.

    Returns:
        What changed, and the id of the new entry.

    Raises:
        NotFound: no such entry.
        InvalidValue: a value its field cannot hold.
    """
    parent = anomalies.get(session, key)
    form = anomalies.form(session, kind)
    common = {
        name: parent.values[name]
        for name in _INHERITED
        if name in parent.values and form.field(name) is not None
    }
    return anomalies.declare(
        session,
        kind,
        {**common, **(values or {})},
        facility=parent.facility,
        audit=parent.audit,
        born_of=parent.id,
    )


def link(session: Session, key: str, other: str) -> Changes:
    """Say that two entries are about the same matter; the link is read from both.

    Raises:
        NotFound: no such entry.
        InvalidValue: it is one and the same.
    """
    now, that = anomalies.get(session, key), anomalies.get(session, other)
    if now.id == that.id:
        raise InvalidValue("Une anomalie n'est pas liée à elle-même.")
    if that.id in now.related or now.id in that.related:
        return Changes()
    edit = Edit(names.anomaly(key), "related", [*now.related, that.id])
    return anomalies.gesture(session, [edit], f"{now.number} liée à {that.number}")


def unlink(session: Session, key: str, other: str) -> Changes:
    """Take the link between two entries away, whichever holds it.

    Raises:
        NotFound: no such entry.
    """
    now, that = anomalies.get(session, key), anomalies.get(session, other)
    edits = [
        Edit(names.anomaly(one.id), "related", [each for each in one.related if each != two.id])
        for one, two in ((now, that), (that, now))
        if two.id in one.related
    ]
    return anomalies.gesture(session, edits, f"{now.number} déliée de {that.number}") if edits else Changes()


def linked(session: Session, key: str) -> Linked:
    """Return what an entry is linked to; what was removed is left out.

    Raises:
        NotFound: no such entry.
    """
    now, db = anomalies.get(session, key), session.workspace.db
    pointing = stored.lines_of(db, stored.with_key(db, f"entry:{key}"))
    children = tuple(each for each in pointing if each.born_of == key)
    others = [each.id for each in pointing if each.born_of != key]
    return Linked(
        parent=stored.line(db, now.born_of) if now.born_of else None,
        children=children,
        related=stored.lines_of(db, tuple(dict.fromkeys((*now.related, *others)))),
    )
