"""The points of a visit hold in its time."""

from collections.abc import Callable
from pathlib import Path

from ivaudit.content.check import check
from ivaudit.content.library import Library
from ivaudit.resources import shipped

Said = Callable[..., list[str]]


def visit(grid: str, budget: int) -> str:
    text = grid.replace("kind: exigences", "kind: visite", 1)
    return text.replace("domains:", f"minutes_budget: {budget}\ndomains:", 1)


def test_a_visit_that_takes_longer_than_it_has_says_both(grid: str, problems_of: Said) -> None:
    (problem,) = problems_of(visit(grid, 4))
    assert problem == "13:17: minutes_budget: 4 minutes prévues, les points en demandent 5"
    assert problems_of(visit(grid, 5)) == []


def test_what_is_no_visit_may_take_its_time(grid: str, problems_of: Said) -> None:
    assert problems_of(visit(grid, 1).replace("kind: visite", "kind: exigences")) == []


def test_points_taken_from_other_grids_count_with_the_minutes_given_here(tmp_path: Path) -> None:
    folder = tmp_path / "contenu" / "checklists"
    folder.mkdir(parents=True)
    text = (shipped("checklists") / "flash.yaml").read_text(encoding="utf-8")
    local = text.replace("id: flash", "id: locale", 1)
    lines = [
        "minutes_budget: 20" if each.startswith("minutes_budget:") else each for each in local.split("\n")
    ]
    (folder / "locale.yaml").write_text("\n".join(lines), encoding="utf-8")
    problems = [str(each) for each in check([tmp_path / "contenu"])]
    assert any("minutes_budget: 20 minutes prévues, les points en demandent" in each for each in problems)


def test_a_local_visit_over_its_time_is_used_all_the_same(grid: str, tmp_path: Path) -> None:
    folder = tmp_path / "contenu" / "checklists"
    folder.mkdir(parents=True)
    (folder / "essai.yaml").write_text(visit(grid, 1), encoding="utf-8")
    library = Library.find(tmp_path / "contenu")
    assert library.refused() == ()
    assert library.checklist("essai").minutes_budget == 1
