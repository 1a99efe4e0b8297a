"""Answers to criteria: checked against their scale, recorded as gestures, undone and redone."""

import re
from collections.abc import Sequence

from ivaudit.app import gestures, names, texts
from ivaudit.app.gestures import redo, undo
from ivaudit.app.session import Numbered, Session
from ivaudit.domain.audit import EMPTY, STRUCTURE, Answer, Audit, AuditState, Changes
from ivaudit.domain.checklist import Checklist, Criterion, NaPolicy
from ivaudit.domain.errors import InvalidValue, NotFound
from ivaudit.domain.scale import ScaleValue, Standing
from ivaudit.store import audits as stored
from ivaudit.store.journal import Edit

__all__ = [
    "answer",
    "current",
    "draft",
    "flag",
    "held",
    "means",
    "redo",
    "settle",
    "undo",
    "write",
]

TEXTS = {"constat": "Constat", "note": "Note interne"}
MAX_REASON = 300

settle = texts.settle


def answer(
    session: Session,
    audit: str,
    criterion: str,
    value: str | None,
    *,
    subject: str = STRUCTURE,
    na_reason: str = "",
    awaiting: str = "",
) -> Changes:
    """Answer a criterion, or clear its answer.

    Args:
        session: the open workspace.
        audit: id of the audit.
        criterion: id of the criterion.
        value: key of its scale, or nothing to clear.
        subject: what the answer is about.
        na_reason: why it is «sans objet», where its policy asks for a reason.
        awaiting: from whom the answer is awaited, for «à vérifier».

    Returns:
        What changed; nothing when the answer was already so.

    Raises:
        NotFound: no such audit or criterion.
        InvalidValue: not a value of the scale, or «sans objet» against its policy.
    """
    known, (number, checklist, found) = numbered(session, audit, criterion)
    chosen = checked(checklist, found, value, na_reason)
    wanted: dict[str, str | None] = {
        "value": value,
        "na_reason": reason_line(na_reason) if chosen and chosen.standing is Standing.LEAVES else "",
        "awaiting": reason_line(awaiting) if chosen and chosen.standing is Standing.STAYS else "",
    }
    now = current(session, audit, criterion, subject)
    entity = names.answer(audit, subject, criterion)
    edits = [Edit(entity, name, new) for name, new in wanted.items() if getattr(now, name) != new]
    if now.carried is not None:
        edits.append(Edit(entity, "carried", None))  # whatever is answered now, nothing is left to confirm
    label = f"{number} {chosen.label if chosen else 'réponse retirée'}"
    return _recorded(session, known, edits, label)


def write(
    session: Session, audit: str, criterion: str, field: str, text: str, *, subject: str = STRUCTURE
) -> Changes:
    """Record a constat or an internal note as one gesture, and drop its draft.

    Raises:
        NotFound: no such audit or criterion.
        InvalidValue: no such text, or it is too long.
    """
    known, place = _place(session, audit, criterion, field, subject)
    changes = texts.write(session, place, text)
    if changes.at:
        started(session, known)
    return changes


def draft(
    session: Session, audit: str, criterion: str, field: str, text: str, *, subject: str = STRUCTURE
) -> None:
    """Keep a constat or a note being typed.

    Raises:
        NotFound: no such audit or criterion.
        InvalidValue: no such text, or it is too long.
    """
    _, place = _place(session, audit, criterion, field, subject)
    texts.draft(session, place, text)


def held(session: Session, audit: str) -> dict[tuple[str, str, str], str]:
    """Return the constats and notes that look like an identity and wait for a decision.

    They are by subject, criterion and field.
    """
    start = f"answer:{audit}/"
    found = [each for each in session.workspace.drafts.all() if each.alert and each.entity.startswith(start)]
    return {(*_about(each.entity.removeprefix(start)), each.field): each.text for each in found}


def _about(name: str) -> tuple[str, str]:
    subject, _, criterion = name.partition("/")
    return subject, criterion


def flag(session: Session, audit: str, criterion: str, review: bool, *, subject: str = STRUCTURE) -> Changes:
    """Mark a criterion «à revoir», or no more."""
    known, (number, _, _) = numbered(session, audit, criterion)
    if current(session, audit, criterion, subject).review == review:
        return Changes()
    edit = Edit(names.answer(audit, subject, criterion), "review", review)
    return _recorded(session, known, [edit], f"{number} {'à revoir' if review else 'revu'}")


def means(
    session: Session, audit: str, criterion: str, chosen: Sequence[str], *, subject: str = STRUCTURE
) -> Changes:
    """Say how a fact was established: keys of the vocabulary (dit, écrit, vu…).

    Raises:
        InvalidValue: a key the vocabulary does not have.
    """
    known, (number, _, _) = numbered(session, audit, criterion)
    keys = [term.id for term in session.library.vocabulary().means]
    if not set(chosen) <= set(keys):
        raise InvalidValue("Cette façon d'établir un fait n'est pas dans le vocabulaire.")
    ordered = [key for key in keys if key in chosen]
    if tuple(ordered) == current(session, audit, criterion, subject).means:
        return Changes()
    edit = Edit(names.answer(audit, subject, criterion), "means", ordered)
    return _recorded(session, known, [edit], f"{number} moyens de preuve")


def current(session: Session, audit: str, criterion: str, subject: str = STRUCTURE) -> Answer:
    """Return the answer to a criterion, empty when there is none."""
    return stored.answer(session.workspace.db, audit, subject, criterion) or EMPTY


def numbered(session: Session, audit: str, criterion: str) -> tuple[Audit, Numbered]:
    """Return an audit with one of its criteria.

    Raises:
        NotFound: no such audit or criterion.
    """
    known = session.audit(audit)
    found = session.frozen(known).index.get(criterion)
    if found is None:
        raise NotFound(f"Aucune grille de cet audit n'a de critère « {criterion[:60]} ».")
    return known, found


def checked(checklist: Checklist, criterion: Criterion, value: str | None, reason: str) -> ScaleValue | None:
    """Return the value of the scale that an answer means, nothing when it means none.

    Raises:
        InvalidValue: not a value of the scale, or «sans objet» against its policy.
    """
    if value is None:
        return None
    scale = checklist.scale_of(criterion)
    chosen = scale.value(value)
    if chosen is None:
        raise InvalidValue(
            "Les réponses possibles sont : " + ", ".join(each.id for each in scale.values) + "."
        )
    if chosen.standing is not Standing.LEAVES:
        return chosen
    if criterion.na is NaPolicy.FORBIDDEN:
        raise InvalidValue("Ce point concerne toutes les structures : « sans objet » n'y est pas possible.")
    if not reason.strip() and (criterion.na is NaPolicy.REASON or criterion.critical):
        raise InvalidValue("Pour ce point, « sans objet » demande un motif.")
    return chosen


def _recorded(session: Session, audit: Audit, edits: Sequence[Edit], label: str) -> Changes:
    if not edits:
        return Changes()
    changes = gestures.gesture(session, audit.id, edits, label)
    started(session, audit)
    return changes


def started(session: Session, audit: Audit) -> None:
    """Leave the state «préparation» at the first answer: nobody thinks of saying so."""
    if audit.state is AuditState.PREPARING:
        name = names.audit(audit.id)
        session.record(name, [Edit(name, "state", AuditState.ONGOING.value)])


def _place(
    session: Session, audit: str, criterion: str, field: str, subject: str
) -> tuple[Audit, texts.Place]:
    known, (number, _, _) = numbered(session, audit, criterion)
    if field not in TEXTS:
        raise InvalidValue("Un critère porte un constat et une note interne, pas d'autre texte.")
    entity = names.answer(audit, subject, criterion)
    return known, texts.Place(
        audit=audit, entity=entity, field=field, label=f"{number} {TEXTS[field].lower()}"
    )


def reason_line(text: str) -> str:
    """Return a reason as it is kept, on one line.

    Raises:
        InvalidValue: it is too long.
    """
    line = re.sub(r"\s+", " ", text).strip()
    if len(line) > MAX_REASON:
        raise InvalidValue(f"Un motif tient en {MAX_REASON} caractères ; le constat accueille le reste.")
    return line
