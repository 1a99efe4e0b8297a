"""A long list as a workbook: texts stay texts, titles stay, sheets follow one another."""

from pathlib import Path

import openpyxl
import pytest

from ivaudit.tables import long_list
from ivaudit.tables.book import Column
from ivaudit.tables.long_list import write_list

COLUMNS = [Column(title="Quoi", width=20), Column(title="Valeur", width=30)]


def written(path: Path, rows: list[list[str]]) -> int:
    return write_list("Journal", COLUMNS, rows, path, program="ivaudit", accent="#1c56b0")


def test_texts_stay_texts(tmp_path: Path) -> None:
    risky = ["=1+1", "+33", "-2", "@x", "#N/A", "a\x00b", ""]
    assert written(tmp_path / "l.xlsx", [[str(rank), text] for rank, text in enumerate(risky)]) == 7
    sheet = openpyxl.load_workbook(tmp_path / "l.xlsx")["Journal 1"]
    assert [cell.data_type for cell in sheet["B"][1:7]] == ["s"] * 6
    assert sheet["B2"].quotePrefix
    assert sheet["B8"].value is None
    assert sheet.freeze_panes == "A2"
    assert (sheet["A1"].value, sheet["B1"].value) == ("Quoi", "Valeur")


def test_a_list_longer_than_a_sheet_goes_on_in_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(long_list, "LAST_ROW", 4)
    assert written(tmp_path / "l.xlsx", [[str(rank), "x"] for rank in range(7)]) == 7
    book = openpyxl.load_workbook(tmp_path / "l.xlsx")
    assert {name: book[name].max_row for name in book.sheetnames} == {
        "Journal 1": 4, "Journal 2": 4, "Journal 3": 2,
    }  # fmt: skip


def test_an_empty_list_has_its_titles(tmp_path: Path) -> None:
    assert written(tmp_path / "l.xlsx", []) == 0
    (sheet,) = openpyxl.load_workbook(tmp_path / "l.xlsx").worksheets
    assert sheet["A1"].value == "Quoi"
