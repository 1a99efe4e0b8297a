"""The state of the database of a workspace: where it is, its size, when it was checked and copied."""

import shutil
from dataclasses import dataclass
from pathlib import Path

from ivaudit.app import backups, checks
from ivaudit.app.backups import BackupInfo
from ivaudit.app.session import Session
from ivaudit.store import backup_rotation, layout


@dataclass(frozen=True, slots=True, kw_only=True)
class DatabaseState:
    """What the page of the database shows.

    Sizes are in bytes; `checked` and `copied` are UTC, ISO 8601, empty when it never was; `whole` tells what
    the last check found; `copy_late` that a copy on another drive is missing or too old.
    """

    folder: Path
    journal: int
    evidence: int
    backups: int
    free: int
    checked: str
    whole: bool
    copied: str
    copy_late: bool
    found: tuple[BackupInfo, ...]


def state(session: Session) -> DatabaseState:
    """Return the state of the open workspace."""
    folder = session.workspace.folder
    checked, whole = checks.last(session)
    return DatabaseState(
        folder=folder,
        journal=_size(folder / layout.DATABASE) + _size(folder / layout.SIDE_FILES[0]),
        evidence=_size(folder / layout.EVIDENCE) + _size(folder / layout.EVIDENCE_SIDE_FILES[0]),
        backups=backup_rotation.room_taken(folder),
        free=shutil.disk_usage(folder).free,
        checked=checked,
        whole=whole,
        copied=backups.last_copy(session),
        copy_late=backups.copy_late(session),
        found=backups.backups(folder),
    )


def _size(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0
