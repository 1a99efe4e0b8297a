"""The workbook: one sheet per purpose, driven by the sheets of an outline."""

from collections.abc import Callable
from pathlib import Path

from ivaudit.domain.progress import Progress, silent
from ivaudit.domain.report_form import long_date
from ivaudit.domain.report_model import ReportKind, ReportModel
from ivaudit.domain.report_outline import OutlineSheet, ReportOutline, SheetKind
from ivaudit.reports import xlsx_adaptations, xlsx_debrief, xlsx_field, xlsx_points, xlsx_summary
from ivaudit.tables.book import Book, Sheet

_WRITERS: dict[SheetKind, Callable[[Sheet, ReportModel, ReportOutline, OutlineSheet], None]] = {
    SheetKind.SUMMARY: xlsx_summary.summary,
    SheetKind.GRID: xlsx_points.grid,
    SheetKind.GAPS: xlsx_points.gaps,
    SheetKind.OUT: xlsx_points.out,
    SheetKind.LEGEND: xlsx_summary.legend,
    SheetKind.ADAPTATIONS: xlsx_adaptations.sheet_of,
    SheetKind.OBSERVATIONS: xlsx_field.observations,
    SheetKind.LINES: xlsx_field.lines,
    SheetKind.FINDINGS: xlsx_field.findings,
    SheetKind.ACTIONS: xlsx_field.actions,
    SheetKind.DOCUMENTS: xlsx_field.documents,
    SheetKind.DEBRIEF: xlsx_debrief.sheet_of,
}
_UPRIGHT = frozenset({SheetKind.SUMMARY, SheetKind.DEBRIEF})


def write(model: ReportModel, outline: ReportOutline, path: Path, progress: Progress = silent) -> None:
    """Write the workbook.

    Args:
        model: what to say.
        outline: which sheets and columns, in which words.
        path: the file to write.
        progress: told of each sheet.
    """
    book = Book(
        title=f"{outline.title} – {model.facility.name}", program=model.program, accent=outline.accent
    )
    head = f"{model.facility.name} – {model.audit.kind} du {long_date(model.audit.date)}"
    sheets = _sheets(model, outline)
    for rank, wanted in enumerate(sheets):
        progress(rank, len(sheets) + 1, wanted.title)
        sheet = book.sheet(wanted.title, head=head, foot=outline.footer, upright=wanted.kind in _UPRIGHT)
        _WRITERS[wanted.kind](sheet, model, outline, wanted)
    progress(len(sheets), len(sheets) + 1, "écriture du classeur")
    book.save(path)
    progress(1, 1, "classeur prêt")


def _sheets(model: ReportModel, outline: ReportOutline) -> tuple[OutlineSheet, ...]:
    """Return the sheets that have something to show."""
    if model.kind is ReportKind.DEBRIEF:
        return outline.sheets
    known = xlsx_adaptations.with_adaptations(model, outline)
    return tuple(each for each in known if each.kind in _WRITERS and xlsx_field.useful(model, each.kind))
