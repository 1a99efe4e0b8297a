"""Cells that somebody else fills in: open in a protected sheet, chosen from a list, marked while missing."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, cast

from openpyxl.formatting.rule import Rule
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from ivaudit.tables.book import Sheet
from ivaudit.tables.cells import put_text

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell

MISSING = "#fff3d6"
"""Behind an answer that is still to be given."""

_LISTS = "listes"
_EDGE = Side(style="thin", color="9AA5B5")
_OPEN = Protection(locked=False)
_FRAME = Border(left=_EDGE, right=_EDGE, top=_EDGE, bottom=_EDGE)
_TEXT = Alignment(wrap_text=True, vertical="top", horizontal="left", indent=1)


class Entry:
    """The cells to fill in of a sheet; everything else is protected, without a password.

    Args:
        sheet: where they are.
        protect: protect the rest; not a sheet that people arrange as they like.
    """

    def __init__(self, sheet: Sheet, *, protect: bool = True) -> None:
        self._sheet: Worksheet = sheet.native
        self._lists: dict[tuple[tuple[str, ...], str, bool], DataValidation] = {}
        if not protect:
            return
        protection = self._sheet.protection
        protection.sheet = True
        protection.formatColumns = protection.formatRows = protection.formatCells = False
        protection.autoFilter = protection.sort = False

    def open(self, row: int, column: int, *, day: bool = False, text: bool = False) -> None:
        """Let a cell be filled in.

        Args:
            row: from 1.
            column: from 1.
            day: show what is typed as a day.
            text: keep what is typed as it is, zeros before a number included.
        """
        cell = cast("Cell", self._sheet.cell(row=row, column=column))
        cell.protection = _OPEN
        cell.border = _FRAME
        cell.alignment = _TEXT
        if day or text:
            cell.number_format = "dd/mm/yyyy" if day else "@"

    def choose(
        self,
        row: int,
        column: int,
        choices: Sequence[str],
        *,
        prompt: str,
        strict: bool = True,
    ) -> None:
        """Let a cell be filled in from a list.

        Args:
            row: from 1.
            column: from 1.
            choices: what the list offers.
            prompt: said when the cell is entered.
            strict: refuse anything else.
        """
        self.open(row, column)
        self._list(choices, prompt, strict=strict).add(f"{get_column_letter(column)}{row}")

    def choose_all(self, column: int, first: int, last: int, choices: Sequence[str], *, prompt: str) -> None:
        """Let the cells of a column be filled in from one list: much quicker than one by one.

        Args:
            column: from 1.
            first: first row.
            last: last row.
            choices: what the list offers.
            prompt: said when a cell is entered.
        """
        for row in range(first, last + 1):
            self.open(row, column)
        letter = get_column_letter(column)
        self._list(choices, prompt, strict=True).add(f"{letter}{first}:{letter}{last}")

    def mark_missing(self, cells: str, formula: str) -> None:
        """Colour cells while a formula holds.

        Args:
            cells: ranges, separated by spaces («G5:G79»).
            formula: for the first of them, without «=».
        """
        fill = PatternFill("solid", bgColor=MISSING.lstrip("#").upper())
        self._sheet.conditional_formatting.add(
            cells, Rule(type="expression", dxf=DifferentialStyle(fill=fill), formula=[formula])
        )

    def _list(self, choices: Sequence[str], prompt: str, *, strict: bool) -> DataValidation:
        key = (tuple(choices), prompt, strict)
        if key not in self._lists:
            self._lists[key] = self._validation(choices, prompt, strict=strict)
        return self._lists[key]

    def _validation(self, choices: Sequence[str], said: str, *, strict: bool) -> DataValidation:
        made = DataValidation(
            type="list",
            formula1=_listed(self._sheet, choices),
            allow_blank=True,
            showErrorMessage=strict,
            errorTitle="Réponse",
            error="Choisissez une réponse de la liste, ou laissez la case vide.",
            showInputMessage=True,
            prompt=said[:255],
        )
        self._sheet.add_data_validation(made)
        return made


def formula(sheet: Sheet, row: int, column: int, text: str) -> None:
    """Write a formula of ours, never anything typed by somebody."""
    cell = cast("Cell", sheet.native.cell(row=row, column=column))
    cell.value = text


def _listed(sheet: Worksheet, choices: Sequence[str]) -> str:
    """Return the place of choices on a hidden sheet: a label may hold a comma, a list in a cell cannot."""
    book = sheet.parent
    if book is None:
        raise ValueError("a sheet without a book")
    kept = book[_LISTS] if _LISTS in book.sheetnames else book.create_sheet(_LISTS)
    kept.sheet_state = "hidden"
    kept.protection.sheet = True
    column = _column_of(kept, choices)
    letter = get_column_letter(column)
    return f"{quote_sheetname(_LISTS)}!${letter}$1:${letter}${len(choices)}"


def _column_of(kept: Worksheet, choices: Sequence[str]) -> int:
    rank = 1
    while (head := kept.cell(row=1, column=rank).value) is not None:
        below = [kept.cell(row=row, column=rank).value for row in range(1, len(choices) + 2)]
        if head == choices[0] and below == [*choices, None]:
            return rank
        rank += 1
    for row, text in enumerate(choices, 1):
        put_text(cast("Cell", kept.cell(row=row, column=rank)), text)
    return rank


def label(sheet: Sheet, text: str) -> None:
    """Write what a cell of the present row is for, in its first column."""
    cell = cast("Cell", sheet.native.cell(row=sheet.row, column=1))
    put_text(cell, text)
    cell.font = Font(name="Calibri", size=11, bold=True, color="1A2233")
    cell.alignment = Alignment(wrap_text=True, vertical="top", indent=1)


def taller(sheet: Sheet, height: float) -> None:
    """Give the present row a height, in points."""
    sheet.native.row_dimensions[sheet.row].height = height
