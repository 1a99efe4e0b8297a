"""A new audit that starts from an earlier one of its structure: the same grids, or what is left to follow."""

from collections.abc import Iterator, Sequence
from enum import StrEnum

from ivaudit.app import audits, names, references, versions
from ivaudit.app.session import Session
from ivaudit.domain.audit import Answer, Audit, AuditSheet, Changes
from ivaudit.domain.carrying import compare
from ivaudit.domain.checklist import Checklist
from ivaudit.domain.errors import NotAllowedNow
from ivaudit.domain.follow_up import follow_up
from ivaudit.store import audits as stored
from ivaudit.store.journal import Edit

KIND = "suivi"


class Take(StrEnum):
    """What a new audit takes from the one it starts from, beside its grids."""

    NONE = "none"
    CONFIRM = "confirm"


def create_follow_up(session: Session, source: str, date: str, *, title: str = "") -> tuple[Changes, str]:
    """Create the audit that comes back to what an earlier one left: a grid of those points, no level.

    They are the points not fully met, and those on which an action of the structure is still open. Earlier
    answers wait to be confirmed; the earlier constat and the actions stand beside.

    Args:
        session: the open workspace.
        source: id of the audit to follow.
        date: day of the visit, `AAAA-MM-JJ`.
        title: what people call it; made of the date of the source when empty.

    Raises:
        NotFound: no such audit.
        NotAllowedNow: nothing is left to follow.
        InvalidValue: impossible date.
    """
    sheet = audits.sheet(session, source)
    underway = references.criteria_of_open_actions(session, sheet.facility.id)
    checklist = follow_up(sheet, also=underway)
    if checklist is None:
        raise NotAllowedNow(
            "Cet audit ne laisse rien à suivre : aucun point n'est à améliorer, aucune action n'est ouverte "
            "et tous les points critiques sont évalués."
        )
    day = "/".join(reversed(sheet.audit.date.split("-")))
    title = title or f"Suivi ciblé de l'audit du {day}"
    return _created(session, sheet, KIND, [checklist], date, title=title, take=Take.CONFIRM)


def create_from(
    session: Session, source: str, date: str, take: Take, *, kind: str = "", title: str = ""
) -> tuple[Changes, str]:
    """Create an audit of the same structure on the same grids, in the versions of today.

    Args:
        session: the open workspace.
        source: id of the audit to start from.
        date: day of the visit, `AAAA-MM-JJ`.
        take: nothing of its answers, or all of them, to be confirmed.
        kind: key of the vocabulary (audit kinds); that of the source when empty.
        title: what people call it.

    Raises:
        NotFound: no such audit.
        InvalidValue: unknown kind or impossible date.
    """
    sheet = audits.sheet(session, source)
    checklists = [audits.published(session, each) or each for each in sheet.checklists]
    return _created(session, sheet, kind or sheet.audit.kind, checklists, date, title=title, take=take)


def last_of(session: Session) -> dict[str, Audit]:
    """Return the last audit of each structure that has one, by the day of the visit."""
    found: dict[str, Audit] = {}
    for audit in stored.audits(session.workspace.db):
        before = found.get(audit.facility)
        if before is None or (audit.date, audit.created) > (before.date, before.created):
            found[audit.facility] = audit
    return found


def _created(
    session: Session,
    sheet: AuditSheet,
    kind: str,
    checklists: Sequence[Checklist],
    date: str,
    *,
    title: str,
    take: Take,
) -> tuple[Changes, str]:
    def carried(key: str) -> Iterator[Edit]:
        done: set[str] = set()
        for old in sheet.checklists if take is Take.CONFIRM else ():
            for new in checklists:
                yield from _carried(sheet, key, old, new, done)

    return audits.create_on(
        session,
        sheet.facility.id,
        kind,
        checklists,
        date,
        title=title,
        source=sheet.audit.id,
        more=carried,
    )


def _carried(sheet: AuditSheet, key: str, old: Checklist, new: Checklist, done: set[str]) -> Iterator[Edit]:
    """Yield the answers of an audit that another takes over, each criterion once."""
    sha = next(sha for each, _, sha in sheet.audit.checklists if each == old.id)
    for match in compare(old, new):
        if match.new is None or not match.olds or match.new.criterion.id in done:
            continue
        done.add(match.new.criterion.id)
        for subject in sheet.subjects:
            before = next(
                (p.criterion.id for p in match.olds if sheet.answer(p.criterion.id, subject).value), ""
            )
            answer = sheet.answer(before, subject)
            if versions.worth_carrying(new, match, answer) is not None:
                entity = names.answer(key, subject, match.new.criterion.id)
                yield from _edits(entity, sheet.audit.id, sha, before, answer)


def _edits(entity: str, source: str, sha: str, criterion: str, answer: Answer) -> Iterator[Edit]:
    yield Edit(entity, "value", answer.value)
    if answer.na_reason:
        yield Edit(entity, "na_reason", answer.na_reason)
    yield Edit(entity, "carried", versions.carried_json(source, sha, criterion, answer.at))
