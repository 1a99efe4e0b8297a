"""What earlier audits said of the points of this one, and what is still under way on them."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from ivaudit.domain.actions import Action
from ivaudit.domain.scale import ScaleValue

MOST = 2
"""How many earlier audits stand beside a point at a time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """An earlier audit of the structure; `declared` tells a self-assessment from what an auditor saw."""

    audit: str
    date: str
    kind: str
    title: str
    declared: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What one of them said of a point: its answer, nothing when there was none, and its constat.

    `words` are the answer, by subject where units were told apart; `reworded` tells that the question was
    not the same.
    """

    reference: Reference
    words: str
    value: ScaleValue | None
    constat: str = ""
    reworded: bool = False

    @property
    def unmet(self) -> bool:
        """Tell whether the point was to improve then, by the same question."""
        return self.value is not None and self.value.to_improve and not self.reworded


@dataclass(frozen=True, slots=True, kw_only=True)
class References:
    """Everything that stands beside the points of an audit.

    `choices` are the earlier audits there are, the latest first; `shown` those that are chosen; `said` and
    `actions` are by criterion.
    """

    choices: tuple[Reference, ...] = ()
    shown: tuple[Reference, ...] = ()
    said: Mapping[str, tuple[Said, ...]] = field(default_factory=dict)
    actions: Mapping[str, tuple[Action, ...]] = field(default_factory=dict)

    def unmet(self, criterion: str) -> tuple[Reference, ...]:
        """Return the audits beside which found a point to improve."""
        return tuple(each.reference for each in self.said.get(criterion, ()) if each.unmet)
