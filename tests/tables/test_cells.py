"""Cells come back as they were meant."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from ivaudit.tables.book import Book, Column
from ivaudit.tables.cells import CUT, MAX_CHARACTERS, Filled, Percent, bounded, put

HOSTILE = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "#N/A", "<b>&amp;]]>", "😀", "  marges  ", "1", "VRAI")


@pytest.mark.parametrize("text", HOSTILE)
def test_a_text_stays_a_text(tmp_path: Path, text: str) -> None:
    path = tmp_path / "a.xlsx"
    book = Workbook()
    put(book.worksheets[0]["A1"], text)
    book.save(path)
    cell = load_workbook(path).worksheets[0]["A1"]
    assert (cell.value, cell.data_type) == (text, "s")
    assert cell.quotePrefix == text.startswith(("=", "+", "-", "@", "\t"))


def test_control_characters_and_escapes_are_visible(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    book = Workbook()
    put(book.worksheets[0]["A1"], "sonne\x07\ud800 _x0041_ a\r\nb")
    book.save(path)
    assert load_workbook(path).worksheets[0]["A1"].value == "sonne[U+0007][U+D800] _x005F_x0041_ a\nb"


@given(st.integers(0, 40_000), st.sampled_from("a😀"))
def test_a_text_too_long_is_cut_with_a_mark(length: int, character: str) -> None:
    kept = bounded(character * length)
    units = len(kept.encode("utf-16-le")) // 2
    assert units <= MAX_CHARACTERS
    assert kept == character * length or kept.endswith(CUT)


def test_figures_and_days_are_real(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    book = Book(title="Essai", program="ivaudit", accent="#1c56b0")
    sheet = book.sheet("Un [titre] : long / à couper pour Excel", head="A & B", foot="pied")
    row = [7, Percent(38), date(2026, 11, 21), Filled("Oui", "#e2f3e8"), None]
    sheet.table([Column(title=str(rank), width=10) for rank in range(5)], [row], main=True)
    book.save(path)
    read = load_workbook(path).worksheets[0]
    number, percent, day, filled, nothing = read[2]
    assert (number.value, number.data_type) == (7, "n")
    assert (percent.value, percent.number_format) == (0.38, "0 %")
    assert (day.value.date(), day.number_format) == (date(2026, 11, 21), "dd/mm/yyyy")
    assert filled.fill.fgColor.rgb == "00E2F3E8"
    assert nothing.value is None
    assert read.auto_filter.ref == "A1:E2"
    assert read.freeze_panes == "C2"
    assert read.print_title_rows == "$1:$1"
    assert read.oddHeader.right.text == "A && B"
    assert len(read.title) <= 31
