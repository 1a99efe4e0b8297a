"""Audits: created on frozen checklists, listed with how far they are, read whole."""

import secrets
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date as day

from ivaudit.app import facilities, names, states, texts
from ivaudit.app.adaptations import effective
from ivaudit.app.session import Session
from ivaudit.content import compiled
from ivaudit.content.volumes import codes_by_criterion
from ivaudit.domain.audit import STRUCTURE, Audit, AuditSheet, AuditState, Changes
from ivaudit.domain.checklist import Checklist
from ivaudit.domain.errors import ContentProblems, InvalidValue, NotFound
from ivaudit.domain.journal import MODIFY, Json
from ivaudit.domain.scoring import result
from ivaudit.domain.standing import standings
from ivaudit.domain.subjects import SubjectKind
from ivaudit.store import audits as stored
from ivaudit.store import definitions, evidence_rows
from ivaudit.store import subjects as stored_subjects
from ivaudit.store.journal import Edit

VISIT_FORM = "visite"
MAX_TITLE = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditSummary:
    """An audit with how far it is: points treated of points concerned, minutes left, last change (UTC)."""

    audit: Audit
    treated: int
    points: int
    minutes_left: int
    last: str


def all_of(session: Session) -> tuple[AuditSummary, ...]:
    """Return the audits, the last touched first."""
    found = [_summary(session, audit) for audit in stored.audits(session.workspace.db)]
    return tuple(sorted(found, key=lambda each: (each.last, each.audit.id), reverse=True))


def create(
    session: Session,
    facility: str,
    kind: str,
    checklists: Sequence[str],
    date: str,
    *,
    title: str = "",
    adaptations: Sequence[str] = (),
) -> tuple[Changes, str]:
    """Create an audit; it keeps a copy of the exact checklists it uses, as adaptations make them.

    Args:
        session: the open workspace.
        facility: id of the structure.
        kind: key of the vocabulary (audit kinds).
        checklists: ids of the checklists, in order, at least one.
        date: day of the visit, `AAAA-MM-JJ`.
        title: what people call it; made of kind and date when empty.
        adaptations: ids of the local adaptations of these checklists that apply.

    Returns:
        What changed, and the id of the audit.

    Raises:
        NotFound: no such structure, checklist or adaptation.
        InvalidValue: no checklist, unknown kind or impossible date, an adaptation of another checklist.
        ContentProblems: these adaptations do not go together.
    """
    asked = effective(session.library, checklists, adaptations)
    return create_on(session, facility, kind, asked, date, title=title)


def create_on(
    session: Session,
    facility: str,
    kind: str,
    checklists: Sequence[Checklist],
    date: str,
    *,
    title: str = "",
    source: str = "",
    how: str = MODIFY,
    more: Callable[[str], Iterable[Edit]] | None = None,
) -> tuple[Changes, str]:
    """Create an audit on checklists that may come from elsewhere than the library, as one gesture.

    Args:
        session: the open workspace.
        facility: id of the structure.
        kind: key of the vocabulary (audit kinds).
        checklists: what it keeps a copy of, in order, at least one.
        date: day of the visit, `AAAA-MM-JJ`.
        title: what people call it.
        source: id of the audit it starts from.
        how: the kind of gesture it is, in the journal.
        more: what else is recorded with it, from its id.

    Raises:
        NotFound: no such structure.
        InvalidValue: no checklist, unknown kind or impossible date.
    """
    facilities.get(session, facility)
    if not checklists:
        raise InvalidValue("Un audit a besoin d'au moins une grille.")
    edits_of: dict[str, Json] = {"kind": _kind(session, kind), "date": _date(date), "title": _title(title)}
    key = secrets.token_hex(6)
    with session.workspace.gesture():
        frozen: list[Json] = [freeze(session, each) for each in checklists]
        values: dict[str, Json] = {"exists": True, "facility": facility, **edits_of}
        values |= {"state": AuditState.PREPARING.value, "checklists": frozen}
        values |= {"source": source} if source else {}
        edits = [Edit(names.audit(key), name, value) for name, value in values.items()]
        recorded = session.record(names.audit(key), [*edits, *(more(key) if more else ())], kind=how)
    return Changes(audits=frozenset({key}), done="Audit créé", at=recorded.at), key


def sheet(session: Session, key: str) -> AuditSheet:
    """Return everything known of an audit.

    Raises:
        NotFound: no such audit.
    """
    return replace(_sheet(session, session.audit(key)), codes=codes_by_criterion(session.library))


def edit(
    session: Session,
    key: str,
    *,
    title: str | None = None,
    date: str | None = None,
    kind: str | None = None,
    state: str | None = None,
    reason: str = "",
) -> Changes:
    """Change what an audit says of itself.

    Args:
        session: the open workspace.
        key: id of the audit.
        title: what people call it.
        date: day of the visit, `AAAA-MM-JJ`.
        kind: key of the vocabulary (audit kinds).
        state: where it goes.
        reason: why a validated audit is reopened.

    Raises:
        NotFound: no such audit.
        InvalidValue: unknown kind or state, or impossible date.
        NotAllowedNow: it is validated, or cannot go to that state.
    """
    audit = session.audit(key)
    wanted: dict[str, str] = {}
    if title is not None:
        wanted["title"] = _title(title)
    if date is not None:
        wanted["date"] = _date(date)
    if kind is not None:
        wanted["kind"] = _kind(session, kind)
    now = {"title": audit.title, "date": audit.date, "kind": audit.kind}
    edits = [Edit(names.audit(key), name, value) for name, value in wanted.items() if now[name] != value]
    goes = audit.state if state is None else _state(state)
    changes = Changes()
    with session.workspace.gesture():
        if audit.state is AuditState.VALIDATED:
            changes = states.change(session, key, goes, reason)
        if edits:
            recorded = session.record(names.audit(key), edits)
            changes = Changes(audits=frozenset({key}), done="Audit modifié", at=recorded.at)
        moved = states.change(session, key, goes, reason)
    return moved if moved.at else changes


def remove(session: Session, key: str) -> Changes:
    """Take an audit off the lists; its journal stays and `restore` brings it back."""
    session.audit(key)
    recorded = session.record(names.audit(key), [Edit(names.audit(key), "exists", False)])
    return Changes(audits=frozenset({key}), done="Audit retiré", at=recorded.at)


def restore(session: Session, key: str) -> Changes:
    """Bring back an audit that was removed.

    Raises:
        NotFound: there never was one with this id.
    """
    if not stored.exists(session.workspace.db, key):
        raise NotFound("Cet audit n'a jamais existé dans ce dossier de travail.")
    recorded = session.record(names.audit(key), [Edit(names.audit(key), "exists", True)])
    return Changes(audits=frozenset({key}), done="Audit rétabli", at=recorded.at)


def remember_position(session: Session, key: str, criterion: str) -> None:
    """Remember where the auditor left, to resume there; not part of the journal."""
    session.workspace.remember(f"position:{key}", criterion)


def position(session: Session, key: str) -> str:
    """Return the criterion where the auditor left, empty at first."""
    return session.workspace.recall(f"position:{key}") or ""


def _summary(session: Session, audit: Audit) -> AuditSummary:
    whole = _sheet(session, audit)
    results = [result(each, standings(whole, each)) for each in whole.checklists]
    last = max((answer.at for answer in whole.answers.values()), default=audit.created)
    return AuditSummary(
        audit=audit,
        treated=sum(int(each.progress.numerator) for each in results),
        points=sum(int(each.progress.denominator) for each in results),
        minutes_left=sum(each.minutes_left for each in results),
        last=last,
    )


def _sheet(session: Session, audit: Audit) -> AuditSheet:
    db = session.workspace.db
    answers = stored.answers(db, audit.id)
    known = stored_subjects.subjects(db, audit.id)
    order = {STRUCTURE: 0, **{each.id: rank for rank, each in enumerate(known, 1)}}
    met = {*order, *(subject for subject, _ in answers)}
    subjects = sorted(met, key=lambda each: (order.get(each, len(order)), each))
    return AuditSheet(
        audit=audit,
        facility=facilities.get(session, audit.facility),
        checklists=session.frozen(audit).checklists,
        answers=answers,
        subjects=tuple(subjects),
        forms={VISIT_FORM: stored.form_values(db, names.form(audit.id, VISIT_FORM))},
        synthesis=stored.synthesis(db, audit.id),
        evidence=evidence_rows.evidence_of(db, audit.id),
        bearers=frozenset(each.id for each in known if each.kind is SubjectKind.BEARER),
        labels={each.id: each.label for each in known},
    )


def freeze(session: Session, checklist: Checklist) -> list[Json]:
    """Keep a copy of a checklist; return what an audit says of it: id, version, SHA-256."""
    body = compiled.freeze(checklist)
    sha = definitions.put(session.workspace.db, "checklist", checklist.id, checklist.version, body)
    return [checklist.id, checklist.version, sha]


def published(session: Session, old: Checklist) -> Checklist | None:
    """Return a checklist as the library makes it today, with the same adaptations; nothing when it cannot."""
    try:
        return session.library.effective(old.id, [each.id for each in old.adaptations])
    except (NotFound, InvalidValue, ContentProblems):
        return None


def _title(text: str) -> str:
    return texts.bounded(" ".join(text.split()), MAX_TITLE)


def _kind(session: Session, kind: str) -> str:
    if kind not in {term.id for term in session.library.vocabulary().audit_kinds}:
        raise InvalidValue("Cette sorte d'audit n'existe pas.")
    return kind


def _state(state: str) -> AuditState:
    try:
        return AuditState(state)
    except ValueError:
        raise InvalidValue("Cet état d'audit n'existe pas.") from None


def _date(text: str) -> str:
    try:
        return day.fromisoformat(text).isoformat()
    except ValueError:
        raise InvalidValue("La date s'écrit comme 2026-11-21.") from None
