"""Backups: whole, encrypted, with their own key slots, reopened to be sure of them, thinned out with age.

Making one reads every page with its authentication code, rebuilds every table and checks the copy: it is also
the check of the database that goes on in the background, at most every half hour of use.
"""

import json
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from ivaudit.domain.errors import CorruptFile, NotFound, WorkspaceMissing
from ivaudit.store import backup_evidence, installation, keys, layout, migrations
from ivaudit.store.atomic_file import settle_file, settle_folder
from ivaudit.store.database_copy import copy_closed as _take
from ivaudit.store.database_copy import copy_open as _copy
from ivaudit.store.encryption import connect, database, translated
from ivaudit.store.lock import OwnerLock

if TYPE_CHECKING:
    from ivaudit.store.workspace import Workspace

BEFORE_MIGRATION = "avant mise à niveau"
REGULAR = "automatique"
REPLACED = "remplacée lors d'une restauration"

INTERVAL = timedelta(minutes=30)
KEEP_ALL = timedelta(days=2)
DAYS, WEEKS, MONTHS = 12, 10, 9


@dataclass(frozen=True, slots=True, kw_only=True)
class BackupInfo:
    """A backup: where it is, when it was made (UTC, ISO 8601), why, and its size in bytes.

    Attributes:
        replaced: whether it is what a restoration put aside, unchecked, rather than a backup made.
    """

    folder: Path
    at: str
    reason: str
    size: int
    replaced: bool = False


def back_up(workspace: "Workspace", reason: str = REGULAR) -> BackupInfo:
    """Make a backup through a connection of its own, then thin out the former ones; from any thread.

    Args:
        workspace: the open workspace; only its folder and its key are used.
        reason: why, in a few French words.

    Raises:
        KnownError: full or failing disk; the workspace is untouched and there is no half backup.
    """
    folder, data_key = workspace.folder, workspace.data_key
    shelf = folder / layout.BACKUPS
    with translated():
        shelf.mkdir(mode=0o700, exist_ok=True)
    at = datetime.now(UTC)
    with installation.preparing(folder) as prepared:
        _copy(folder / layout.DATABASE, data_key, prepared / layout.DATABASE)
        _check(prepared / layout.DATABASE, data_key)
        # After the journal: what its copy names is then in this one too.
        state = backup_evidence.copy(folder, data_key, prepared)
        keys.copy(folder, prepared)
        info = _shelve(prepared, shelf, at, reason, state)
    rotate(folder, now=at)
    return info


def backups(folder: Path) -> tuple[BackupInfo, ...]:
    """Return the backups and what restorations put aside, the newest first; no key is needed to list them."""
    shelf = folder / layout.BACKUPS
    made = (_info(note) for note in shelf.glob(f"*/{layout.BACKUP_NOTE}"))
    aside = (_put_aside(place) for place in shelf.glob(f"*{installation.REPLACED}"))
    found = (*made, *aside)
    return tuple(sorted((info for info in found if info), key=lambda info: info.at, reverse=True))


@translated()
def due(workspace: "Workspace", *, now: datetime | None = None) -> bool:
    """Tell whether something was recorded since the last backup, and that one is half an hour old."""
    last = workspace.db.execute("SELECT max(at) FROM op").fetchone()[0]
    newest = next((info for info in backups(workspace.folder) if not info.replaced), None)
    if last is None or newest is None:
        return last is not None
    backed_up = datetime.fromisoformat(newest.at)
    old = (now or datetime.now(UTC)) - backed_up >= INTERVAL
    return old and datetime.fromisoformat(last) > backed_up


def rotate(folder: Path, *, now: datetime) -> None:
    """Remove the backups that age makes superfluous; never the newest.

    What restorations put aside goes by the same rule, but never takes the place of a backup that was checked.
    """
    found = backups(folder)
    kept = kept_times((_time(info) for info in found), now)
    kept_made = kept_times((_time(info) for info in found if not info.replaced), now)
    for info in found:
        if _time(info) not in (kept if info.replaced else kept_made):
            shutil.rmtree(info.folder, ignore_errors=True)


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


def restore(
    folder: Path, chosen: BackupInfo, *, passphrase: str | None = None, recovery_code: str | None = None
) -> Path:
    """Put a backup in the place of the closed workspace; whole or not at all.

    Args:
        folder: the workspace.
        chosen: one of its `backups`.
        passphrase: the one it had when the backup was made.
        recovery_code: or the code of the sheet of that time.

    Returns:
        The folder where the files replaced are kept.

    Raises:
        KnownError: in use, wrong secret, damaged backup, full disk; the workspace is as it was.
    """
    if not folder.is_dir():
        raise WorkspaceMissing("Il n'y a pas de dossier de travail à cet endroit. Rien n'a été créé.")
    if not (chosen.folder / layout.DATABASE).exists():
        raise NotFound("Cette sauvegarde n'existe plus. Rien n'a été modifié : choisissez-en une autre.")
    lock = OwnerLock(folder)
    try:
        installation.finish(folder)
        unlocked = keys.unlock(chosen.folder, passphrase=passphrase, recovery_code=recovery_code)
        with installation.preparing(folder) as prepared:
            _take(chosen.folder / layout.DATABASE, unlocked.data_key, prepared / layout.DATABASE)
            _check(prepared / layout.DATABASE, unlocked.data_key)
            backup_evidence.take(chosen.folder, unlocked.data_key, prepared)
            keys.copy(chosen.folder, prepared)
            return installation.install(folder, prepared)
    finally:
        lock.release()


def _check(file: Path, data_key: bytes) -> None:
    connection = connect(file, data_key, read_only=True)
    try:
        with translated():
            answer = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
        migrations.check_version(database(connection))
    finally:
        connection.close()
    if answer != "ok":
        raise CorruptFile("Cette sauvegarde est endommagée. Rien n'a été modifié : choisissez-en une autre.")


def _shelve(prepared: Path, shelf: Path, at: datetime, reason: str, state: str) -> BackupInfo:
    size = sum(path.stat().st_size for path in prepared.iterdir())
    note = {"at": at.isoformat(timespec="microseconds"), "reason": reason, "size": size, "evidence": state}
    with translated():
        (prepared / layout.BACKUP_NOTE).write_text(json.dumps(note, ensure_ascii=False), encoding="utf-8")
        for path in prepared.iterdir():
            settle_file(path)
        place = shelf / at.strftime(installation.STAMP)
        prepared.rename(place)
        settle_folder(shelf)
    return BackupInfo(folder=place, at=str(note["at"]), reason=reason, size=size)


def _info(note: Path) -> BackupInfo | None:
    try:
        read = json.loads(note.read_text(encoding="utf-8"))
        at = datetime.fromisoformat(read["at"]).astimezone(UTC)
        return BackupInfo(
            folder=note.parent,
            at=at.isoformat(timespec="microseconds"),
            reason=str(read["reason"]),
            size=int(read["size"]),
        )
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _put_aside(place: Path) -> BackupInfo | None:
    """Read what a restoration put aside, which has no note; nothing where no data is left, only keys."""
    if not any((place / name).exists() for name in (layout.DATABASE, layout.SIDE_FILES[0])):
        return None
    try:
        name = place.name.removesuffix(installation.REPLACED)
        at = datetime.strptime(name, installation.STAMP).replace(tzinfo=UTC)
        size = sum(path.stat().st_size for path in place.iterdir())
    except (OSError, ValueError):
        return None
    moment = at.isoformat(timespec="microseconds")
    return BackupInfo(folder=place, at=moment, reason=REPLACED, size=size, replaced=True)


def _time(info: BackupInfo) -> datetime:
    return datetime.fromisoformat(info.at)
