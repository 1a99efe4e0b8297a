"""Rates and intervals against published values and laws."""

from dataclasses import fields

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ivaudit.domain.sampling import Counts, Interval, effective_size, interval

_NUMBERS = st.integers(min_value=0, max_value=500)
_COUNTS = st.builds(
    Counts, yes=_NUMBERS, no=_NUMBERS, not_applicable=_NUMBERS, refused=_NUMBERS, not_observed=_NUMBERS
)


@pytest.mark.parametrize(
    ("yes", "n", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_wilson_as_published(yes: int, n: int, low: float, high: float) -> None:
    """R. G. Newcombe, Statistics in Medicine 17, 1998, table I, method 3."""
    found = interval(Counts(yes=yes, no=n - yes))
    assert found is not None
    assert (round(found.low, 4), round(found.high, 4)) == (low, high)


def test_nothing_rated_has_no_rate_and_no_interval() -> None:
    for counts in (Counts(), Counts(not_applicable=12), Counts(refused=2, not_observed=3)):
        assert counts.rate is None
        assert interval(counts) is None


def test_all_yes_ends_at_one() -> None:
    found = interval(Counts(yes=10))
    assert found is not None
    assert found.high == 1.0
    assert round(found.low, 4) == 0.7225


def test_a_census_has_nothing_left_to_estimate() -> None:
    assert interval(Counts(yes=27, no=3), population=30) is None
    assert interval(Counts(yes=20, no=2, not_applicable=8), population=30) is None


def test_a_large_share_of_a_small_population_counts_for_more() -> None:
    """30 of 60 seen: n* = 30 × 59 / 30 = 59."""
    assert effective_size(Counts(yes=27, no=3), 60) == 59
    found = interval(Counts(yes=27, no=3), 60)
    assert found is not None
    assert (round(found.low, 4), round(found.high, 4)) == (0.7974, 0.9536)


def test_the_population_is_that_of_the_persons_concerned() -> None:
    """20 rated of 30 settled, 60 present: 40 are concerned, n* = 20 × 39 / 20 = 39."""
    assert effective_size(Counts(yes=15, no=5, not_applicable=10), 60) == 39


def test_a_small_share_changes_nothing() -> None:
    assert effective_size(Counts(yes=40, no=10), 1000) == 50
    assert effective_size(Counts(yes=40, no=10, not_observed=10), 1000) == 50
    assert effective_size(Counts(yes=41, no=10), 1000) == pytest.approx(51 * 999 / 949)


@given(_COUNTS, st.none() | st.integers(min_value=0, max_value=3000))
def test_an_interval_holds_its_rate(counts: Counts, population: int | None) -> None:
    found = interval(counts, population)
    if found is None:
        assert counts.rate is None or (population is not None and counts.settled >= population)
        return
    assert counts.rate is not None
    assert 0 <= found.low <= counts.rate <= found.high <= 1
    assert found.effective >= counts.rated


@given(_COUNTS.filter(lambda each: each.rated > 0))
def test_more_of_the_same_narrows_the_interval(counts: Counts) -> None:
    def width(found: Interval | None) -> float:
        assert found is not None
        return found.high - found.low

    twice = Counts(**{each.name: 2 * getattr(counts, each.name) for each in fields(Counts)})
    assert width(interval(twice)) < width(interval(counts))
