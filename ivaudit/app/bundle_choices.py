"""What can be chosen to be sent: parts of an audit, several audits; and what was chosen, made a plan."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from ivaudit.app import audits, bundle_export, bundle_plans, teams
from ivaudit.app.bundle_export import Plan
from ivaudit.app.bundle_plans import Wanted
from ivaudit.app.session import Session
from ivaudit.domain.audit import STRUCTURE
from ivaudit.exchange import age_keys
from ivaudit.store import subjects as stored_subjects


class ChoiceKind(StrEnum):
    """What a choice is of, as it is said."""

    SECTION = "Section"
    SUBJECT = "Unité ou personne"
    INTERLOCUTOR = "Interlocuteur"
    AUDIT = "Audit"


@dataclass(frozen=True, slots=True, kw_only=True)
class SendChoice:
    """Something that can be sent: what it is, its id among those of its kind, what people call it."""

    kind: ChoiceKind
    id: str
    label: str
    detail: str


def parts(session: Session, audit: str) -> tuple[SendChoice, ...]:
    """Return the sections, subjects and interlocutors that a part of an audit can be made of.

    Raises:
        NotFound: no such audit.
    """
    return tuple(_parts(session, audit))


def sets(session: Session) -> tuple[SendChoice, ...]:
    """Return the audits that can be sent together, the last touched first."""
    words = session.library.vocabulary()
    found = (each.audit for each in audits.all_of(session))
    return tuple(
        SendChoice(
            kind=ChoiceKind.AUDIT,
            id=each.id,
            label=f"{each.facility_name}, {each.title or words.label('audit_kinds', each.kind)}",
            detail=", ".join(filter(None, (_day(each.date), each.state.value))),
        )
        for each in found
    )


def wanted(chosen: Iterable[SendChoice], *, notes: bool, evidence: bool) -> Wanted:
    """Return what of an audit was chosen; nothing chosen of a kind means everything of it."""
    ids: dict[ChoiceKind, list[str]] = {}
    for each in chosen:
        ids.setdefault(each.kind, []).append(each.id)
    return Wanted(
        sections=tuple(ids.get(ChoiceKind.SECTION, ())),
        subjects=tuple(ids.get(ChoiceKind.SUBJECT, ())),
        interlocutors=tuple(ids.get(ChoiceKind.INTERLOCUTOR, ())),
        notes=notes,
        evidence=evidence,
    )


def plan(session: Session, audits: Sequence[str], what: Wanted, *, reader: str, passphrase: str) -> Plan:
    """Return the plan of what was chosen.

    Args:
        session: the open workspace.
        audits: ids.
        what: what of them.
        reader: the public key of who it is for, empty when there is none.
        passphrase: one agreed on with them; that of the team opens it where neither is given.

    Raises:
        NotFound: an audit or a part of it is not there any more.
        InvalidValue: no audit, a part of several, no key, or nobody else could open it.
    """
    readers = [age_keys.understood(reader)] if reader else []
    team = teams.shared(session, audits)
    lock = bundle_export.lock(session, team, readers=readers, passphrase=passphrase)
    return bundle_plans.of_audits(session, audits, lock, what)


def _parts(session: Session, audit: str) -> Iterator[SendChoice]:
    points = [p for each in session.frozen(session.audit(audit)).checklists for p in each.points()]
    several = Counter(point.section.id for point in points)
    for section in {point.section.id: point.section for point in points}.values():
        yield _choice(ChoiceKind.SECTION, section.id, section.title, several[section.id])
    yield SendChoice(kind=ChoiceKind.SUBJECT, id=STRUCTURE, label="Toute la structure", detail="")
    for each in stored_subjects.subjects(session.workspace.db, audit):
        yield SendChoice(kind=ChoiceKind.SUBJECT, id=each.id, label=each.label, detail="")
    words = session.library.vocabulary()
    asked = Counter(key for point in points for key in dict.fromkeys(point.criterion.interlocutors))
    for key in asked:
        yield _choice(ChoiceKind.INTERLOCUTOR, key, words.label("interlocutors", key), asked[key])


def _day(iso: str) -> str:
    return f"{date.fromisoformat(iso):%d/%m/%Y}" if iso else ""


def _choice(kind: ChoiceKind, key: str, text: str, points: int) -> SendChoice:
    return SendChoice(kind=kind, id=key, label=text, detail=f"{points} point{'s'[: points > 1]}")
