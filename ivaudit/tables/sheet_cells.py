"""Cells that were read, as plain text: light, whoever read them."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetCells:
    """A sheet: the text of each cell, empty ones included up to the last that holds something.

    Rows are as long as they are filled: ask `at` rather than count.
    """

    name: str
    rows: tuple[tuple[str, ...], ...]
    hidden: bool = False

    def at(self, row: int, column: int) -> str:
        """Return the text of a cell, both from 1; nothing beyond the last one."""
        if not 1 <= row <= len(self.rows) or not 1 <= column <= len(self.rows[row - 1]):
            return ""
        return self.rows[row - 1][column - 1]


@dataclass(frozen=True, slots=True, kw_only=True)
class BookCells:
    """A workbook: its sheets, hidden ones included."""

    sheets: tuple[SheetCells, ...]

    def sheet(self, name: str) -> SheetCells | None:
        """Return a sheet by its name, whatever its capitals and the spaces around."""
        wanted = name.strip().casefold()
        return next((each for each in self.sheets if each.name.strip().casefold() == wanted), None)


def column_letters(column: int) -> str:
    """Return the letters of a column, from 1."""
    letters = ""
    while column:
        column, rank = divmod(column - 1, 26)
        letters = chr(ord("A") + rank) + letters
    return letters
