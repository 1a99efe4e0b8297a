"""The journal as a workbook or a CSV: read a piece at a time, written by a child, in clear nowhere else."""

import json
from collections.abc import Callable, Iterable
from datetime import datetime
from pathlib import Path

from ivaudit.app import child_files, jobs, sheets
from ivaudit.app.session import Session
from ivaudit.app.trail_reading import TrailReader
from ivaudit.domain import clock
from ivaudit.domain.progress import Progress, silent
from ivaudit.domain.trail import Erased, TrailFilter, TrailLine

_PIECE = 1_000


def export(session: Session, wanted: TrailFilter, path: Path, *, progress: Progress = silent) -> int:
    """Write the lines wanted, the newest first; return how many: for the command line.

    Raises:
        InvalidValue: the name of the file asks for another format.
        CannotWriteExport: the place refuses the file.
    """
    sheets.format_of(path)
    reader, lines = TrailReader(session, wanted), []
    while not reader.over:
        page = reader.next(_PIECE, 1.0)
        lines += [encoded(line) for line in page.lines]
        progress(page.total - page.left, page.total, "lecture du journal")
    write(lines, path, progress=progress)
    return len(lines)


def write(
    lines: Iterable[bytes],
    path: Path,
    *,
    progress: Progress = silent,
    cancelled: Callable[[], bool] = jobs.never,
) -> Path:
    """Write encoded lines: CSV where the name of the file says so, a workbook otherwise; from any thread.

    Raises:
        Cancelled: somebody asked to stop; nothing is written.
        CannotWriteExport: the place refuses the file.
        InvalidValue: the name of the file asks for another format.
    """
    every = list(lines)
    request = {"format": sheets.format_of(path), "amount": len(every)}
    payload = b"\n".join(every)
    return child_files.written(
        "journal-des-gestes", request, path, payload=payload, progress=progress, cancelled=cancelled
    )


def encoded(line: TrailLine) -> bytes:
    """Return a line as the child reads it."""
    cells = (
        _moment(line.at),
        line.author,
        line.gesture,
        line.where,
        line.what,
        line.old,
        erased_words(line.erased) if line.erased is not None else line.new,
        line.reason,
    )
    return json.dumps(cells, ensure_ascii=False).encode()


def erased_words(erased: Erased) -> str:
    """Return what stands for a value that was erased."""
    if not erased.at:
        return "effacé"
    why = f", motif : {erased.reason}" if erased.reason else ""
    return f"effacé le {_moment(erased.at)} par {erased.by}{why}"


def file_name() -> str:
    """Return the name proposed for the list."""
    return sheets.file_name(clock.today().isoformat(), "", "journal")


def _moment(at: str) -> str:
    return datetime.fromisoformat(at).astimezone().strftime("%d/%m/%Y %H:%M:%S")
