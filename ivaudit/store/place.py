"""Where a workspace may live: on this machine, where nobody copies a database while it is written."""

import os
import re
import sys
from pathlib import Path, PurePath

from ivaudit.store.layout import DATABASE, INSTALLATION, KEY, KEY_TWIN

NETWORK_FILE_SYSTEMS = frozenset(
    {"afpfs", "afs", "ceph", "cifs", "coda", "davfs", "glusterfs", "lustre", "ncpfs", "nfs", "nfs4"}
    | {"smb2", "smb3", "smbfs", "fuse.ceph", "fuse.davfs2", "fuse.glusterfs", "fuse.gvfsd-fuse"}
    | {"fuse.rclone", "fuse.s3fs", "fuse.smbnetfs", "fuse.sshfs"}
)

SYNCHRONISED = {
    "onedrive": "OneDrive",
    "dropbox": "Dropbox",
    "nextcloud": "Nextcloud",
    "owncloud": "ownCloud",
    "google drive": "Google Drive",
    "googledrive": "Google Drive",
    "drivefs": "Google Drive",
    "icloud": "iCloud",
    "mobile documents": "iCloud",
    "cloudstorage": "un service en ligne",
    "seafile": "Seafile",
    "synologydrive": "Synology Drive",
    "pcloud": "pCloud",
    "kdrive": "kDrive",
    "proton drive": "Proton Drive",
    "box sync": "Box",
    "megasync": "MEGA",
}
"""Beginnings of the names such folders are given, in lower case, and what they are called."""

MARKERS = {
    ".dropbox": "Dropbox",
    ".dropbox.cache": "Dropbox",
    ".nextcloudsync.log": "Nextcloud",
    ".owncloudsync.log": "ownCloud",
    ".stfolder": "Syncthing",
    ".seafile-data": "Seafile",
    ".tmp.drivedownload": "Google Drive",
    ".synology.id": "Synology Drive",
}
"""What those services leave at the root of the folders they copy."""

_OCTAL = re.compile(r"\\([0-7]{3})")
"""How `/proc/mounts` writes spaces and backslashes; letters with an accent stand there as they are."""

_REMOTE_DRIVE = 4
_NETWORK = (
    "Ce dossier est sur un partage réseau, où une base de données peut se casser à la moindre coupure. "
    "Rien n'y a été écrit. Choisissez un dossier du disque de ce poste."
)


def default_folder() -> Path:
    """Return where the data of this person lives on this machine: local, never roaming with the profile."""
    import platformdirs  # noqa: PLC0415 - start-up budget: of no use when the folder is given

    return platformdirs.user_data_path("ivaudit", appauthor=False, roaming=False)


def workspace_exists(folder: Path) -> bool:
    """Tell whether a workspace is there, even one that misses a file."""
    present = any((folder / name).exists() for name in (DATABASE, KEY, KEY_TWIN))
    return present or any(folder.glob(f"{INSTALLATION}*"))


def place_problem(folder: Path) -> str | None:
    """Return why a workspace must not live there, in French, or nothing."""
    place = Path(os.path.abspath(folder))  # noqa: PTH100 - links are followed below, where they exist
    real = place.resolve()
    if _on_network(place) or _on_network(real):
        return _NETWORK
    service = _service(place) or _service(real)
    if service is None:
        return None
    return (
        f"Ce dossier est copié en continu par {service} : une base de données copiée pendant qu'on y écrit "
        "est perdue. Rien n'y a été écrit. Choisissez un dossier de ce poste qui n'est pas synchronisé."
    )


def _on_network(place: Path) -> bool:
    if sys.platform == "win32":
        return _on_windows_network(place)
    try:
        mounts = Path("/proc/mounts").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return False
    return file_system(place, mounts) in NETWORK_FILE_SYSTEMS


def file_system(place: PurePath, mounts: str) -> str:
    """Return the type of the file system a path is on, from the text of `/proc/mounts`; empty if unknown."""
    found: tuple[int, str] = (0, "")
    for line in mounts.splitlines():
        parts = line.split(" ")
        if len(parts) < 3:  # noqa: PLR2004 - device, where, type
            continue
        where = PurePath(_OCTAL.sub(lambda found: chr(int(found[1], 8)), parts[1]))
        if where == place or where in place.parents:
            found = max(found, (len(where.parts), parts[2]), key=lambda each: each[0])
    return found[1]


def _on_windows_network(place: PurePath) -> bool:
    if place.drive.startswith("\\\\"):
        return not place.drive.startswith("\\\\?\\") or place.drive.upper().startswith("\\\\?\\UNC")
    import ctypes  # noqa: PLC0415 - of use on Windows only

    kernel = getattr(ctypes, "windll").kernel32  # noqa: B009 - absent elsewhere
    return bool(kernel.GetDriveTypeW(f"{place.drive}\\") == _REMOTE_DRIVE)


def _service(place: Path) -> str | None:
    for variable in ("OneDrive", "OneDriveCommercial", "OneDriveConsumer"):
        root = os.environ.get(variable)
        if root and Path(root) in (place, *place.parents):
            return "OneDrive"
    for folder in (place, *place.parents):
        name = folder.name.casefold()
        for beginning, service in SYNCHRONISED.items():
            if name.startswith(beginning):
                return service
        if marked := _marked(folder):
            return marked
    return None


def _marked(folder: Path) -> str | None:
    for marker, service in MARKERS.items():
        # `~/.dropbox` is a folder of settings; the marker of a copied folder is a file of that name.
        found = (folder / marker).is_file() if marker == ".dropbox" else (folder / marker).exists()
        if found:
            return service
    return None
