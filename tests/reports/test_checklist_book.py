"""A checklist as a workbook, opened again: every field is there, as text, with what may be chosen."""

from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from ivaudit.content.book_rows import rows_of
from ivaudit.content.library import Library
from ivaudit.content.shapes import ChecklistFile, Family
from ivaudit.domain.checklist import Criterion
from ivaudit.reports import checklist_book

SHEETS = ["Mode d'emploi", "Grille", "Critères", "Références", "Listes"]


@pytest.fixture(scope="module")
def library() -> Library:
    return Library.find()


def written(file: ChecklistFile, library: Library, path: Path) -> openpyxl.Workbook:
    checklist_book.write(rows_of(file, library), path, program="ivaudit 0")
    return openpyxl.load_workbook(path)


def table(sheet: Worksheet) -> list[dict[str, object]]:
    titles = [str(cell.value) for cell in sheet[1]]
    return [
        dict(zip(titles, (cell.value for cell in row), strict=True)) for row in sheet.iter_rows(min_row=2)
    ]


@pytest.mark.parametrize("name", ["flash", "rniv-1-principes-communs", "visite-es-deux-jours"])
def test_every_point_and_every_reference_has_its_row(name: str, library: Library, tmp_path: Path) -> None:
    file: ChecklistFile = library.one(Family.CHECKLIST, name)
    book = written(file, library, tmp_path / "grille.xlsx")
    assert book.sheetnames == SHEETS
    points = list(library.checklist(name).points())
    rows = table(book["Critères"])
    assert [row["Identifiant"] for row in rows] == [point.criterion.id for point in points]
    for row, point in zip(rows, points, strict=True):
        criterion = point.criterion
        assert row["Question"] == criterion.question
        assert row["Où regarder"] == criterion.guidance["default"]
        assert row["Ce qui vaut « Oui »"] == criterion.rating["oui"]
        assert row["Preuves attendues"] == "\n".join(criterion.evidence)
        assert str(row["Poids"]).strip("()") == str(criterion.weight)
        assert row["Code de la section"] == point.section.id
    own = {row["Identifiant"] for row in rows if row["Nature"] == "propre"}
    assert {row["Identifiant du critère"] for row in table(book["Références"])} == own


def test_every_cell_is_a_text_and_drop_downs_offer_what_is_accepted(library: Library, tmp_path: Path) -> None:
    book = written(library.one(Family.CHECKLIST, "flash"), library, tmp_path / "grille.xlsx")
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s"}
    offered = {each.formula1 for each in book["Critères"].data_validations.dataValidation}
    assert offered
    for place in offered:
        sheet, _, cells = place.partition("!")
        values = [cell.value for (cell,) in book[sheet.strip("'")][cells.replace("$", "")]]
        assert all(values), place
    strict = {each.showErrorMessage for each in book["Critères"].data_validations.dataValidation}
    assert strict == {False}, "the import says what is wrong; a list never refuses"


def test_a_criterion_taken_over_shows_what_is_published_between_brackets(
    library: Library, tmp_path: Path
) -> None:
    book = written(library.one(Family.CHECKLIST, "flash"), library, tmp_path / "grille.xlsx")
    row = next(each for each in table(book["Critères"]) if each["Identifiant"] == "rec-ant-02")
    published = next(
        p for p in library.checklist("rniv-1-principes-communs").points() if p.criterion.id == "rec-ant-02"
    )
    assert (row["Nature"], row["Minutes"]) == ("repris", "5")
    assert row["Poids"] == f"({published.criterion.weight})"


def test_a_text_that_looks_like_a_formula_stays_a_text(library: Library, tmp_path: Path) -> None:
    file: ChecklistFile = library.one(Family.CHECKLIST, "flash")
    domain = file.domains[0]
    section = domain.sections[0]
    first = section.criteria[0]
    assert isinstance(first, Criterion)
    asked = replace(first, question='=HYPERLINK("http://exemple.fr")', why="+1")
    one = replace(file, domains=(replace(domain, sections=(replace(section, criteria=(asked,)),)),))
    sheet = written(one, library, tmp_path / "grille.xlsx")["Critères"]
    titles = {str(cell.value): cell.column for cell in sheet[1]}
    question = sheet.cell(2, titles["Question"])
    assert (question.value, question.data_type) == ('=HYPERLINK("http://exemple.fr")', "s")
    assert sheet.cell(2, titles["Pourquoi"]).quotePrefix


def test_it_prints_in_pages_side_by_side_under_its_titles(library: Library, tmp_path: Path) -> None:
    sheet = written(library.one(Family.CHECKLIST, "flash"), library, tmp_path / "grille.xlsx")["Critères"]
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.orientation) == (2, "landscape")
    assert sheet.print_title_rows == "$1:$1"
    assert sheet.freeze_panes == "C2"
