"""Control limits against values worked out by hand, and when there are none."""

from collections.abc import Sequence
from fractions import Fraction
from math import isclose

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ivaudit.domain.control_chart import (
    Control,
    NoLimits,
    Point,
    Refusal,
    SignalKind,
    control,
)
from ivaudit.domain.indicators import Measure, Nature
from ivaudit.domain.months import shifted


def _series(numerators: Sequence[int], denominators: Sequence[int] | int = 100) -> list[Point]:
    sizes = [denominators] * len(numerators) if isinstance(denominators, int) else denominators
    return [
        Point(month=shifted("2025-01", at), numerator=n, denominator=d)
        for at, (n, d) in enumerate(zip(numerators, sizes, strict=True))
    ]


def _control(points: Sequence[Point], nature: Nature = Nature.FLOW) -> Control:
    found = control(nature, Measure.SHARE, points)
    assert isinstance(found, Control)
    return found


def _refusal(
    points: Sequence[Point], nature: Nature = Nature.FLOW, measure: Measure = Measure.SHARE
) -> Refusal:
    found = control(nature, measure, points)
    assert isinstance(found, Refusal)
    return found


FLAT = [10] * 12


def test_limits_are_three_deviations_from_the_weighted_mean() -> None:
    """120 of 1200 is 0.1; √(0.1 × 0.9 / 100) = 0.03; 0.1 ± 0.09."""
    found = _control(_series([10, 9, 11, 8, 12, 10, 9, 11, 10, 10, 20, 0]))
    assert found.centre == Fraction(1, 10)
    assert all(isclose(each.low, 0.01) and isclose(each.high, 0.19) for each in found.limits)
    assert [(each.kind, each.months) for each in found.signals] == [
        (SignalKind.ABOVE, ("2025-11",)),
        (SignalKind.BELOW, ("2025-12",)),
    ]


def test_a_larger_period_has_narrower_limits_of_its_own() -> None:
    """Eleven periods of 100 and one of 400, all at 0.1: √(0.09 / 400) = 0.015, so 0.055 to 0.145."""
    found = _control(_series([*[10] * 11, 40], [*[100] * 11, 400]))
    assert isclose(found.limits[0].low, 0.01)
    assert isclose(found.limits[-1].low, 0.055)
    assert isclose(found.limits[-1].high, 0.145)


def test_limits_never_leave_what_a_share_can_be() -> None:
    """Fifty a period at 0.1: 3 × √(0.09 / 50) = 0.12728, so from 0 (not −0.027) to 0.22728."""
    found = _control(_series([5] * 12, 50))
    assert found.limits[0].low == 0.0
    assert isclose(found.limits[0].high, 0.2272792, rel_tol=1e-6)
    mirrored = _control(_series([45] * 12, 50))
    assert mirrored.limits[0].high == 1.0


def test_a_point_exactly_on_its_limit_is_no_signal() -> None:
    """0.19 exactly, with p̄ = 0.1 and n = 100: on the limit, not beyond."""
    found = _control(_series([19, 1, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10]))
    assert found.centre == Fraction(1, 10)
    assert found.signals == ()


def test_a_stock_has_no_limits_however_many_points() -> None:
    assert _refusal(_series([50] * 40), Nature.STOCK).why is NoLimits.STOCK


@pytest.mark.parametrize("measure", [Measure.RATIO, Measure.MEAN])
def test_what_is_no_share_has_no_limits(measure: Measure) -> None:
    assert _refusal(_series([50] * 40), measure=measure).why is NoLimits.NOT_A_SHARE


def test_eleven_points_are_too_few_and_twelve_are_enough() -> None:
    assert _refusal(_series(FLAT[:11])).why is NoLimits.FEW_POINTS
    assert len(_control(_series(FLAT)).limits) == 12


def test_an_expected_count_under_five_leaves_no_limits() -> None:
    """At 0.1 a period of 50 expects 5, one of 49 expects 4.9."""
    enough = [*[10] * 10, 5, 15], [*[100] * 10, 50, 150]
    assert len(_control(_series(*enough)).limits) == 12
    sizes = [*[100] * 10, 49, 151]
    found = _refusal(_series([*[10] * 10, 5, 15], sizes))
    assert (found.why, found.month) == (NoLimits.FEW_CASES, "2025-11")
    assert found.expected == Fraction(49, 10)


def test_the_rarer_side_is_what_counts() -> None:
    """At 0.98 a period of 100 expects 2 that are not: too few, though it expects 98 that are."""
    found = _refusal(_series([98] * 12))
    assert (found.why, found.expected) == (NoLimits.FEW_CASES, Fraction(2))


@pytest.mark.parametrize("numerator", [0, 100])
def test_all_or_nothing_leaves_no_limits(numerator: int) -> None:
    assert _refusal(_series([numerator] * 12)).why is NoLimits.FEW_CASES


def test_eight_in_a_row_on_one_side_are_a_signal_and_seven_are_not() -> None:
    eight = _control(_series([12, 11] * 4 + [8, 8, 9, 9]))  # 126 of 1200: 0.105
    assert [(s.kind, len(s.months)) for s in eight.signals] == [(SignalKind.HIGH_SIDE, 8)]
    seven = _control(_series([12, 11, 12, 11, 12, 11, 12, 8, 8, 9, 9, 8]))
    assert seven.signals == ()


def test_a_point_on_the_centre_breaks_a_run() -> None:
    found = _control(_series([12, 12, 12, 12, 10, 12, 12, 12, 12, 4, 5, 5]))  # 120 of 1200
    assert found.centre == Fraction(1, 10)
    assert found.signals == ()


def test_six_in_a_row_that_rise_are_a_signal_and_five_are_not() -> None:
    six = _control(_series([7, 8, 9, 10, 11, 13, 10, 11, 9, 10, 11, 11]))
    assert [(s.kind, s.months[0], len(s.months)) for s in six.signals] == [(SignalKind.RISING, "2025-01", 6)]
    five = _control(_series([7, 8, 9, 10, 11, 10, 10, 11, 9, 10, 11, 11]))
    assert five.signals == ()


def test_a_fall_of_six_ends_a_series() -> None:
    found = _control(_series([10, 11, 9, 10, 9, 11, 14, 13, 12, 11, 10, 9]))
    assert [(s.kind, s.months[0], s.months[-1]) for s in found.signals] == [
        (SignalKind.FALLING, "2025-07", "2025-12")
    ]


points = st.lists(
    st.integers(1, 5000).flatmap(lambda size: st.tuples(st.integers(0, size), st.just(size))),
    min_size=1,
    max_size=30,
)


@given(points)
def test_limits_bracket_the_centre_and_stay_between_none_and_all(drawn: list[tuple[int, int]]) -> None:
    series = _series([n for n, _ in drawn], [d for _, d in drawn])
    found = control(Nature.SAMPLE, Measure.SHARE, series)
    total = sum(d for _, d in drawn)
    centre = Fraction(sum(n for n, _ in drawn), total)
    expected = min(min(centre, 1 - centre) * d for _, d in drawn)
    if isinstance(found, Refusal):
        assert len(series) < 12 or expected < 5
        return
    assert len(series) >= 12
    assert expected >= 5
    assert found.centre == centre
    for each in found.limits:
        assert 0.0 <= each.low <= float(centre) <= each.high <= 1.0
    known = {each.month for each in series}
    assert all(set(each.months) <= known for each in found.signals)


@given(points)
def test_a_stock_never_has_limits(drawn: list[tuple[int, int]]) -> None:
    series = _series([n for n, _ in drawn], [d for _, d in drawn])
    assert _refusal(series, Nature.STOCK).why is NoLimits.STOCK


def test_more_cases_than_the_whole_have_no_limits() -> None:
    found = _refusal(_series([50] * 12 + [101]))
    assert (found.why, found.month) == (NoLimits.OVER_WHOLE, "2026-01")


def test_the_latest_signal_comes_last() -> None:
    """Centre 0.118: eight periods under it, then one of 0.4 above its limit of 0.214."""
    found = _control(_series([9, 9, 9, 9, 9, 9, 9, 9, 40, 12, 9, 9]))
    assert [each.kind for each in found.signals] == [SignalKind.LOW_SIDE, SignalKind.ABOVE]
