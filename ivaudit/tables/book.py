"""Workbooks made of sheets that read, filter and print well."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from math import ceil
from pathlib import Path
from typing import Any, cast

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.header_footer import HeaderFooterItem, _HeaderFooterPart
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from ivaudit.domain.printable import without_controls
from ivaudit.tables.cells import Filled, Percent, Value, put

_FORBIDDEN = re.compile(r"[\[\]:*?/\\]")
_LINE = Side(style="thin", color="D8DEE7")
_BASE = "Calibri"
_NARROW = 24
_HEAD = 100
_LAST_ROW = 1_048_576
"""A print area down to it is one of whole columns: it follows the rows that people add."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column of a table; `width` is in characters; those that are not `printed` come last."""

    title: str
    width: int
    printed: bool = True


class Book:
    """A workbook being written.

    Args:
        title: title of the file.
        program: what wrote it.
        accent: colour of the titles, `#rrggbb`.
    """

    def __init__(self, *, title: str, program: str, accent: str) -> None:
        self._book = Workbook()
        self._book.remove(self._book.worksheets[0])
        properties = self._book.properties
        properties.title = without_controls(title)
        properties.creator = properties.lastModifiedBy = program
        properties.language = "fr-FR"
        self._accent = accent.lstrip("#").upper()

    def sheet(self, name: str, *, head: str, foot: str, upright: bool = False) -> "Sheet":
        """Return a new sheet.

        Args:
            name: on its tab.
            head: printed at the top right of each page.
            foot: printed at the bottom left of each page.
            upright: print it upright rather than across.
        """
        plain = _FORBIDDEN.sub(" ", name).strip("' ")[:31] or "Feuille"
        made = _printed(self._book.create_sheet(plain), head, foot)
        made.page_setup.orientation = "portrait" if upright else "landscape"
        return Sheet(made, self._accent)

    def hidden(self, name: str, rows: Sequence[Sequence[str]]) -> None:
        """Add a protected sheet that people do not see, of texts for the program."""
        made = self._book.create_sheet(name)
        made.sheet_state = "hidden"
        made.protection.sheet = True
        for rank, row in enumerate(rows, 1):
            for column, text in enumerate(row, 1):
                put(cast("Cell", made.cell(row=rank, column=column)), text)

    def save(self, path: Path) -> None:
        """Write the workbook."""
        self._book.save(path)


def _printed(sheet: Worksheet, head: str, foot: str) -> Worksheet:
    sheet.page_setup.paperSize = 9
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_margins.left = sheet.page_margins.right = 0.4
    sheet.page_margins.top = sheet.page_margins.bottom = 0.75
    sheet.page_margins.header = sheet.page_margins.footer = 0.35
    sheet.HeaderFooter.oddHeader = HeaderFooterItem(right=_HeaderFooterPart(text=_plain(head)))
    sheet.HeaderFooter.oddFooter = HeaderFooterItem(
        left=_HeaderFooterPart(text=_plain(foot)), right=_HeaderFooterPart(text="page &P sur &N")
    )
    sheet.sheet_view.showGridLines = False
    return sheet


def print_columns(sheet: Any, count: int) -> None:  # noqa: ANN401 - a sheet of openpyxl, streamed or not
    """Print the first columns of a sheet, as far down as it is filled; the others stay on the screen."""
    sheet.print_area = f"A1:{get_column_letter(count)}{_LAST_ROW}"


def _plain(text: str) -> str:
    """Return a text for a printed head: «&» starts a code there, and the room is short."""
    return without_controls(text).replace("\n", " ")[:_HEAD].replace("&", "&&")


class Sheet:
    """A sheet written from the top; `row` is the next free row, from 1."""

    def __init__(self, sheet: Worksheet, accent: str) -> None:
        self.native = sheet
        self.accent = accent
        self.row = 1

    def widths(self, widths: Sequence[int]) -> None:
        """Set the widths of the columns, in characters."""
        for rank, width in enumerate(widths, 1):
            self.native.column_dimensions[get_column_letter(rank)].width = width

    def hide(self, column: int) -> None:
        """Hide a column, which stays in the file."""
        self.native.column_dimensions[get_column_letter(column)].hidden = True

    def title(self, text: str, *, size: int = 16) -> None:
        """Write a title on a row of its own."""
        self._write(1, text).font = Font(name=_BASE, size=size, bold=True, color=self.accent)
        self.native.row_dimensions[self.row].height = size * 1.6
        self.row += 1

    def paragraph(self, text: str, *, over: int, quiet: bool = False, bold: bool = False) -> None:
        """Write a text over several columns, on a row as high as it needs.

        Args:
            text: any text.
            over: how many columns it spans.
            quiet: in a discreet colour.
            bold: in bold.
        """
        cell = self._write(1, text)
        cell.font = Font(name=_BASE, size=10, bold=bold, color="525C6B" if quiet else "1A2233")
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        self.native.merge_cells(start_row=self.row, end_row=self.row, start_column=1, end_column=over)
        room = sum(self._width(rank) for rank in range(1, over + 1))
        self._next(_lines(text, room))

    def skip(self, rows: int = 1) -> None:
        """Leave rows empty."""
        self.row += rows

    def new_page(self) -> None:
        """Print what follows on a new page."""
        self.native.row_breaks.append(Break(id=self.row - 1))

    def table(
        self,
        columns: Sequence[Column],
        rows: Sequence[Sequence[Value]],
        *,
        main: bool = False,
        sized: bool = True,
    ) -> int:
        """Write a table and return its first row of data.

        Args:
            columns: titles and widths.
            rows: their cells.
            main: the table of the sheet: filter, frozen head, head repeated on each printed page.
            sized: give the columns their widths.
        """
        if sized:
            self.widths([column.width for column in columns])
        head = self.row
        for rank, column in enumerate(columns, 1):
            self._head(rank, column.title, figures=_figures(rank, rows))
        self._next(max(_lines(each.title, self._width(rank) - 3) for rank, each in enumerate(columns, 1)))
        for row in rows:
            for rank, value in enumerate(row, 1):
                self._body(rank, value)
            self._next(max(_lines(_text(v), self._width(rank) - 1) for rank, v in enumerate(row, 1)))
        if main:
            last = f"{get_column_letter(len(columns))}{max(self.row - 1, head)}"
            self.native.auto_filter.ref = f"A{head}:{last}"
            self.native.freeze_panes = f"C{head + 1}"
            self.native.print_title_rows = f"{head}:{head}"
            shown = sum(column.printed for column in columns)
            if shown < len(columns):
                print_columns(self.native, shown)
        return head + 1

    def _write(self, column: int, value: Value) -> Cell:
        cell = cast("Cell", self.native.cell(row=self.row, column=column))
        put(cell, value)
        return cell

    def _head(self, column: int, text: str, *, figures: bool) -> None:
        cell = self._write(column, text)
        cell.font = Font(name=_BASE, size=10, bold=True, color="FFFFFF")
        cell.fill = PatternFill("solid", fgColor=self.accent)
        side = "center" if figures else "left"
        cell.alignment = Alignment(
            wrap_text=True, vertical="center", horizontal=side, indent=0 if figures else 1
        )

    def _body(self, column: int, value: Value) -> None:
        cell = self._write(column, value)
        cell.font = Font(name=_BASE, size=10, color="1A2233")
        cell.border = Border(bottom=_LINE)
        wide = isinstance(value, str | Filled)
        side = "left" if wide else "center"
        cell.alignment = Alignment(wrap_text=wide, vertical="top", horizontal=side, indent=1 if wide else 0)

    def _next(self, lines: int) -> None:
        """Give the row the height of its text, which LibreOffice does not work out, and go to the next.

        A row is at most 409 points high: beyond, the text is whole in its cell but not all on view.
        """
        self.native.row_dimensions[self.row].height = min(409.0, lines * 13.5 + 3)
        self.row += 1

    def _width(self, rank: int) -> float:
        return float(self.native.column_dimensions[get_column_letter(rank)].width)


def _text(value: Value) -> str:
    match value:
        case str():
            return value
        case Filled():
            return value.text
        case _:
            return ""


def _figures(rank: int, rows: Sequence[Sequence[Value]]) -> bool:
    """Tell whether a column holds figures, so that its title is centred over them."""
    return any(isinstance(row[rank - 1], int | float | Percent | date) for row in rows)


def _lines(text: str, width: float) -> int:
    """Return how many lines a text takes in a column, on the safe side."""
    room = max(4.0, width * (1.05 if width > _NARROW else 0.95))
    return sum(max(1, ceil(len(line) / room)) for line in text.split("\n"))


def local_day(utc: str) -> date | None:
    """Return the local day of a UTC time in ISO 8601, nothing when there is none."""
    return datetime.fromisoformat(utc).astimezone().date() if utc else None


TONES: Mapping[str, str] = {
    "bon": "#e2f3e8",
    "moyen": "#fcf1dc",
    "mauvais": "#fde8e6",
    "neutre": "#eaedf2",
    "attente": "#e3eaf4",
}
