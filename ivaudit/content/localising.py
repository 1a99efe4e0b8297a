"""A checklist made local: what others publish is taken over, what was reworded gets an id of its own."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from ivaudit.content.conditions import named
from ivaudit.content.resolving import Known, adopted, criteria_of, entries_of
from ivaudit.content.shapes import ChecklistFile, CriterionRef, DomainFile, SectionFile
from ivaudit.domain.checklist import Condition, Criterion

SUFFIX = "local"


@dataclass(frozen=True, slots=True, kw_only=True)
class Localised:
    """The checklist and the ids that changed, by former id."""

    file: ChecklistFile
    renamed: Mapping[str, str]


def localised(file: ChecklistFile, known: Mapping[str, Known]) -> Localised:
    """Return a checklist whose own criteria have ids that nobody else uses.

    A criterion that another checklist publishes with the same text becomes a reference to it, so that one
    answer serves both; one that was reworded gets a new id, and so do those whose condition names it.

    Args:
        file: as it was read.
        known: every criterion of the others.
    """
    references = _references(file, known)
    taken = {*known, *(each.id for each in criteria_of(file))}
    renamed = _renamed(file, known, references, taken)
    changed = {
        each.id: references.get(each.id) if each.id not in renamed else _rename(each, renamed)
        for each in criteria_of(file)
        if each.id in known
    }
    own = {each.id: _rename(each, renamed) for each in criteria_of(file) if each.id not in known}

    def entry(each: CriterionRef | Criterion) -> CriterionRef | Criterion:
        if isinstance(each, CriterionRef):
            return each
        return changed.get(each.id) or own[each.id]

    return Localised(file=_rebuilt(file, entry), renamed=renamed)


def _references(file: ChecklistFile, known: Mapping[str, Known]) -> dict[str, CriterionRef]:
    """Return, by id, how to take over the criteria that are published elsewhere with the same text."""
    found = {}
    for each in criteria_of(file):
        if each.id in known and (reference := _reference(each, known[each.id], file.scale)):
            found[each.id] = reference
    return found


def _reference(criterion: Criterion, known: Known, scale: str) -> CriterionRef | None:
    """Return the reference that gives exactly this criterion, nothing when its text differs."""
    published = adopted(CriterionRef(ref=criterion.id), known, scale)
    changes: dict[str, Any] = {}
    if (criterion.weight, criterion.weight_reason) != (published.weight, published.weight_reason):
        changes |= {"weight": criterion.weight, "weight_reason": criterion.weight_reason}
    if (criterion.critical, criterion.critical_reason) != (published.critical, published.critical_reason):
        changes |= {"critical": criterion.critical, "critical_reason": criterion.critical_reason}
    if criterion.critical_chosen_by != published.critical_chosen_by:
        changes["critical_chosen_by"] = criterion.critical_chosen_by
    if criterion.minutes != published.minutes:
        changes["minutes"] = criterion.minutes
    reference = CriterionRef(ref=criterion.id, **changes)
    return reference if adopted(reference, known, scale) == criterion else None


def _renamed(
    file: ChecklistFile, known: Mapping[str, Known], references: Mapping[str, CriterionRef], taken: set[str]
) -> dict[str, str]:
    """Return the new ids, by former one."""
    clashing = [each for each in criteria_of(file) if each.id in known]
    wanted = {each.id for each in clashing if each.id not in references}
    size = -1
    while len(wanted) > size:
        size = len(wanted)
        wanted |= {each.id for each in clashing if wanted & set(named(each))}
    return {each.id: _free(each.id, taken) for each in clashing if each.id in wanted}


def _free(id: str, taken: set[str]) -> str:  # noqa: A002 - ids are called ids here
    """Return an id that nobody uses, and take it."""
    names = (f"{id}-{SUFFIX}{'' if rank == 1 else f'-{rank}'}" for rank in range(1, len(taken) + 2))
    found = next(name for name in names if name not in taken)
    taken.add(found)
    return found


def _rename(criterion: Criterion, renamed: Mapping[str, str]) -> Criterion:
    condition = criterion.applicability
    return replace(
        criterion,
        id=renamed.get(criterion.id, criterion.id),
        applicability=None if condition is None else _condition(condition, renamed),
    )


def _condition(condition: Condition, renamed: Mapping[str, str]) -> Condition:
    key = condition.criterion
    return replace(
        condition,
        criterion=None if key is None else renamed.get(key, key),
        every=tuple(_condition(each, renamed) for each in condition.every),
        some=tuple(_condition(each, renamed) for each in condition.some),
    )


def _rebuilt(file: ChecklistFile, entry: Any) -> ChecklistFile:  # noqa: ANN401 - a function of an entry
    """Return the file with each entry replaced."""

    def section_of(section: SectionFile) -> SectionFile:
        return replace(section, criteria=tuple(map(entry, section.criteria)))

    def domain_of(domain: DomainFile) -> DomainFile:
        return replace(domain, sections=tuple(map(section_of, domain.sections)))

    return replace(file, domains=tuple(map(domain_of, file.domains)))


def shared(file: ChecklistFile) -> int:
    """Return how many criteria a file takes over from others."""
    return sum(isinstance(each, CriterionRef) for each in entries_of(file))


def asked(file: ChecklistFile, known: Mapping[str, Known]) -> Iterator[Criterion]:
    """Yield what a file asks, references resolved; those that lead nowhere are left out."""
    for each in entries_of(file):
        if isinstance(each, Criterion):
            yield each
        elif each.ref in known:
            yield adopted(each, known[each.ref], file.scale)
