"""The evidence in a backup: copied when something is new, otherwise the very file of the backup before."""

import hashlib
import json
import os
from contextlib import suppress
from pathlib import Path

from ivaudit.domain.errors import CorruptFile, KnownError
from ivaudit.store import evidence, layout
from ivaudit.store.database_copy import copy_closed, copy_open
from ivaudit.store.encryption import connect, translated


def copy(folder: Path, data_key: bytes, prepared: Path) -> str:
    """Put the evidence of a workspace in a backup being prepared, verified; return its state.

    Photographs do not change once kept: a backup shares the file of the one before when nothing was added or
    erased, so that a season of backups takes the room of one.

    Raises:
        KnownError: full or failing disk, or bodies that are not what their digest says.
    """
    source, target = folder / layout.EVIDENCE, prepared / layout.EVIDENCE
    if not source.exists():
        evidence.lay(target, data_key)
        return ""
    state = _state(source, data_key)
    if state and (same := _with_state(folder / layout.BACKUPS, state)) is not None:
        with suppress(OSError):  # another volume, a file system without links: copied below
            os.link(same, target)
            return state
    copy_open(source, data_key, target)
    check(target, data_key)
    return _state(target, data_key)


def take(source: Path, data_key: bytes, prepared: Path) -> None:
    """Put the evidence of a backup in a restoration being prepared, an empty one where it had none.

    Raises:
        KnownError: damaged evidence, full disk; nothing was restored.
    """
    target = prepared / layout.EVIDENCE
    if not (source / layout.EVIDENCE).exists():
        # The present one makes room too: what the journal put aside names goes aside with it.
        evidence.lay(target, data_key)
        return
    copy_closed(source / layout.EVIDENCE, data_key, target)
    check(target, data_key)


def check(file: Path, data_key: bytes) -> None:
    """Read every page and every body of a finished file.

    Raises:
        CorruptFile: something is not what it was.
        KnownError: what the engine answers.
    """
    connection = connect(file, data_key, read_only=True)
    try:
        evidence.check_version(connection)
        with translated():
            answer = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
            rows = connection.execute("SELECT sha, body FROM picture")
            whole = answer == "ok" and all(hashlib.sha256(body).digest() == sha for sha, body in rows)
    finally:
        connection.close()
    if not whole:
        raise CorruptFile(
            "Les images de cette sauvegarde sont endommagées. Rien n'a été modifié : choisissez-en une autre."
        )


def _state(file: Path, data_key: bytes) -> str:
    connection = connect(file, data_key)
    try:
        return evidence.state_of(connection)
    finally:
        connection.close()


def _with_state(shelf: Path, state: str) -> Path | None:
    """Return the evidence of the newest backup made in that state."""
    for note in sorted(shelf.glob(f"*/{layout.BACKUP_NOTE}"), reverse=True):
        with suppress(OSError, ValueError, AttributeError, KnownError):
            file = note.parent / layout.EVIDENCE
            if json.loads(note.read_text(encoding="utf-8")).get("evidence") == state and file.exists():
                return file
    return None
