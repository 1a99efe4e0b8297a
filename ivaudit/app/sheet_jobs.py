"""The works on sheets of lines that a child process does: written, read back."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ivaudit import __version__
from ivaudit.domain.exchange_sheet import ExchangeSheet
from ivaudit.domain.progress import Progress
from ivaudit.reports.plain import as_json, from_plain, to_plain

PROGRAM = f"ivaudit {__version__}"


def write_lines(request: Mapping[str, Any], progress: Progress) -> dict[str, Any]:
    """Write a sheet of lines in the file `target`, as its `format` wants."""
    from ivaudit.reports import exchange_book  # noqa: PLC0415 - each job loads its own library

    target = Path(request["target"])
    sheet = from_plain(ExchangeSheet, request["sheet"])
    if request["format"] == "csv":
        exchange_book.write_text(sheet, target, progress=progress)
    else:
        exchange_book.write(sheet, target, program=PROGRAM, progress=progress)
    return {"bytes": target.stat().st_size}


def read_lines(request: Mapping[str, Any], progress: Progress) -> dict[str, Any]:
    """Return what the file `path` says, `titles` telling which columns are known beforehand."""
    from ivaudit.exchange import sheets  # noqa: PLC0415 - each job loads its own library
    from ivaudit.tables.reading import read_book  # noqa: PLC0415 - idem

    progress(0, 1, "lecture du classeur")
    return {"returned": to_plain(sheets.read(read_book(Path(request["path"])), request["titles"]))}


def write_comparison(request: Mapping[str, Any], progress: Progress) -> dict[str, Any]:
    """Write the comparison of audits in the file `target`, as its `format` wants."""
    from ivaudit.domain.comparison_sheet import ComparisonSheet  # noqa: PLC0415 - each job loads its own
    from ivaudit.reports import comparison_book  # noqa: PLC0415 - idem

    target = Path(request["target"])
    sheets = from_plain(tuple[ComparisonSheet, ...], request["sheets"])
    comparison_book.write(sheets, target, format=request["format"], program=PROGRAM, progress=progress)
    return {"bytes": target.stat().st_size}


def write_indicators(request: Mapping[str, Any], progress: Progress) -> dict[str, Any]:
    """Write the indicators of a structure in the file `target`, as its `format` wants."""
    from ivaudit.domain.indicator_model import IndicatorReport  # noqa: PLC0415 - each job loads its own
    from ivaudit.domain.report_outline import ReportOutline  # noqa: PLC0415 - idem

    target = Path(request["target"])
    report = from_plain(IndicatorReport, request["report"])
    outline = from_plain(ReportOutline, request["outline"])
    match request["format"]:
        case "json":
            target.write_bytes(as_json(report))
        case "pdf":
            from ivaudit.reports import indicator_page  # noqa: PLC0415 - idem

            target.write_bytes(indicator_page.render(report, outline, program=PROGRAM, progress=progress))
        case "csv":
            from ivaudit.reports import indicator_book  # noqa: PLC0415 - idem

            indicator_book.write_text(report, outline, target)
        case _:
            from ivaudit.reports import indicator_book  # noqa: PLC0415 - idem

            indicator_book.write(report, outline, target, program=PROGRAM, progress=progress)
    return {"bytes": target.stat().st_size}
