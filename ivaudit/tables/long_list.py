"""A long list as a workbook, written line by line: memory stays flat, texts stay texts."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, cast

from openpyxl import Workbook
from openpyxl.cell.cell import Cell, WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from ivaudit.domain.printable import without_controls
from ivaudit.tables.book import Column
from ivaudit.tables.cells import put_text

LAST_ROW = 1_048_576
"""Rows of a sheet, its titles included: what comes after goes to another sheet."""

_TOP = Alignment(wrap_text=True, vertical="top")


def write_list(
    name: str,
    columns: Sequence[Column],
    rows: Iterable[Sequence[str]],
    path: Path,
    *,
    program: str,
    accent: str,
) -> int:
    """Write a list under titles that stay, with a filter; return how many lines it has.

    Args:
        name: on the tab, and title of the file.
        columns: titles and widths.
        rows: their texts.
        path: the file to write.
        program: what wrote it.
        accent: colour of the titles, `#rrggbb`.
    """
    book = Workbook(write_only=True)
    book.properties.title = without_controls(name)
    book.properties.creator = book.properties.lastModifiedBy = program
    book.properties.language = "fr-FR"
    sheet, done, on_sheet = None, 0, 0
    for row in rows:
        if sheet is None or on_sheet == LAST_ROW - 1:
            sheet, on_sheet = _sheet(book, f"{name} {len(book.worksheets) + 1}", columns, accent), 0
        sheet.append([_text(sheet, text) for text in row])
        done, on_sheet = done + 1, on_sheet + 1
    if sheet is None:
        _sheet(book, name, columns, accent)
    book.save(path)
    return done


def _sheet(book: Workbook, name: str, columns: Sequence[Column], accent: str) -> WriteOnlyWorksheet:
    # What the classes of a sheet written line by line share with the others is missing from their stubs.
    sheet = cast("Any", book.create_sheet(name[:31]))
    for rank, column in enumerate(columns, 1):
        sheet.column_dimensions[get_column_letter(rank)].width = column.width
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(columns))}{LAST_ROW}"
    sheet.append([_title(sheet, column.title, accent) for column in columns])
    return cast("WriteOnlyWorksheet", sheet)


def _title(sheet: WriteOnlyWorksheet, text: str, accent: str) -> Cell:
    cell: Cell = WriteOnlyCell(sheet, "")
    put_text(cell, text)
    cell.font = Font(bold=True, color="FFFFFF")
    cell.fill = PatternFill("solid", fgColor=accent.lstrip("#").upper())
    return cell


def _text(sheet: WriteOnlyWorksheet, text: str) -> Cell | None:
    if not text:
        return None
    cell: Cell = WriteOnlyCell(sheet, "")
    put_text(cell, text)
    cell.alignment = _TOP
    return cell
