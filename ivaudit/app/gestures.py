"""One gesture in an audit: recorded, named, undone, redone."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ivaudit.app import names
from ivaudit.app.undo import Gesture
from ivaudit.domain.audit import Changes
from ivaudit.domain.errors import NotAllowedNow
from ivaudit.domain.journal import MODIFY
from ivaudit.domain.review import LOCKED

_OF_THE_VISIT = ("audit:", "campaign:")
"""Scopes that are closed with their audit; actions live on."""

if TYPE_CHECKING:
    from ivaudit.app.session import Session
    from ivaudit.store.journal import Edit, Recorded


def gesture(
    session: "Session", audit: str, edits: Sequence["Edit"], label: str, *, kind: str = MODIFY
) -> Changes:
    """Record edits of an audit as one gesture that can be undone under its label.

    Args:
        session: the open workspace.
        audit: id of the audit.
        edits: at least one.
        label: what people call it, in French («1.3 Oui»).
        kind: of gesture, a short French verb.
    """
    return done(session, audit, session.record(names.audit(audit), edits, kind=kind), label)


def gesture_in(
    session: "Session",
    scope: str,
    edits: Sequence["Edit"],
    label: str,
    *,
    audit: str = "",
    kind: str = MODIFY,
) -> Changes:
    """Record edits of a scope that is no audit («campaign:…», «action:…»).

    Args:
        session: the open workspace.
        scope: what `undo` and `redo` are then asked for, where there is no audit.
        edits: at least one.
        label: what people call it, in French.
        audit: id of the audit it is a part of, empty when none: it is then undone with its other gestures.
        kind: of gesture, a short French verb.

    Raises:
        NotAllowedNow: it is a part of an audit that was validated.
    """
    if audit and session.locked(names.audit(audit)):
        raise NotAllowedNow(LOCKED)
    return done(session, audit or scope, session.record(scope, edits, kind=kind), label)


def done(session: "Session", audit: str, recorded: "Recorded", label: str) -> Changes:
    """Remember a gesture that is on disk, so that it can be undone under its label."""
    session.stack(audit).push(recorded.op, label)
    return _changes(session, audit, recorded, label)


def undo(session: "Session", audit: str) -> Changes:
    """Undo the last gesture of this session in an audit.

    Raises:
        NotAllowedNow: nothing to undo, or it cannot be undone any more; the next undo passes over it.
    """
    stack = session.stack(audit)
    if not stack.done:
        raise NotAllowedNow("Il n'y a rien à annuler dans cet audit depuis son ouverture.")
    return _turned(session, audit, stack.done, stack.undone, "Annulé")


def redo(session: "Session", audit: str) -> Changes:
    """Redo the last gesture undone.

    Raises:
        NotAllowedNow: nothing to redo, or it cannot be redone any more; the next redo passes over it.
    """
    stack = session.stack(audit)
    if not stack.undone:
        raise NotAllowedNow("Il n'y a rien à rétablir.")
    return _turned(session, audit, stack.undone, stack.done, "Rétabli")


def _turned(
    session: "Session", audit: str, source: list[Gesture], target: list[Gesture], verb: str
) -> Changes:
    last = source[-1]
    if session.workspace.journal.scope(last.op).startswith(_OF_THE_VISIT) and session.locked(
        names.audit(audit)
    ):
        raise NotAllowedNow(LOCKED)  # the gesture stays on its pile: the audit may be reopened
    try:
        recorded = session.workspace.journal.undo(last.op, author=session.author)
    except NotAllowedNow:
        source.pop()  # erased or overtaken for good: what lies below may still be undone
        raise
    source.pop()
    target.append(Gesture(recorded.op, last.label))
    return _changes(session, audit, recorded, f"{verb} : {last.label}")


def _changes(session: "Session", audit: str, recorded: "Recorded", done: str) -> Changes:
    stack = session.stack(audit)
    return names.changes(
        (entity for entity, _ in recorded.touched),
        done=done,
        undo=stack.undo_label,
        redo=stack.redo_label,
        at=recorded.at,
    )
