"""Where actions stand against a day."""

from datetime import date

import pytest

from ivaudit.domain.actions import Action, ActionState, Due, Priority, in_order

TODAY = date(2026, 11, 22)


def _action(key: str, due: str = "", **more: object) -> Action:
    return Action(id=key, facility="f", what="x", due=due, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("due", "expected"),
    [
        ("2026-11-21", Due.LATE),
        ("2026-11-22", Due.THIS_MONTH),
        ("2026-11-30", Due.THIS_MONTH),
        ("2026-12-01", Due.LATER),
        ("", Due.UNDATED),
    ],
)
def test_an_open_action_against_its_day(due: str, expected: Due) -> None:
    assert _action("a", due).standing(TODAY) is expected


@pytest.mark.parametrize("state", [ActionState.DONE, ActionState.CHECKED, ActionState.DROPPED])
def test_a_closed_action_is_never_late(state: ActionState) -> None:
    assert _action("a", "2020-01-01", state=state).standing(TODAY) is None


def test_the_month_ends_with_its_year() -> None:
    assert _action("a", "2026-12-31").standing(date(2026, 12, 31)) is Due.THIS_MONTH
    assert _action("a", "2027-01-01").standing(date(2026, 12, 31)) is Due.LATER


def test_the_longest_overdue_comes_first_and_what_is_closed_last() -> None:
    actions = [
        _action("closed", "2020-01-01", state=ActionState.DONE),
        _action("undated"),
        _action("low", "2026-12-01", priority=Priority.LOW),
        _action("high", "2026-12-01", priority=Priority.HIGH),
        _action("late", "2026-10-01"),
    ]
    assert [each.id for each in in_order(actions, TODAY)] == ["late", "high", "low", "undated", "closed"]
