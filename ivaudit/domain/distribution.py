"""Medians and deciles, in exact fractions, by one stated rule."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

ENOUGH = 10
"""Fewer values than that have no deciles worth the name."""

RULE = (
    "Médiane et déciles : les valeurs sont rangées, et l'on interpole entre les deux valeurs voisines du "
    "rang cherché, comme CENTILE.INCLURE dans un tableur. Sous 10 valeurs, aucun décile n'est donné."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Distribution:
    """How values spread: `deciles` are the nine from D1 to D9, none under ten values."""

    count: int
    least: Fraction
    median: Fraction
    most: Fraction
    deciles: tuple[Fraction, ...] = ()

    @property
    def first(self) -> Fraction | None:
        """Return D1, nothing where there are no deciles."""
        return self.deciles[0] if self.deciles else None

    @property
    def last(self) -> Fraction | None:
        """Return D9, nothing where there are no deciles."""
        return self.deciles[-1] if self.deciles else None


def quantile(ordered: Sequence[Fraction], share: Fraction) -> Fraction:
    """Return the value under which a share of the values lies, by linear interpolation.

    Args:
        ordered: at least one value, in rising order.
        share: from 0 to 1.
    """
    place = share * (len(ordered) - 1)
    below = int(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (place - below) * (ordered[above] - ordered[below])


def distribution(values: Iterable[int | Fraction]) -> Distribution | None:
    """Return how values spread, nothing when there is none."""
    ordered = sorted(Fraction(value) for value in values)
    if not ordered:
        return None
    shares = [Fraction(rank, 10) for rank in range(1, 10)] if len(ordered) >= ENOUGH else []
    return Distribution(
        count=len(ordered),
        least=ordered[0],
        median=quantile(ordered, Fraction(1, 2)),
        most=ordered[-1],
        deciles=tuple(quantile(ordered, share) for share in shares),
    )


def rounded(value: Fraction) -> int:
    """Return a positive value as a whole number, rounded half up."""
    return int(value + Fraction(1, 2))
