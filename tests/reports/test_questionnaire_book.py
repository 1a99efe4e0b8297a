"""The questionnaire as a workbook: what is open, what is proposed, what is protected, and the summary."""

from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.workbook.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet
from support.audits import criterion, whole
from support.questionnaires import SELF, blank, columns, written

from ivaudit.app.library import library
from ivaudit.app.questionnaires import Prepared
from ivaudit.domain.checklist import NaPolicy
from ivaudit.domain.questionnaire import Column, manifest

CHECKLIST = library().checklist(SELF)


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Workbook:
    return load_workbook(blank(tmp_path_factory.mktemp("q") / "q.xlsx"))


def _listed(book: Workbook, sheet: Worksheet, cell: str) -> list[str]:
    """Return what the list of a cell offers, followed to where its words are."""
    found = next(each for each in sheet.data_validations.dataValidation if cell in each.sqref)
    name, _, cells = found.formula1.replace("'", "").replace("$", "").partition("!")
    return [str(row[0].value) for row in book[name][cells]]


def test_only_the_cells_to_fill_in_are_open(book: Workbook) -> None:
    sheet = book["Questions"]
    head, ranks = columns(sheet)
    wanted = {ranks[c] for c in (Column.ANSWER, Column.REASON, Column.CONSTAT, Column.DOCUMENT)}
    opened = {
        (cell.row, cell.column) for row in sheet.iter_rows() for cell in row if not cell.protection.locked
    }
    assert opened == {(row, rank) for row in range(head + 1, sheet.max_row + 1) for rank in wanted}
    assert all(each.protection.sheet for each in book.worksheets)
    assert not any(each.protection.password for each in book.worksheets)


def test_each_question_offers_what_its_point_admits(book: Workbook) -> None:
    sheet = book["Questions"]
    head, ranks = columns(sheet)
    policies = {point.criterion.id: point.criterion.na for point in CHECKLIST.points()}
    seen = set()
    for row in range(head + 1, sheet.max_row + 1):
        key = str(sheet.cell(row, ranks[Column.ID]).value)
        offered = _listed(book, sheet, sheet.cell(row, ranks[Column.ANSWER]).coordinate)
        assert offered[:3] == ["Oui", "Partiel", "Non"]
        assert ("Sans objet" in offered) == (policies[key] is not NaPolicy.FORBIDDEN)
        seen.add(policies[key])
    assert len(seen) > 1


def test_sheets_of_the_program_are_hidden_and_texts_stay_texts(tmp_path: Path) -> None:
    hostile = whole("g", [('=1+1 "&"', [criterion("a", "=CMD() est-il vérifié ?")])])
    prepared = Prepared(
        manifest=manifest([(hostile, "sha")], library().vocabulary(), questionnaire="q"),
        checklists=(hostile,),
        vocabulary=library().vocabulary(),
    )
    book = load_workbook(written(prepared, tmp_path / "q.xlsx"))
    formulas = {
        cell.coordinate for row in book["Questions"].iter_rows() for cell in row if cell.data_type == "f"
    }
    assert formulas == {"A2"}
    assert {each.title for each in book.worksheets if each.sheet_state == "visible"} == {
        "Mode d'emploi",
        "Structure",
        "Questions",
    }


def test_what_is_missing_is_coloured_and_counted(book: Workbook) -> None:
    sheet = book["Questions"]
    head, _ = columns(sheet)
    ranges = {str(each.sqref) for each in sheet.conditional_formatting}
    assert f"E{head + 1}:E{sheet.max_row}" in ranges
    assert any(each.startswith("F") for each in ranges)
    assert f"E{head + 1}:E{sheet.max_row}" in str(sheet["A2"].value)
    assert sheet.print_title_rows == f"${head}:${head}"


def test_no_identity_is_asked(book: Workbook) -> None:
    texts = [str(cell.value) for row in book["Mode d'emploi"].iter_rows() for cell in row if cell.value]
    assert any("Aucune identité" in text for text in texts)
    labels = [str(row[0].value) for row in book["Structure"].iter_rows() if row[0].value]
    assert not any("nom de la personne" in text.casefold() for text in labels)
