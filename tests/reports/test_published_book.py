"""What is published besides checklists, read back from its workbook."""

from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet
from support import published

from ivaudit.content.library import Library
from ivaudit.domain.checklist import Vocabulary
from ivaudit.reports import published_book
from ivaudit.reports.published_book import Published


@pytest.fixture(scope="module")
def library() -> Library:
    return Library.find()


@pytest.fixture(scope="module")
def vocabulary(library: Library) -> Vocabulary:
    return library.vocabulary()


def sheets(value: Published, vocabulary: Vocabulary, path: Path) -> dict[str, Worksheet]:
    published_book.write(value, vocabulary, path, program="ivaudit 0")
    return {sheet.title: sheet for sheet in openpyxl.load_workbook(path).worksheets}


def cells(sheet: Worksheet) -> list[str]:
    return [str(cell) for row in sheet.iter_rows(values_only=True) for cell in row if cell is not None]


def table(sheet: Worksheet) -> list[tuple[object, ...]]:
    """Return the rows of the table of a sheet, the filter tells where it is."""
    first, last = sheet.auto_filter.ref.split(":")
    return [tuple(cell.value for cell in row) for row in sheet[first:last]]


def test_everything_shipped_is_written_whole(
    library: Library, vocabulary: Vocabulary, tmp_path: Path
) -> None:
    for grid in library.observations():
        made = sheets(grid, vocabulary, tmp_path / "a.xlsx")
        rows = table(made["Faits observés"])
        assert [row[2] for row in rows[1:]] == [item.question for item in grid.items]
        assert grid.words in cells(made["Avant d'observer"])
    for fiche in library.fiches():
        made = sheets(fiche, vocabulary, tmp_path / "a.xlsx")
        rows = table(made["Étapes"])[1:]
        assert [row[1] for row in rows if row[1]] == [step.title for step in fiche.steps]
        assert [row[1] for row in table(made["Issues"])[1:]] == [each.title for each in fiche.outcomes]
        assert len(rows) == sum(len(step.ways) for step in fiche.steps)


def test_a_fiche_says_where_each_answer_leads(vocabulary: Vocabulary, tmp_path: Path) -> None:
    rows = table(sheets(published.fiche(), vocabulary, tmp_path / "a.xlsx")["Étapes"])
    ends = {(row[0], row[3]): row[4] for row in rows[1:]}
    assert ends[1, "00 : une identité"] == "étape 2"
    assert ends[1, "Pas de réponse"] == "issue B"
    assert ends[3, "Tout est juste"] == "issue C"


def test_the_cases_and_the_glossary_have_a_row_each(
    library: Library, vocabulary: Vocabulary, tmp_path: Path
) -> None:
    cases, glossary = library.cases(), library.glossary()
    rows = table(sheets(cases, vocabulary, tmp_path / "a.xlsx")["Cas"])[1:]
    assert [(row[1], row[4]) for row in rows] == [(case.title, case.answer) for case in cases.cases]
    words = table(sheets(glossary, vocabulary, tmp_path / "b.xlsx")["Glossaire"])[1:]
    assert [row[0] for row in words] == [term.term for term in glossary.terms]
    assert [row[5] for row in words] == [term.confidence for term in glossary.terms]


def test_a_text_that_looks_like_a_formula_stays_a_text(vocabulary: Vocabulary, tmp_path: Path) -> None:
    glossary = published.glossary()
    hostile = replace(glossary.terms[0], term="=1+1", definition="@SUM(A1)")
    made = sheets(replace(glossary, terms=(hostile,)), vocabulary, tmp_path / "a.xlsx")
    row = made["Glossaire"].max_row
    assert made["Glossaire"].cell(row, 1).data_type == "s"
    assert made["Glossaire"].cell(row, 2).data_type == "s"
