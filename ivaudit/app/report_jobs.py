"""The works on reports that a child process does."""

import base64
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ivaudit.domain.progress import Progress
from ivaudit.domain.report_model import ReportKind, ReportModel
from ivaudit.domain.report_outline import ReportOutline
from ivaudit.reports.plain import from_plain

if TYPE_CHECKING:
    from ivaudit.reports.document_source import Beside


def write_report(request: Mapping[str, Any], progress: Progress) -> dict[str, Any]:
    """Write the report asked for (`format`) in the file `target`; its photographs are the payload."""
    model, outline = _what(request)
    target = Path(request["target"])
    match request["format"]:
        case "pdf":
            from ivaudit.reports import pdf  # noqa: PLC0415 - each format loads its own library

            pdf.write(model, outline, target, progress, _beside(request))
        case "docx":
            _write_docx(model, outline, target, progress, request)
        case "xlsx":
            from ivaudit.reports import xlsx  # noqa: PLC0415 - idem

            xlsx.write(model, outline, target, progress)
        case "json":
            from ivaudit.reports import json_file  # noqa: PLC0415 - idem

            json_file.write(model, outline, target, progress)
        case other:
            raise ValueError(other)
    return {"bytes": target.stat().st_size}


def _write_docx(
    model: ReportModel, outline: ReportOutline, target: Path, progress: Progress, request: Mapping[str, Any]
) -> None:
    """Write the report for Word; a debrief has as many lines as hold on the printed page."""
    from ivaudit.reports import docx, pdf  # noqa: PLC0415 - idem

    beside = _beside(request)
    if model.kind is ReportKind.DEBRIEF:
        beside = replace(beside, most=pdf.fitting(model, outline))
    docx.write(model, outline, target, progress, beside)


def draw_pages(request: Mapping[str, Any], progress: Progress) -> dict[str, Any]:
    """Return the pages of the printed report as PNG pictures in base 64; nothing is written on disk."""
    from ivaudit.reports import pdf, raster  # noqa: PLC0415 - idem

    model, outline = _what(request)
    rendered = pdf.render(model, outline, progress, _beside(request))
    pages = []
    for page in raster.pages_png(rendered, float(request["scale"])):
        pages.append(base64.b64encode(page).decode("ascii"))
        progress(len(pages), len(pages) + 1, "images des pages")
    return {"pages": pages}


def _beside(request: Mapping[str, Any]) -> "Beside":
    """Return the photographs of a request: their digests and sizes, and their bytes one after the other."""
    from ivaudit.reports.document_source import Beside  # noqa: PLC0415 - idem

    body, start, found = memoryview(request.get("payload", b"")), 0, {}
    for digest, size in request["pictures"]:
        found[digest] = bytes(body[start : start + size])
        start += size
    return Beside(pictures=found)


def _what(request: Mapping[str, Any]) -> tuple[ReportModel, ReportOutline]:
    return from_plain(ReportModel, request["model"]), from_plain(ReportOutline, request["outline"])
