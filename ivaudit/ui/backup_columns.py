"""How backups are listed, on the start screen and in Réglages."""

from typing import TYPE_CHECKING

from ivaudit.ui import french
from ivaudit.ui.table import Column

if TYPE_CHECKING:
    from ivaudit.app.backups import BackupInfo


def _made(info: "BackupInfo") -> str:
    return french.when(info.at)


def _at(info: "BackupInfo") -> str:
    return info.at


def _reason(info: "BackupInfo") -> str:
    return info.reason


def _size(info: "BackupInfo") -> str:
    return french.size(info.size)


def _octets(info: "BackupInfo") -> int:
    return info.size


COLUMNS = (
    Column(title="Faite", text=_made, key=_at, stretch=True),
    Column(title="Raison", text=_reason),
    Column(title="Taille", text=_size, key=_octets, right=True),
)
