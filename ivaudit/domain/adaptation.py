"""Local adaptations: what a region, a group or a facility changes in a checklist, in its own file."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from ivaudit.domain.checklist import Criterion, NaPolicy, Reference


class Scope(StrEnum):
    """Whose adaptation it is; they apply in this order, so that the nearest has the last word."""

    REGION = "région"
    GROUP = "groupement"
    FACILITY = "structure"


@dataclass(frozen=True, slots=True, kw_only=True)
class AddedSection:
    """Criteria added to a section, which is made where it does not exist.

    `domain` and `section` are ids; their titles are for those that are new.
    """

    domain: str
    domain_title: str | None = None
    section: str
    section_title: str | None = None
    criteria: tuple[Criterion, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangedCriterion:
    """What changes in a published criterion; its question, rating and why never do.

    `fingerprint` is the start of that of the text it was written for. `guidance` (by setting), `evidence`
    and `references` come after the published ones.
    """

    criterion: str
    reason: str | None = None
    fingerprint: str | None = None
    weight: int | None = None
    minutes: int | None = None
    na: NaPolicy | None = None
    guidance: dict[str, str] = field(default_factory=dict)
    evidence: tuple[str, ...] = ()
    references: tuple[Reference, ...] = ()

    @property
    def empty(self) -> bool:
        """Tell whether it changes nothing."""
        judged = (self.weight, self.minutes, self.na)
        return judged == (None, None, None) and not (self.guidance or self.evidence or self.references)


@dataclass(frozen=True, slots=True, kw_only=True)
class Deactivated:
    """A criterion that is neither asked nor counted."""

    criterion: str
    reason: str
    fingerprint: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AdoptedCritical:
    """A criterion that the author makes a critical point."""

    criterion: str
    reason: str
    fingerprint: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Adaptation:
    """A published adaptation of one version of one checklist.

    `author` is a function or an organisation; `finess` are the sites it is meant for, any when empty.
    """

    id: str
    version: str
    title: str
    author: str
    date: str
    reason: str
    scope: Scope
    finess: tuple[str, ...] = ()
    checklist: str
    checklist_version: str
    add: tuple[AddedSection, ...] = ()
    change: tuple[ChangedCriterion, ...] = ()
    deactivate: tuple[Deactivated, ...] = ()
    critical: tuple[AdoptedCritical, ...] = ()

    @property
    def added(self) -> tuple[Criterion, ...]:
        """Return the criteria it adds."""
        return tuple(criterion for section in self.add for criterion in section.criteria)

    @property
    def extent(self) -> int:
        """Return how many changes it makes."""
        return len(self.added) + len(self.change) + len(self.deactivate) + len(self.critical)

    def concerns(self, finess: Iterable[str]) -> bool:
        """Tell whether it is meant for a facility with these numbers."""
        return not self.finess or not set(self.finess).isdisjoint(finess)


FINGERPRINT = 16
"""How much of a fingerprint is written: enough to tell two texts apart, short enough to read."""


def mark_of(criterion: Criterion) -> str:
    """Return the start of a criterion's fingerprint, as adaptations write it."""
    return criterion.fingerprint[:FINGERPRINT]
