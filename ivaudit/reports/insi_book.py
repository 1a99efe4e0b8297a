"""The INSi follow-up, or the list to call back, as a workbook or as CSV."""

from datetime import date
from pathlib import Path

from ivaudit.domain.insi_table import CellKind, InsiBook, InsiSheet
from ivaudit.domain.printable import typeset
from ivaudit.domain.progress import Progress, silent
from ivaudit.reports.exchange_book import page_ends
from ivaudit.reports.palette import LIGHT
from ivaudit.tables.book import Book, Column, Sheet
from ivaudit.tables.cells import Value
from ivaudit.tables.charts import add_bars
from ivaudit.tables.choosing import print_in_pages
from ivaudit.tables.csv_file import write_csv

_OVER = 8
_REPEATED = 2
_NO_CHART = 2
"""A chart of one month says nothing."""


def write(book: InsiBook, path: Path, *, program: str, progress: Progress = silent) -> None:
    """Write the workbook.

    Args:
        book: what it holds.
        path: the file to write.
        program: what made the file.
        progress: told of its steps.
    """
    made = Book(title=book.title, program=program, accent=f"#{LIGHT.accent.hexval()[2:]}")
    for rank, sheet in enumerate(book.sheets):
        progress(rank, len(book.sheets) + 1, sheet.name)
        _sheet(made.sheet(sheet.name, head=sheet.title, foot=book.foot), sheet)
    progress(len(book.sheets), len(book.sheets) + 1, "écriture du classeur")
    made.save(path)
    progress(1, 1, "classeur prêt")


def write_text(book: InsiBook, path: Path, *, progress: Progress = silent) -> None:
    """Write the first sheet as CSV."""
    progress(0, 1, "lignes")
    sheet = book.sheets[0]
    titles = [column.title for column in sheet.columns]
    write_csv(titles, [[_text(value) for value in _values(sheet, row)] for row in sheet.rows], path)
    progress(1, 1, "fichier prêt")


def _sheet(page: Sheet, sheet: InsiSheet) -> None:
    printed = [column.width for column in sheet.columns if column.printed]
    page.widths([column.width for column in sheet.columns])
    page.title(typeset(sheet.title))
    for note in sheet.notes:
        page.paragraph(typeset(note), over=min(_OVER, len(printed)), quiet=True)
    page.skip()
    columns = [
        Column(title=column.title, width=column.width, printed=column.printed) for column in sheet.columns
    ]
    first = page.table(columns, [_values(sheet, row) for row in sheet.rows], main=True, sized=False)
    last = first + max(len(sheet.rows), 1) - 1
    if ends := page_ends(printed):
        print_in_pages(page, first=first, last=last, columns=len(printed), breaks=ends, repeated=_REPEATED)
    if sheet.charted and len(sheet.rows) >= _NO_CHART:
        page.new_page()
        page.skip(2)
        title = sheet.columns[sheet.charted - 1].title
        add_bars(page, title, first=first, last=last, column=sheet.charted, anchor=f"A{page.row}")


def _values(sheet: InsiSheet, row: tuple[str, ...]) -> list[Value]:
    return [_value(column.kind, text) for column, text in zip(sheet.columns, row, strict=True)]


def _value(kind: CellKind, text: str) -> Value:
    match kind:
        case _ if not text:
            return None
        case CellKind.NUMBER:
            return int(text)
        case CellKind.RATE:
            return int(text) / 10
        case CellKind.DAY:
            return date.fromisoformat(text)
        case CellKind.TEXT:
            return text


def _text(value: Value) -> str | int | date | None:
    return f"{value:.1f}".replace(".", ",") if isinstance(value, float) else value  # type: ignore[return-value]  # no other kind is made here
