"""Indicators as a workbook with native charts, or their readings as CSV, in the columns of an outline."""

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from ivaudit.domain.charts import SeriesChart
from ivaudit.domain.indicator_chart import chart_of, intervals_of
from ivaudit.domain.indicator_model import IndicatorReport, IndicatorView
from ivaudit.domain.indicator_table import DEFINITION_FIELDS, READING_FIELDS, points_of
from ivaudit.domain.indicator_table import Value as Told
from ivaudit.domain.printable import typeset
from ivaudit.domain.progress import Progress, silent
from ivaudit.domain.report_outline import OutlineSheet, ReportOutline, SheetKind
from ivaudit.tables.book import Book, Column, Sheet
from ivaudit.tables.charts import LINES_HEIGHT, LineColumn, add_lines, rows_under
from ivaudit.tables.csv_file import write_csv

if TYPE_CHECKING:
    from ivaudit.tables.cells import Value

_OVER = 8
_FIGURES = ("Valeur", "Moyenne", "Limite basse", "Limite haute", "Cible")


def write(
    report: IndicatorReport,
    outline: ReportOutline,
    path: Path,
    *,
    program: str,
    progress: Progress = silent,
) -> None:
    """Write the workbook.

    Args:
        report: the indicators of one structure.
        outline: which sheets and columns, in which words.
        path: the file to write.
        program: what made the file.
        progress: told of each sheet.
    """
    book = Book(title=f"{outline.title} – {report.facility}", program=program, accent=outline.accent)
    wanted = [each for each in outline.sheets if each.kind in _WRITERS]
    for rank, each in enumerate(wanted):
        progress(rank, len(wanted) + 1, each.title)
        upright = each.kind is SheetKind.SERIES
        sheet = book.sheet(each.title, head=report.facility, foot=outline.footer, upright=upright)
        _WRITERS[each.kind](sheet, report, each, outline)
    progress(len(wanted), len(wanted) + 1, "écriture du classeur")
    book.save(path)
    progress(1, 1, "classeur prêt")


def write_text(report: IndicatorReport, outline: ReportOutline, path: Path) -> None:
    """Write the readings as CSV, in the columns of the outline."""
    wanted = next(each for each in outline.sheets if each.kind is SheetKind.READINGS)
    rows = [
        [_plain(READING_FIELDS[column.field](view, point)) for column in wanted.columns]
        for view, point in points_of(report)
    ]
    write_csv([column.title for column in wanted.columns], rows, path)


def _head(
    sheet: Sheet, report: IndicatorReport, wanted: OutlineSheet, outline: ReportOutline, over: int
) -> None:
    sheet.title(typeset(f"{wanted.title} – {report.facility}"))
    sheet.paragraph(typeset(outline.notice), over=over, bold=True)
    sheet.paragraph(typeset(wanted.intro), over=over, quiet=True)
    sheet.skip()


def _readings(sheet: Sheet, report: IndicatorReport, wanted: OutlineSheet, outline: ReportOutline) -> None:
    columns = [
        Column(title=column.title, width=column.width, printed=column.printed) for column in wanted.columns
    ]
    sheet.widths([column.width for column in columns])
    _head(sheet, report, wanted, outline, _OVER)
    rows: list[list[Value]] = [
        [READING_FIELDS[column.field](view, point) for column in wanted.columns]
        for view, point in points_of(report)
    ]
    sheet.table(columns, rows, main=True, sized=False)


def _definitions(sheet: Sheet, report: IndicatorReport, wanted: OutlineSheet, outline: ReportOutline) -> None:
    columns = [
        Column(title=column.title, width=column.width, printed=column.printed) for column in wanted.columns
    ]
    sheet.widths([column.width for column in columns])
    _head(sheet, report, wanted, outline, _OVER)
    rows: list[list[Value]] = [
        [
            typeset(DEFINITION_FIELDS[column.field](view.indicator, report.active_file))
            for column in wanted.columns
        ]
        for view in report.views
    ]
    sheet.table(columns, rows, main=True, sized=False)


def _series(sheet: Sheet, report: IndicatorReport, wanted: OutlineSheet, outline: ReportOutline) -> None:
    sheet.widths((22, *(14 for _ in _FIGURES)))
    _head(sheet, report, wanted, outline, len(_FIGURES) + 1)
    drawn = [
        (view, chart)
        for view in report.views
        for chart in (intervals_of(view), chart_of(view))
        if chart is not None
    ]
    for rank, (view, chart) in enumerate(drawn):
        if rank:
            sheet.new_page()
        _block(sheet, view, chart)


def _block(sheet: Sheet, view: IndicatorView, chart: SeriesChart) -> None:
    """Write a table of figures, the sentences that go with them, and the chart they feed."""
    sheet.title(typeset(f"{chart.title} ({chart.unit})"), size=12)
    rows: list[list[Value]] = [
        [
            mark.label,
            mark.value,
            _tenth(chart.centre.value) if chart.centre else None,
            _tenth(mark.low),
            _tenth(mark.high),
            _tenth(chart.target.value) if chart.target else None,
        ]
        for mark in chart.marks
    ]
    kept = [0, *(at for at in range(1, len(_FIGURES) + 1) if any(row[at] is not None for row in rows))]
    titles = ("Période", *_FIGURES)
    columns = [Column(title=titles[at], width=0) for at in kept]
    first = sheet.table(columns, [[row[at] for at in kept] for row in rows], sized=False)
    drawn = [
        LineColumn(rank=rank, marked=at == 1, dashed=titles[at].startswith("Limite"))
        for rank, at in enumerate(kept[1:], 2)
    ]
    for sentence in _said(view, joined=chart.joined):
        sheet.paragraph(typeset(sentence), over=len(_FIGURES) + 1, quiet=True)
    last = first + len(rows) - 1
    add_lines(sheet, chart.title, first=first, last=last, columns=drawn, anchor=f"A{sheet.row}")
    sheet.skip(rows_under(LINES_HEIGHT))


def _said(view: IndicatorView, *, joined: bool) -> list[str]:
    if not joined:
        return [view.rare.said] if view.rare else []
    standing = [view.standing.text] if view.standing else []
    return [*standing, *(each.text for each in view.signals), view.limits_said, *view.remarks]


_WRITERS: Mapping[SheetKind, Callable[[Sheet, IndicatorReport, OutlineSheet, ReportOutline], None]] = {
    SheetKind.READINGS: _readings,
    SheetKind.SERIES: _series,
    SheetKind.DEFINITIONS: _definitions,
}


def _tenth(value: float | None) -> float | None:
    return None if value is None else round(value, 1)


def _plain(value: Told) -> str | int | date | None:
    return f"{value:.1f}".replace(".", ",") if isinstance(value, float) else value
