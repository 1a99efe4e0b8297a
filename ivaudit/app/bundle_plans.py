"""What goes in a bundle: an audit or a part of it, several audits, the register, content."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from itertools import chain

from ivaudit.app import adaptation_files, bundle_export, names, own_keys, rules, texts
from ivaudit.app.bundle_export import Lock, Plan
from ivaudit.app.session import Session
from ivaudit.domain.audit import STRUCTURE, Audit
from ivaudit.domain.bundle import SUFFIX, ContentFile, Contents, Family
from ivaudit.domain.bundle_part import AuditPart
from ivaudit.domain.codes_import import LOCAL_ID
from ivaudit.domain.errors import InvalidValue, NotFound
from ivaudit.domain.report_form import long_date
from ivaudit.store import campaigns, definitions, evidence_rows, findings
from ivaudit.store import facilities as stored_facilities
from ivaudit.store import subjects as stored_subjects

_ALL_NOTES = "les notes internes, le carnet et les personnes rencontrées"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What of an audit to send.

    `sections` are ids of sections, `subjects` ids of subjects, `interlocutors` keys of the vocabulary: none
    of them means everything. `notes` are those of the team, `evidence` pictures and files.
    """

    sections: tuple[str, ...] = ()
    subjects: tuple[str, ...] = ()
    interlocutors: tuple[str, ...] = ()
    notes: bool = True
    evidence: bool = True

    @property
    def whole(self) -> bool:
        """Tell whether every point is sent."""
        return not (self.sections or self.subjects or self.interlocutors)


EVERYTHING = Wanted()


def of_audits(session: Session, audits: Sequence[str], lock: Lock, wanted: Wanted = EVERYTHING) -> Plan:
    """Return the plan of a bundle of audits.

    Args:
        session: the open workspace.
        audits: ids, at least one; only one where a part is wanted.
        lock: who can open it.
        wanted: what of them.

    Raises:
        NotFound: no such audit, section, subject or interlocutor.
        InvalidValue: no audit, or a part of several.
    """
    texts.settle(session)
    found = [session.audit(each) for each in dict.fromkeys(audits)]
    if not found or (len(found) > 1 and not wanted.whole):
        raise InvalidValue("Choisissez au moins un audit, et un seul pour n'en envoyer qu'une partie.")
    parts = {names.audit(each.id): _part(session, each, wanted) for each in found}
    title = _title(session, found[0]) if len(found) == 1 else f"{len(found)} audits"
    contents = Contents.AUDIT if len(found) == 1 else Contents.AUDITS
    plan = Plan(
        folder=session.workspace.folder,
        key=session.workspace.data_key,
        signing=own_keys.own_keys(session).signing,
        head=bundle_export.head(session, contents, title, _left_out(session, found[0], wanted)),
        lock=lock,
        scopes=dict(chain.from_iterable(_scopes(session, each, wanted) for each in found)),
        parts={scope: part for scope, part in parts.items() if not (part.whole and part.notes)},
        definitions=tuple(dict.fromkeys(chain.from_iterable(_definitions(session, each) for each in found))),
    )
    if not wanted.evidence:
        return plan
    pictures = chain.from_iterable(_pictures(session, each, parts[names.audit(each.id)]) for each in found)
    return replace(plan, evidence=tuple(dict.fromkeys(pictures)))


def of_register(session: Session, lock: Lock, *, references: bool = False) -> Plan:
    """Return the plan of a bundle of the register, without local references unless asked."""
    left_out = () if references else (bundle_export.WITHOUT_REFERENCES,)
    scopes = {names.REGISTER: "Registre des anomalies"}
    with_structures = {
        names.structure(each.id): f"Structure {each.name}"
        for each in stored_facilities.facilities(session.workspace.db)
    }
    return Plan(
        folder=session.workspace.folder,
        key=session.workspace.data_key,
        signing=own_keys.own_keys(session).signing,
        head=bundle_export.head(session, Contents.REGISTER, "Registre des anomalies", left_out),
        lock=lock,
        scopes={**with_structures, **scopes},
        references=references,
    )


def of_content(session: Session, lock: Lock) -> Plan:
    """Return the plan of a bundle of the local adaptations and of the codes found.

    Raises:
        NotFound: there are none.
    """
    files = tuple(_content())
    if not files:
        raise NotFound("Il n'y a ni adaptation locale ni code relevé à envoyer.")
    return Plan(
        folder=session.workspace.folder,
        key=session.workspace.data_key,
        signing=own_keys.own_keys(session).signing,
        head=bundle_export.head(session, Contents.CONTENT, "Adaptations locales et codes relevés"),
        lock=lock,
        files=files,
    )


def file_name(plan: Plan) -> str:
    """Return the name of a bundle: day, title, what it holds, copy («2026-11-22_ehpad_7f3a_a1b2c3.ivaudit»).

    Two audits may share day and title: on a stick, the second would take the place of the first.
    """
    from ivaudit.domain.wording import folded  # noqa: PLC0415 - one use

    plain = "".join(each if each.isalnum() else "-" for each in folded(plan.head.title))
    short = "-".join(filter(None, plain.split("-")))[:60].strip("-") or "echange"
    held = sha256("\n".join((*sorted(plan.scopes), *plan.head.left_out)).encode()).hexdigest()[:4]
    return f"{plan.head.at[:10]}_{short}_{held}_{plan.head.device[:6] or 'poste'}{SUFFIX}"


# -- an audit


def _title(session: Session, audit: Audit) -> str:
    kind = session.library.vocabulary().label("audit_kinds", audit.kind)
    return ", ".join(filter(None, (audit.facility_name, audit.title or kind, long_date(audit.date))))


def _scopes(session: Session, audit: Audit, wanted: Wanted) -> list[tuple[str, str]]:
    db = session.workspace.db
    found = [
        (names.structure(audit.facility), f"Structure {audit.facility_name}"),
        (names.audit(audit.id), _title(session, audit)),
    ]
    if not wanted.whole:
        return found
    held = [each for each in campaigns.campaigns(db) if each.audit == audit.id]
    agreed = [each for each in findings.actions(db) if each.audit == audit.id]
    found += [(names.campaign(each.id), f"Campagne {each.title}") for each in held]
    return found + [(names.action(each.id), f"Action {each.what}") for each in agreed]


def _part(session: Session, audit: Audit, wanted: Wanted) -> AuditPart:
    if wanted.whole:
        return AuditPart(notes=wanted.notes)
    criteria = _criteria(session, audit, wanted)
    known = {STRUCTURE, *(each.id for each in stored_subjects.subjects(session.workspace.db, audit.id))}
    if unknown := set(wanted.subjects) - known:
        raise NotFound(f"Cet audit n'a pas de sujet « {min(unknown)[:60]} ».")
    subjects = frozenset(wanted.subjects) or None
    return AuditPart(
        criteria=criteria,
        subjects=subjects,
        linked=frozenset(_linked(session, audit, criteria, subjects)),
        notes=wanted.notes,
    )


def _criteria(session: Session, audit: Audit, wanted: Wanted) -> frozenset[str] | None:
    if not (wanted.sections or wanted.interlocutors):
        return None
    points = [point for each in session.frozen(audit).checklists for point in each.points()]
    sections = {point.section.id for point in points}
    asked = {key for point in points for key in point.criterion.interlocutors}
    if unknown := {*wanted.sections} - sections | {*wanted.interlocutors} - asked:
        raise NotFound(f"Les grilles de cet audit n'ont ni section ni interlocuteur « {min(unknown)[:60]} ».")
    return frozenset(
        point.criterion.id
        for point in points
        if (not wanted.sections or point.section.id in wanted.sections)
        and (not wanted.interlocutors or {*wanted.interlocutors} & {*point.criterion.interlocutors})
    )


def _linked(
    session: Session, audit: Audit, criteria: frozenset[str] | None, subjects: frozenset[str] | None
) -> Iterable[str]:
    db = session.workspace.db

    def goes(about: Iterable[str], subject: str) -> bool:
        right = criteria is None or not criteria.isdisjoint(about)
        return right and (subjects is None or subject in subjects)

    for kept in evidence_rows.evidence_of(db, audit.id):
        if goes(kept.criteria, kept.subject):
            yield names.evidence(audit.id, kept.id)
    for finding in findings.findings(db, audit.id):
        if goes(finding.criteria, finding.subject):
            yield names.finding(audit.id, finding.id)


def _pictures(session: Session, audit: Audit, part: AuditPart) -> Iterable[str]:
    for each in evidence_rows.evidence_of(session.workspace.db, audit.id):
        if not each.erased and (part.whole or names.evidence(audit.id, each.id) in part.linked):
            yield from each.digests


def _left_out(session: Session, audit: Audit, wanted: Wanted) -> list[str]:
    if wanted.whole:
        return [] if wanted.notes else [_ALL_NOTES]
    words = session.library.vocabulary()
    labels = {each.id: each.label for each in stored_subjects.subjects(session.workspace.db, audit.id)}
    sections = {
        point.section.id: point.section.title
        for each in session.frozen(audit).checklists
        for point in each.points()
    }
    kept = [
        *(sections.get(each, each) for each in wanted.sections),
        *(labels.get(each, "Toute la structure") for each in wanted.subjects),
        *(words.label("interlocutors", each) for each in wanted.interlocutors),
    ]
    said = f"tout ce qui ne porte pas sur : {', '.join(kept)}"[:300]
    return [said, *([] if wanted.notes else [_ALL_NOTES])]


def _definitions(session: Session, audit: Audit) -> Iterable[str]:
    """Return the digests of the definitions an audit names, or ever named."""
    db = session.workspace.db
    yield from (sha for _, _, sha in audit.checklists)
    yield from definitions.named_by(db, audit.id)
    for campaign in campaigns.campaigns(db):
        if campaign.audit == audit.id:
            yield campaign.grid[2]


# -- content


def _content() -> Iterable[ContentFile]:
    for each in adaptation_files.opened():
        if each.saved:
            yield ContentFile(
                family=Family.ADAPTATION,
                id=each.adaptation.id,
                text=adaptation_files.text_in_use(each.adaptation.id),
            )
    if (codes := rules.codes_text()) is not None:
        yield ContentFile(family=Family.CODES, id=LOCAL_ID, text=codes)
