"""Questionnaires that come back spoilt in every way people spoil a workbook."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.workbook.workbook import Workbook as Book
from support.questionnaires import SELF, STRUCTURE, blank, columns, fill

from ivaudit.app.library import library
from ivaudit.domain.errors import NewerFile, UnreadableFile
from ivaudit.domain.questionnaire import Returned
from ivaudit.domain.questionnaire_reading import Understood, understood
from ivaudit.exchange import questionnaires
from ivaudit.tables.reading import read_book

KEYS = [point.criterion.id for point in library().checklist(SELF).points()]
ANSWERS: dict[str, Any] = {
    key: ("Oui", "Partiel", "Non")[rank % 3] for rank, key in enumerate(KEYS) if rank % 4 != 3
}


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return blank(tmp_path_factory.mktemp("q") / "vide.xlsx")


def read(path: Path) -> Returned:
    return questionnaires.read(read_book(path))


def said(path: Path) -> Understood:
    return understood(read(path), [library().checklist(SELF)], library().vocabulary())


def _values(found: Understood) -> dict[str, str | None]:
    return {key: answer.value for key, answer in found.answers.items()}


EXPECTED = {key: answer.lower() for key, answer in ANSWERS.items()}


def test_an_empty_questionnaire_returns_nothing(empty: Path) -> None:
    returned = read(empty)
    assert returned.rows == ()
    assert returned.problems == ()
    assert [each.id for each in returned.manifest.checklists] == [SELF]
    assert len(returned.manifest.points) == len(KEYS)


def test_what_was_filled_in_comes_back(empty: Path, tmp_path: Path) -> None:
    found = said(fill(empty, tmp_path / "q.xlsx", ANSWERS))
    assert _values(found) == EXPECTED
    assert found.declared.name == STRUCTURE["Nom de la structure"]
    assert found.declared.profile == ("hebergement", "insi")
    assert (found.declared.date, found.declared.setting) == ("2026-11-20", "ehpad")
    assert found.problems == ()


def _renamed(book: Book) -> None:
    for sheet in book.worksheets:
        sheet.title = f"x{sheet.title[:20]}"


def _moved(book: Book) -> None:
    sheet = book["Questions"]
    sheet.insert_cols(1)
    head, ranks = columns(sheet)
    source = ranks["Réponse"]
    for row in range(head, sheet.max_row + 1):
        sheet.cell(row, 14).value = sheet.cell(row, source).value
        sheet.cell(row, source).value = None


def _retitled(book: Book) -> None:
    sheet = book["Questions"]
    head, ranks = columns(sheet)
    sheet.cell(head, ranks["Réponse"]).value = "REPONSE"
    sheet.cell(head, ranks["Question"]).value = " question "


def _reversed(book: Book) -> None:
    sheet = book["Questions"]
    head, _ = columns(sheet)
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=head + 1)]
    for at, values in enumerate(reversed(rows), head + 1):
        for rank, value in enumerate(values, 1):
            sheet.cell(at, rank).value = value


def _gaps(book: Book) -> None:
    book["Questions"].insert_rows(columns(book["Questions"])[0] + 3, 4)
    book["Structure"].insert_rows(5, 2)


def _without_ids(book: Book) -> None:
    sheet = book["Questions"]
    head, ranks = columns(sheet)
    for row in range(head, sheet.max_row + 1):
        sheet.cell(row, ranks["Identifiant"]).value = None


def _shouted(book: Book) -> None:
    sheet = book["Questions"]
    head, ranks = columns(sheet)
    for row in range(head + 1, sheet.max_row + 1):
        cell = sheet.cell(row, ranks["Réponse"])
        cell.value = f" {str(cell.value).upper()} " if cell.value else None


@pytest.mark.parametrize(
    "spoil", [_renamed, _moved, _retitled, _reversed, _gaps, _without_ids, _shouted], ids=lambda f: f.__name__
)
def test_what_people_do_to_a_workbook_loses_nothing(
    empty: Path, tmp_path: Path, spoil: Callable[[Book], None]
) -> None:
    found = said(fill(empty, tmp_path / "q.xlsx", ANSWERS, spoil=spoil))
    assert _values(found) == EXPECTED
    assert found.declared.name == STRUCTURE["Nom de la structure"]
    assert found.problems == ()


def test_notes_and_strangers_are_said(empty: Path, tmp_path: Path) -> None:
    def spoil(book: Book) -> None:
        sheet = book["Questions"]
        head, ranks = columns(sheet)
        sheet.cell(head + 2, 12).value = "voir avec le siège"
        sheet.cell(sheet.max_row + 2, ranks["Réponse"]).value = "Oui"
        book.create_sheet("Mes notes")["A1"] = "à moi"

    found = said(fill(empty, tmp_path / "q.xlsx", ANSWERS, spoil=spoil))
    assert _values(found) == EXPECTED
    assert [problem.column for problem in found.problems] == ["L", "E"]


def test_a_question_answered_twice_is_said(empty: Path, tmp_path: Path) -> None:
    def spoil(book: Book) -> None:
        sheet = book["Questions"]
        head, ranks = columns(sheet)
        values = [cell.value for cell in sheet[head + 1]]
        values[ranks["Réponse"] - 1] = "Non"
        sheet.append(values)

    found = said(fill(empty, tmp_path / "q.xlsx", ANSWERS, spoil=spoil))
    assert _values(found) == EXPECTED
    assert ["déjà répondue" in problem.message for problem in found.problems] == [True]


def test_deleted_rows_are_said(empty: Path, tmp_path: Path) -> None:
    found = said(
        fill(empty, tmp_path / "q.xlsx", ANSWERS, spoil=lambda book: book["Questions"].delete_rows(10, 3))
    )
    assert ["absentes" in problem.message for problem in found.problems] == [True]


def test_an_activity_named_like_an_answer_is_not_mistaken(empty: Path, tmp_path: Path) -> None:
    structure = {**STRUCTURE, "Catégorie": "Hébergement", "Hébergement": "Non"}
    found = said(fill(empty, tmp_path / "q.xlsx", {}, structure))
    assert found.declared.category == "Hébergement"
    assert "hebergement" not in found.declared.profile


def _without_hidden(book: Book) -> None:
    del book["ivaudit"]


def _without_questions(book: Book) -> None:
    del book["Questions"]


def _cut(book: Book) -> None:
    book["ivaudit"].delete_cols(5, 2)


@pytest.mark.parametrize("spoil", [_without_hidden, _without_questions, _cut], ids=lambda f: f.__name__)
def test_what_cannot_be_read_says_what_to_do(
    empty: Path, tmp_path: Path, spoil: Callable[[Book], None]
) -> None:
    with pytest.raises(UnreadableFile) as caught:
        read(fill(empty, tmp_path / "q.xlsx", ANSWERS, spoil=spoil))
    assert "Rien n'a été modifié" in caught.value.sentence
    assert len(caught.value.sentence.split(". ")) >= 2


def test_a_newer_format_is_said(empty: Path, tmp_path: Path) -> None:
    def spoil(book: Book) -> None:
        book["ivaudit"]["B1"] = "2"

    with pytest.raises(NewerFile):
        read(fill(empty, tmp_path / "q.xlsx", spoil=spoil))


def test_any_other_workbook_is_not_ours(tmp_path: Path) -> None:
    book = Workbook()
    book.worksheets[0].append(["Question", "Réponse"])
    book.save(tmp_path / "autre.xlsx")
    with pytest.raises(UnreadableFile):
        read(tmp_path / "autre.xlsx")


def test_several_checklists_ask_a_shared_point_once(tmp_path: Path) -> None:
    path = blank(tmp_path / "deux.xlsx", SELF, "flash")
    returned = read(path)
    keys = [point.criterion for point in returned.manifest.points]
    assert len(keys) == len(set(keys))
    assert {point.number.partition("-")[0] for point in returned.manifest.points} == {"I", "II"}
    sheet = load_workbook(path)["Questions"]
    head, _ = columns(sheet)
    assert sheet.max_row - head == len(keys)
