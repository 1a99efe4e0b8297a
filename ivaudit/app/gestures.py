"""One gesture in an audit: recorded, named, undone, redone."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ivaudit.app import names
from ivaudit.domain.audit import Changes
from ivaudit.domain.errors import NotAllowedNow

if TYPE_CHECKING:
    from ivaudit.app.session import Session
    from ivaudit.store.journal import Edit, Recorded


def gesture(session: "Session", audit: str, edits: Sequence["Edit"], label: str) -> Changes:
    """Record edits of an audit as one gesture that can be undone under its label.

    Args:
        session: the open workspace.
        audit: id of the audit.
        edits: at least one.
        label: what people call it, in French («1.3 Oui»).
    """
    return done(session, audit, session.record(names.audit(audit), edits), label)


def done(session: "Session", audit: str, recorded: "Recorded", label: str) -> Changes:
    """Remember a gesture that is on disk, so that it can be undone under its label."""
    session.stack(audit).push(recorded.op, label)
    return _changes(session, audit, recorded, label)


def undo(session: "Session", audit: str) -> Changes:
    """Undo the last gesture of this session in an audit.

    Raises:
        NotAllowedNow: nothing to undo, or something newer stands on it.
    """
    stack = session.stack(audit)
    if not stack.done:
        raise NotAllowedNow("Il n'y a rien à annuler dans cet audit depuis son ouverture.")
    last = stack.done[-1]
    recorded = session.workspace.journal.undo(last.op, author=session.author)
    stack.done.pop()
    stack.undone.append(type(last)(recorded.op, last.label))
    return _changes(session, audit, recorded, f"Annulé : {last.label}")


def redo(session: "Session", audit: str) -> Changes:
    """Redo the last gesture undone.

    Raises:
        NotAllowedNow: nothing to redo, or something newer stands on it.
    """
    stack = session.stack(audit)
    if not stack.undone:
        raise NotAllowedNow("Il n'y a rien à rétablir.")
    last = stack.undone[-1]
    recorded = session.workspace.journal.undo(last.op, author=session.author)
    stack.undone.pop()
    stack.done.append(type(last)(recorded.op, last.label))
    return _changes(session, audit, recorded, f"Rétabli : {last.label}")


def _changes(session: "Session", audit: str, recorded: "Recorded", done: str) -> Changes:
    stack = session.stack(audit)
    return names.changes(
        (entity for entity, _ in recorded.touched),
        done=done,
        undo=stack.undo_label,
        redo=stack.redo_label,
        at=recorded.at,
    )
