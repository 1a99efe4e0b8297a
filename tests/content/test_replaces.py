"""Criteria that take over from others, and visit grids that give no level: what a file may say."""

from collections.abc import Callable

import pytest

from ivaudit.content.compiled import digest, freeze
from ivaudit.content.library import Library

Said = Callable[[str | bytes], list[str]]
CRITERION = "na: interdit\n"


def claiming(grid: str, listed: str) -> str:
    return grid.replace(CRITERION, f"na: interdit\n            replaces: [{listed}]\n", 1)


def test_a_criterion_may_replace_ids_that_are_gone(grid: str, problems_of: Said) -> None:
    assert problems_of(claiming(grid, "essai-90, essai-91")) == []


@pytest.mark.parametrize(
    ("listed", "message"),
    [
        ("essai-01", "replaces: « essai-01 » est ce critère lui-même"),
        ("essai-02", "replaces: « essai-02 » est encore un critère de essai"),
        ("fla-ref-01", "replaces: « fla-ref-01 » est encore un critère de flash"),
        ("Essai 9", "replaces: « Essai 9 » n'est pas un identifiant"),
    ],
)
def test_what_a_criterion_may_not_replace(grid: str, problems_of: Said, listed: str, message: str) -> None:
    (found,) = problems_of(claiming(grid, listed))
    assert found.split(": ", 1)[1] == message


def test_two_criteria_do_not_replace_the_same_one(grid: str, problems_of: Said) -> None:
    both = claiming(grid, "essai-90").replace(
        "na: motif\n", "na: motif\n            replaces: [essai-90]\n", 1
    )
    found = problems_of(both)
    assert len(found) == 2
    assert all("est déjà remplacé par un critère de cette grille" in each for each in found)


def test_only_a_visit_grid_does_without_levels(grid: str, problems_of: Said) -> None:
    without = grid.replace("levels: niveaux-ivaudit\n", "")
    (found,) = problems_of(without)
    assert "levels: clé obligatoire absente" in found
    assert problems_of(without.replace("kind: exigences", "kind: visite")) == []


def test_a_grid_without_levels_is_frozen_without_a_word_about_them() -> None:
    grid = Library.find().checklist("preparation-visite-has")
    assert grid.levels is None
    assert '"levels"' not in freeze(grid)


def test_a_criterion_that_replaces_nothing_keeps_the_text_it_had() -> None:
    body = freeze(Library.find().checklist("flash"))
    assert '"replaces"' not in body
    assert len(digest(body)) == 64
