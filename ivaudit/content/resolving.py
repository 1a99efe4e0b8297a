"""From a checklist file to a checklist: references replaced by what they name, scales and levels inside."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from ivaudit.content.shapes import ChecklistFile, CriterionRef, DomainFile, SectionFile
from ivaudit.domain.checklist import Checklist, Criterion, Domain, Section
from ivaudit.domain.scale import Levels, Scale


@dataclass(frozen=True, slots=True)
class Known:
    """A criterion as its own checklist publishes it, with the scale it is answered on."""

    criterion: Criterion
    checklist: str
    scale: str


@dataclass(frozen=True, slots=True)
class Holder:
    """A part of a file (observed item, case, term) whose id is taken in its whole family."""

    part: Any
    file: str


_PARTS = ("items", "cases", "terms", "added", "rules", "circuits", "indicators")


def parts_of(value: object) -> tuple[Any, ...]:
    """Return the parts of a file whose ids are unique over its whole family; other files have none."""
    return next((getattr(value, name) for name in _PARTS if hasattr(value, name)), ())


def criteria_of(file: ChecklistFile) -> Iterator[Criterion]:
    """Yield the criteria that a file publishes itself."""
    yield from (each for each in entries_of(file) if isinstance(each, Criterion))


def references_of(file: ChecklistFile) -> Iterator[CriterionRef]:
    """Yield the references to criteria of other checklists."""
    yield from (each for each in entries_of(file) if isinstance(each, CriterionRef))


def entries_of(file: ChecklistFile) -> Iterator[CriterionRef | Criterion]:
    """Yield everything a file asks, in order."""
    for domain in file.domains:
        for section in domain.sections:
            yield from section.criteria


def known_of(file: ChecklistFile) -> Iterator[Known]:
    """Yield what other checklists may refer to."""
    for criterion in criteria_of(file):
        yield Known(criterion, file.id, criterion.scale or file.scale)


def adopted(reference: CriterionRef, known: Known, scale: str) -> Criterion:
    """Return a criterion as another checklist, answered on `scale`, takes it up."""
    changes: dict[str, Any] = {"scale": None if known.scale == scale else known.scale}
    if reference.weight is not None:
        changes |= {"weight": reference.weight, "weight_reason": reference.weight_reason}
    if reference.critical is not None:
        changes |= {"critical": reference.critical, "critical_reason": reference.critical_reason}
    if reference.critical_reason is not None:
        changes["critical_reason"] = reference.critical_reason
    if reference.critical_chosen_by is not None:
        changes["critical_chosen_by"] = reference.critical_chosen_by
    if reference.minutes is not None:
        changes["minutes"] = reference.minutes
    return replace(known.criterion, **changes)


def resolve(
    file: ChecklistFile, known: Mapping[str, Known], scales: Mapping[str, Scale], levels: Mapping[str, Levels]
) -> Checklist:
    """Return the checklist of a file whose references, scales and levels have been checked to exist."""

    def section_of(section: SectionFile) -> Section:
        criteria = tuple(
            adopted(each, known[each.ref], file.scale) if isinstance(each, CriterionRef) else each
            for each in section.criteria
        )
        return Section(id=section.id, title=section.title, criteria=criteria)

    def domain_of(domain: DomainFile) -> Domain:
        return Domain(id=domain.id, title=domain.title, sections=tuple(map(section_of, domain.sections)))

    domains = tuple(map(domain_of, file.domains))
    asked = (each for domain in domains for section in domain.sections for each in section.criteria)
    others = dict.fromkeys(each.scale for each in asked if each.scale and each.scale != file.scale)
    return Checklist(
        id=file.id,
        version=file.version,
        title=file.title,
        kind=file.kind,
        summary=file.summary,
        edition=file.edition,
        licence=file.licence,
        authors=file.authors,
        published=file.published,
        scale=scales[file.scale],
        other_scales=tuple(scales[each] for each in others),
        levels=None if file.levels is None else levels[file.levels],
        coverage_threshold=file.coverage_threshold,
        minutes_budget=file.minutes_budget,
        domains=domains,
    )
