"""One owner process for a workspace, window or command line, for as long as it is open."""

import json
import os
import platform
from datetime import datetime
from pathlib import Path

import filelock

from ivaudit.domain.errors import WorkspaceInUse
from ivaudit.store.atomic_file import write_whole
from ivaudit.store.encryption import translated
from ivaudit.store.layout import LOCK, OWNER


class OwnerLock:
    """The lock of a workspace, held from construction to `release`; the system lets go of a dead process's.

    Args:
        folder: an existing folder.

    Raises:
        WorkspaceInUse: another process has it; its sentence says which machine, since when.
        KnownError: the folder cannot be written.
    """

    def __init__(self, folder: Path) -> None:
        # Its holder may be released by another thread than the one that took it: quitting does so.
        self._lock = filelock.FileLock(folder / LOCK, timeout=0, thread_local=False, fallback_to_soft=False)
        try:
            with translated():
                self._lock.acquire()
        except filelock.Timeout:
            raise WorkspaceInUse(_sentence(folder)) from None
        try:
            write_whole(folder / OWNER, json.dumps(_me()).encode())
        except BaseException:
            self._lock.release()
            raise

    def release(self) -> None:
        """Let another process have the workspace."""
        self._lock.release()


def _me() -> dict[str, str | int]:
    return {
        "machine": platform.node(),
        "process": os.getpid(),
        "since": datetime.now().astimezone().isoformat(timespec="seconds"),
    }


def _sentence(folder: Path) -> str:
    return (
        f"Ce dossier de travail est déjà ouvert dans ivaudit{_who(folder)}. Rien n'a été modifié. "
        "Fermez l'autre fenêtre, ou attendez la fin de l'autre commande, puis recommencez."
    )


def _who(folder: Path) -> str:
    try:
        owner = json.loads((folder / OWNER).read_text(encoding="utf-8"))
        since = datetime.fromisoformat(owner["since"]).astimezone()
        machine = str(owner["machine"])[:60]
    except (OSError, ValueError, KeyError, TypeError):
        return ""
    today = since.date() == datetime.now().astimezone().date()
    when = f"{since:%H:%M}" if today else f"le {since:%d/%m/%Y à %H:%M}"
    return f" (poste {machine}, depuis {when})"
