"""Tables that somebody else made: workbooks read fast or slowly say the same, texts of any encoding too."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from support import hostile_books

from ivaudit.domain.errors import UnreadableFile
from ivaudit.tables.foreign import LARGE, read_table
from ivaudit.tables.limits import Limits
from ivaudit.tables.plain_book import read_plain
from ivaudit.tables.reading import read_book
from ivaudit.tables.sheet_cells import column_letters

ROWS = [
    ["Mois", "N° FINESS", None, "Nom & <signe> « é »"],
    [],
    [202609, "010000011", True, "deux\nlignes"],
    [None, 250000015, 2.5, "=1+1"],
    [3, None, None, None],
]


def _book(path: Path, rows: list[list[object]], *, write_only: bool = False) -> Path:
    book = Workbook(write_only=write_only)
    sheet = book.create_sheet("Usage", 0) if not write_only else book.create_sheet("Usage")
    for row in rows:
        sheet.append(row)
    book.save(path)
    return path


@pytest.mark.parametrize("write_only", [False, True], ids=["shared", "inline"])
def test_the_fast_reader_says_what_the_other_says(tmp_path: Path, write_only: bool) -> None:
    path = _book(tmp_path / "a.xlsx", ROWS, write_only=write_only)
    fast = read_plain(path, LARGE)
    assert fast is not None
    assert fast.sheets[0] == read_book(path).sheets[0]
    assert fast.sheets[0].rows[2] == ("202609", "010000011", "VRAI", "deux\nlignes")
    assert fast.sheets[0].rows[4] == ("3",)


CELLS = st.one_of(
    st.none(),
    st.integers(-(10**12), 10**12),
    st.booleans(),
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=8).filter(
        lambda text: not text.startswith("=")
    ),
)


@settings(max_examples=25)
@given(rows=st.lists(st.lists(CELLS, max_size=5), min_size=1, max_size=6))
def test_any_plain_grid_is_read_alike_by_both(
    tmp_path_factory: pytest.TempPathFactory, rows: list[list[object]]
) -> None:
    path = _book(tmp_path_factory.mktemp("grilles") / "a.xlsx", rows)
    fast = read_plain(path, LARGE)
    assert fast is not None
    assert fast.sheets[0].rows == read_book(path).sheets[0].rows


def test_what_is_not_plain_is_left_to_the_other_reader(tmp_path: Path) -> None:
    rich = Workbook()
    rich.worksheets[0].append([CellRichText("Mois ", TextBlock(InlineFont(b=True), "gras")), "x"])
    rich.save(tmp_path / "riche.xlsx")
    mac = Workbook()
    mac.epoch = CALENDAR_MAC_1904
    mac.worksheets[0].append([date(2026, 9, 1)])
    mac.save(tmp_path / "1904.xlsx")
    assert read_plain(tmp_path / "1904.xlsx", LARGE) is None
    assert read_table(tmp_path / "1904.xlsx").sheets[0].rows == (("2026-09-01",),)
    assert read_table(tmp_path / "riche.xlsx").sheets[0].rows == (("Mois gras", "x"),)


def test_days_of_a_plain_book_are_serial_numbers(tmp_path: Path) -> None:
    path = _book(tmp_path / "a.xlsx", [[date(2026, 9, 1)]])
    assert read_table(path).sheets[0].rows == (("46266",),)


REFUSED = (
    *(hostile_books.last_cell, hostile_books.row_beyond_any, hostile_books.huge_cell),
    *(hostile_books.fifty_megabytes_of_text, hostile_books.many_references_to_a_long_text),
    *(hostile_books.many_rows, hostile_books.huge_tag),
    *(hostile_books.billion_laughs, hostile_books.external_entity_in_the_workbook),
    *(hostile_books.macros, hostile_books.encrypted, hostile_books.truncated, hostile_books.wrong_checksum),
    *(
        hostile_books.text_that_is_not_there,
        hostile_books.column_that_is_not_there,
        hostile_books.overlapping,
    ),
)


@pytest.mark.parametrize("make", REFUSED, ids=lambda make: make.__name__)
def test_a_hostile_workbook_is_refused_here_too(make: Callable[[Path], Path], tmp_path: Path) -> None:
    path = make(tmp_path / "piege.xlsx")
    with pytest.raises(UnreadableFile, match="Rien n'a été modifié"):
        read_table(path, Limits())


def test_a_book_out_of_bounds_is_refused(tmp_path: Path) -> None:
    path = _book(tmp_path / "a.xlsx", [["x"] * 3] * 5)
    for limits in (Limits(rows=4), Limits(columns=2), Limits(elements=10), Limits(text=10)):
        with pytest.raises(UnreadableFile, match="trop grand"):
            read_plain(path, limits)


@pytest.mark.parametrize("sign", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be"])
def test_a_text_is_read_whatever_its_encoding_and_separator(tmp_path: Path, encoding: str, sign: str) -> None:
    path = tmp_path / "a.csv"
    lines = [["Mois", "Départements", "Nom"], ["202609", "70 - HAUTE-SAÔNE", f'"Le Lac{sign} dit « d’Été »"']]
    path.write_text("\r\n".join(map(sign.join, lines)), encoding=encoding, newline="")
    assert read_table(path).sheets[0].rows == (
        ("Mois", "Départements", "Nom"),
        ("202609", "70 - HAUTE-SAÔNE", f"Le Lac{sign} dit « d’Été »"),
    )


def test_the_separator_is_the_one_that_lines_agree_on(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("a;b\n1,5;2,5\nx, y, z;3,1\n", encoding="utf-8")
    assert read_table(path).sheets[0].rows[2] == ("x, y, z", "3,1")
    path.write_text("sep=|\na|b;c\n", encoding="utf-8")
    assert read_table(path).sheets[0].rows == ((), ("a", "b;c"))


@pytest.mark.parametrize(
    ("content", "said"),
    [(b"", "vide"), (b"\x00\x01\x02" * 50, "ni un classeur"), (b"%PDF-1.4\x00\xff", "ni un classeur")],
)
def test_what_is_no_table_is_refused(tmp_path: Path, content: bytes, said: str) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(content)
    with pytest.raises(UnreadableFile, match=said):
        read_table(path)


def test_a_text_out_of_bounds_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("a;b\n" * 5, encoding="utf-8")
    for limits in (Limits(rows=4), Limits(columns=1), Limits(bytes=10)):
        with pytest.raises(UnreadableFile, match="trop grand"):
            read_table(path, limits)
    path.write_text("x" * 40_000, encoding="utf-8")
    with pytest.raises(UnreadableFile, match="caractères"):
        read_table(path)


def test_columns_have_their_letters() -> None:
    assert [column_letters(each) for each in (1, 26, 27, 52, 703)] == ["A", "Z", "AA", "AZ", "AAA"]
