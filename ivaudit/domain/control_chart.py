"""Control limits of a proportion (p-chart) and the signals of a special cause.

Limits: p̄ ± 3·√(p̄(1 − p̄)/nᵢ), clipped to [0, 1], with p̄ = Σ numerators / Σ denominators (W. A. Shewhart, 1931;
NIST/SEMATECH e-Handbook of Statistical Methods, 6.3.3.2). Signals: one point beyond its limits (Shewhart);
eight points in a row on one side of the centre (Western Electric, Statistical Quality Control Handbook,
1956); six points in a row that all rise or all fall (L. S. Nelson, Journal of Quality Technology 16, 1984).
A stock has no limits: it counts the same persons month after month, and its points are not independent draws.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from itertools import groupby, pairwise
from math import sqrt

from ivaudit.domain.indicators import Measure, Nature

LEAST_POINTS = 12
LEAST_EXPECTED = 5
SIDE = 8
"""Points in a row on one side of the centre that make a signal."""
SLOPE = 6
"""Points in a row that all rise, or all fall, that make a signal."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """A proportion of one period: whole numbers, `denominator` above zero and, for limits, not exceeded."""

    month: str
    numerator: int
    denominator: int

    @property
    def share(self) -> Fraction:
        """Return numerator over denominator."""
        return Fraction(self.numerator, self.denominator)


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What one point may reach by chance alone, from 0 to 1."""

    month: str
    low: float
    high: float


class SignalKind(StrEnum):
    """What is out of the ordinary."""

    ABOVE = "au-dessus"
    BELOW = "au-dessous"
    HIGH_SIDE = "série au-dessus"
    LOW_SIDE = "série au-dessous"
    RISING = "hausse continue"
    FALLING = "baisse continue"

    @property
    def high(self) -> bool:
        """Tell whether values are, or become, higher than usual."""
        return self in {SignalKind.ABOVE, SignalKind.HIGH_SIDE, SignalKind.RISING}


@dataclass(frozen=True, slots=True, kw_only=True)
class Signal:
    """A signal and the months that make it, in order."""

    kind: SignalKind
    months: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Control:
    """The centre, the limits of each point and what is out of the ordinary, the latest last."""

    centre: Fraction
    limits: tuple[Limits, ...]
    signals: tuple[Signal, ...]


class NoLimits(StrEnum):
    """Why there are none."""

    STOCK = "stock"
    NOT_A_SHARE = "pas une proportion"
    FEW_POINTS = "trop peu de points"
    FEW_CASES = "effectif attendu trop petit"
    OVER_WHOLE = "plus de cas que le tout"


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """No limits, and why; `month` is where it shows, `expected` the smallest expected count if so."""

    why: NoLimits
    month: str = ""
    expected: Fraction | None = None


def control(nature: Nature, measure: Measure, points: Sequence[Point]) -> Control | Refusal:
    """Return the limits of a series, or why it has none.

    Args:
        nature: limits are for flows and samples only.
        measure: and for shares only.
        points: in the order of time; periods without a reading are not there.
    """
    if nature is Nature.STOCK:
        return Refusal(why=NoLimits.STOCK)
    if measure is not Measure.SHARE:
        return Refusal(why=NoLimits.NOT_A_SHARE)
    if len(points) < LEAST_POINTS:
        return Refusal(why=NoLimits.FEW_POINTS)
    if over := next((each for each in points if each.numerator > each.denominator), None):
        return Refusal(why=NoLimits.OVER_WHOLE, month=over.month)
    centre = Fraction(sum(each.numerator for each in points), sum(each.denominator for each in points))
    rarer = min(centre, 1 - centre)
    smallest = min(points, key=lambda each: each.denominator)
    expected = rarer * smallest.denominator
    if expected < LEAST_EXPECTED:
        return Refusal(why=NoLimits.FEW_CASES, month=smallest.month, expected=expected)
    return Control(
        centre=centre,
        limits=tuple(_limits(each, centre) for each in points),
        signals=tuple(sorted(_signals(points, centre), key=lambda each: each.months[-1])),
    )


def _limits(point: Point, centre: Fraction) -> Limits:
    reach = 3 * sqrt(centre * (1 - centre) / point.denominator)
    middle = float(centre)
    return Limits(month=point.month, low=max(0.0, middle - reach), high=min(1.0, middle + reach))


def _signals(points: Sequence[Point], centre: Fraction) -> Iterator[Signal]:
    for point in points:
        # Squared, so that what lies exactly on a limit is exactly on it.
        if (point.share - centre) ** 2 * point.denominator > 9 * centre * (1 - centre):
            kind = SignalKind.ABOVE if point.share > centre else SignalKind.BELOW
            yield Signal(kind=kind, months=(point.month,))
    yield from _sides(points, centre)
    yield from _slopes(points)


def _sides(points: Sequence[Point], centre: Fraction) -> Iterator[Signal]:
    for side, group in groupby(points, key=_side_of(centre)):
        run = tuple(each.month for each in group)
        if side and len(run) >= SIDE:
            yield Signal(kind=SignalKind.HIGH_SIDE if side > 0 else SignalKind.LOW_SIDE, months=run)


def _side_of(centre: Fraction) -> Callable[[Point], int]:
    def side(point: Point) -> int:
        return (point.share > centre) - (point.share < centre)

    return side


def _slopes(points: Sequence[Point]) -> Iterator[Signal]:
    steps = [
        (later.share > former.share) - (later.share < former.share) for former, later in pairwise(points)
    ]
    at = 0
    for step, group in groupby(steps):
        count = sum(1 for _ in group)
        if step and count + 1 >= SLOPE:
            months = tuple(each.month for each in points[at : at + count + 1])
            yield Signal(kind=SignalKind.RISING if step > 0 else SignalKind.FALLING, months=months)
        at += count
