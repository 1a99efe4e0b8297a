"""Where a criterion of one's own stands in the checklist that is adapted."""

from dataclasses import replace

from ivaudit.domain.adaptation import Adaptation, AddedSection
from ivaudit.domain.checklist import Checklist


def holds(section: AddedSection, key: str) -> bool:
    """Tell whether a criterion is in a section of ours."""
    return any(each.id == key for each in section.criteria)


def shown_place(home: AddedSection, checklist: Checklist) -> tuple[str, str]:
    """Return the section that the form shows, and the title of the new one when it is one."""
    known = next((each for each in checklist.domains if each.id == home.domain), checklist.domains[0])
    ours = home.section not in {each.id for each in known.sections}
    return f"{known.id}/{known.sections[-1].id if ours else home.section}", home.section_title or ""


def place_wanted(
    adaptation: Adaptation, checklist: Checklist, key: str, wanted: tuple[str, str]
) -> AddedSection:
    """Return the section wanted: that where a criterion is, one of the checklist, or one of ours.

    Args:
        adaptation: whose criterion it is.
        checklist: that it adapts.
        key: id of the criterion.
        wanted: the section chosen («domain/section»), the title of the new one or nothing.
    """
    home = next((each for each in adaptation.add if holds(each, key)), None)
    shown = shown_place(home, checklist) if home is not None else ("", "")
    if home is not None and wanted == shown:
        return home
    domain, _, section = wanted[0].partition("/")
    if not domain:
        first = checklist.domains[0]
        domain, section = first.id, first.sections[0].id
    if not wanted[1]:
        return AddedSection(domain=domain, section=section, criteria=())
    if home is not None and wanted[0] == shown[0]:
        domain = home.domain  # a domain of ours is none of those that the form offers
    near = home if home is not None and home.domain == domain else None
    return _titled(adaptation, checklist, near, domain, wanted[1])


def _titled(
    adaptation: Adaptation, checklist: Checklist, home: AddedSection | None, domain: str, title: str
) -> AddedSection:
    """Return a section of ours by its title: one that is there, that of the criterion, or a new one."""
    others = [each for each in adaptation.add if each.domain == domain and each.section_title]
    same = next((each for each in others if each.section_title == title), None)
    if same is not None:
        return same
    if home is not None and home.section_title and len(home.criteria) == 1:
        return replace(home, section_title=title)
    taken = {each.section for each in adaptation.add}
    taken |= {section.id for each in checklist.domains for section in each.sections}
    base = f"{adaptation.id}-{domain}"
    names = (base, *(f"{base}-{rank}" for rank in range(2, len(taken) + 3)))
    return AddedSection(
        domain=domain,
        domain_title=home.domain_title if home is not None else None,
        section=next(name for name in names if name not in taken),
        section_title=title,
        criteria=(),
    )
