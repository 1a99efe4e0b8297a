"""Workbooks too long to be held: each row is on the disk as soon as it is written."""

from collections.abc import Sequence
from datetime import date
from math import ceil
from pathlib import Path
from typing import Any, cast

from openpyxl import Workbook
from openpyxl.cell.cell import Cell, WriteOnlyCell
from openpyxl.formatting.rule import Rule
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.worksheet._write_only import WriteOnlyWorksheet
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.header_footer import HeaderFooterItem, _HeaderFooterPart
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.table import Table, TableStyleInfo

from ivaudit.domain.exchange_sheet import ColumnKind
from ivaudit.domain.printable import without_controls
from ivaudit.tables.book import print_columns
from ivaudit.tables.cells import MAX_CHARACTERS, bounded, escaped

_ORIGIN = date(1899, 12, 30).toordinal()
_FIRST_DAY = date(1900, 3, 1).toordinal() - _ORIGIN
_TRIGGERS = ("=", "+", "-", "@", "\t", "\n", "\r")
_LINE = Side(style="thin", color="D8DEE7")
_BASE = "Calibri"
_HEAD = 100
_LISTS = "listes"
_ESCAPED = "_x"
_LINE_HEIGHT, _HIGHEST = 13.5, 409.0
_UNREAD = 100_000


class StreamedBook:
    """A workbook being written row by row.

    Args:
        title: title of the file.
        program: what wrote it.
        accent: colour of the titles, `#rrggbb`.
    """

    def __init__(self, *, title: str, program: str, accent: str) -> None:
        self._book = Workbook(write_only=True)
        properties = self._book.properties
        properties.title = without_controls(title)
        properties.creator = properties.lastModifiedBy = program
        properties.language = "fr-FR"
        self._accent = accent.lstrip("#").upper()
        self._lists: dict[tuple[str, ...], int] = {}

    def sheet(self, name: str, widths: Sequence[int], *, head: str, foot: str) -> "StreamedSheet":
        """Return a new sheet, printed across, one page wide.

        Args:
            name: on its tab.
            widths: of its columns, in characters.
            head: printed at the top right of each page.
            foot: printed at the bottom left of each page.
        """
        made = cast("WriteOnlyWorksheet", self._book.create_sheet(name))
        page: Any = made
        page.page_setup.paperSize = 9
        page.page_setup.orientation = "landscape"
        page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
        page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
        page.page_margins.left = page.page_margins.right = 0.4
        page.page_margins.top = page.page_margins.bottom = 0.75
        page.page_margins.header = page.page_margins.footer = 0.35
        page.HeaderFooter.oddHeader = HeaderFooterItem(right=_HeaderFooterPart(text=_plain(head)))
        page.HeaderFooter.oddFooter = HeaderFooterItem(
            left=_HeaderFooterPart(text=_plain(foot)), right=_HeaderFooterPart(text="page &P sur &N")
        )
        page.sheet_view.showGridLines = False
        for rank, width in enumerate(widths, 1):
            page.column_dimensions[get_column_letter(rank)].width = width
        return StreamedSheet(made, self._accent, widths)

    def choices(self, labels: Sequence[str]) -> str:
        """Return where a list of labels will stand, as a formula has it."""
        rank = self._lists.setdefault(tuple(labels), len(self._lists) + 1)
        letter = get_column_letter(rank)
        return f"{quote_sheetname(_LISTS)}!${letter}$1:${letter}${len(labels)}"

    def save(self, path: Path) -> None:
        """Write the workbook."""
        if self._lists:
            self._write_lists()
        self._book.save(path)

    def _write_lists(self) -> None:
        made = cast("Any", self._book.create_sheet(_LISTS))
        made.sheet_state = "hidden"
        made.protection.sheet = True
        columns = list(self._lists)
        for row in range(max(map(len, columns))):
            texts = [labels[row] if row < len(labels) else None for labels in columns]
            made.append([None if text is None else _text_cell(made, text) for text in texts])


class StreamedSheet:
    """A sheet written from the top; `row` is the next row, from 1."""

    def __init__(self, sheet: WriteOnlyWorksheet, accent: str, widths: Sequence[int]) -> None:
        self.native: Any = sheet
        self.accent = accent
        self.widths = widths
        self.row = 1

    def table(
        self, name: str, titles: Sequence[str], kinds: Sequence[ColumnKind], *, narrow: Sequence[bool]
    ) -> "StreamedTable":
        """Start a table whose titles stand on the next row, frozen and repeated on each printed page.

        Args:
            name: of the table, in letters.
            titles: of its columns.
            kinds: what their cells hold.
            narrow: which of them are not as high as their text: those that nobody reads.
        """
        self.native.freeze_panes = f"C{self.row + 1}"
        self.native.print_title_rows = f"{self.row}:{self.row}"
        head = [self._head_cell(title) for title in titles]
        self.append(head, 3)
        return StreamedTable(self, name, titles, kinds, narrow)

    def hide(self, column: int) -> None:
        """Hide a column; before any row is written."""
        self.native.column_dimensions[get_column_letter(column)].hidden = True

    def print_columns(self, count: int) -> None:
        """Print the first columns; the others stay on the screen."""
        print_columns(self.native, count)

    def line(
        self, texts: Sequence[str | int | None], *, look: str = "text", fills: Sequence[str] = ()
    ) -> None:
        """Write a row of texts and figures.

        Args:
            texts: of its cells.
            look: «title», «heading», «head», «text» or «quiet».
            fills: backgrounds of its cells, `#rrggbb`, empty for none.
        """
        cells: list[Cell | None] = []
        for rank, text in enumerate(texts):
            cells.append(None if text is None else self._cell(text, look, rank, fills))
        lines = max(
            (lines_of(str(text), width) for text, width in zip(texts, self.widths, strict=False)), default=1
        )
        self.append(cells, 1 if look == "heading" else 2 if look == "title" else lines)

    def skip(self, rows: int = 1) -> None:
        """Leave rows empty."""
        for _ in range(rows):
            self.append([], 1)

    def new_page(self) -> None:
        """Print what follows on a new page."""
        self.native.row_breaks.append(Break(id=self.row - 1))

    def colour_by_word(self, cells: str, first: str, words: Sequence[tuple[str, str]]) -> None:
        """Colour cells by the word they hold, so that a word that is changed changes its colour.

        Args:
            cells: their range.
            first: the first of them.
            words: each with its colour, `#rrggbb`.
        """
        for text, colour in words:
            fill = PatternFill("solid", bgColor=colour.lstrip("#").upper())
            said = text.replace('"', '""')
            self.native.conditional_formatting.add(
                cells,
                Rule(type="expression", dxf=DifferentialStyle(fill=fill), formula=[f'{first}="{said}"']),
            )

    def offer(self, cells: str, place: str) -> None:
        """Offer the choices that stand at a place; another word may still be typed after a warning."""
        made = DataValidation(
            type="list",
            formula1=place,
            allow_blank=True,
            showErrorMessage=True,
            errorStyle="warning",
            errorTitle="Mot hors de la liste",
            error="Ce mot n'est pas dans la liste du registre : il sera signalé à la relecture.",
        )
        made.add(cells)
        self.native.data_validations.append(made)

    def append(self, cells: Sequence[Cell | None], lines: int) -> None:
        """Write a row as high as its lines, which LibreOffice does not work out; its height is not held."""
        dimensions = self.native.row_dimensions
        height = f"{min(_HIGHEST, lines * _LINE_HEIGHT + 3):g}"
        dict.__setitem__(dimensions, self.row, {"ht": height, "customHeight": "1"})
        self.native.append(cells)
        del dimensions[self.row]
        self.row += 1

    def _head_cell(self, text: str) -> Cell:
        cell = _text_cell(self.native, text)
        cell.font = Font(name=_BASE, size=10, bold=True, color="FFFFFF")
        cell.fill = PatternFill("solid", fgColor=self.accent)
        cell.alignment = Alignment(wrap_text=True, vertical="center", horizontal="left")
        return cell

    def _cell(self, text: str | int, look: str, rank: int, fills: Sequence[str]) -> Cell:
        if look == "head":
            return self._head_cell(str(text))
        cell = _text_cell(self.native, text) if isinstance(text, str) else WriteOnlyCell(self.native, text)
        sizes = {"title": 16, "heading": 12}
        colour = self.accent if look in sizes else "525C6B" if look == "quiet" else "1A2233"
        cell.font = Font(name=_BASE, size=sizes.get(look, 10), bold=look in sizes, color=colour)
        if look in {"text", "quiet"}:
            cell.alignment = Alignment(wrap_text=isinstance(text, str), vertical="top")
        if look == "text":
            cell.border = Border(bottom=_LINE)
        if rank < len(fills) and fills[rank]:
            cell.fill = PatternFill("solid", fgColor=fills[rank].lstrip("#").upper())
        return cell


class StreamedTable:
    """The rows of a table: a cell per column is made once and written again and again."""

    def __init__(
        self,
        sheet: StreamedSheet,
        name: str,
        titles: Sequence[str],
        kinds: Sequence[ColumnKind],
        narrow: Sequence[bool],
    ) -> None:
        self._sheet = sheet
        self._name = name
        self._titles = titles
        self._head = sheet.row - 1
        self._days = [kind is ColumnKind.DAY for kind in kinds]
        self._figures = [kind is ColumnKind.NUMBER for kind in kinds]
        self._widths = [
            _UNREAD if each else width - 1 for each, width in zip(narrow, sheet.widths, strict=True)
        ]
        self._cells = [self._model(kind, wrap=False) for kind in kinds]
        self._empty = [self._model(ColumnKind.NUMBER, wrap=False) for _ in kinds]
        for cell in self._empty:
            _set(cell, None)
        self._texts = [self._model(ColumnKind.TEXT, wrap=not each) for each in narrow]
        self._quoted = [self._model(ColumnKind.TEXT, wrap=not each, quoted=True) for each in narrow]

    def append(self, row: Sequence[str]) -> None:
        """Write a row: days in ISO 8601 become real ones, figures numbers, anything else stays a text."""
        lines = 1
        for text, width in zip(row, self._widths, strict=True):
            if len(text) >= width:
                lines = max(lines, lines_of(text, width))
        self._sheet.append([self._cell(rank, text) for rank, text in enumerate(row)], lines)

    def close(self) -> tuple[int, int]:
        """End the table, with its filters; return its first and last row of data."""
        if self._sheet.row == self._head + 1:
            self._sheet.skip()
        last = self._sheet.row - 1
        letter = get_column_letter(len(self._titles))
        made = Table(displayName=self._name, ref=f"A{self._head}:{letter}{last}")
        columned: Any = made
        columned._initialise_columns()  # noqa: SLF001 - the titles are written: it cannot read them
        for column, title in zip(made.tableColumns, self._titles, strict=True):
            column.name = title
        made.tableStyleInfo = TableStyleInfo(name="TableStyleLight1", showRowStripes=True)
        self._sheet.native.tables.add(made)  # `add_table` would look for the titles in cells that are gone
        return self._head + 1, last

    def _cell(self, rank: int, text: str) -> Cell:
        if not text:
            return self._empty[rank]
        if self._days[rank]:
            serial = _serial(text)
            if serial is not None:
                cell = self._cells[rank]
                _set(cell, serial)
                return cell
        elif self._figures[rank] and text.isdecimal():
            cell = self._cells[rank]
            _set(cell, int(text))
            return cell
        kept = _safe(text)
        cell = (self._quoted if kept.startswith(_TRIGGERS) else self._texts)[rank]
        _set(cell, kept)
        return cell

    def _model(self, kind: ColumnKind, *, wrap: bool, quoted: bool = False) -> Cell:
        figure = kind in {ColumnKind.DAY, ColumnKind.NUMBER}
        cell: Cell = WriteOnlyCell(self._sheet.native, 0 if figure else "x")
        cell.font = Font(name=_BASE, size=10, color="1A2233")
        cell.border = Border(bottom=_LINE)
        cell.alignment = Alignment(wrap_text=wrap, vertical="top", horizontal="center" if figure else "left")
        if kind is ColumnKind.DAY:
            cell.number_format = "dd/mm/yyyy"
        if quoted:
            cell.quotePrefix = True
        return cell


def _set(cell: Any, value: str | int | None) -> None:  # noqa: ANN401 - a cell of openpyxl
    """Give a cell a value as it is: nothing is guessed of a text, whatever it looks like."""
    cell._value = value  # noqa: SLF001 - its own way looks at every text


def lines_of(text: str, width: float) -> int:
    """Return how many lines a text takes in a column of so many characters, on the safe side."""
    room = max(4.0, width * 0.95)
    return sum(max(1, ceil(len(line) / room)) for line in text.split("\n"))


def _serial(text: str) -> int | None:
    """Return a day as a spreadsheet counts it, nothing for what it counts wrongly or not at all."""
    try:
        serial = date.fromisoformat(text).toordinal() - _ORIGIN
    except ValueError:
        return None
    return serial if serial >= _FIRST_DAY else None


def _safe(text: str) -> str:
    """Return a text as a cell keeps it."""
    plain = text if text.isascii() and text.isprintable() else without_controls(text)
    plain = escaped(plain) if _ESCAPED in plain else plain
    return bounded(plain) if len(plain) * 2 > MAX_CHARACTERS else plain


def _text_cell(sheet: Any, text: str) -> Cell:  # noqa: ANN401 - a sheet of openpyxl
    cell: Cell = WriteOnlyCell(sheet, "x")
    _set(cell, _safe(text))
    if text.startswith(_TRIGGERS):
        cell.quotePrefix = True
    return cell


def _plain(text: str) -> str:
    return without_controls(text).replace("\n", " ")[:_HEAD].replace("&", "&&")
