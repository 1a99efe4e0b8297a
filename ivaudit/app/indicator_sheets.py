"""Indicators that leave: a workbook, a list, JSON or one printed page; a chart as a picture."""

from collections.abc import Callable
from pathlib import Path
from typing import Literal, TypeAlias

from ivaudit.app import child_files, indicators, jobs, sheets
from ivaudit.app.session import Session
from ivaudit.domain.charts import SeriesChart
from ivaudit.domain.errors import InvalidValue
from ivaudit.domain.indicator_model import IndicatorReport
from ivaudit.domain.progress import Progress, silent
from ivaudit.domain.report_outline import ReportOutline
from ivaudit.reports.plain import to_plain

Format: TypeAlias = Literal["xlsx", "csv", "json", "pdf"]

OUTLINE = "indicateurs"
_FORMATS: tuple[Format, ...] = ("xlsx", "csv", "json", "pdf")
POINTS = 480


def prepare(
    session: Session, facility: str, *, last: str = "", months: int = indicators.SHOWN
) -> tuple[IndicatorReport, ReportOutline]:
    """Return the indicators of a structure and in which columns and words they leave.

    Args:
        session: the open workspace.
        facility: id of the structure.
        last: the last month, `AAAA-MM`; the present one unless told.
        months: how many months.

    Raises:
        NotFound: no such structure.
        InvalidValue: nothing was read yet.
    """
    found = indicators.report(session, facility, last=last, months=months)
    if not any(view.points or (view.rare and view.rare.days) for view in found.views):
        raise InvalidValue("Cette structure n'a encore aucun relevé : il n'y a rien à exporter.")
    return found, session.library.outline(OUTLINE)


def write(
    prepared: tuple[IndicatorReport, ReportOutline],
    path: Path,
    *,
    progress: Progress = silent,
    cancelled: Callable[[], bool] = jobs.never,
) -> Path:
    """Write indicators, whole or not at all, in the format that the name of the file asks for.

    Raises:
        Cancelled: somebody asked to stop; nothing is written.
        CannotWriteExport: the place refuses the file.
        InvalidValue: the name of the file asks for another format.
    """
    report, outline = prepared
    request = {"report": to_plain(report), "outline": to_plain(outline), "format": format_of(path)}
    return child_files.written("indicateurs", request, path, progress=progress, cancelled=cancelled)


def file_name(report: IndicatorReport, suffix: str = "xlsx") -> str:
    """Return the name of the file («2026-11-21_EHPAD-Les-Tilleuls_indicateurs.xlsx»), safe everywhere."""
    return sheets.file_name(report.made, report.facility, "indicateurs", suffix)


def format_of(path: Path) -> Format:
    """Return the format that the name of a file asks for, a workbook when it has none.

    Raises:
        InvalidValue: it asks for another one.
    """
    suffix = path.suffix.lower().lstrip(".") or "xlsx"
    found = next((each for each in _FORMATS if each == suffix), None)
    if found is None:
        raise InvalidValue("Les indicateurs s'exportent en .xlsx, .csv, .json ou .pdf.")
    return found


def chart_png(chart: SeriesChart, *, width: int, dark: bool = False, points: int = POINTS) -> bytes:
    """Return a chart as a PNG picture.

    Args:
        chart: what to draw.
        width: of the picture, in pixels.
        dark: draw for a dark window.
        points: width it is drawn at: words are larger in a narrow one.
    """
    from ivaudit.reports import drawing, palette  # noqa: PLC0415 - reportlab is loaded for the first chart

    inks = palette.DARK if dark else palette.LIGHT
    return drawing.png(drawing.draw(chart, points, inks), width, inks)
