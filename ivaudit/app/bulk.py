"""Answers given to many points at once, without touching what is already answered."""

from collections.abc import Sequence

from ivaudit.app import answers, gestures, names
from ivaudit.app.session import Session
from ivaudit.domain.audit import STRUCTURE, Changes
from ivaudit.domain.checklist import NaPolicy
from ivaudit.domain.errors import InvalidValue, NotFound
from ivaudit.domain.scale import Standing
from ivaudit.store import audits as stored
from ivaudit.store.journal import Edit


def not_applicable(
    session: Session, audit: str, criteria: Sequence[str], reason: str, *, subject: str = STRUCTURE
) -> tuple[Changes, tuple[str, ...]]:
    """Answer «sans objet» to points that have no answer, as one gesture with one reason.

    Args:
        session: the open workspace.
        audit: id of the audit.
        criteria: ids of the points, those of a section.
        reason: why they do not apply; compulsory, many points are set aside at once.
        subject: what the answers are about.

    Returns:
        What changed, and the ids of the points left as they are: answered already, critical, or such that
        «sans objet» is not allowed.

    Raises:
        NotFound: no such audit or point.
        InvalidValue: no reason, or nothing left to fill.
    """
    index = session.frozen(session.audit(audit)).index
    if not set(criteria) <= set(index):
        raise NotFound("Un de ces points n'est dans aucune grille de cet audit.")
    if not reason.strip():
        raise InvalidValue("Mettre des points « sans objet » ensemble demande un motif.")
    given = stored.answers(session.workspace.db, audit, subject)
    edits: list[Edit] = []
    left = []
    for key in dict.fromkeys(criteria):
        known = given.get((subject, key))
        value = _leaving(session, audit, key)
        if value is None or (known is not None and not known.empty):
            left.append(key)
            continue
        entity = names.answer(audit, subject, key)
        edits += [Edit(entity, "value", value), Edit(entity, "na_reason", answers.reason_line(reason))]
    if not edits:
        raise InvalidValue("Aucun de ces points ne peut être mis « sans objet » : rien n'a été changé.")
    filled = len(edits) // 2
    label = f"{filled} point{'s' if filled > 1 else ''} sans objet"
    return gestures.gesture(session, audit, edits, label), tuple(left)


def _leaving(session: Session, audit: str, key: str) -> str | None:
    """Return the value that takes a point out, nothing where it must be answered one by one or not at all."""
    _, checklist, criterion = session.frozen(session.audit(audit)).index[key]
    if criterion.na is NaPolicy.FORBIDDEN or criterion.critical:
        return None
    values = checklist.scale_of(criterion).values
    return next((value.id for value in values if value.standing is Standing.LEAVES), None)
