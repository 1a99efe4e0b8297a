"""Foreign workbooks: read as they are meant, or refused in a sentence, quickly and in little memory."""

from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import DEFUSEDXML, Workbook, load_workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from support import hostile_books
from support.bounded import Cost, cost_of_reading
from support.hostile_books import HEAVY, HOSTILE

from ivaudit.domain.errors import UnreadableFile
from ivaudit.tables.reading import Limits, read_book


def named(make: Callable[[Path], Path]) -> str:
    return make.__name__


def cost(path: Path) -> Cost:
    return cost_of_reading("ivaudit.tables.reading", "read_book", path)


@pytest.mark.parametrize("make", HOSTILE, ids=named)
def test_a_hostile_workbook_is_refused_in_one_sentence_quickly_and_in_little_memory(
    make: Callable[[Path], Path], tmp_path: Path
) -> None:
    path = make(tmp_path / "piege.xlsx")
    found = cost(path)
    assert "Rien n'a été modifié." in found.said
    assert found.small, found


@pytest.mark.parametrize("make", HEAVY, ids=named)
def test_a_heavy_workbook_within_the_bounds_stays_quick_and_small(
    make: Callable[[Path], Path], tmp_path: Path
) -> None:
    found = cost(make(tmp_path / "lourd.xlsx"))
    assert found.said == "lu"
    assert found.small, found


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (hostile_books.encrypted, "protégé par un mot de passe"),
        (hostile_books.encrypted_members, "protégé par un mot de passe"),
        (hostile_books.macros, "contient des macros"),
        (hostile_books.macros_under_another_type, "contient des macros"),
        (hostile_books.macros_without_project, "contient des macros"),
        (hostile_books.pdf, "c'est un PDF"),
        (hostile_books.csv, "fichier texte ou CSV"),
        (hostile_books.empty, "est vide"),
        (hostile_books.truncated, "abîmé ou incomplet"),
        (hostile_books.wrong_checksum, "abîmé ou incomplet"),
        (hostile_books.billion_laughs, "déclarations XML"),
        (hostile_books.quadratic, "déclarations XML"),
        (hostile_books.external_entity, "déclarations XML"),
        (hostile_books.external_entity_in_the_workbook, "déclarations XML"),
        (hostile_books.entities_in_utf_16, "déclarations XML"),
        (hostile_books.last_cell, "trop grand"),
        (hostile_books.more_columns_than_admitted, "colonne XFD"),
        (hostile_books.a_few_too_many_sheets, "feuilles"),
    ],
    ids=lambda each: named(each) if callable(each) else "",
)
def test_the_sentence_tells_what_is_wrong(make: Callable[[Path], Path], words: str, tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match=words):
        read_book(make(tmp_path / "piege.xlsx"))


def test_a_file_that_is_not_there_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="n'a pas pu être ouvert"):
        read_book(tmp_path / "absent.xlsx")


def test_cells_are_read_as_people_wrote_them(tmp_path: Path) -> None:
    book = read_book(hostile_books.half_filled(tmp_path / "a.xlsx"))
    assert [(sheet.name, sheet.hidden) for sheet in book.sheets] == [
        ("Réponses", False),
        ("Vide", False),
        ("Cachée", True),
    ]
    sheet = book.sheets[0]
    assert sheet.rows[0] == ()
    assert sheet.rows[1] == (
        "texte", "3", "3", "0.5", "VRAI", "2026-11-21", "2026-11-21 08:30:00", "08:30:00", "#N/A",
    )  # fmt: skip
    assert [sheet.at(4, column) for column in (1, 2, 3)] == ["avant\nfusion", "", ""]
    assert sheet.at(6, 1) == "", "a formula that no spreadsheet computed yet has no value"
    assert len(sheet.rows) == 4, "cells with a look and nothing in them do not count"
    assert sheet.at(900, 26) == sheet.at(0, 1) == sheet.at(2, 99) == ""


def test_rich_text_is_read_as_its_text(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    book = Workbook()
    book.worksheets[0]["A1"] = CellRichText("un ", TextBlock(InlineFont(b=True), "deux"), " trois")
    book.save(path)
    assert read_book(path).sheets[0].at(1, 1) == "un deux trois"


def test_what_a_sheet_says_of_its_size_is_not_believed(tmp_path: Path) -> None:
    cells = (
        '<row r="1"><c r="A1"><v>1</v></c><c r="C1"><v>3</v></c></row><row r="3"><c r="A3"><v>5</v></c></row>'
    )
    made = hostile_books.parts(cells)
    sheet = made["xl/worksheets/sheet1.xml"]
    assert isinstance(sheet, bytes)
    made["xl/worksheets/sheet1.xml"] = sheet.replace(b"<sheetData>", b'<dimension ref="A1:A1"/><sheetData>')
    path = hostile_books.zipped(tmp_path / "a.xlsx", made)
    assert read_book(path).sheets[0].rows == (("1", "", "3"), (), ("5",))


def test_bounds_are_those_that_are_asked_for(tmp_path: Path) -> None:
    path = hostile_books.half_filled(tmp_path / "a.xlsx")
    with pytest.raises(UnreadableFile, match="dépasse 2 lignes"):
        read_book(path, Limits(rows=2))
    with pytest.raises(UnreadableFile, match="colonne I"):
        read_book(path, Limits(columns=8))


def test_entities_are_never_expanded_by_what_reads_workbooks() -> None:
    assert DEFUSEDXML
    assert load_workbook.__module__.startswith("openpyxl")
