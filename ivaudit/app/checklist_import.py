"""A checklist brought back from a workbook: read and judged in a child process, written once accepted."""

import csv
import io
import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from ivaudit.app import jobs, library, local_files, placing
from ivaudit.domain.checklist_import import Examined, Model
from ivaudit.domain.errors import NotAllowedNow
from ivaudit.domain.progress import Progress, silent
from ivaudit.domain.sheet_problems import SheetProblem
from ivaudit.reports.plain import from_plain, to_plain

__all__ = ["Examined", "Model", "accept", "examine", "examine_job", "read_job", "write_problems"]

JUDGING = 15.0
"""Seconds that judging what was read may take: bounded by what is read, whatever the machine."""

_STEPS = 2


def examine(
    path: Path,
    *,
    model: Model | None = None,
    id: str | None = None,  # noqa: A002 - ids are called ids here
    version: str | None = None,
    progress: Progress = silent,
    cancelled: Callable[[], bool] = jobs.never,
) -> Examined:
    """Return what a workbook would bring into the library; nothing is written.

    Args:
        path: the workbook.
        model: how it says a checklist; found by its sheets unless told.
        id: the id of the checklist instead of its own.
        version: its version instead of its own.
        progress: told of the steps.
        cancelled: asked often whether to stop.

    Raises:
        UnreadableFile: it is no workbook that may be read.
        TookTooLong: reading or judging it took too long.
        Cancelled: somebody asked to stop.
    """
    # What is imported is to be published: the folder of the system will do; there may be no workspace.
    with tempfile.TemporaryDirectory(prefix="ivaudit-", ignore_cleanup_errors=True) as folder:
        progress(0, _STEPS, "lecture du classeur")
        asked: dict[str, object] = {"tempdir": folder, "path": str(path)}
        cells = jobs.run("lire-classeur", asked, cancelled=cancelled, timeout=jobs.READING)
        progress(1, _STEPS, "vérification de la grille")
        asked = {
            "tempdir": folder,
            "local": str(library.local_folder()),
            "model": model,
            "id": id,
            "version": version,
        }
        said = jobs.run("examiner-grille", {**asked, **cells}, cancelled=cancelled, timeout=JUDGING)
        progress(_STEPS, _STEPS, "classeur vérifié")
    return from_plain(Examined, said)


def accept(examined: Examined) -> tuple[Path, ...]:
    """Write what a workbook brings in the local folder, and read the library again.

    Raises:
        NotAllowedNow: a problem prevents it, or it changes nothing.
        KnownError: the place refuses the file.
    """
    if not examined.ready:
        raise NotAllowedNow("Ce classeur ne peut pas être importé tel quel. Rien n'a été modifié.")
    written = []
    for each in examined.files:
        path = library.local_folder().joinpath(*each.place.split("/"))
        local_files.write(path, each.text.encode())
        written.append(path)
    library.reload()
    return tuple(written)


def write_problems(problems: Sequence[SheetProblem], path: Path) -> Path:
    """Write a list of problems that a spreadsheet opens (CSV, semicolons, UTF-8), and return where it is.

    Raises:
        CannotWriteExport: the place refuses the file.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(("Gravité", "Feuille", "Ligne", "Colonne", "Problème"))
    for each in problems:
        cells = (each.severity.value, each.sheet, str(each.row or ""), each.column, each.message)
        writer.writerow(tuple(map(_inert, cells)))
    return placing.put_bytes(out.getvalue().encode("utf-8-sig"), path)


def _inert(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text


def read_job(request: Mapping[str, Any], _progress: Progress) -> dict[str, Any]:
    """Read the cells of a workbook (`path`)."""
    from ivaudit.tables.reading import read_book  # noqa: PLC0415 - each work loads its own library

    return {"book": to_plain(read_book(Path(request["path"])))}


def examine_job(request: Mapping[str, Any], _progress: Progress) -> dict[str, Any]:
    """Judge the cells of a workbook (`book`) against the library."""
    from ivaudit.content import examining, two_sheets  # noqa: PLC0415 - idem
    from ivaudit.content.library import Library  # noqa: PLC0415 - idem
    from ivaudit.tables.reading import BookCells  # noqa: PLC0415 - idem

    book = from_plain(BookCells, request["book"])
    wanted = examining.Wanted(id=request["id"], version=request["version"])
    found = Library.find(Path(request["local"]))
    model = request["model"] or (Model.TWO_SHEETS if two_sheets.is_one(book) else Model.OURS)
    judge = two_sheets.examine if model == Model.TWO_SHEETS else examining.examine
    said = to_plain(judge(book, found, wanted))
    return dict(said) if isinstance(said, dict) else {}
