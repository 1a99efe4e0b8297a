"""Files of this person in the local folder: written whole, their folder made when it is not there yet."""

from pathlib import Path

from ivaudit.store import atomic_file
from ivaudit.store.encryption import translated


def write(path: Path, content: bytes) -> None:
    """Write a file whole, in a folder that may not exist yet.

    Raises:
        KnownError: full, failing or read-only disk; the former file is untouched.
    """
    with translated():
        path.parent.mkdir(parents=True, exist_ok=True)
    atomic_file.write_whole(path, content)
