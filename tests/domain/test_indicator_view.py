"""What is shown of an indicator: figures, limits or why there are none, signals, target, rare events."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from support.indicators import indicator

from ivaudit.domain.indicator_model import IndicatorView, Origin
from ivaudit.domain.indicator_view import MOST_POINTS, view
from ivaudit.domain.indicators import Direction, Indicator, Measure, Nature, Unit
from ivaudit.domain.months import Rhythm, shifted
from ivaudit.domain.readings import Computed, Counts, History, Reading, Target
from ivaudit.domain.tone import Tone

TODAY = date(2026, 11, 22)
NBSP = "\u00a0"


def _read(month: str, numerator: int | None, denominator: int | None = 100) -> Reading:
    counts = Counts(numerator=numerator, denominator=denominator)
    return Reading(indicator="essai", month=month, counts=counts)


def _history(numerators: Sequence[int], denominator: int = 100, first: str = "2025-01") -> History:
    months = [shifted(first, at) for at in range(len(numerators))]
    read = {m: _read(m, n, denominator) for m, n in zip(months, numerators, strict=True)}
    return History(readings=read)


def _view(made: Indicator, history: History, last: str = "") -> IndicatorView:
    return view(made, history, today=TODAY, small=30, last=last)


def test_nothing_known_shows_nothing() -> None:
    found = _view(indicator(), History())
    assert (found.points, found.last, found.limits_said, found.standing, found.rare) == (
        (),
        None,
        "",
        None,
        None,
    )


def test_limits_are_told_in_the_unit_with_their_mean() -> None:
    """120 of 1200, a hundred a month: 10 %, from 1 to 19 %."""
    found = _view(indicator(), _history([10, 9, 11, 8, 12, 10, 9, 11, 10, 10, 20, 0]))
    assert (found.centre, found.centre_shown) == (10.0, f"10,0{NBSP}%")
    assert [(round(p.low or -1, 9), round(p.high or -1, 9)) for p in found.points] == [(1.0, 19.0)] * 12
    assert [p.label for p in found.points if p.flagged] == ["novembre 2025", "décembre 2025"]
    assert f"p̄ = 10,0{NBSP}%" in found.limits_said
    assert [s.text.split(".")[0] for s in found.signals] == [
        "Novembre 2025 : au-dessus de la limite haute",
        "Décembre 2025 : au-dessous de la limite basse",
    ]


def test_each_reason_for_no_limits_is_a_sentence() -> None:
    many, few = _history([50] * 14), _history([50] * 11)
    said = [
        _view(indicator(nature=Nature.STOCK), many).limits_said,
        _view(indicator(measure=Measure.RATIO), many).limits_said,
        _view(indicator(), few).limits_said,
        _view(indicator(rare=True, event="collision"), _history([1] * 12)).limits_said,
    ]
    assert "mêmes personnes" in said[0]
    assert "pas une partie" in said[1]
    assert "11 relevés, il en faut 12" in said[2]
    assert "1,0 pour janvier 2025, il en faut 5" in said[3]
    assert "jours depuis le dernier" in said[3]
    assert all(each.startswith("Pas de limites de contrôle") for each in said)


def test_a_rise_of_what_is_declared_is_never_a_bad_sign() -> None:
    high = _history([8, 13, 8, 13, 8, 13, 8, 13, 8, 13, 10, 40])
    for direction in (Direction.NONE, Direction.WATCHED):
        found = _view(indicator(direction=direction), high)
        assert [s.tone for s in found.signals] == [Tone.NEUTRAL]
    assert "on déclare mieux" in _view(indicator(direction=Direction.NONE), high).signals[0].text
    assert _view(indicator(direction=Direction.UP), high).signals[0].tone is Tone.GOOD
    assert _view(indicator(direction=Direction.DOWN), high).signals[0].tone is Tone.MIDDLE


@pytest.mark.parametrize("direction", list(Direction))
def test_no_signal_is_ever_red(direction: Direction) -> None:
    for numerators in ([10] * 11 + [40], [30] * 11 + [5]):
        found = _view(indicator(direction=direction), _history(numerators))
        assert found.signals
        assert Tone.BAD not in {s.tone for s in found.signals}


def test_the_target_is_judged_on_the_value_as_displayed() -> None:
    """949.6 of 1000 is 94.96 %, shown as 95.0 %: the target of 95 is met, as whoever reads it sees."""
    history = replace(_history([9496], 10_000), target=Target(indicator="essai", value=Fraction(95)))
    found = _view(indicator(), history)
    assert found.standing is not None
    assert found.standing.text == (f"Cible atteinte : 95,0{NBSP}% (janvier 2025), pour 95,0{NBSP}% ou plus.")
    assert found.standing.tone is Tone.GOOD
    below = _view(indicator(direction=Direction.DOWN), history)
    assert below.standing is not None
    assert below.standing.text.startswith("Cible atteinte")
    missed = replace(_history([9494], 10_000), target=Target(indicator="essai", value=Fraction(95)))
    standing = _view(indicator(), missed).standing
    assert standing is not None
    assert (standing.tone, standing.text.startswith("Cible pas encore atteinte")) == (Tone.MIDDLE, True)


def test_what_is_only_watched_shows_no_target() -> None:
    history = replace(_history([5]), target=Target(indicator="essai", value=Fraction(1)))
    found = _view(indicator(direction=Direction.NONE), history)
    assert (found.target, found.target_shown, found.standing) == (None, "", None)


def test_a_small_number_says_what_one_case_changes() -> None:
    """One of 8 is 12.5 points."""
    (said,) = _view(indicator(), _history([7], 8)).remarks
    assert said.startswith("Petit effectif (8)")
    assert "change la valeur de 12,5 points" in said
    assert _view(indicator(), _history([25], 30)).remarks == ()


def test_a_sample_shows_its_interval() -> None:
    """27 of 30: Wilson, 95 %: 74.4 to 96.5 (the published worked value)."""
    (said,) = _view(indicator(nature=Nature.SAMPLE), _history([27], 30)).remarks
    assert f"de 74,4{NBSP}% à 96,5{NBSP}%" in said


def test_the_missing_count_of_the_excluded_is_pointed_out() -> None:
    made = indicator(excluded="non-éligibles à l'INS")
    assert _view(made, _history([90])).remarks == (
        "À publier aussi sans les non-éligibles à l'INS : leur nombre n'est pas relevé.",
    )
    counts = Counts(numerator=90, denominator=100, excluded=4)
    read = {"2026-01": Reading(indicator="essai", month="2026-01", counts=counts)}
    assert _view(made, History(readings=read)).remarks == (
        f"À publier aussi sans les non-éligibles à l'INS : 93,8{NBSP}%.",
    )


def test_what_was_typed_wins_and_a_difference_is_told() -> None:
    computed = Computed(counts=Counts(numerator=3, denominator=4), explanation="4 lignes.")
    history = History(
        readings={"2026-01": _read("2026-01", 5)}, computed={"2026-01": computed, "2026-02": computed}
    )
    first, second = _view(indicator(), history).points
    assert (first.origin, first.numerator, first.differs) == (Origin.TYPED, 5, True)
    assert (second.origin, second.shown, second.differs) == (Origin.COMPUTED, f"75,0{NBSP}%", False)
    assert second.explanation == "4 lignes."


def test_a_denominator_typed_alone_completes_what_was_computed() -> None:
    """The program counts 3 events; the structure types its 1 200 stays: 0.25 %, shown as 0.3 %."""
    computed = Computed(counts=Counts(numerator=3), explanation="3 événements.")
    history = History(readings={"2026-01": _read("2026-01", None, 1200)}, computed={"2026-01": computed})
    (point,) = _view(indicator(), history).points
    assert (point.origin, point.numerator, point.denominator) == (Origin.BOTH, 3, 1200)
    assert (point.shown, point.differs) == (f"0,3{NBSP}%", False)
    typed = replace(history, readings={"2026-01": _read("2026-01", 3, 1200)})
    assert _view(indicator(), typed).points[0].differs is False
    other = replace(history, readings={"2026-01": _read("2026-01", 4, 1200)})
    assert _view(indicator(), other).points[0].differs is True


def test_a_count_alone_is_shown_and_makes_no_rate() -> None:
    (point,) = _view(indicator(), History(readings={"2026-01": _read("2026-01", 3, None)})).points
    assert (point.shown, point.value) == ("3", None)


def test_the_latest_periods_up_to_the_last_are_shown() -> None:
    found = _view(indicator(), _history([10] * 50, first="2022-01"), last="2025-12")
    assert len(found.points) == MOST_POINTS
    assert (found.points[0].month, found.points[-1].month) == ("2023-01", "2025-12")


def test_rare_events_are_told_by_the_days_since_the_last() -> None:
    """1 March to 11 March: 10 days; to 10 April: 30; to 22 November: 226."""
    made = indicator(rare=True, event="collision", rhythm=Rhythm.YEAR, unit=Unit.PER_THOUSAND)
    found = _view(made, History(occurrences=("2026-04-10", "2026-03-01", "2026-03-11"))).rare
    assert found is not None
    assert (found.intervals, found.since) == ((10, 30), 226)
    assert "226 jours depuis le dernier événement (collision), le 10 avril 2026." in found.said
    assert "Écart médian entre deux événements : 20 jours." in found.said
    none = _view(made, History()).rare
    assert none is not None
    assert (none.since, none.said.startswith("Aucune date")) == (None, True)


def test_a_whole_typed_alone_does_not_replace_the_one_that_was_judged() -> None:
    counted = Computed(counts=Counts(numerator=7, denominator=10), explanation="7 sur 10")
    history = History(readings={"2026-10": _read("2026-10", None, 4)}, computed={"2026-10": counted})
    found = _view(indicator(nature=Nature.SAMPLE), history)
    (point,) = found.points
    assert (point.origin, point.numerator, point.denominator) == (Origin.COMPUTED, 7, 10)


def test_more_cases_than_the_whole_are_told_not_read_as_a_share() -> None:
    counted = Computed(counts=Counts(numerator=7), explanation="7 cas")
    history = History(readings={"2026-10": _read("2026-10", None, 4)}, computed={"2026-10": counted})
    (said,) = _view(indicator(nature=Nature.SAMPLE), history).remarks
    assert said.startswith("Plus de cas (7) que le dénominateur (4)")
