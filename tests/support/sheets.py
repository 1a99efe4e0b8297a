"""Sheets of lines filled in as people do, with a spreadsheet."""

from collections.abc import Callable, Mapping
from pathlib import Path

from openpyxl import load_workbook
from openpyxl.workbook.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from ivaudit.app.sheet_jobs import PROGRAM
from ivaudit.domain.exchange_sheet import KEY_TITLE, ExchangeSheet
from ivaudit.reports import exchange_book

Cells = Mapping[str, object]


def written(sheet: ExchangeSheet, path: Path) -> Path:
    """Write a sheet, in this process."""
    exchange_book.write(sheet, path, program=PROGRAM)
    return path


def ranks_of(page: Worksheet, key: str = KEY_TITLE) -> tuple[int, dict[str, int]]:
    """Return the row of the titles and the rank of each."""
    for row in page.iter_rows(max_row=30):
        ranks = {str(cell.value): cell.column for cell in row if cell.value}
        if key in ranks:
            return int(row[0].row or 0), ranks
    raise AssertionError("no table")


def fill(
    source: Path,
    target: Path,
    lines: Mapping[str | int, Cells],
    *,
    key: str = KEY_TITLE,
    spoil: Callable[[Workbook], object] | None = None,
) -> Path:
    """Fill in a sheet and save it elsewhere.

    Args:
        source: as it left.
        target: where to save it.
        lines: cells by title, by key of the line or by its rank from 1.
        key: title of the column of keys.
        spoil: what else is done to it before it is saved.
    """
    book = load_workbook(source)
    page = book.worksheets[0]
    head, ranks = ranks_of(page, key)
    keys = {str(page.cell(row, ranks[key]).value): row for row in range(head + 1, page.max_row + 1)}
    for line, cells in lines.items():
        row = head + line if isinstance(line, int) else keys[line]
        for title, value in cells.items():
            page.cell(row, ranks[title]).value = value  # type: ignore[assignment]  # what a spreadsheet holds
    if spoil is not None:
        spoil(book)
    book.save(target)
    return target
