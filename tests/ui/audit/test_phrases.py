"""What the head of an audit says is left: time, against the time there is, and critical points."""

from dataclasses import replace

from support.audit_desk import Desk
from support.grids import checklist, criterion, sheet

from ivaudit.domain.scoring import result
from ivaudit.domain.standing import standings
from ivaudit.ui.audit.phrases import budget_of, what_is_left

GRID = replace(
    checklist(
        (criterion("a", critical=True, minutes=30), criterion("b", minutes=45), criterion("c", minutes=5))
    ),
    minutes_budget=145,
)


def said(answers: dict[str, str], *, with_critical: bool = True, budget: int = 0) -> str:
    whole = sheet(GRID, answers)
    return what_is_left((result(GRID, standings(whole, GRID)),), with_critical=with_critical, budget=budget)


def test_the_time_left_stands_beside_the_time_there_is() -> None:
    budget = budget_of([GRID])
    assert said({"b": "oui"}, budget=budget) == (
        "reste 35 min sur 2 h 25 prévues · 2 points à voir, dont 1 critique"
    )
    assert said({"a": "non"}, budget=budget) == "reste 50 min sur 2 h 25 prévues · 2 points à voir"
    assert said({"a": "oui", "b": "oui", "c": "non"}, budget=budget) == "tous les points sont traités"


def test_mode_entretien_does_not_tell_critical_points() -> None:
    assert said({}, with_critical=False) == "reste 1 h 20 · 3 points à voir"


def test_a_budget_is_told_only_when_every_grid_has_one() -> None:
    assert budget_of([GRID, GRID]) == 290
    assert budget_of([GRID, replace(GRID, minutes_budget=None)]) == 0
    assert budget_of([]) == 0


def test_a_grid_without_budget_says_the_time_left_alone(desk: Desk) -> None:
    shown = desk.page.header.left.text()
    assert shown.startswith("reste ")
    assert "prévues" not in shown
    assert "critiques" in shown
