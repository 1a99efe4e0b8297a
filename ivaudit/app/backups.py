"""Backups of a workspace: made while it is used, listed and restored from the start screen."""

from pathlib import Path

from ivaudit.app.session import Session
from ivaudit.store import backup
from ivaudit.store.backup import BackupInfo

__all__ = ["BackupInfo", "back_up", "backups", "due", "restore"]


def due(session: Session) -> bool:
    """Tell whether enough was done since the last backup for a new one."""
    return backup.due(session.workspace)


def back_up(session: Session, reason: str = "à la demande") -> BackupInfo:
    """Make an encrypted backup, reopened to be sure of it, and rotate the former ones.

    Raises:
        KnownError: full or failing disk; the workspace is untouched.
    """
    return backup.back_up(session.workspace, reason)


def backups(folder: Path) -> tuple[BackupInfo, ...]:
    """Return the backups of a workspace, the newest first; no passphrase is needed to list them."""
    return backup.backups(folder)


def restore(
    folder: Path, chosen: BackupInfo, *, passphrase: str | None = None, recovery_code: str | None = None
) -> Path:
    """Put a backup in the place of the workspace's database, which is kept aside.

    Returns:
        Where the replaced file is kept.

    Raises:
        KnownError: the backup does not open with this secret, or the disk refuses.
    """
    return backup.restore(folder, chosen, passphrase=passphrase, recovery_code=recovery_code)
