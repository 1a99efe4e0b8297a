"""What the program counts by itself: lines observed and actions due."""

from datetime import date

from ivaudit.domain.actions import Action, ActionState
from ivaudit.domain.campaign import ObservedRow
from ivaudit.domain.indicator_counts import SeenRow, observed, on_time
from ivaudit.domain.indicators import ObservedFacts
from ivaudit.domain.months import Rhythm
from ivaudit.domain.observation import ObservedValue
from ivaudit.domain.readings import Counts

FACTS = (ObservedFacts(grid="bracelet", items=("present", "lisible")),)
V = ObservedValue
TODAY = date(2026, 11, 22)


def _row(day: str, *, grid: str = "bracelet", campaign: str = "c1", reason: str = "", **values: V) -> SeenRow:
    row = ObservedRow(id="r", number=1, reason=reason, values=values)
    return SeenRow(grid=grid, campaign=campaign, day=date.fromisoformat(day), row=row)


def test_a_line_counts_when_every_fact_that_was_judged_is_yes() -> None:
    rows = [
        _row("2026-03-02", present=V.YES, lisible=V.YES),
        _row("2026-03-02", present=V.YES, lisible=V.NOT_APPLICABLE),
        _row("2026-03-09", present=V.YES, lisible=V.NO, campaign="c2"),
        _row("2026-03-09", present=V.REFUSED, lisible=V.NOT_APPLICABLE),
        _row("2026-03-09", present=V.NOT_APPLICABLE),
        _row("2026-03-09", reason="dort"),
        _row("2026-03-09"),
        _row("2026-03-09", grid="autre", present=V.YES),
        _row("2026-05-01", present=V.NO),
    ]
    found = observed(rows, FACTS)
    assert {month: each.counts for month, each in found.items()} == {
        "2026-03": Counts(numerator=2, denominator=3),
        "2026-05": Counts(numerator=0, denominator=1),
    }
    said = found["2026-03"].explanation
    assert said.startswith(
        "3 lignes de 2 campagnes d'observation, dont 2 où tous les faits suivis sont « Oui »."
    )
    assert "Hors du compte : 1 avec refus tracé, 2 sans fait observable." in said


def test_a_month_where_nothing_could_be_judged_has_no_value() -> None:
    assert observed([_row("2026-03-02", reason="dort")], FACTS) == {}


def _action(due: str, state: ActionState, done: str = "") -> Action:
    return Action(id=due + done + state, facility="f", what="Faire.", due=due, state=state, done=done)


def test_actions_are_counted_in_the_quarter_where_they_fell_due() -> None:
    actions = [
        _action("2026-07-01", ActionState.DONE, "2026-06-30"),
        _action("2026-09-30", ActionState.CHECKED, "2026-09-30"),
        _action("2026-08-15", ActionState.DONE, "2026-08-16"),
        _action("2026-08-20", ActionState.TO_DO),
        _action("2026-08-21", ActionState.DROPPED),
        _action("2026-08-22", ActionState.DONE),
        _action("2026-10-01", ActionState.DONE, "2026-10-01"),
        _action("", ActionState.DONE, "2026-08-01"),
    ]
    found = on_time(actions, Rhythm.QUARTER, TODAY)
    assert {month: each.counts for month, each in found.items()} == {
        "2026-09": Counts(numerator=2, denominator=4)
    }
    assert found["2026-09"].explanation == (
        "4 actions dont l'échéance tombe dans la période, dont 2 closes au plus tard ce jour-là. "
        "Hors du compte : 1 action abandonnée, 1 action faite à une date non notée."
    )


def test_a_period_under_way_is_not_counted_yet() -> None:
    actions = [_action("2026-11-01", ActionState.DONE, "2026-11-01")]
    assert on_time(actions, Rhythm.QUARTER, TODAY) == {}
    assert list(on_time(actions, Rhythm.QUARTER, date(2027, 1, 1))) == ["2026-12"]
