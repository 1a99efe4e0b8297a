"""Answers given to many points at once, without touching what is already answered."""

from collections.abc import Sequence
from dataclasses import dataclass

from ivaudit.app import answers, gestures, names
from ivaudit.app.session import Session
from ivaudit.domain.audit import STRUCTURE, Changes
from ivaudit.domain.checklist import NaPolicy
from ivaudit.domain.errors import InvalidValue, NotFound
from ivaudit.domain.scale import Standing
from ivaudit.store import audits as stored
from ivaudit.store.journal import Edit


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """Which points would be filled, and why the others would be left as they are."""

    filled: tuple[str, ...]
    answered: tuple[str, ...]
    critical: tuple[str, ...]
    forbidden: tuple[str, ...]

    @property
    def left(self) -> tuple[str, ...]:
        """Return the points that would be left as they are."""
        return (*self.answered, *self.critical, *self.forbidden)


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
    if not reason.strip():
        raise InvalidValue("Mettre des points « sans objet » ensemble demande un motif.")
    found = preview(session, audit, criteria, subject=subject)
    edits: list[Edit] = []
    for key in found.filled:
        entity = names.answer(audit, subject, key)
        value = _leaving(session, audit, key)
        edits += [Edit(entity, "value", value), Edit(entity, "na_reason", answers.reason_line(reason))]
    if not edits:
        raise InvalidValue("Aucun de ces points ne peut être mis « sans objet » : rien n'a été changé.")
    label = f"{len(found.filled)} point{'s' if len(found.filled) > 1 else ''} sans objet"
    return gestures.gesture(session, audit, edits, label), found.left


def preview(session: Session, audit: str, criteria: Sequence[str], *, subject: str = STRUCTURE) -> Preview:
    """Return what setting points aside together would do.

    Raises:
        NotFound: no such audit or point.
    """
    index = session.frozen(session.audit(audit)).index
    if not set(criteria) <= set(index):
        raise NotFound("Un de ces points n'est dans aucune grille de cet audit.")
    given = stored.answers(session.workspace.db, audit, subject)
    found: dict[str, list[str]] = {"filled": [], "answered": [], "critical": [], "forbidden": []}
    for key in dict.fromkeys(criteria):
        known = given.get((subject, key))
        if known is not None and not known.empty:
            found["answered"].append(key)
        elif index[key][2].critical:
            found["critical"].append(key)
        else:
            found["forbidden" if _leaving(session, audit, key) is None else "filled"].append(key)
    return Preview(**{name: tuple(keys) for name, keys in found.items()})


def _leaving(session: Session, audit: str, key: str) -> str | None:
    """Return the value that takes a point out, nothing where it must be answered one by one or not at all."""
    _, checklist, criterion = session.frozen(session.audit(audit)).index[key]
    if criterion.na is NaPolicy.FORBIDDEN:
        return None
    values = checklist.scale_of(criterion).values
    return next((value.id for value in values if value.standing is Standing.LEAVES), None)
