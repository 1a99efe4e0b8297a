"""The points worth coming back to after an audit, as a checklist of their own."""

from collections.abc import Collection, Iterator
from dataclasses import replace

from ivaudit.domain.audit import AuditSheet
from ivaudit.domain.checklist import Checklist, Condition, Criterion, Domain, Kind, Section
from ivaudit.domain.scale import Scale
from ivaudit.domain.standing import CriticalState, PointStanding, standings

FOLLOW_UP = "suivi-cible"
"""The id of a checklist made this way: no file publishes it."""

_VERSION = "1.0.0"


def to_follow(sheet: AuditSheet, *, also: Collection[str] = ()) -> tuple[str, ...]:
    """Return the criteria to come back to, in order, each once.

    These are the points not fully met, and the critical ones that were not rated.

    Args:
        sheet: the audit to follow.
        also: ids of criteria to come back to for another reason (an action still open on them).
    """
    found = (
        each.criterion.id
        for checklist in sheet.checklists
        for each in standings(sheet, checklist)
        if each.criterion.id in also or _unmet(sheet, checklist, each)
    )
    return tuple(dict.fromkeys(found))


def follow_up(sheet: AuditSheet, *, also: Collection[str] = ()) -> Checklist | None:
    """Return the checklist that follows an audit, nothing when there is nothing to come back to.

    It has no level: on the unmet points alone, one would mislead.

    Args:
        sheet: the audit to follow.
        also: ids of criteria to come back to for another reason (an action still open on them).
    """
    wanted = set(to_follow(sheet, also=also))
    if not wanted:
        return None
    main = sheet.checklists[0].scale
    domains = tuple(
        domain
        for checklist in sheet.checklists
        for domain in _domains(checklist, wanted, main, alone=len(sheet.checklists) == 1)
    )
    scales = {scale.id: scale for each in sheet.checklists for scale in (each.scale, *each.other_scales)}
    asked = {c.scale for domain in domains for section in domain.sections for c in section.criteria}
    day = "/".join(reversed(sheet.audit.date.split("-")))
    return Checklist(
        id=FOLLOW_UP,
        version=_VERSION,
        title=f"Suivi ciblé : points à reprendre de l'audit du {day}",
        kind=Kind.VISIT,
        summary="Les points que l'audit n'a pas trouvés pleinement tenus, ceux sur lesquels une action est "
        "ouverte, et les points critiques qu'il n'a pas pu évaluer. Aucun niveau n'est donné : il ne "
        "porterait que sur ces points.",
        edition=" ; ".join(dict.fromkeys(each.edition for each in sheet.checklists)),
        licence=" ; ".join(dict.fromkeys(each.licence for each in sheet.checklists)),
        authors=tuple(dict.fromkeys(author for each in sheet.checklists for author in each.authors)),
        published=sheet.audit.date,
        scale=main,
        other_scales=tuple(scale for key, scale in scales.items() if key in asked),
        coverage_threshold=max(each.coverage_threshold for each in sheet.checklists),
        domains=domains,
        adaptations=tuple(done for each in sheet.checklists for done in each.adaptations),
    )


def _unmet(sheet: AuditSheet, checklist: Checklist, each: PointStanding) -> bool:
    if each.critical_state is CriticalState.NOT_RATED:
        return True
    if each.earned is not None:
        return each.earned < 1
    answers = (sheet.answer(each.criterion.id, subject) for subject in sheet.subjects)
    values = (checklist.scale_of(each.criterion).value(answer.value or "") for answer in answers)
    return any(value is not None and value.to_improve for value in values)


def _domains(checklist: Checklist, wanted: set[str], main: Scale, *, alone: bool) -> Iterator[Domain]:
    """Yield what is left of the domains of a checklist; what is taken leaves `wanted`."""
    prefix = "" if alone else f"{checklist.id}-"
    for domain in checklist.domains:
        sections = []
        for section in domain.sections:
            criteria = tuple(_alone(checklist, each, main) for each in section.criteria if each.id in wanted)
            wanted.difference_update(each.id for each in criteria)
            if criteria:
                sections.append(Section(id=f"{prefix}{section.id}", title=section.title, criteria=criteria))
        if sections:
            yield Domain(id=f"{prefix}{domain.id}", title=domain.title, sections=tuple(sections))


def _alone(checklist: Checklist, criterion: Criterion, main: Scale) -> Criterion:
    """Return a criterion as it stands without the others: those its condition asks about may be gone."""
    scale = checklist.scale_of(criterion)
    condition = criterion.applicability
    return replace(
        criterion,
        scale=None if scale.id == main.id else scale.id,
        applicability=None if condition is not None and _about_answers(condition) else condition,
    )


def _about_answers(condition: Condition) -> bool:
    parts = (*condition.every, *condition.some)
    return condition.criterion is not None or any(map(_about_answers, parts))
