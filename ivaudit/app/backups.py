"""Backups of a workspace: made while it is used, copied to another drive, listed, put back."""

from datetime import UTC, datetime
from pathlib import Path

from ivaudit.app import settings
from ivaudit.app.session import Session
from ivaudit.domain.errors import KnownError
from ivaudit.domain.progress import Progress, silent
from ivaudit.store import backup, backup_copies, restoring
from ivaudit.store.backup import BackupInfo

__all__ = [
    "BackupInfo",
    "back_up",
    "backups",
    "copy_elsewhere",
    "copy_late",
    "due",
    "last_copy",
    "restore",
    "same_drive",
]

_LAST_COPY = "copie_ailleurs"
_ON_DEMAND = "à la demande"
FOR_COPY = "pour une copie ailleurs"


def due(session: Session) -> bool:
    """Tell whether enough was done since the last backup for a new one."""
    return backup.due(session.workspace)


def back_up(session: Session, reason: str = _ON_DEMAND) -> BackupInfo:
    """Make an encrypted backup, reopened to be sure of it, and rotate the former ones.

    Raises:
        KnownError: full or failing disk; the workspace is untouched.
    """
    return backup.back_up(session.workspace, reason)


def backups(folder: Path) -> tuple[BackupInfo, ...]:
    """Return the backups of a workspace, the newest first; no passphrase is needed to list them."""
    return backup.backups(folder)


def copy_elsewhere(session: Session, target: Path, progress: Progress = silent) -> BackupInfo:
    """Make a backup and copy it to another drive, read again there; from any thread.

    `remember_copy` is for the thread of the session, afterwards.

    Args:
        session: of it only the folder and the key are used.
        target: an existing folder of a stick, another disk or a share.
        progress: told how far it has come.

    Raises:
        KnownError: the drive is full, failing, not there, or within the workspace; nothing is left there.
        Cancelled: `progress` said so; idem.
    """
    workspace = session.workspace
    made = backup.back_up(workspace, FOR_COPY, progress)
    return backup_copies.copy_to(workspace.folder, made, target, workspace.data_key, progress)


def same_drive(session: Session, target: Path) -> bool:
    """Tell whether a folder is on the drive of the workspace: a copy there is lost with it.

    Raises:
        NotFound: the folder is not there.
    """
    return backup_copies.same_drive(session.workspace.folder, target)


def remember_copy(session: Session, copied: BackupInfo) -> None:
    """Remember that a backup lies on another drive."""
    session.workspace.remember(_LAST_COPY, copied.at)


def last_copy(session: Session) -> str:
    """Return when the last backup that was copied to another drive was made (UTC, ISO 8601), or nothing."""
    return session.workspace.recall(_LAST_COPY) or ""


def copy_late(session: Session, *, now: datetime | None = None) -> bool:
    """Tell whether a copy on another drive is missing, or older than the reminder of the settings allows."""
    days = settings.get(session).copy_reminder
    first = backup.backups(session.workspace.folder)
    since = last_copy(session) or min((info.at for info in first), default="")
    if not days or not since:
        return False
    return ((now or datetime.now(UTC)) - datetime.fromisoformat(since)).days >= days


def restore(
    folder: Path, chosen: BackupInfo, *, passphrase: str | None = None, recovery_code: str | None = None
) -> Path:
    """Put a backup in the place of the workspace's database, which is kept aside.

    Returns:
        Where the replaced file is kept.

    Raises:
        KnownError: the backup does not open with this secret, or the disk refuses.
    """
    return restoring.restore(folder, chosen, passphrase=passphrase, recovery_code=recovery_code)


def verify(
    folder: Path, chosen: BackupInfo, *, passphrase: str | None = None, recovery_code: str | None = None
) -> str:
    """Read a whole copy again; return what is wrong with it in French, nothing when it is whole.

    Raises:
        KnownError: the secret does not open it.
    """
    found = restoring.opening(folder, chosen, passphrase=passphrase, recovery_code=recovery_code)
    try:
        restoring.verify(chosen, found.data_key, folder)
    except KnownError as error:
        return error.sentence
    return ""
