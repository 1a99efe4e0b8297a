"""Small files replaced whole: after a power cut there is the old one or the new one, never half of one."""

import contextlib
import os
import tempfile
import time
from pathlib import Path

from ivaudit.store.encryption import OWNER_ONLY, translated
from ivaudit.store.layout import TEMPORARY

WINDOWS = os.name == "nt"


def write_whole(path: Path, content: bytes) -> None:
    """Write a file in one piece, durably, readable by its owner only.

    Raises:
        KnownError: full, failing or read-only disk; the former file is untouched.
    """
    with translated():
        handle, name = tempfile.mkstemp(prefix=TEMPORARY, dir=path.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            move(Path(name), path)
        except BaseException:
            with contextlib.suppress(OSError):
                Path(name).unlink()
            raise
        settle_folder(path.parent)


def replace_whole(made: Path, path: Path) -> None:
    """Put a file that was made beside in the place of another, durably, readable by its owner only.

    Raises:
        KnownError: the disk refuses; the former file is untouched.
    """
    with translated():
        made.chmod(OWNER_ONLY)
        settle_file(made)
        move(made, path)
        settle_folder(path.parent)


def move(source: Path, target: Path) -> None:
    """Rename a file over its target, or a folder; patiently on Windows, where an antivirus may be reading it.

    Raises:
        OSError: the disk refuses; both are as they were.
    """
    for wait in (0.05, 0.15, 0.3, 0.5):
        try:
            source.replace(target)
        except PermissionError:
            if not WINDOWS:
                raise
            time.sleep(wait)
        else:
            return
    source.replace(target)


def settle_file(path: Path) -> None:
    """Make the content of a file durable."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def settle_folder(folder: Path) -> None:
    """Make the names in a folder durable; Windows has nothing of the kind, and needs nothing."""
    if WINDOWS:
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
