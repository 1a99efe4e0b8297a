"""Whole copies of an encrypted database: one that is in use, and one that was put away."""

import shutil
from pathlib import Path

from ivaudit.store.encryption import OWNER_ONLY, connect, translated


def copy_open(source: Path, data_key: bytes, target: Path) -> None:
    """Copy a database that is in use, through a connection of its own.

    Raises:
        KnownError: what the engine answers; the source is untouched.
    """
    # Compact, consistent and encrypted with the same key: a copy of the file would miss the write-ahead log.
    connection = connect(source, data_key)
    try:
        with translated():
            target.touch(mode=OWNER_ONLY)
            connection.execute("VACUUM INTO ?", (str(target),))
    finally:
        connection.close()


def copy_closed(source: Path, data_key: bytes, target: Path) -> None:
    """Copy a database that nobody has open, its write-ahead log folded in the copy and not there.

    Raises:
        KnownError: what the engine answers; the source is untouched.
    """
    log = f"{source.name}-wal"
    with translated():
        for name in (source.name, log):
            if (source.parent / name).exists():
                (target.parent / name).touch(mode=OWNER_ONLY)
                shutil.copyfile(source.parent / name, target.parent / name)
    if (target.parent / log).exists():
        connection = connect(target, data_key)
        try:
            with translated():
                connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        finally:
            connection.close()
