"""The Excel log of 100,000 anomalies: beside the same cells written by openpyxl alone, out and back in."""

import resource
import time
from datetime import date
from pathlib import Path
from typing import Any

import grown
import register_rows
from measure import Row, seconds
from openpyxl import Workbook
from openpyxl.cell.cell import WriteOnlyCell

from ivaudit.app import anomalies, anomaly_import, anomaly_log, anomaly_log_import, anomaly_log_reading
from ivaudit.domain.exchange_sheet import ColumnKind
from ivaudit.reports import log_book
from ivaudit.tables.streamed import StreamedBook

ENTRIES = 100_000
BUDGET = 1.15
_PATIENCE = 120


def log_rows(folder: Path) -> list[Row]:
    """Measure a log of 100,000 entries written, read back, compared with the register."""
    folder = folder / "journal"
    folder.mkdir()
    session = grown.workspace(folder / "dossier")
    anomaly_import.record_many(session, [register_rows.declared(rank) for rank in range(ENTRIES)])
    rows, sheet = _read(session)
    ratios = [_ratio(folder, rows, sheet) for _ in range(2)]
    ours, bound = min(ratios, key=lambda pair: pair[0] / pair[1])
    path = folder / "journal.xlsx"
    whole = seconds(lambda: anomaly_log.export(session, path))
    start = time.perf_counter()
    read = anomaly_log_reading.read(anomaly_log_reading.ask(session, path))
    taken = time.perf_counter() - start
    compared = seconds(lambda: anomaly_log_import.preview(session, read))
    seen = anomaly_log_import.preview(session, read)
    session.close()
    memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1e3
    size = path.stat().st_size / 1e6
    return [
        Row(
            f"Excel log, {ENTRIES:,} anomalies × {len(rows[0])} columns",
            f"{ours:.1f} s",
            f"openpyxl write-only {bound:.1f} s",
            f"{ours / bound:.2f}",
            f"≤ {BUDGET} ×",
            ours <= BUDGET * bound,
        ),
        Row(
            "– whole export", f"{whole:.0f} s, {size:.0f} MB", "–", "", "a minute or two", whole <= _PATIENCE
        ),
        Row("– read back", f"{taken:.0f} s (a child of {memory:.0f} MB)", "–", "", "bearable"),
        Row(
            "– compared with the register",
            f"{compared:.0f} s, {seen.seen.same:,} the same",
            "–",
            "",
            "nothing changes",
            not seen.seen.changes and seen.seen.same == ENTRIES,
        ),
    ]


def _read(session: Any) -> tuple[list[list[str]], Any]:  # noqa: ANN401 - an open workspace
    export = anomaly_log.LogExport(session)
    rows = [export._rows.row(entry) for entry in anomalies.entries(session)]
    sheet = export.sheet
    export.close()
    return rows, sheet


def _ratio(folder: Path, rows: list[list[str]], sheet: Any) -> tuple[float, float]:  # noqa: ANN401 - of the log
    ours = seconds(lambda: log_book.write(sheet, iter(rows), len(rows), folder / "a.xlsx", program="ivaudit"))
    return ours, seconds(lambda: _bound(folder / "b.xlsx", rows, sheet))


def _bound(path: Path, rows: list[list[str]], sheet: Any) -> None:  # noqa: ANN401 - of the log
    """Write the same cells with the same styles and heights, through openpyxl write-only and nothing else."""
    book = Workbook(write_only=True)
    page: Any = book.create_sheet("Anomalies")
    kinds = [column.kind for column in sheet.columns]
    model = StreamedBook(title="", program="", accent="#1c56b0").sheet(
        "a", [column.width for column in sheet.columns], head="", foot=""
    )
    table = model.table("T", [column.title for column in sheet.columns], kinds, narrow=[False] * len(kinds))
    styles = [(text._style, cell._style) for text, cell in zip(table._texts, table._cells, strict=True)]
    model.native.close()
    shared = model.native.parent
    for name in (
        "_fonts",
        "_borders",
        "_alignments",
        "_number_formats",
        "_fills",
        "_protections",
        "_cell_styles",
    ):
        setattr(book, name, getattr(shared, name))
    for row in rows:
        cells = []
        for rank, text in enumerate(row):
            kind = kinds[rank]
            value: object = None
            if text:
                value = (
                    date.fromisoformat(text)
                    if kind is ColumnKind.DAY
                    else int(text)
                    if kind is ColumnKind.NUMBER
                    else text
                )
            cell = WriteOnlyCell(page, value)
            cell._style = styles[rank][0 if kind is ColumnKind.TEXT else 1]
            cells.append(cell)
        page.append(cells)
    book.save(path)
