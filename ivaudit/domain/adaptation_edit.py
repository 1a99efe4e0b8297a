"""An adaptation changed one criterion at a time, as an editor does: each gesture gives a new one."""

from dataclasses import replace
from typing import TypeVar

from ivaudit.domain.adaptation import (
    Adaptation,
    AddedSection,
    AdoptedCritical,
    ChangedCriterion,
    Deactivated,
    Scope,
)
from ivaudit.domain.checklist import Checklist, Criterion

_Entry = TypeVar("_Entry", ChangedCriterion, Deactivated, AdoptedCritical)


def blank(checklist: Checklist, key: str, *, title: str, author: str, date: str) -> Adaptation:
    """Return an adaptation of a checklist that changes nothing yet."""
    return Adaptation(
        id=key,
        version="1.0.0",
        title=title,
        author=author,
        date=date,
        reason="",
        scope=Scope.FACILITY,
        checklist=checklist.id,
        checklist_version=checklist.version,
    )


def with_change(adaptation: Adaptation, change: ChangedCriterion) -> Adaptation:
    """Return it with what changes in a published criterion; an empty change without reason goes."""
    kept = None if change.empty and not change.reason else change
    return replace(adaptation, change=_put(adaptation.change, change.criterion, kept))


def with_state(
    adaptation: Adaptation, criterion: str, state: Deactivated | AdoptedCritical | None
) -> Adaptation:
    """Return it with a criterion deactivated, adopted as critical, or as published (`None`)."""
    off = state if isinstance(state, Deactivated) else None
    adopted = state if isinstance(state, AdoptedCritical) else None
    return replace(
        adaptation,
        deactivate=_put(adaptation.deactivate, criterion, off),
        critical=_put(adaptation.critical, criterion, adopted),
        change=_put(adaptation.change, criterion, None) if off else adaptation.change,
    )


def with_added(adaptation: Adaptation, place: AddedSection, criterion: Criterion) -> Adaptation:
    """Return it with a criterion of its own in a section (`place.criteria` is not read)."""
    sections = [
        replace(each, criteria=tuple(one for one in each.criteria if one.id != criterion.id))
        for each in adaptation.add
    ]
    home = (place.domain, place.section)
    at = next((rank for rank, each in enumerate(sections) if (each.domain, each.section) == home), None)
    before = [
        one.id for each in adaptation.add for one in each.criteria if (each.domain, each.section) == home
    ]
    if at is None:
        sections.append(replace(place, criteria=(criterion,)))
    else:
        rank = before.index(criterion.id) if criterion.id in before else len(before)
        inside = list(sections[at].criteria)
        inside.insert(rank, criterion)
        sections[at] = replace(place, criteria=tuple(inside))
    return replace(adaptation, add=tuple(each for each in sections if each.criteria))


def without(adaptation: Adaptation, criterion: str) -> Adaptation:
    """Return it without anything about a criterion."""
    sections = (
        replace(each, criteria=tuple(one for one in each.criteria if one.id != criterion))
        for each in adaptation.add
    )
    return replace(
        with_state(adaptation, criterion, None),
        change=_put(adaptation.change, criterion, None),
        add=tuple(each for each in sections if each.criteria),
    )


def bumped(version: str) -> str:
    """Return the version after this one («1.0.3» → «1.0.4»)."""
    head, _, last = version.rpartition(".")
    return f"{head}.{int(last) + 1}" if head and last.isdigit() else f"{version}.1"


def _put(entries: tuple[_Entry, ...], criterion: str, entry: _Entry | None) -> tuple[_Entry, ...]:
    """Return entries with the one of a criterion replaced at its place, added at the end, or taken out."""
    made = [entry if each.criterion == criterion else each for each in entries]
    if entry is not None and entry not in made:
        made.append(entry)
    return tuple(each for each in made if each is not None)
