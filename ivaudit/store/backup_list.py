"""The copies there are of a workspace: backups made, what restorations put aside, copies on another drive."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from ivaudit.store import installation, layout

REPLACED = "remplacée lors d'une restauration"
_MOST_BYTES = 64 * 1024
"""What is read of a note, which is some lines."""


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

    @property
    def time(self) -> datetime:
        """Return when it was made."""
        return datetime.fromisoformat(self.at)


def backups(folder: Path) -> tuple[BackupInfo, ...]:
    """Return the backups and what restorations put aside, the newest first; no key is needed to list them."""
    shelf = folder / layout.BACKUPS
    made = (_noted(note) for note in shelf.glob(f"*/{layout.BACKUP_NOTE}"))
    aside = (_put_aside(place) for place in shelf.glob(f"*{installation.REPLACED}"))
    found = (*made, *aside)
    return tuple(sorted((info for info in found if info), key=lambda info: info.at, reverse=True))


def copy_at(place: Path) -> BackupInfo | None:
    """Return the backup that a folder is, wherever it was copied; nothing when it is none."""
    if not (place / layout.DATABASE).is_file():
        return None
    return _noted(place / layout.BACKUP_NOTE)


def copies_under(place: Path) -> tuple[BackupInfo, ...]:
    """Return the backup that a folder is, or those that lie in it, the newest first."""
    own = copy_at(place)
    found = (own,) if own else tuple(copy_at(note.parent) for note in place.glob(f"*/{layout.BACKUP_NOTE}"))
    return tuple(sorted((info for info in found if info), key=lambda info: info.at, reverse=True))


def _noted(note: Path) -> BackupInfo | None:
    try:
        with note.open("rb") as file:
            read = json.loads(file.read(_MOST_BYTES))
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
