"""Scores against vectors computed by hand on paper."""

from dataclasses import replace
from fractions import Fraction

import pytest
from support.grids import checklist, criterion, sheet

from ivaudit.domain.audit import Answer, AuditSheet
from ivaudit.domain.checklist import Checklist, Condition
from ivaudit.domain.scoring import Result, displayed, domain_results, result
from ivaudit.domain.standing import CriticalState, State, combined, standings


def _result(grid: Checklist, values: dict[str, str | Answer], **more: tuple[str, ...]) -> Result:
    return result(grid, standings(sheet(grid, values, **more), grid))


def _flat(count: int, threshold: int = 80) -> Checklist:
    return checklist(tuple(criterion(f"c{n}") for n in range(count)), threshold=threshold)


def test_weighted_mean_over_rated_points() -> None:
    """Oui at weight 2, Partiel at 1, Non at 1: (2 + ½) / 4 = 62.5 %, shown 63."""
    grid = checklist((criterion("a", weight=2), criterion("b"), criterion("c")))
    found = _result(grid, {"a": "oui", "b": "partiel", "c": "non"})
    assert found.mean.share == Fraction(5, 8)
    assert found.score == 63
    assert found.level is not None
    assert found.level.label == "À consolider"
    assert found.fulfilled.share == Fraction(1, 3)


def test_nothing_answered_has_no_score_and_no_bounds() -> None:
    found = _result(_flat(4), {})
    assert (found.score, found.bounds, found.level) == (None, None, None)
    assert found.progress.shown == 0
    assert found.to_see == 4
    assert found.minutes_left == 12


def test_all_sans_objet_has_no_score_and_no_coverage() -> None:
    found = _result(_flat(3), {f"c{n}": "sans_objet" for n in range(3)})
    assert found.coverage.share is None
    assert found.score is None
    assert found.bounds is None
    assert found.progress.shown == 100
    assert found.not_applicable.shown == 100


def test_sans_objet_leaves_the_denominator_and_non_vu_stays() -> None:
    """Five points: 2 oui, 1 non, 1 sans objet, 1 non vu: coverage 3/4, bounds 2/4 to 3/4, no score."""
    found = _result(_flat(5), {"c0": "oui", "c1": "oui", "c2": "non", "c3": "sans_objet", "c4": "non_vu"})
    assert found.coverage.share == Fraction(3, 4)
    assert found.score is None
    assert found.bounds is not None
    assert (found.bounds.low, found.bounds.high) == (50, 75)
    assert (found.bounds.low_level.label, found.bounds.high_level.label) == ("À consolider", "Satisfaisant")
    assert found.progress.share == 1
    assert found.not_applicable.share == Fraction(1, 5)


def test_the_mock_up_redrawn() -> None:
    """47 treated of 72 with 5 sans objet: 42 rated of 67 applicable, 63 %, bounds 25 points of 67 wide."""
    values = {f"c{n}": "oui" for n in range(42)} | {f"c{n}": "sans_objet" for n in range(42, 47)}
    found = _result(_flat(72), values)
    assert found.coverage.share == Fraction(42, 67)
    assert found.coverage.shown == 63
    assert found.progress.numerator == 47
    assert found.bounds is not None
    assert (found.bounds.low, found.bounds.high) == (63, 100)


def test_a_point_to_review_is_not_rated_and_is_to_see() -> None:
    found = _result(_flat(2), {"c0": Answer(value="oui", review=True), "c1": "oui"})
    assert found.coverage.share == Fraction(1, 2)
    assert found.review == 1
    assert found.to_see == 1


def test_coverage_exactly_at_its_threshold_gives_a_score() -> None:
    values = {f"c{n}": "oui" for n in range(8)}
    assert _result(_flat(10), values).score == 100
    assert _result(_flat(10, threshold=81), values).score is None


def test_coverage_is_compared_as_it_is_displayed() -> None:
    """39 of 49 is 79.6 %, displayed 80 %: refusing a score for want of 80 % would contradict the screen."""
    values = {f"c{n}": "oui" for n in range(39)}
    found = _result(_flat(49), values)
    assert (found.coverage.shown, found.score) == (80, 100)
    assert _result(_flat(49), dict(list(values.items())[:38])).score is None


@pytest.mark.parametrize(
    ("share", "shown"),
    [
        (Fraction(0), 0),
        (Fraction(1, 200), 1),
        (Fraction(1, 201), 0),
        (Fraction(179, 200), 90),
        (Fraction(8949, 10000), 89),
        (Fraction(1), 100),
    ],
)
def test_halves_are_rounded_up(share: Fraction, shown: int) -> None:
    assert displayed(share) == shown


def test_the_level_is_decided_on_the_displayed_value() -> None:
    """89.5 % is displayed 90 and is «Maîtrisé»; 89.47 % is displayed 89 and is not."""
    at_threshold = (
        {f"c{n}": "oui" for n in range(89)} | {"c89": "partiel"} | {f"c{n}": "non" for n in range(90, 100)}
    )
    found = _result(_flat(100), at_threshold)
    assert found.mean.share == Fraction(179, 200)
    assert found.score == 90
    assert found.level is not None
    assert found.level.label == "Maîtrisé"
    below = _result(_flat(19), {f"c{n}": "oui" for n in range(17)} | {"c17": "non", "c18": "non"})
    assert below.mean.share == Fraction(17, 19)
    assert below.score == 89
    assert below.level is not None
    assert below.level.label == "Satisfaisant"


@pytest.mark.parametrize(
    ("answer", "state", "level", "capped"),
    [
        ("oui", CriticalState.KEPT, "Maîtrisé", "Maîtrisé"),
        ("partiel", CriticalState.PARTLY, "Maîtrisé", "Maîtrisé"),
        ("non", CriticalState.BROKEN, "Maîtrisé", "À consolider"),
        ("non_vu", CriticalState.NOT_RATED, None, None),
        (None, CriticalState.NOT_RATED, None, None),
        (Answer(value="oui", review=True), CriticalState.NOT_RATED, None, None),
        ("sans_objet", CriticalState.NOT_APPLICABLE, "Maîtrisé", "Maîtrisé"),
    ],
)
def test_critical_states(
    answer: str | Answer | None, state: CriticalState, level: str | None, capped: str | None
) -> None:
    """Twenty points, nineteen kept: only «non tenu» caps, only «non évalué» keeps the level waiting."""
    grid = checklist((criterion("k", critical=True), *(criterion(f"c{n}") for n in range(19))))
    values: dict[str, str | Answer] = {f"c{n}": "oui" for n in range(19)}
    if answer is not None:
        values["k"] = answer
    found = _result(grid, values)
    assert [point.state for point in found.critical] == [state]
    assert found.score is not None
    assert (found.level.label if found.level else None) == level
    assert (found.capped_level.label if found.capped_level else None) == capped


def test_a_level_already_under_the_cap_is_not_raised() -> None:
    grid = checklist((criterion("k", critical=True), criterion("a"), criterion("b")))
    found = _result(grid, {"k": "non", "a": "non", "b": "oui"})
    assert found.level is not None
    assert found.level.label == "À construire"
    assert found.capped_level == found.level


def test_bounds_of_the_level_count_unrated_critical_points() -> None:
    """An unrated critical point may still cap the low bound, never the high one."""
    grid = checklist((criterion("k", critical=True), *(criterion(f"c{n}") for n in range(9))))
    found = _result(grid, {f"c{n}": "oui" for n in range(9)})
    assert found.bounds is not None
    assert (found.bounds.low, found.bounds.high) == (90, 100)
    assert found.bounds.low_level.label == "À consolider"
    assert found.bounds.high_level.label == "Maîtrisé"
    assert found.waiting == 1
    broken = _result(grid, {"k": "non"} | {f"c{n}": "oui" for n in range(9)})
    assert broken.bounds is not None
    assert broken.bounds.high_level.label == "À consolider"
    assert broken.broken == 1


def test_figures_explain_themselves() -> None:
    found = _result(_flat(3), {"c0": "oui", "c1": "non"})
    assert found.coverage.items == ("c0", "c1")
    assert found.coverage.others == ("c2",)
    assert found.mean.items == ("c0",)
    assert found.mean.others == ("c1",)
    assert (found.mean.numerator, found.mean.denominator) == (1, 2)


def test_a_point_out_of_the_profile_counts_nowhere() -> None:
    births = Condition(profile=("naissances",))
    grid = checklist((criterion("n", applicability=births, critical=True), criterion("a")))
    without = _result(grid, {"n": "non", "a": "oui"})
    assert (without.score, without.critical, without.not_concerned) == (100, (), 1)
    with_births = _result(grid, {"n": "non", "a": "oui"}, profile=("naissances",))
    assert with_births.score == 50


def test_a_condition_on_another_answer() -> None:
    after = Condition(
        every=(Condition(criterion="a", values=("oui", "partiel")), Condition(profile=("insi",)))
    )
    grid = checklist((criterion("a"), criterion("b", applicability=after)))
    states = {
        value: standings(sheet(grid, {"a": value}, profile=("insi",)), grid)[1].state
        for value in ("oui", "non")
    }
    assert states == {"oui": State.UNANSWERED, "non": State.NOT_CONCERNED}


def test_domains_are_results_of_their_own_points() -> None:
    grid = checklist((criterion("a"), criterion("b")), (criterion("c"),))
    found: AuditSheet = sheet(grid, {"a": "oui", "b": "non", "c": "oui"})
    results = domain_results(grid, standings(found, grid))
    assert [each.result.score for each in results] == [50, 100]
    assert [point.number for point in grid.points()] == ["1.1", "1.2", "2.1"]


@pytest.mark.parametrize(
    ("states", "critical", "expected"),
    [
        ([(State.RATED, Fraction(1)), (State.RATED, Fraction(0))], True, (State.RATED, Fraction(0))),
        ([(State.RATED, Fraction(1)), (State.RATED, Fraction(0))], False, (State.RATED, Fraction(1, 2))),
        ([(State.RATED, Fraction(0)), (State.UNANSWERED, None)], True, (State.RATED, Fraction(0))),
        ([(State.RATED, Fraction(1)), (State.UNANSWERED, None)], True, (State.UNANSWERED, None)),
        ([(State.RATED, Fraction(1)), (State.UNRATED, None)], False, (State.UNRATED, None)),
        ([(State.OUT, None), (State.RATED, Fraction(1))], False, (State.RATED, Fraction(1))),
        ([(State.OUT, None), (State.OUT, None)], True, (State.OUT, None)),
    ],
)
def test_several_subjects(
    states: list[tuple[State, Fraction | None]], critical: bool, expected: tuple[State, Fraction | None]
) -> None:
    """The worst unit for a critical point, the mean otherwise."""
    assert combined(states, critical) == expected


@pytest.mark.parametrize("left", [Answer(), Answer(constat="Écran non vu.", at="2026-11-21T10:00:00Z")])
def test_a_unit_that_gave_no_answer_does_not_keep_a_point_waiting(left: Answer) -> None:
    grid = _flat(1)
    given = sheet(grid, {"c0": "oui"})
    answers = {**given.answers, ("bloc", "c0"): left}
    found = result(grid, standings(replace(given, answers=answers, subjects=("structure", "bloc")), grid))
    assert (found.score, found.coverage.shown) == (100, 100)
