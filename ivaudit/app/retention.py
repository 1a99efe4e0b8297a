"""Durations of retention: chosen, looked through without doing anything, then applied with a report."""

import secrets
from collections.abc import Iterator
from datetime import date, datetime

from ivaudit.app import checks, evidence_erasure, names
from ivaudit.app.session import Session
from ivaudit.app.trail_names import Names
from ivaudit.content.library import Library
from ivaudit.content.shapes import Family
from ivaudit.domain import clock
from ivaudit.domain.audit import Audit, AuditState, Changes
from ivaudit.domain.errors import InvalidValue, NotAllowedNow
from ivaudit.domain.journal import PURGE, Json
from ivaudit.domain.progress import Progress, silent
from ivaudit.domain.retention import Due, Held, PurgePlan, RetentionProposals, over
from ivaudit.store import anomalies as stored_anomalies
from ivaudit.store import audits as stored
from ivaudit.store import erased_copies, evidence_rows
from ivaudit.store.journal import Edit

LONGEST = 240
_SETTING = "retention."
_NOTES = (("answer", ("note",)), ("line", ("text", "source")))
_NAMES = (("person", ("name",)),)


def proposals(library: Library) -> RetentionProposals:
    """Return the published kinds, with the durations to discuss."""
    found: tuple[RetentionProposals, ...] = library.every(Family.RETENTION)
    return found[0]


def durations(session: Session) -> dict[Held, int]:
    """Return the months chosen for each kind; 0 where nothing was: it is kept."""
    kept = stored.settings(session.workspace.db)
    return {held: _months(kept.get(f"{_SETTING}{held}")) for held in Held}


def choose(session: Session, held: Held, months: int) -> Changes:
    """Choose after how many months a kind of data may be purged; 0 keeps it. Nothing is purged by this.

    Raises:
        InvalidValue: no such number of months.
    """
    if not 0 <= months <= LONGEST:
        raise InvalidValue(f"Une durée se donne en mois, de 0 (garder) à {LONGEST}.")
    if durations(session)[held] == months:
        return Changes()
    recorded = session.record(names.WORKSPACE, [Edit(names.SETTINGS, f"{_SETTING}{held}", months)])
    return Changes(workspace=True, done="Durée de conservation choisie", at=recorded.at)


def plan(session: Session, day: date | None = None) -> PurgePlan:
    """Return what a purge would take away on a local day, today unless told; nothing is done."""
    today = day or clock.today()
    chosen = durations(session)
    words = Names(session)
    due = (
        *_references(session, words, today, chosen[Held.REFERENCES]),
        *_of_audits(session, words, today, chosen),
        *_drafts(session, words, today, chosen[Held.DRAFTS]),
    )
    return PurgePlan(
        day=today.isoformat(),
        months=tuple((held, months) for held, months in chosen.items() if months),
        due=tuple(due),
    )


def purge(session: Session, planned: PurgePlan, progress: Progress = silent) -> Changes:
    """Take away what a plan lists, and keep its counts in the journal.

    Args:
        session: the open workspace.
        planned: what `plan` returned and somebody read; what changed since is left.
        progress: told how far it is; stopping it leaves everything as it was.

    Raises:
        NotAllowedNow: there is nothing to purge.
        Cancelled: somebody asked to stop; nothing was purged.
    """
    now = {(each.held, each.places): each for each in plan(session, date.fromisoformat(planned.day)).due}
    due = [each for each in planned.due if (each.held, each.places) in now]
    if not due:
        raise NotAllowedNow("Rien n'est à purger : aucune durée choisie n'est dépassée.")
    months = dict(planned.months)
    entities: set[str] = set()
    with session.workspace.gesture():
        for rank, each in enumerate(due):
            progress(rank, len(due), "Purge")
            _apply(session, each, f"Purge : {months[each.held]} mois après la clôture")
            entities |= {entity for entity, _ in each.places}
        progress(len(due), len(due), "Réécriture des fichiers")
        recorded = session.workspace.journal.record(
            names.WORKSPACE,
            [Edit(f"purge:{secrets.token_hex(6)}", "report", _report(planned, due))],
            author=session.author,
            kind=PURGE,
        )
    # The journal first: what a sudden stop leaves of pictures is erased when the workspace is opened again.
    pictures = [place for each in due if each.held is Held.EVIDENCE for place in each.places]
    evidence_erasure.forget_bodies(session, [_evidence_of(entity) for entity, _ in pictures])
    later = session.rewrite()
    return names.changes(entities, done=f"Purge faite : {_amount(due)} valeurs{later}", at=recorded.at)


def _apply(session: Session, due: Due, reason: str) -> None:
    if due.held is Held.DRAFTS:
        erased_copies.erase_drafts(session.workspace.db, due.places)
        return
    for entity, field in due.places:
        if due.held is Held.EVIDENCE:
            evidence_erasure.mark_erased(session, _evidence_of(entity), reason)
        else:
            checks.erase_field(session, entity, field, reason)


# -- what is due


def _references(session: Session, words: Names, today: date, months: int) -> Iterator[Due]:
    if not months:
        return
    for line in stored_anomalies.lines(session.workspace.db):
        if line.open or not over(line.ended, today, months):
            continue
        entry = stored_anomalies.entry(session.workspace.db, line.id)
        if entry is not None and entry.references:
            entity = names.anomaly(line.id)
            yield Due(
                held=Held.REFERENCES,
                where=words.where(names.REGISTER, entity),
                what=line.number,
                closed=line.ended,
                amount=len(entry.references),
                places=((entity, "references"),),
            )


def _of_audits(session: Session, words: Names, today: date, chosen: dict[Held, int]) -> Iterator[Due]:
    for audit in stored.audits(session.workspace.db):
        if audit.state is not AuditState.VALIDATED:
            continue
        closed = _closed(session, audit)
        for held, months in chosen.items():
            if over(closed, today, months) and (places := _places(session, audit.id, held, today, months)):
                yield Due(
                    held=held,
                    where=words.audit(audit.id),
                    what=_WHAT[held],
                    closed=closed,
                    amount=len(places),
                    places=places,
                )


_WHAT = {
    Held.NOTES: "Notes internes et lignes du carnet",
    Held.PERSONS: "Noms de personnes rencontrées",
    Held.EVIDENCE: "Photographies et fichiers",
    Held.REFERENCES: "",
    Held.DRAFTS: "",
}


def _places(
    session: Session, audit: str, held: Held, today: date, months: int
) -> tuple[tuple[str, str], ...]:
    match held:
        case Held.NOTES | Held.PERSONS:
            return tuple(_written(session, audit, _NOTES if held is Held.NOTES else _NAMES))
        case Held.EVIDENCE:
            return tuple(_pictures(session, audit, today, months))
        case Held.REFERENCES | Held.DRAFTS:
            return ()


def _written(
    session: Session, audit: str, kinds: tuple[tuple[str, tuple[str, ...]], ...]
) -> Iterator[tuple[str, str]]:
    """Yield the fields of an audit that ever held a text, present or past."""
    for kind, fields in kinds:
        prefix = f"{kind}:{audit}/"
        rows = session.workspace.db.execute(
            "SELECT DISTINCT entity, field FROM change WHERE entity >= ? AND entity < ? AND body IS NOT NULL"
            " AND body NOT IN ('[1,\"\"]', '[1,null]') ORDER BY entity, field",
            (prefix, f"{prefix[:-1]}0"),
        )
        yield from ((entity, field) for entity, field in rows.fetchall() if field in fields)


def _pictures(session: Session, audit: str, today: date, months: int) -> Iterator[tuple[str, str]]:
    """Yield the evidence of an audit whose bodies no audit that is not due keeps too."""
    db = session.workspace.db
    for each in evidence_rows.evidence_of(db, audit):
        if not each.digests or each.erased:
            continue
        sharing = {place[0] for place in evidence_rows.sharing(db, each.digests)}
        if all(_is_due(session, other, today, months) for other in sharing):
            yield names.evidence(audit, each.id), "erased"


def _is_due(session: Session, key: str, today: date, months: int) -> bool:
    found = stored.audit(session.workspace.db, key)
    if found is None:
        return True
    return found.state is AuditState.VALIDATED and over(_closed(session, found), today, months)


def _closed(session: Session, audit: Audit) -> str:
    """Return the local day an audit was validated."""
    versions = session.workspace.journal.history(names.audit(audit.id), "state")
    at = max((each.at for each in versions if each.value == AuditState.VALIDATED), default="")
    return datetime.fromisoformat(at).astimezone().date().isoformat() if at else ""


def _drafts(session: Session, words: Names, today: date, months: int) -> Iterator[Due]:
    for draft in session.workspace.drafts.all():
        typed = datetime.fromisoformat(draft.at).astimezone().date().isoformat()
        if draft.alert and over(typed, today, months):
            yield Due(
                held=Held.DRAFTS,
                where=words.where(draft.scope, draft.entity),
                what=words.what(draft.entity, draft.field),
                closed=typed,
                amount=1,
                places=((draft.entity, draft.field),),
            )


# -- parts


def _report(planned: PurgePlan, due: list[Due]) -> dict[str, Json]:
    """Return what stays of a purge: counts, and the durations it followed; never what went."""
    held = {each: [one for one in due if one.held is each] for each in Held}
    return {
        "jour": planned.day,
        "durées en mois": {each.value: months for each, months in planned.months},
        "valeurs purgées": {each.value: _amount(found) for each, found in held.items() if found},
        "emplacements": {each.value: len(found) for each, found in held.items() if found},
    }


def _amount(due: list[Due]) -> int:
    return sum(each.amount for each in due)


def _months(value: Json) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= LONGEST else 0


def _evidence_of(entity: str) -> tuple[str, str]:
    audit, _, key = entity.partition(":")[2].partition("/")
    return audit, key
