"""The requirements and recommendations of the official volumes, as far as public sources tell them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from ivaudit.domain.checklist import Confidence, Reference


class RuleType(StrEnum):
    """What a rule asks. A landmark tells where something is, or that it exists: it asks nothing."""

    REQUIREMENT = "exigence"
    RECOMMENDATION = "recommandation"
    LANDMARK = "repère"


@dataclass(frozen=True, slots=True, kw_only=True)
class Volume:
    """An official document whose rules are listed.

    `edition` is the one that is looked for today; `coded` tells whether its rules carry codes at all.
    """

    id: str
    title: str
    edition: str
    note: str
    coded: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One rule in our own words.

    `rank` is its place in the volume as far as known, from 1; `edition` is the one its source tells, or
    nothing, `deduced` when it does not say so itself; `criteria` are the ids of the criteria that check it.
    Where no code is known, the type too is our reading.
    """

    id: str
    volume: str
    rank: int
    edition: str | None = None
    deduced: bool = False
    type: RuleType
    code: str | None = None
    section: str | None = None
    theme: str
    statement: str
    confidence: Confidence
    source: str | None = None
    criteria: tuple[str, ...] = ()

    @property
    def supposed(self) -> bool:
        """Tell whether nobody read it in a source: it is shown as supposed, never as a reference."""
        return self.confidence is Confidence.TO_CHECK

    def reference(self, document: str) -> Reference:
        """Return where it comes from, in the shape that criteria use; `document` titles its volume."""
        return Reference(
            document=document,
            edition=f"{self.edition} (déduite)" if self.edition and self.deduced else self.edition,
            code=self.code,
            section=self.section,
            confidence=self.confidence,
            source=self.source,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """A published list of rules, volume by volume."""

    id: str
    version: str
    title: str
    summary: str
    licence: str
    authors: tuple[str, ...]
    published: str
    volumes: tuple[Volume, ...]
    rules: tuple[Rule, ...]

    def rule(self, key: str) -> Rule | None:
        """Return the rule of that id, or nothing."""
        return next((rule for rule in self.rules if rule.id == key), None)

    def volume(self, key: str) -> Volume | None:
        """Return the volume of that id, or nothing."""
        return next((volume for volume in self.volumes if volume.id == key), None)

    def ordered(self) -> tuple[Rule, ...]:
        """Return the rules in the order of the volumes, then of their ranks."""
        places = {volume.id: at for at, volume in enumerate(self.volumes)}
        return tuple(sorted(self.rules, key=lambda rule: (places[rule.volume], rule.rank)))

    def reference(self, rule: Rule) -> Reference:
        """Return where a rule comes from, in the shape that criteria use."""
        volume = self.volume(rule.volume)
        return rule.reference(volume.title if volume else rule.volume)


NONE = Rules(
    id="regles",
    version="1.0.0",
    title="Règles",
    summary="",
    licence="",
    authors=(),
    published="",
    volumes=(),
    rules=(),
)


def gathered(lists: Sequence[Rules]) -> Rules:
    """Return several lists as one, under the header of the first; empty without any."""
    first = lists[0] if lists else NONE
    volumes = {volume.id: volume for each in reversed(lists) for volume in each.volumes}
    order = dict.fromkeys(volume.id for each in lists for volume in each.volumes)
    rules = tuple(rule for each in lists for rule in each.rules)
    return replace(first, volumes=tuple(volumes[key] for key in order), rules=rules)
