"""Counts as they are typed, the values they make, and what is refused."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.indicators import indicator

from ivaudit.domain.errors import InvalidValue
from ivaudit.domain.indicators import Direction, Measure, Nature, Unit
from ivaudit.domain.months import Rhythm
from ivaudit.domain.readings import (
    Counts,
    checked_counts,
    checked_place,
    rounded,
    shown,
    typed_count,
    typed_counts,
    typed_target,
    value_of,
    value_without,
)

QUALIFIED = indicator(excluded="non-éligibles")
NONE = Counts()


def test_a_value_is_published_with_and_without_the_excluded() -> None:
    """76 qualified of 80, 4 of whom cannot have an INS: 95 %, and 100 % without them."""
    counts = Counts(numerator=76, denominator=80, excluded=4)
    with_all, without = value_of(QUALIFIED, counts), value_without(QUALIFIED, counts)
    assert (with_all, without) == (Fraction(95), Fraction(100))
    assert value_without(QUALIFIED, Counts(numerator=76, denominator=80)) is None
    assert value_without(QUALIFIED, Counts(numerator=0, denominator=4, excluded=4)) is None


def test_without_a_denominator_there_is_no_value() -> None:
    assert value_of(QUALIFIED, Counts(numerator=3)) is None
    assert value_of(QUALIFIED, Counts(numerator=0, denominator=0)) is None


@pytest.mark.parametrize(
    ("unit", "value", "words"),
    [
        (Unit.PERCENT, Fraction(9745, 100), "97,5\u00a0%"),
        (Unit.PERCENT, Fraction(9744, 100), "97,4\u00a0%"),
        (Unit.PER_THOUSAND, Fraction(1234), "1\u202f234,0\u00a0‰"),
        (Unit.DAYS, Fraction(3, 2), "1,5\u00a0jour"),
        (Unit.DAYS, Fraction(2), "2,0\u00a0jours"),
    ],
)
def test_values_are_said_with_one_decimal_rounded_half_up(unit: Unit, value: Fraction, words: str) -> None:
    assert shown(unit, value) == words


def test_a_cell_takes_one_two_or_three_numbers() -> None:
    known = Counts(numerator=1, denominator=300, excluded=5)
    assert typed_counts("12 / 340", NONE) == Counts(numerator=12, denominator=340)
    assert typed_counts("1\u202f250;1 300;4", NONE) == Counts(numerator=1250, denominator=1300, excluded=4)
    assert typed_counts("12", known) == Counts(numerator=12, denominator=300, excluded=5)
    assert typed_counts("12/340", known) == Counts(numerator=12, denominator=340, excluded=5)
    assert typed_counts("  ", known) == NONE


@pytest.mark.parametrize("text", ["-3", "1,5", "12 %", "=1+1", "nc", "1/2/3/4", "9" * 30, "2000000000"])
def test_what_is_no_count_is_refused(text: str) -> None:
    with pytest.raises(InvalidValue):
        typed_counts(text, NONE)


@given(st.integers(0, 1_000_000_000))
def test_a_count_typed_as_it_is_said_is_the_same(count: int) -> None:
    assert typed_count(f"{count:,}".replace(",", "\u202f")) == count


def test_a_part_never_exceeds_the_whole() -> None:
    fine = Counts(numerator=76, denominator=80, excluded=4)
    assert checked_counts(QUALIFIED, "2026-01", fine) == fine
    for wrong in (
        Counts(numerator=81, denominator=80),
        Counts(numerator=77, denominator=80, excluded=4),
        Counts(numerator=0, denominator=80, excluded=81),
    ):
        with pytest.raises(InvalidValue, match="janvier 2026"):
            checked_counts(QUALIFIED, "2026-01", wrong)
    ratio = indicator(measure=Measure.RATIO)
    above = Counts(numerator=90, denominator=80)
    assert checked_counts(ratio, "2026-01", above) == above


def test_excluded_belong_to_few_indicators() -> None:
    with pytest.raises(InvalidValue, match="deux nombres"):
        checked_counts(indicator(), "2026-01", Counts(numerator=1, denominator=2, excluded=1))


def test_a_reading_is_of_a_period_that_ended_or_is_under_way() -> None:
    today = date(2026, 11, 22)
    yearly, quarterly = indicator(rhythm=Rhythm.YEAR), indicator(rhythm=Rhythm.QUARTER)
    assert checked_place(indicator(), "2026-11", today) == "2026-11"
    assert checked_place(quarterly, "2026-09", today) == "2026-09"
    with pytest.raises(InvalidValue, match="pas encore commencé"):
        checked_place(indicator(), "2026-12", today)
    with pytest.raises(InvalidValue, match="mars, juin"):
        checked_place(quarterly, "2026-10", today)
    with pytest.raises(InvalidValue, match="décembre"):
        checked_place(yearly, "2026-10", today)


def test_a_target_is_a_number_with_one_decimal() -> None:
    assert typed_target(QUALIFIED, "98,5 %") == Fraction(197, 2)
    assert typed_target(indicator(unit=Unit.DAYS, measure=Measure.MEAN), "12 jours") == 12
    for wrong in ("", "presque tout", "98,55", "101", "-1"):
        with pytest.raises(InvalidValue):
            typed_target(QUALIFIED, wrong)


@pytest.mark.parametrize("direction", [Direction.WATCHED, Direction.NONE])
def test_what_is_only_watched_takes_no_target(direction: Direction) -> None:
    with pytest.raises(InvalidValue, match="tendance"):
        typed_target(indicator(nature=Nature.FLOW, direction=direction), "5")


@given(st.fractions(min_value=0, max_value=1000))
def test_rounding_moves_a_value_by_half_a_tenth_at_most(value: Fraction) -> None:
    assert abs(rounded(value) - value) <= Fraction(1, 20)
    assert (rounded(value) * 10).denominator == 1
