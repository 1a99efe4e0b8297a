"""Findings of an audit: proposed from its answers, written, graded, arranged."""

import secrets
from collections.abc import Sequence
from datetime import datetime

from ivaudit.app import audits, gestures, names, texts
from ivaudit.app.session import Session
from ivaudit.domain.audit import STRUCTURE, Changes
from ivaudit.domain.errors import InvalidValue, NotFound
from ivaudit.domain.findings import Cause, Finding, Grade, ProposedFinding, Urgency, in_order
from ivaudit.domain.findings import proposed as suggested
from ivaudit.domain.journal import Json
from ivaudit.domain.standing import standings
from ivaudit.store import findings as stored
from ivaudit.store.journal import Edit

TEXTS = {"text": "Constat", "recommendation": "Recommandation"}
MAX_LINE = 300


def of_audit(session: Session, audit: str) -> tuple[Finding, ...]:
    """Return the findings of an audit, urgent ones first, then the gravest."""
    return in_order(stored.findings(session.workspace.db, audit))


def get(session: Session, audit: str, key: str) -> Finding:
    """Return a finding.

    Raises:
        NotFound: there is none with this id.
    """
    found = stored.finding(session.workspace.db, audit, key)
    if found is None:
        raise NotFound("Ce constat n'existe pas, ou plus, dans cet audit.")
    return found


def proposed(session: Session, audit: str) -> tuple[ProposedFinding, ...]:
    """Return the findings that the answers suggest and that the audit does not have yet.

    Raises:
        NotFound: no such audit.
    """
    sheet = audits.sheet(session, audit)
    points = [point for checklist in sheet.checklists for point in standings(sheet, checklist)]
    return suggested(sheet, points, stored.findings(session.workspace.db, audit))


def create(
    session: Session,
    audit: str,
    text: str,
    grade: Grade,
    *,
    recommendation: str = "",
    cause: Cause | None = None,
    criteria: Sequence[str] = (),
    subject: str = STRUCTURE,
) -> tuple[Changes, str]:
    """Record a finding.

    Returns:
        What changed, and the id of the finding.

    Raises:
        NotFound: no such audit.
        InvalidValue: no text, one too long, or a criterion the audit does not ask.
    """
    new = Finding(
        id=secrets.token_hex(6),
        audit=audit,
        grade=grade,
        text=text,
        recommendation=recommendation,
        cause=cause,
        criteria=tuple(criteria),
        subject=subject,
        rank=_next_rank(session, audit),
    )
    return gestures.gesture(session, audit, _created(session, new), f"Constat ajouté ({grade})"), new.id


def take(session: Session, audit: str, taken: Sequence[ProposedFinding]) -> Changes:
    """Record findings that were proposed, in their order, as one gesture.

    Raises:
        NotFound: no such audit.
        InvalidValue: nothing was chosen.
    """
    if not taken:
        raise InvalidValue("Choisissez au moins un constat proposé.")
    first = _next_rank(session, audit)
    found = [_of(audit, each, rank) for rank, each in enumerate(taken, first)]
    edits = [edit for each in found for edit in _created(session, each)]
    label = "1 constat repris" if len(taken) == 1 else f"{len(taken)} constats repris"
    return gestures.gesture(session, audit, edits, label)


def edit(
    session: Session,
    audit: str,
    key: str,
    *,
    grade: Grade | None = None,
    cause: Cause | str | None = None,
    criteria: Sequence[str] | None = None,
    subject: str | None = None,
    rank: int | None = None,
) -> Changes:
    """Change what a finding is; an empty cause clears it.

    Raises:
        NotFound: no such audit or finding.
        InvalidValue: an unknown cause, or a criterion the audit does not ask.
    """
    now = get(session, audit, key)
    wanted: dict[str, Json] = {}
    if grade is not None and grade is not now.grade:
        wanted["grade"] = grade.value
    if cause is not None and str(cause) != str(now.cause or ""):
        wanted["cause"] = _cause(cause)
    if criteria is not None and tuple(criteria) != now.criteria:
        wanted["criteria"] = _criteria(session, audit, criteria)
    if subject is not None and subject != now.subject:
        wanted["subject"] = subject
    if rank is not None and rank != now.rank:
        wanted["rank"] = rank
    return _edited(session, audit, key, wanted, "Constat modifié")


def write(session: Session, audit: str, key: str, field: str, text: str) -> Changes:
    """Record the text of a finding, or its recommendation, and drop its draft.

    Raises:
        NotFound: no such audit or finding.
        InvalidValue: it is too long, or a finding would be left without a text.
    """
    if field == "text" and not text.strip():
        raise InvalidValue("Un constat a besoin d'un texte ; retirez-le s'il ne sert plus.")
    return texts.write(session, _place(session, audit, key, field), text)


def draft(session: Session, audit: str, key: str, field: str, text: str) -> None:
    """Keep a text being typed."""
    texts.draft(session, _place(session, audit, key, field), text)


def urgent(session: Session, audit: str, key: str, urgency: Urgency | None) -> Changes:
    """Say that a finding does not wait, who was told, when, and what was done; or that it may wait.

    Raises:
        NotFound: no such audit or finding.
        InvalidValue: an impossible time, or a text too long.
    """
    now = get(session, audit, key)
    if now.urgency == urgency:
        return Changes()
    wanted: dict[str, Json] = {"urgent": urgency is not None}
    if urgency is not None:
        wanted |= {
            "told": _line(urgency.told),
            "told_at": _moment(urgency.at),
            "done_at_once": _line(urgency.done),
        }
    label = "À traiter sans attendre" if urgency is not None else "Peut attendre le rapport"
    return _edited(session, audit, key, wanted, label)


def remove(session: Session, audit: str, key: str) -> Changes:
    """Take a finding away; undo brings it back.

    Raises:
        NotFound: no such audit or finding.
    """
    get(session, audit, key)
    edit = Edit(names.finding(audit, key), "exists", False)
    return gestures.gesture(session, audit, [edit], "Constat retiré")


def _next_rank(session: Session, audit: str) -> int:
    """Return the place after every finding there is."""
    return max((each.rank for each in of_audit(session, audit)), default=0) + 1


def _of(audit: str, each: ProposedFinding, rank: int) -> Finding:
    return Finding(
        id=secrets.token_hex(6),
        audit=audit,
        grade=each.grade,
        text=each.text,
        recommendation=each.recommendation,
        criteria=(each.criterion,),
        subject=each.subject,
        rank=rank,
    )


def _created(session: Session, new: Finding) -> list[Edit]:
    if not new.text.strip():
        raise InvalidValue("Un constat a besoin d'un texte.")
    values: dict[str, Json] = {
        "exists": True,
        "grade": new.grade.value,
        "text": texts.bounded(new.text.strip()),
        "recommendation": texts.bounded(new.recommendation.strip()),
        "criteria": _criteria(session, new.audit, new.criteria),
        "subject": new.subject,
        "rank": new.rank,
    }
    if new.cause is not None:
        values["cause"] = new.cause.value
    return [Edit(names.finding(new.audit, new.id), name, value) for name, value in values.items()]


def _edited(session: Session, audit: str, key: str, wanted: dict[str, Json], label: str) -> Changes:
    edits = [Edit(names.finding(audit, key), name, value) for name, value in wanted.items()]
    return gestures.gesture(session, audit, edits, label) if edits else Changes()


def _criteria(session: Session, audit: str, criteria: Sequence[str]) -> list[Json]:
    index = session.frozen(session.audit(audit)).index
    if not set(criteria) <= set(index):
        raise InvalidValue("Un des critères cités n'est dans aucune grille de cet audit.")
    return list(dict.fromkeys(criteria))


def _cause(cause: Cause | str) -> str:
    if cause and cause not in set(Cause):
        raise InvalidValue("Cette cause n'est pas dans la liste : " + ", ".join(Cause) + ".")
    return str(cause)


def _place(session: Session, audit: str, key: str, field: str) -> texts.Place:
    get(session, audit, key)
    if field not in TEXTS:
        raise InvalidValue("Un constat porte un texte et une recommandation, pas d'autre texte.")
    entity = names.finding(audit, key)
    return texts.Place(audit=audit, entity=entity, field=field, label=TEXTS[field])


def _line(text: str) -> str:
    return texts.bounded(" ".join(text.split()), MAX_LINE)


def _moment(text: str) -> str:
    try:
        return datetime.fromisoformat(text).isoformat(timespec="minutes") if text else ""
    except ValueError:
        raise InvalidValue("Le moment s'écrit comme 2026-11-21T14:05.") from None
