"""The file of a log, whatever it is: a workbook with its merged blocks, a text table, a declaration."""

from dataclasses import replace
from enum import StrEnum
from pathlib import Path

from ivaudit.domain.declaration_sheet import MARK
from ivaudit.tables.foreign import LARGE, read_table
from ivaudit.tables.merged import filled_down
from ivaudit.tables.sheet_cells import BookCells, SheetCells

LOG = replace(LARGE, unpacked=450_000_000, member=400_000_000, text=200_000_000)
"""Bounds of a log: 100,000 rows with their texts take 200 MB once unpacked."""


class LogFile(StrEnum):
    """What the file of a log is."""

    BOOK = "classeur"
    TEXT = "texte"
    DECLARATION = "déclaration"


def read(path: Path) -> tuple[BookCells, LogFile]:
    """Return the cells of a file, and what it is; a declaration is a table of one row.

    Raises:
        UnreadableFile: it is neither a workbook nor a text table, or cannot be read safely.
    """
    book = read_table(path, LOG)
    if len(book.sheets) == 1 and not book.sheets[0].name:
        return book, LogFile.TEXT
    if any(sheet.at(1, 1) == MARK for sheet in book.sheets):
        return _declared(book), LogFile.DECLARATION
    return filled_down(book, path, LOG), LogFile.BOOK


def _declared(book: BookCells) -> BookCells:
    """Return a declaration, whose labels stand one under the other, as titles over one row."""
    page = next(sheet for sheet in book.sheets if not sheet.hidden and sheet.at(1, 1) != MARK)
    pairs = [(row[0], row[1]) for row in page.rows if len(row) > 1 and row[0].strip()]
    titles, answers = zip(*pairs, strict=True) if pairs else ((), ())
    return BookCells(sheets=(SheetCells(name=page.name, rows=(titles, answers)),))
