"""The log of anomalies written row by row: a workbook with its synthesis and its legend, CSV, or JSON."""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TypeVar

from ivaudit.domain.exchange_sheet import ColumnKind
from ivaudit.domain.log_sheet import LogSheet, Totals
from ivaudit.domain.printable import typeset
from ivaudit.domain.progress import Progress, silent
from ivaudit.reports.palette import LIGHT
from ivaudit.tables.count_charts import count_chart
from ivaudit.tables.csv_file import write_csv
from ivaudit.tables.sheet_cells import column_letters
from ivaudit.tables.streamed import StreamedBook, StreamedSheet

TABLE = "Anomalies"
"""The name of the table, as formulas of other workbooks may say it."""

_T = TypeVar("_T")
_SPARE = 200
"""Rows under the table that offer the same lists: a table grows as people type under it."""
_STEP = 1_000
_BESIDE = "D"
_CHARTED = 24


def write(
    sheet: LogSheet,
    rows: Iterable[list[str]],
    count: int,
    path: Path,
    *,
    program: str,
    progress: Progress = silent,
) -> None:
    """Write the workbook.

    Args:
        sheet: everything but the rows.
        rows: the entries, what each column says of them.
        count: how many they are.
        path: the file to write.
        program: what made the file.
        progress: told of the rows.
    """
    book = StreamedBook(title=sheet.title, program=program, accent=f"#{LIGHT.accent.hexval()[2:]}")
    _entries(book, sheet, _told(rows, count, progress))
    progress(count, count + 1, "synthèse et légende")
    _synthesis(book, sheet)
    _legend(book, sheet)
    book.save(path)
    progress(count + 1, count + 1, "classeur prêt")


def write_text(
    sheet: LogSheet, rows: Iterable[list[str]], count: int, path: Path, *, progress: Progress = silent
) -> None:
    """Write the log as CSV, without the columns that only a machine reads."""
    shown = [rank for rank, column in enumerate(sheet.columns) if not column.hidden]
    titles = [sheet.columns[rank].title for rank in shown]
    days = {rank for rank in shown if sheet.columns[rank].kind is ColumnKind.DAY}
    lines = (
        [_french(row[rank]) if rank in days else row[rank] for rank in shown]
        for row in _told(rows, count, progress)
    )
    write_csv(titles, lines, path)
    progress(count, count, "fichier prêt")


def write_json(
    about: dict[str, object],
    entries: Iterable[object],
    count: int,
    path: Path,
    *,
    progress: Progress = silent,
) -> None:
    """Write the log as JSON, an entry a line inside one document."""
    with path.open("w", encoding="utf-8", newline="\n", errors="backslashreplace") as file:
        file.write(f'{{\n"about": {json.dumps(about, ensure_ascii=False)},\n"anomalies": [')
        for rank, entry in enumerate(_told(entries, count, progress)):
            file.write("\n" if rank == 0 else ",\n")
            file.write(json.dumps(entry, ensure_ascii=False))
        file.write("\n]\n}\n")
    progress(count, count, "fichier prêt")


def _told(rows: Iterable[_T], count: int, progress: Progress) -> Iterator[_T]:
    for rank, row in enumerate(rows):
        if rank % _STEP == 0:
            progress(rank, count + 1, "lignes")
        yield row


def _french(iso: str) -> str:
    return "/".join(reversed(iso.split("-"))) if iso else ""


def _entries(book: StreamedBook, sheet: LogSheet, rows: Iterable[list[str]]) -> None:
    page = book.sheet(
        sheet.sheet,
        [column.width for column in sheet.columns],
        head=f"{sheet.title} – {sheet.subtitle}",
        foot=sheet.foot,
    )
    for rank, column in enumerate(sheet.columns, 1):
        if column.hidden:
            page.hide(rank)
    page.print_columns(
        max(rank for rank, each in enumerate(sheet.columns, 1) if each.printed and not each.hidden)
    )
    table = page.table(
        TABLE,
        [column.title for column in sheet.columns],
        [column.kind for column in sheet.columns],
        narrow=[column.hidden for column in sheet.columns],
    )
    for row in rows:
        table.append(row)
    first, last = table.close()
    for rank, column in enumerate(sheet.columns, 1):
        letter = column_letters(rank)
        cells = f"{letter}{first}:{letter}{last + _SPARE}"
        if column.choices:
            page.offer(cells, book.choices(column.choices))
        if column.coloured:
            page.colour_by_word(cells, f"{letter}{first}", sheet.colours)


def _synthesis(book: StreamedBook, sheet: LogSheet) -> None:
    page = book.sheet(
        sheet.synthesis, [52, 14, 4, *[13] * 8], head=f"{sheet.title} – {sheet.subtitle}", foot=sheet.foot
    )
    page.line([typeset(sheet.title)], look="title")
    page.line([typeset(sheet.subtitle)], look="quiet")
    page.line([typeset(sheet.warning)], look="quiet")
    page.skip()
    for label, value in sheet.figures:
        page.line([typeset(label), int(value) if value.isdecimal() else value])
    for rank, totals in enumerate(each for each in sheet.totals if each.labels):
        if rank:
            page.new_page()
        page.skip()
        _totals(page, totals)


def _totals(page: StreamedSheet, totals: Totals) -> None:
    start = page.row
    page.line([typeset(totals.title)], look="heading")
    page.line(["", "Anomalies"], look="head")
    first = page.row
    for label, count in zip(totals.labels, totals.counts, strict=True):
        page.line([typeset(label), count])
    # A chart of hundreds of months or types says nothing: the last months, the most frequent types.
    month = totals.id == "month"
    charted = (
        (max(first, page.row - _CHARTED), page.row - 1) if month else (first, min(page.row - 1, first + 11))
    )
    rows = count_chart(page, typeset(totals.title), charted, f"{_BESIDE}{start}", upright=month)
    page.skip(max(0, start + rows - page.row))


def _legend(book: StreamedBook, sheet: LogSheet) -> None:
    page = book.sheet(sheet.legend, [52, 100], head=f"{sheet.title} – {sheet.subtitle}", foot=sheet.foot)
    page.line([typeset(sheet.legend)], look="title")
    for note in (sheet.warning, *sheet.notes):
        page.line(["", typeset(note)], look="quiet")
    colours = dict(sheet.colours)
    for legend in sheet.legends:
        page.skip()
        page.line([typeset(legend.title), "Ce que cela veut dire"], look="head")
        for word, meaning in legend.rows:
            page.line([typeset(word), typeset(meaning)], fills=[colours.get(word, "")])
