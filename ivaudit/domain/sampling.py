"""Rates of what was observed, with how far they can be trusted.

Interval: Wilson score, 95 % (E. B. Wilson, J. Am. Stat. Assoc. 22, 1927, p. 209–212). When more than 5 % of
a finite population was seen, the sample counts for n* = n(N − 1)/(N − n) (finite population correction);
when all of it was seen there is nothing left to estimate and no interval.
"""

from dataclasses import dataclass
from fractions import Fraction
from math import sqrt
from statistics import NormalDist

CONFIDENCE = Fraction(95, 100)
"""Of the interval."""

LARGE_SHARE = Fraction(5, 100)
"""Share of the population from which its being finite is taken into account."""

_Z = NormalDist().inv_cdf(float(1 - (1 - CONFIDENCE) / 2))


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """What was noted of one fact over some rows: whole numbers."""

    yes: int = 0
    no: int = 0
    not_applicable: int = 0
    refused: int = 0
    not_observed: int = 0

    @property
    def rated(self) -> int:
        """Return how many rows say yes or no: the n of the rate."""
        return self.yes + self.no

    @property
    def settled(self) -> int:
        """Return how many rows say something of the fact, be it that it does not apply or was refused."""
        return self.rated + self.not_applicable + self.refused

    @property
    def rate(self) -> Fraction | None:
        """Return the share of yes among yes and no, nothing when there are none."""
        return Fraction(self.yes, self.rated) if self.rated else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Interval:
    """Bounds of a rate, from 0 to 1; `effective` is the n they were computed with."""

    low: float
    high: float
    effective: float


def interval(counts: Counts, population: int | None = None) -> Interval | None:
    """Return the 95 % interval of a rate; nothing without a rate, or when everybody was seen.

    Args:
        counts: what was noted.
        population: how many persons, acts or records there were to see, when known. Those that the fact
            concerns are taken to be as frequent among the ones not seen.
    """
    if counts.rate is None:
        return None
    effective = effective_size(counts, population)
    return None if effective is None else _wilson(float(counts.rate), effective)


def effective_size(counts: Counts, population: int | None = None) -> float | None:
    """Return the n* of a rate, its n when the population is unknown or large, nothing for a census."""
    n = counts.rated
    if population is None or counts.settled <= LARGE_SHARE * population:
        return float(n)
    if counts.settled >= population:
        return None
    concerned = Fraction(n * population, counts.settled)
    return float(n * (concerned - 1) / (concerned - n))


def _wilson(rate: float, n: float) -> Interval:
    square = _Z * _Z
    middle = (rate + square / (2 * n)) / (1 + square / n)
    half = _Z * sqrt(rate * (1 - rate) / n + square / (4 * n * n)) / (1 + square / n)
    low = middle - half if rate > 0 else 0.0
    high = middle + half if rate < 1 else 1.0
    return Interval(low=low, high=high, effective=n)
