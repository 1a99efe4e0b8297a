"""A checklist as a workbook, opened again."""

from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from ivaudit.content.library import Library
from ivaudit.domain.checklist import Checklist, Condition
from ivaudit.reports import checklist_book

TITLES = [title for title, _, _ in checklist_book.COLUMNS]


@pytest.fixture(scope="module")
def library() -> Library:
    return Library.find()


def _rows(checklist: Checklist, library: Library, path: Path) -> list[dict[str, openpyxl.cell.Cell]]:
    checklist_book.write(checklist, library.vocabulary(), path, program="ivaudit 0")
    (sheet,) = openpyxl.load_workbook(path).worksheets
    rows = list(sheet.iter_rows())
    head = next(rank for rank, row in enumerate(rows) if row[0].value == "N°")
    assert [cell.value for cell in rows[head]] == TITLES
    return [dict(zip(TITLES, row, strict=True)) for row in rows[head + 1 :]]


@pytest.mark.parametrize("name", ["flash", "rniv-1-principes-communs"])
def test_every_field_of_every_point_is_there_as_text(name: str, library: Library, tmp_path: Path) -> None:
    checklist = library.checklist(name)
    rows = _rows(checklist, library, tmp_path / "grille.xlsx")
    points = list(checklist.points())
    assert len(rows) == len(points)
    for row, point in zip(rows, points, strict=True):
        criterion = point.criterion
        assert row["N°"].value == point.number
        assert row["Identifiant"].value == criterion.id
        assert row["Question"].value == criterion.question
        assert row["Poids"].value == str(criterion.weight)
        assert row["Minutes"].value == str(criterion.minutes)
        assert row["Preuves attendues"].value == ("\n".join(criterion.evidence) or None)
        for text in (*criterion.guidance.values(),):
            assert text in row["Où regarder"].value
        for text in criterion.rating.values():
            assert text in row["Ce qui vaut chaque réponse"].value
    assert {cell.data_type for row in rows for cell in row.values() if cell.value is not None} == {"s"}


def test_a_text_that_looks_like_a_formula_stays_a_text(library: Library, tmp_path: Path) -> None:
    checklist = library.checklist("flash")
    domain = checklist.domains[0]
    section = domain.sections[0]
    asked = replace(section.criteria[0], question='=HYPERLINK("http://exemple.fr")', why="+1")
    one = replace(checklist, domains=(replace(domain, sections=(replace(section, criteria=(asked,)),)),))
    (row,) = _rows(one, library, tmp_path / "grille.xlsx")
    assert row["Question"].value == '=HYPERLINK("http://exemple.fr")'
    assert row["Question"].data_type == "s"
    assert row["Pourquoi"].quotePrefix


def test_conditions_are_said_in_words(library: Library) -> None:
    inside = Condition(
        every=(Condition(profile=("insi",)), Condition(criterion="a-b-01", values=("oui", "partiel")))
    )
    words = checklist_book.condition_words(inside, library.vocabulary())
    assert words == "(Téléservice INSi) et (a-b-01 : oui ou partiel)"
    assert checklist_book.condition_words(None, library.vocabulary()) == ""
