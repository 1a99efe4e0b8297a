"""A backup copied to another drive: the same files in a folder of their own, reopened there."""

import errno
from pathlib import Path

from ivaudit.domain.errors import InvalidValue, NotFound
from ivaudit.domain.progress import Progress, silent
from ivaudit.store import backup_evidence, installation, layout
from ivaudit.store.atomic_file import move, settle_file, settle_folder
from ivaudit.store.backup_check import check
from ivaudit.store.backup_list import BackupInfo, copy_at
from ivaudit.store.encryption import OWNER_ONLY, translated

NAME = "ivaudit-sauvegarde_"

_FILES = (layout.DATABASE, layout.EVIDENCE, layout.KEY, layout.KEY_TWIN, layout.BACKUP_NOTE)
_CHUNK = 1 << 20
_INSIDE = (
    "Ce dossier est dans le dossier de travail lui-même : la copie serait perdue avec lui. Rien n'a été "
    "écrit. Choisissez un dossier d'un autre disque."
)
_GONE = (
    "Le disque n'est plus là, ou le dossier n'existe pas. Rien n'a été copié. Rebranchez-le, ou "
    "choisissez un autre dossier."
)


def same_drive(folder: Path, target: Path) -> bool:
    """Tell whether two folders are on one drive: a copy there is lost with the original."""
    with translated():
        try:
            return folder.stat().st_dev == target.stat().st_dev
        except FileNotFoundError:
            raise NotFound(_GONE) from None


def copy_to(
    folder: Path, chosen: BackupInfo, target: Path, data_key: bytes, progress: Progress = silent
) -> BackupInfo:
    """Copy a backup into a folder of another drive and read the copy again.

    Args:
        folder: the workspace.
        chosen: one of its backups.
        target: an existing folder, not within the workspace.
        data_key: what the backup is encrypted with.
        progress: told how many bytes were copied.

    Returns:
        The copy; the one that was there already when this backup was copied before.

    Raises:
        InvalidValue: within the workspace.
        NotFound: the folder or the drive is not there.
        KnownError: full or failing drive, damaged copy; nothing is left there.
        Cancelled: `progress` said so; idem.
    """
    if target.resolve().is_relative_to(folder.resolve()):
        raise InvalidValue(_INSIDE)
    if not target.is_dir():
        raise NotFound(_GONE)
    place = target / f"{NAME}{chosen.folder.name}"
    if copy_at(place) is None:
        with installation.preparing(target) as prepared:
            _copy(chosen, prepared, progress)
            _check(prepared, data_key)
            move(prepared, place)
            _settle(target)
    return BackupInfo(folder=place, at=chosen.at, reason=chosen.reason, size=chosen.size)


def _copy(chosen: BackupInfo, prepared: Path, progress: Progress) -> None:
    sources = [path for name in _FILES if (path := chosen.folder / name).exists()]
    total, done = sum(path.stat().st_size for path in sources), 0
    for source in sources:
        (prepared / source.name).touch(mode=OWNER_ONLY)
        with source.open("rb") as taken, (prepared / source.name).open("wb") as made:
            while chunk := taken.read(_CHUNK):
                progress(done, total, "Copie sur l'autre disque")
                made.write(chunk)
                done += len(chunk)
        settle_file(prepared / source.name)
    _settle(prepared)


def _check(prepared: Path, data_key: bytes) -> None:
    check(prepared / layout.DATABASE, data_key)
    if (prepared / layout.EVIDENCE).exists():
        backup_evidence.check(prepared / layout.EVIDENCE, data_key)


def _settle(folder: Path) -> None:
    """Make names durable, where the drive knows how: some sticks and shares do not."""
    try:
        settle_folder(folder)
    except OSError as error:
        if error.errno not in {errno.EINVAL, errno.ENOTSUP, errno.EBADF}:
            raise
