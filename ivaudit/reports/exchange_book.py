"""A list to be filled in elsewhere: a workbook that can be read back, or a CSV that only goes out."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from ivaudit.domain.exchange_sheet import ColumnKind, ExchangeSheet, SheetColumn, SheetLine, What, to_rows
from ivaudit.domain.printable import typeset
from ivaudit.domain.progress import Progress, silent
from ivaudit.reports.palette import LIGHT
from ivaudit.tables.book import Book, Column, Sheet
from ivaudit.tables.cells import Value
from ivaudit.tables.csv_file import write_csv
from ivaudit.tables.entry import Entry

HIDDEN = "ivaudit"
_TABS = {What.ACTIONS: "Plan d'actions", What.OBSERVATIONS: "Observations"}
_OVER = 6


def write(sheet: ExchangeSheet, path: Path, *, program: str, progress: Progress = silent) -> None:
    """Write the workbook.

    Args:
        sheet: what it holds.
        path: the file to write.
        program: what made the file.
        progress: told of its steps.
    """
    progress(0, 2, "lignes")
    book = Book(title=sheet.title, program=program, accent=f"#{LIGHT.accent.hexval()[2:]}")
    _lines(book.sheet(_TABS[sheet.what], head=sheet.title, foot=sheet.foot), sheet)
    book.hidden(HIDDEN, to_rows(sheet, program))
    progress(1, 2, "écriture du classeur")
    book.save(path)
    progress(2, 2, "classeur prêt")


def write_text(sheet: ExchangeSheet, path: Path, *, progress: Progress = silent) -> None:
    """Write the list as CSV, its empty lines left out."""
    progress(0, 1, "lignes")
    shown = [column for column in sheet.columns if not column.hidden]
    held = [line for line in sheet.lines if line.values]
    titles = [column.title for column in shown]
    write_csv(titles, [[_plain(column, line) for column in shown] for line in held], path)
    progress(1, 1, "fichier prêt")


def _lines(page: Sheet, sheet: ExchangeSheet) -> None:
    page.widths([column.width for column in sheet.columns])
    page.title(typeset(sheet.title))
    over = min(_OVER, len(sheet.columns))
    for note in sheet.notes:
        page.paragraph(typeset(note), over=over, quiet=True)
    page.skip()
    # A line of observations is filled in where it stands; an action plan is arranged as people like.
    entry = Entry(page, protect=sheet.what is What.OBSERVATIONS)
    columns = [Column(title=column.title, width=column.width) for column in sheet.columns]
    first = page.table(columns, [_row(sheet.columns, line) for line in sheet.lines], main=True, sized=False)
    for rank, column in enumerate(sheet.columns, 1):
        if column.back:
            for row in range(first, first + len(sheet.lines)):
                _open(entry, row, rank, column)
        if column.hidden:
            page.hide(rank)


def _open(entry: Entry, row: int, rank: int, column: SheetColumn) -> None:
    if column.choices:
        labels = [each.label for each in column.choices]
        entry.choose(row, rank, labels, prompt=column.prompt or "Choisissez dans la liste.")
        return
    day = column.kind is ColumnKind.DAY
    entry.open(row, rank, day=day, text=column.kind in {ColumnKind.TEXT, ColumnKind.TIME})


def _row(columns: Sequence[SheetColumn], line: SheetLine) -> list[Value]:
    return [_value(column, line) for column in columns]


def _value(column: SheetColumn, line: SheetLine) -> Value:
    plain = _plain(column, line)
    return None if plain == "" else plain


def _plain(column: SheetColumn, line: SheetLine) -> str | int | date | None:
    value = line.key if column.field == "key" else line.values.get(column.field, "")
    match column.kind:
        case ColumnKind.DAY if value:
            return date.fromisoformat(value)
        case ColumnKind.NUMBER if value.isdecimal():
            return int(value)
        case _:
            return column.shown(value)
