"""Scales of answers and levels of results, as content defines them."""

from dataclasses import dataclass
from enum import StrEnum

from ivaudit.domain.tone import Tone


class Standing(StrEnum):
    """What a value does to the denominator."""

    RATED = "noté"
    LEAVES = "sort"
    STAYS = "reste"


class Symbol(StrEnum):
    """The painted sign that tells a value apart without its colour."""

    FULL = "plein"
    HALF = "demi"
    CROSS = "croix"
    DASH = "tiret"
    EYE = "oeil"
    QUESTION = "question"
    EMPTY = "vide"


@dataclass(frozen=True, slots=True, kw_only=True)
class ScaleValue:
    """One possible answer.

    `percent` is the part of a point it earns, 0 to 100, for a rated value only.
    """

    id: str
    label: str
    help: str
    standing: Standing
    symbol: Symbol
    tone: Tone
    percent: int | None = None
    to_improve: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """Ordered values; the position of a value is its key, 1 to 9."""

    id: str
    version: str
    title: str
    values: tuple[ScaleValue, ...]

    def value(self, key: str) -> ScaleValue | None:
        """Return the value of that key, or nothing."""
        for value in self.values:  # once per answer: a generator here costs as much as reading the answer
            if value.id == key:
                return value
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """A word for a result, from a displayed score upwards (`from_score`, whole points of 100)."""

    id: str
    label: str
    from_score: int
    meaning: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Levels:
    """The words in falling order, who chose the thresholds, and the cap of an unmet critical point."""

    id: str
    version: str
    title: str
    chosen_by: str
    values: tuple[Level, ...]
    critical_cap: str

    def at(self, score: int) -> Level:
        """Return the level of a displayed score, 0 to 100."""
        return next((level for level in self.values if score >= level.from_score), self.values[-1])

    def capped(self, level: Level) -> Level:
        """Return the level once an unmet critical point forbids the ones above the cap."""
        names = [each.id for each in self.values]
        return self.values[max(names.index(level.id), names.index(self.critical_cap))]
