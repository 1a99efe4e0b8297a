"""Medians and deciles: against values worked out by hand, and laws that hold for any values."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from ivaudit.domain.distribution import ENOUGH, distribution, quantile, rounded

VALUES = st.lists(st.integers(0, 100), min_size=1, max_size=60)


def test_eleven_values_have_the_deciles_of_a_spreadsheet() -> None:
    """0, 10 … 100: the nth decile is the nth value; CENTILE.INCLURE gives the same."""
    found = distribution(range(0, 101, 10))
    assert found is not None
    assert found.median == 50
    assert found.deciles == tuple(Fraction(10 * rank) for rank in range(1, 10))


def test_ten_values_interpolate_between_neighbours() -> None:
    """1 … 10: rank of D1 is 0.1 × 9 = 0.9, so 1 + 0.9 × (2 − 1); the median is between 5 and 6."""
    found = distribution([10, 9, 8, 7, 6, 5, 4, 3, 2, 1])
    assert found is not None
    assert found.median == Fraction(11, 2)
    assert (found.deciles[0], found.deciles[-1]) == (Fraction(19, 10), Fraction(91, 10))


def test_uneven_values() -> None:
    """12, 40, 41, 90: the median is halfway between 40 and 41."""
    found = distribution([90, 12, 41, 40])
    assert found is not None
    assert (found.count, found.least, found.median, found.most) == (4, 12, Fraction(81, 2), 90)
    assert found.deciles == ()


def test_nothing_has_no_distribution() -> None:
    assert distribution([]) is None
    assert distribution([7]).median == 7  # type: ignore[union-attr]


@given(VALUES)
def test_deciles_rise_between_the_least_and_the_most(values: list[int]) -> None:
    found = distribution(values)
    assert found is not None
    assert bool(found.deciles) == (len(values) >= ENOUGH)
    rising = [found.least, *found.deciles, found.most]
    assert rising == sorted(rising)
    assert found.least <= found.median <= found.most


@given(VALUES)
def test_half_the_values_lie_on_each_side_of_the_median(values: list[int]) -> None:
    median = quantile(sorted(map(Fraction, values)), Fraction(1, 2))
    assert sum(value <= median for value in values) * 2 >= len(values)
    assert sum(value >= median for value in values) * 2 >= len(values)


def test_halves_round_up() -> None:
    assert [rounded(Fraction(n, 10)) for n in (4, 5, 14, 15)] == [0, 1, 1, 2]
