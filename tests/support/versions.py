"""Newer versions of a shipped grid, for tests."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace

import pytest

from ivaudit.app.session import Session
from ivaudit.domain.checklist import Checklist, Criterion, Section

NEXT = "9.0.0"


def reworded(
    checklist: Checklist,
    *,
    told_anew: Collection[str] = (),
    renamed: Mapping[str, str] | None = None,
    withdrawn: Collection[str] = (),
    added: Collection[str] = (),
    change: Mapping[str, Callable[[Criterion], Criterion]] | None = None,
) -> Checklist:
    """Return the version that comes after a checklist.

    Args:
        checklist: what it starts from.
        told_anew: ids whose question gets other words.
        renamed: by old id, the id that replaces it.
        withdrawn: ids that are no longer asked.
        added: ids of new criteria, at the end of the first section.
        change: by id, what else becomes of a criterion.
    """
    names, changes = renamed or {}, change or {}

    def asked(criterion: Criterion) -> Criterion:
        made = criterion
        if criterion.id in changes:
            made = changes[criterion.id](made)
        if criterion.id in told_anew:
            made = replace(made, question=made.question.replace(" ?", " dans tous les services ?"))
        if criterion.id in names:
            made = replace(made, id=names[criterion.id], replaces=(criterion.id,))
        return made

    def section(each: Section) -> Section:
        return replace(each, criteria=tuple(asked(c) for c in each.criteria if c.id not in withdrawn))

    domains = [
        replace(domain, sections=tuple(section(each) for each in domain.sections))
        for domain in checklist.domains
    ]
    first = domains[0].sections[0]
    more = tuple(
        replace(first.criteria[0], id=key, question=f"La règle {key} est-elle suivie ?", applicability=None)
        for key in added
    )
    grown = replace(first, criteria=first.criteria + more)
    domains[0] = replace(domains[0], sections=(grown, *domains[0].sections[1:]))
    return replace(checklist, version=NEXT, domains=tuple(domains))


def with_new_version(patch: pytest.MonkeyPatch, session: Session, checklist: Checklist) -> None:
    """Let the library of a session publish another version of a checklist."""
    library = session.library
    usual, usual_effective = library.checklist, library.effective

    def found(id: str) -> Checklist:  # noqa: A002 - its name in the library
        return checklist if id == checklist.id else usual(id)

    def effective(id: str, adaptations: Collection[str]) -> Checklist:  # noqa: A002
        return checklist if id == checklist.id and not adaptations else usual_effective(id, adaptations)

    patch.setattr(library, "checklist", found)
    patch.setattr(library, "effective", effective)
