"""A folder of returned questionnaires: read in one child process, sorted out, summed up."""

import json
import tempfile
import time
from collections.abc import Callable, Collection, Sequence
from pathlib import Path
from typing import Any

from ivaudit.app import child_files, jobs
from ivaudit.app.jobs import READING
from ivaudit.app.session import Session
from ivaudit.content.library import Library
from ivaudit.domain.checklist import Checklist
from ivaudit.domain.errors import BugError, Cancelled, InvalidValue, NotFound, TookTooLong
from ivaudit.domain.progress import Progress, silent
from ivaudit.domain.questionnaire import Returned
from ivaudit.domain.returns import Ids, ReadFile, SortedFile, sort_files
from ivaudit.domain.returns_summary import Order, ReturnsSummary, summarise
from ivaudit.domain.wording import folded
from ivaudit.reports.plain import from_plain, to_plain
from ivaudit.store import layout

MOST = 2_000
_KINDS = frozenset({".xlsx", ".xlsm", ".xls", ".ods"})
_START = 20.0
_OUR_FAULT = (
    "Ce fichier n'a pas pu être lu. Il n'a pas été modifié ; les autres fichiers ne sont pas touchés."
)


# -- reading -----------------------------------------------------------------------------------------------


def files_in(folder: Path) -> tuple[Path, ...]:
    """Return the workbooks of a folder, by name; not those of the folders inside.

    Raises:
        NotFound: there is no such folder, or no workbook in it.
        InvalidValue: there are too many.
    """
    try:
        found = [path for path in folder.iterdir() if path.suffix.lower() in _KINDS and path.is_file()]
    except OSError:
        raise NotFound("Ce dossier n'existe pas, ou vous n'avez pas le droit de le lire.") from None
    kept = sorted((p for p in found if not p.name.startswith(("~$", "."))), key=lambda p: folded(p.name))
    if not kept:
        raise NotFound("Il n'y a aucun classeur (.xlsx) dans ce dossier.")
    if len(kept) > MOST:
        raise InvalidValue(f"Ce dossier contient plus de {MOST} classeurs : importez-le en plusieurs fois.")
    return tuple(kept)


def read_folder(
    folder: Path,
    work: Path,
    *,
    progress: Progress = silent,
    cancelled: Callable[[], bool] = jobs.never,
) -> tuple[ReadFile, ...]:
    """Return what each workbook of a folder says; nothing is recorded.

    Args:
        folder: where the questionnaires are.
        work: folder for temporary files, inside the workspace: what is read is in clear there for a moment.
        progress: told of each file.
        cancelled: asked often whether to stop.

    Raises:
        NotFound: there is no such folder, or no workbook in it.
        InvalidValue: there are too many.
        Cancelled: somebody asked to stop.
    """
    paths = files_in(folder)
    with tempfile.TemporaryDirectory(prefix="import-", dir=work, ignore_cleanup_errors=True) as place:
        reading = _Reading(paths, Path(place), progress, cancelled)
        while reading.left:
            reading.go_on()
    return tuple(_file(path, found) for path, found in zip(paths, reading.found, strict=True))


class _Reading:
    """Files being read by one child; one that takes too long is given up, and another child goes on."""

    def __init__(
        self, paths: Sequence[Path], place: Path, progress: Progress, cancelled: Callable[[], bool]
    ) -> None:
        self.found: list[dict[str, Any]] = []
        self._paths = paths
        self._place = place
        self._progress = progress
        self._cancelled = cancelled
        self._until = 0.0
        self._late = False

    @property
    def left(self) -> Sequence[Path]:
        """Return the files that are not read yet."""
        return self._paths[len(self.found) :]

    def go_on(self) -> None:
        """Read as many files as possible; the first one at least is read or given up."""
        results = self._place / "lus.jsonl"
        results.write_bytes(b"")
        request = {
            "tempdir": str(self._place),
            "results": str(results),
            "paths": [str(path.absolute()) for path in self.left],
        }
        self._until, self._late = time.monotonic() + _START, False
        crashed = False
        try:
            jobs.run("lire-questionnaires", request, progress=self._on_file, cancelled=self._stopping)
        except Cancelled:
            if not self._late:
                raise
        except BugError:
            crashed = True  # one file that breaks us is said unreadable; the others are still read
        lines = results.read_text(encoding="utf-8").splitlines(keepends=True)
        self.found += [json.loads(line) for line in lines if line.endswith("\n")]
        if self.left and (self._late or crashed):
            self.found.append({"sentence": TookTooLong(READING).sentence if self._late else _OUR_FAULT})

    def _on_file(self, done: int, total: int, label: str) -> None:
        self._until = time.monotonic() + READING
        read = len(self._paths) - total
        self._progress(read + done, len(self._paths), label)

    def _stopping(self) -> bool:
        self._late = time.monotonic() > self._until
        return self._late or self._cancelled()


def _file(path: Path, found: dict[str, Any]) -> ReadFile:
    returned = from_plain(Returned, found["returned"]) if "returned" in found else None
    return ReadFile(
        name=path.name,
        modified=_modified(path),
        returned=returned,
        sentence=str(found.get("sentence") or ("" if returned else _OUR_FAULT)),
    )


def _modified(path: Path) -> int:
    try:
        return path.stat().st_mtime_ns
    except OSError:
        return 0


def work_folder(session: Session) -> Path:
    """Return where temporary files of this workspace go."""
    return session.workspace.folder / layout.WORK


# -- sorting and summing up --------------------------------------------------------------------------------


def sort(
    library: Library,
    files: Sequence[ReadFile],
    *,
    wanted: Ids | None = None,
    preferred: Collection[str] = (),
) -> tuple[SortedFile, ...]:
    """Return what each file is worth, in the order of names.

    Args:
        library: what knows the checklists.
        files: what each workbook says.
        wanted: ids of the checklists of this campaign, the most frequent in the folder unless told.
        preferred: names of the files that somebody prefers to their duplicates.
    """
    return sort_files(files, _known(library), library.vocabulary(), wanted=wanted, preferred=preferred)


def summaries(
    library: Library, files: Sequence[SortedFile], *, order: Order = Order.NAME, hidden: bool = False
) -> tuple[ReturnsSummary, ...]:
    """Return the figures of the files kept, one summary per checklist.

    Args:
        library: what knows the checklists.
        files: as `sort` returned them.
        order: by file or by name.
        hidden: call the structures «Structure 1…», in an order that tells nothing of their names.
    """
    kept = [file for file in files if file.usable]
    known = _known(library)
    asked = dict.fromkeys(key for file in kept for key in file.checklists)
    found = [checklist for key in asked if (checklist := known(key)) is not None]
    return tuple(
        summarise(each, [f for f in kept if each.id in f.checklists], order=order, hidden=hidden)
        for each in found
    )


def write_summary(
    found: Sequence[ReturnsSummary],
    path: Path,
    *,
    progress: Progress = silent,
    cancelled: Callable[[], bool] = jobs.never,
) -> Path:
    """Write the workbook of summaries, whole or not at all.

    Raises:
        InvalidValue: there is nothing to sum up.
        Cancelled: somebody asked to stop; nothing is written.
        CannotWriteExport: the place refuses the file.
    """
    if not found:
        raise InvalidValue("Aucun questionnaire à résumer : aucun fichier n'a pu être retenu.")
    request = {"summaries": to_plain(tuple(found))}
    return child_files.written(
        "synthese-questionnaires", request, path, progress=progress, cancelled=cancelled
    )


def _known(library: Library) -> Callable[[str], Checklist | None]:
    there = {each.id: each for each in library.checklists()}
    return there.get
