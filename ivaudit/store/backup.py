"""Backups: whole, encrypted, with their own key slots, reopened to be sure of them, thinned out with age.

Making one reads every page with its authentication code, rebuilds every table and checks the copy: it is also
the check of the database that goes on in the background, at most every half hour of use.
"""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from ivaudit.domain.progress import Progress, silent
from ivaudit.store import backup_evidence, installation, keys, layout
from ivaudit.store.atomic_file import move, settle_file, settle_folder
from ivaudit.store.backup_check import NOT_MADE, check
from ivaudit.store.backup_list import BackupInfo, backups
from ivaudit.store.backup_rotation import make_room, rotate
from ivaudit.store.database_copy import copy_open as _copy
from ivaudit.store.encryption import translated
from ivaudit.store.restoring import restore

if TYPE_CHECKING:
    from ivaudit.store.workspace import Workspace

__all__ = ["BEFORE_MIGRATION", "INTERVAL", "REGULAR", "BackupInfo", "back_up", "backups", "due", "restore"]

BEFORE_MIGRATION = "avant mise à niveau"
REGULAR = "automatique"

INTERVAL = timedelta(minutes=30)


def back_up(workspace: "Workspace", reason: str = REGULAR, progress: Progress = silent) -> BackupInfo:
    """Make a backup through a connection of its own, then thin out the former ones; from any thread.

    Args:
        workspace: the open workspace; only its folder and its key are used.
        reason: why, in a few French words.
        progress: told the steps.

    Raises:
        KnownError: full or failing disk; the workspace is untouched and there is no half backup.
        Cancelled: `progress` said so; idem.
    """
    folder, data_key = workspace.folder, workspace.data_key
    shelf = folder / layout.BACKUPS
    with translated():
        shelf.mkdir(mode=0o700, exist_ok=True)
    make_room(folder)
    at = datetime.now(UTC)
    with installation.preparing(folder) as prepared:
        progress(0, 3, "Copie des données")
        _copy(folder / layout.DATABASE, data_key, prepared / layout.DATABASE)
        progress(1, 3, "Relecture de la copie")
        check(prepared / layout.DATABASE, data_key, NOT_MADE)
        progress(2, 3, "Copie des preuves")
        # After the journal: what its copy names is then in this one too.
        state = backup_evidence.copy(folder, data_key, prepared)
        keys.copy(folder, prepared)
        info = _shelve(prepared, shelf, at, reason, state)
    rotate(folder, now=at)
    make_room(folder)
    progress(3, 3, "Sauvegarde faite")
    return info


@translated()
def due(workspace: "Workspace", *, now: datetime | None = None) -> bool:
    """Tell whether something was recorded since the last backup, and that one is half an hour old."""
    last = workspace.db.execute("SELECT max(at) FROM op").fetchone()[0]
    newest = next((info for info in backups(workspace.folder) if not info.replaced), None)
    if last is None or newest is None:
        return last is not None
    old = (now or datetime.now(UTC)) - newest.time >= INTERVAL
    return old and datetime.fromisoformat(last) > newest.time


def _shelve(prepared: Path, shelf: Path, at: datetime, reason: str, state: str) -> BackupInfo:
    size = sum(path.stat().st_size for path in prepared.iterdir())
    note = {"at": at.isoformat(timespec="microseconds"), "reason": reason, "size": size, "evidence": state}
    with translated():
        (prepared / layout.BACKUP_NOTE).write_text(json.dumps(note, ensure_ascii=False), encoding="utf-8")
        for path in prepared.iterdir():
            settle_file(path)
        settle_folder(prepared)
        place = shelf / at.strftime(installation.STAMP)
        move(prepared, place)
        settle_folder(shelf)
    return BackupInfo(folder=place, at=str(note["at"]), reason=reason, size=size)
