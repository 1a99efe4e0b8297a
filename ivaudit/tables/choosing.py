"""Cells chosen from a list on a sheet that people see, and wide tables printed in pages side by side."""

from collections.abc import Sequence
from dataclasses import dataclass

from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.pagebreak import Break, ColBreak

from ivaudit.tables.book import Sheet


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """Where a list stands: its sheet, its column and its rows, from 1."""

    sheet: str
    column: int
    first: int
    last: int

    @property
    def cells(self) -> str:
        """Return its place as a formula has it."""
        letter = get_column_letter(self.column)
        return f"{quote_sheetname(self.sheet)}!${letter}${self.first}:${letter}${self.last}"


def offer(sheet: Sheet, choices: Choices, *, column: int, first: int, last: int) -> None:
    """Offer a list in the cells of a column; something else may still be typed.

    Args:
        sheet: where the cells are.
        choices: what they offer.
        column: of the cells, from 1.
        first: first row.
        last: last row.
    """
    made = DataValidation(type="list", formula1=choices.cells, allow_blank=True, showErrorMessage=False)
    letter = get_column_letter(column)
    made.add(f"{letter}{first}:{letter}{last}")
    sheet.native.add_data_validation(made)


def print_in_pages(
    sheet: Sheet, *, first: int, last: int, columns: int, breaks: Sequence[int], repeated: int
) -> None:
    """Print the first columns of a wide table, in pages side by side.

    Args:
        sheet: where the table is, its titles just above `first`.
        first: first row of data.
        last: last row.
        columns: how many columns are printed.
        breaks: the last columns of the pages, but for the last page.
        repeated: how many columns come again on every page.
    """
    native = sheet.native
    native.print_area = f"A{first - 1}:{get_column_letter(columns)}{last}"
    native.print_title_cols = f"A:{get_column_letter(repeated)}"
    native.page_setup.fitToWidth = len(breaks) + 1
    native.col_breaks = ColBreak()
    for each in breaks:
        native.col_breaks.append(Break(id=each))
