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
from ivaudit.tables.choosing import print_in_pages
from ivaudit.tables.csv_file import write_csv
from ivaudit.tables.entry import Entry

HIDDEN = "ivaudit"
_TABS = {What.ACTIONS: "Plan d'actions", What.OBSERVATIONS: "Observations"}
_OVER = 6
_REPEATED = 2
_PRINTED = 190
"""Characters that a printed page across is wide enough for."""


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
    # Hidden columns come last: the title above the table stands in the first one.
    ordered = sorted(sheet.columns, key=lambda column: (column.hidden, not column.printed))
    printed = [column.width for column in ordered if column.printed and not column.hidden]
    page.widths([column.width for column in ordered])
    page.title(typeset(sheet.title))
    over = min(_OVER, len(printed))
    for note in sheet.notes:
        page.paragraph(typeset(note), over=over, quiet=True)
    page.skip()
    # A line of observations is filled in where it stands; an action plan is arranged as people like.
    entry = Entry(page, protect=sheet.what is What.OBSERVATIONS)
    columns = [
        Column(title=column.title, width=column.width, printed=column.printed and not column.hidden)
        for column in ordered
    ]
    first = page.table(columns, [_row(ordered, line) for line in sheet.lines], main=True, sized=False)
    for rank, column in enumerate(ordered, 1):
        if column.back and sheet.lines:
            _open(entry, rank, first, first + len(sheet.lines) - 1, column)
        if column.hidden:
            page.hide(rank)
    ends = page_ends(printed)
    if ends:
        last = first + max(len(sheet.lines), 1) - 1
        print_in_pages(page, first=first, last=last, columns=len(printed), breaks=ends, repeated=_REPEATED)


def page_ends(widths: Sequence[int]) -> list[int]:
    """Return the last column of each printed page but for the last, the first columns on every one."""
    again = sum(widths[:_REPEATED])
    breaks: list[int] = []
    used = again
    for rank, width in enumerate(widths[_REPEATED:], _REPEATED + 1):
        if used + width > _PRINTED and used > again:
            breaks.append(rank - 1)
            used = again
        used += width
    return breaks


def _open(entry: Entry, rank: int, first: int, last: int, column: SheetColumn) -> None:
    if column.choices:
        labels = [each.label for each in column.choices]
        entry.choose_all(rank, first, last, labels, prompt=column.prompt or "Choisissez dans la liste.")
        return
    day = column.kind is ColumnKind.DAY
    text = column.kind in {ColumnKind.TEXT, ColumnKind.TIME}
    for row in range(first, last + 1):
        entry.open(row, rank, day=day, text=text)


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
