"""Putting a whole set of files in place of another: all of it or none, whatever happens in between.

The new files are prepared in a folder of the workspace, then that folder is renamed `installation-…`: from
that moment on the change is decided, and `finish` carries it out, now or at the next opening.
"""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

from ivaudit.store.atomic_file import move, settle_file, settle_folder
from ivaudit.store.encryption import translated
from ivaudit.store.layout import (
    BACKUPS,
    DATABASE,
    EVIDENCE,
    EVIDENCE_SIDE_FILES,
    INSTALLATION,
    KEY,
    KEY_TWIN,
    SIDE_FILES,
    TEMPORARY,
)

REPLACED = "_remplacee"
_SIDE_FILES = {DATABASE: SIDE_FILES, EVIDENCE: EVIDENCE_SIDE_FILES}
STAMP = "%Y-%m-%dT%H-%M-%S.%fZ"


@contextmanager
def preparing(folder: Path) -> Iterator[Path]:
    """Give a new folder, inside the workspace, to prepare files in; gone afterwards unless it was renamed.

    Raises:
        KnownError: the disk refuses.
    """
    with translated():
        prepared = Path(tempfile.mkdtemp(prefix=TEMPORARY, dir=folder))
        try:
            yield prepared
        finally:
            shutil.rmtree(prepared, ignore_errors=True)


def install(folder: Path, prepared: Path) -> Path:
    """Put the prepared files in place of those of the workspace, whose lock is held.

    Returns:
        The folder where what was replaced is kept; it does not exist when nothing was.

    Raises:
        KnownError: the disk refuses; either nothing happened or the next opening carries it out.
    """
    with translated():
        for path in prepared.iterdir():
            settle_file(path)
        settle_folder(prepared)
        decided = folder / f"{INSTALLATION}{stamp()}"
        move(prepared, decided)
        settle_folder(folder)
    finish(folder)
    return _aside(folder, decided)


def finish(folder: Path) -> None:
    """Carry out what was decided, as often as needed: each file still prepared has still to be installed.

    Raises:
        KnownError: the disk refuses; the next opening tries again.
    """
    with translated():
        for decided in sorted(folder.glob(f"{INSTALLATION}*")):
            for name in (EVIDENCE, DATABASE, KEY, KEY_TWIN):
                if (decided / name).exists():
                    _replace(folder, decided, name)
            shutil.rmtree(
                decided, ignore_errors=True
            )  # empty but for a note: removed next time if it is held
            settle_folder(folder)


def sweep(folder: Path) -> None:
    """Remove what a sudden stop left half prepared."""
    for path in folder.glob(f"{TEMPORARY}*"):
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            with suppress(OSError):  # on Windows, one that another program holds waits for the next time
                path.unlink(missing_ok=True)


def stamp() -> str:
    """Return the present time (UTC) as a name that sorts and that every file system accepts."""
    return datetime.now(UTC).strftime(STAMP)


def _replace(folder: Path, decided: Path, name: str) -> None:
    # The side files go before their database: they would otherwise be replayed into the new one.
    for former in (*_SIDE_FILES.get(name, ()), name):
        if (folder / former).exists():
            aside = _aside(folder, decided)
            aside.mkdir(parents=True, exist_ok=True)
            move(folder / former, aside / former)
            settle_folder(aside)
    move(decided / name, folder / name)
    settle_folder(folder)


def _aside(folder: Path, decided: Path) -> Path:
    return folder / BACKUPS / f"{decided.name.removeprefix(INSTALLATION)}{REPLACED}"
