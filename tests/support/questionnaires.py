"""Questionnaires filled in as a facility would, with a spreadsheet."""

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

from openpyxl import load_workbook
from openpyxl.workbook.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from ivaudit.app import questionnaires
from ivaudit.app.library import library
from ivaudit.app.questionnaire_jobs import PROGRAM
from ivaudit.app.questionnaires import Prepared
from ivaudit.domain.questionnaire import Column
from ivaudit.reports import questionnaire_book

SELF = "auto-evaluation-esms"
STRUCTURE: Mapping[str, object] = {
    "Nom de la structure": "EHPAD Les Tilleuls",
    "FINESS ET (site)": "010000024",
    "Type de structure": "EHPAD",
    "Date des réponses": date(2026, 11, 20),
    "Fonction de la personne qui répond": "Infirmière coordinatrice",
    "Hébergement": "Oui",
    "Téléservice INSi": "Oui",
    "Naissances": "Non",
}
Answer = str | Mapping[str, str]


def blank(path: Path, *ids: str) -> Path:
    """Write an empty questionnaire, in this process."""
    return written(questionnaires.prepare(library(), ids or (SELF,)), path)


def written(prepared: Prepared, path: Path) -> Path:
    """Write a prepared questionnaire, in this process."""
    questionnaire_book.write(
        prepared.manifest, prepared.checklists, prepared.vocabulary, path, program=PROGRAM
    )
    return path


def fill(
    source: Path,
    target: Path,
    answers: Mapping[str, Answer] | Answer | None = None,
    structure: Mapping[str, object] = STRUCTURE,
    *,
    spoil: Callable[[Workbook], object] | None = None,
) -> Path:
    """Fill in a questionnaire and save it elsewhere.

    Args:
        source: an empty one.
        target: where to save it.
        answers: by criterion, the answer or texts by title of column; one answer for all.
        structure: by label.
        spoil: what else is done to it before it is saved.
    """
    book = load_workbook(source)
    _structure(book["Structure"], structure)
    _answers(book["Questions"], answers)
    if spoil is not None:
        spoil(book)
    book.save(target)
    return target


def columns(sheet: Worksheet) -> tuple[int, dict[str, int]]:
    """Return the row of titles of the questions, and the rank of each."""
    for row in sheet.iter_rows(max_row=20):
        ranks = {str(cell.value): cell.column for cell in row if cell.value}
        if Column.QUESTION in ranks:
            return row[0].row, ranks
    raise AssertionError("no questions")


def _structure(sheet: Worksheet, structure: Mapping[str, object]) -> None:
    for row in sheet.iter_rows():
        if row[0].value in structure:
            row[1].value = structure[str(row[0].value)]


def _answers(sheet: Worksheet, answers: Mapping[str, Answer] | Answer | None) -> None:
    head, ranks = columns(sheet)
    for row in range(head + 1, sheet.max_row + 1):
        key = sheet.cell(row, ranks[Column.ID]).value
        one = answers if isinstance(answers, str) else (answers or {}).get(str(key))
        texts = {Column.ANSWER: one} if isinstance(one, str) else one or {}
        for title, text in texts.items():
            sheet.cell(row, ranks[title]).value = text
