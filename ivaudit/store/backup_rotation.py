"""Which backups are worth keeping: by their age, and by the room they take on the disk."""

import shutil
from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path

from ivaudit.store import layout
from ivaudit.store.backup_list import BackupInfo, backups
from ivaudit.store.encryption import translated

KEEP_ALL = timedelta(days=2)
DAYS, WEEKS, MONTHS = 12, 10, 9
SHARE = 4
"""Backups take at most one part in so many of what would be free without them."""


def rotate(folder: Path, *, now: datetime) -> None:
    """Remove the backups that age makes superfluous; never the newest.

    What restorations put aside goes by the same rule, but never takes the place of a backup that was checked.
    """
    found = backups(folder)
    kept = kept_times((info.time for info in found), now)
    kept_made = kept_times((info.time for info in found if not info.replaced), now)
    for info in found:
        if info.time not in (kept if info.replaced else kept_made):
            _remove(info)


def kept_times(times: Iterable[datetime], now: datetime) -> set[datetime]:
    """Return the times worth keeping: all for two days, then the last of 12 days, 10 weeks and 9 months."""
    newest_first = sorted(times, reverse=True)
    kept = {time for time in newest_first if now - time < KEEP_ALL}
    for count, period in ((DAYS, "%Y-%m-%d"), (WEEKS, "%G-%V"), (MONTHS, "%Y-%m")):
        last: dict[str, datetime] = {}
        for time in newest_first:
            last.setdefault(time.strftime(period), time)
        kept.update(list(last.values())[:count])
    return kept


@translated()
def make_room(folder: Path) -> None:
    """Remove the oldest backups while they take more than a quarter of what would be free without them.

    The newest backup, and the last workspace that a restoration put aside, are never removed.
    """
    found = backups(folder)
    safe = {next((info.folder for info in found if info.replaced is aside), None) for aside in (False, True)}
    taken = room_taken(folder)
    most = (shutil.disk_usage(folder).free + taken) // SHARE
    for info in reversed(found):
        if room_taken(folder) <= most:
            return
        if info.folder not in safe:
            _remove(info)


def room_taken(folder: Path) -> int:
    """Return the bytes that the backups take, a file they share counted once."""
    found = {}
    for path in (folder / layout.BACKUPS).glob("*/*"):
        state = path.stat()
        found[state.st_dev, state.st_ino] = state.st_size
    return sum(found.values())


def _remove(info: BackupInfo) -> None:
    # Without its note it is not listed any more: a removal stopped half way leaves no backup that lies.
    (info.folder / layout.BACKUP_NOTE).unlink(missing_ok=True)
    shutil.rmtree(info.folder, ignore_errors=True)
