"""What the categories of the directory must respect, and those that are shipped."""

from pathlib import Path

import pytest

from ivaudit.app.library import library
from ivaudit.content.check import check
from ivaudit.content.shapes import Family

GOOD = """kind: categories
id: categories-region
version: "1.0.0"
title: Catégories de la région
source: Lues dans l'annuaire
chosen_by: la cellule régionale
categories:
  - {code: "500", label: EHPAD, setting: ehpad, profile: [hebergement]}
  - {code: "355", label: CH}
"""


def _problems(folder: Path, text: str) -> list[str]:
    place = folder / "checklists" / "echelles"
    place.mkdir(parents=True)
    path = place / "categories-region.yaml"
    path.write_text(text, encoding="utf-8")
    return [str(problem) for problem in check([path])]


def test_local_categories_are_content(tmp_path: Path) -> None:
    assert _problems(tmp_path, GOOD) == []


@pytest.mark.parametrize(
    ("wrong", "right", "said"),
    [
        ('"355"', '"500"', "« 500 » est en double"),
        ('"355"', '"CH5"', "des chiffres seulement"),
        ("setting: ehpad", "setting: ehpads", "vouliez-vous dire « ehpad »"),
        ("[hebergement]", "[hebergements]", "vouliez-vous dire « hebergement »"),
    ],
)
def test_wrong_categories_are_said_with_their_place(
    tmp_path: Path, wrong: str, right: str, said: str
) -> None:
    found = _problems(tmp_path, GOOD.replace(wrong, right))
    assert any(said in problem for problem in found), found
    assert all("categories-region.yaml:" in problem for problem in found)


def test_only_codes_that_were_seen_are_shipped() -> None:
    """`audit-practice.md` §6.4, first list: codes read in real lines of the directory."""
    (shipped,) = library().every(Family.CATEGORIES)
    codes = {each.code for each in shipped.categories}
    assert codes == {"101", "146", "189", "223", "241", "340", "355", "365", "462", "500", "699"}
