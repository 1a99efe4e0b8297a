"""The works on reports that a child process does."""

import base64
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ivaudit.domain.progress import Progress
from ivaudit.domain.report_model import ReportModel
from ivaudit.domain.report_outline import ReportOutline
from ivaudit.reports.plain import from_plain


def write_report(request: Mapping[str, Any], progress: Progress) -> dict[str, Any]:
    """Write the report asked for (`format`) in the file `target`."""
    model, outline = _what(request)
    target = Path(request["target"])
    match request["format"]:
        case "pdf":
            from ivaudit.reports import pdf  # noqa: PLC0415 - each format loads its own library

            pdf.write(model, outline, target, progress)
        case "docx":
            from ivaudit.reports import docx  # noqa: PLC0415 - idem

            docx.write(model, outline, target, progress)
        case "xlsx":
            from ivaudit.reports import xlsx  # noqa: PLC0415 - idem

            xlsx.write(model, outline, target, progress)
        case "json":
            from ivaudit.reports import json_file  # noqa: PLC0415 - idem

            json_file.write(model, target, progress)
        case other:
            raise ValueError(other)
    return {"bytes": target.stat().st_size}


def draw_pages(request: Mapping[str, Any], progress: Progress) -> dict[str, Any]:
    """Return the pages of the printed report as PNG pictures in base 64; nothing is written on disk."""
    from ivaudit.reports import pdf, raster  # noqa: PLC0415 - idem

    model, outline = _what(request)
    rendered = pdf.render(model, outline, progress)
    pages = []
    for page in raster.pages_png(rendered, float(request["scale"])):
        pages.append(base64.b64encode(page).decode("ascii"))
        progress(len(pages), len(pages) + 1, "images des pages")
    return {"pages": pages}


def _what(request: Mapping[str, Any]) -> tuple[ReportModel, ReportOutline]:
    return from_plain(ReportModel, request["model"]), from_plain(ReportOutline, request["outline"])
