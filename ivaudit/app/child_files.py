"""Files that a child process writes or reads, with a folder of their own meanwhile.

The folder is inside the workspace as long as one is open (`Workspace` says so to `tempfile`), in that of the
system otherwise: what is printed or read without a workspace is published content.
"""

import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from ivaudit.app import jobs, placing
from ivaudit.domain.progress import Progress, silent

_PREFIX = "ivaudit-"


def written(
    job: str,
    request: Mapping[str, Any],
    path: Path,
    *,
    payload: bytes = b"",
    work: Path | None = None,
    progress: Progress = silent,
    cancelled: Callable[[], bool] = jobs.never,
) -> Path:
    """Let a child write a file, and put it where it was asked, whole or not at all.

    Args:
        job: what the child does, by its name in `jobs`; it writes to the `target` of its request.
        request: what it is told, as plain JSON.
        path: where the file is to be.
        payload: bytes that are never a file on the way: they go through the pipe.
        work: the folder of the workspace for what is made meanwhile, for a work that may outlast its session.
        progress: told of the steps.
        cancelled: asked often whether to stop.

    Raises:
        Cancelled: somebody asked to stop; nothing is written.
        CannotWriteExport: the place refuses the file.
    """
    with tempfile.TemporaryDirectory(prefix=_PREFIX, dir=work, ignore_cleanup_errors=True) as folder:
        made = Path(folder) / "fichier"
        asked = {**request, "tempdir": folder, "target": str(made)}
        jobs.run(job, asked, payload=payload, progress=progress, cancelled=cancelled)
        return placing.put(made, path)


def read(
    job: str,
    path: Path,
    request: Mapping[str, Any] | None = None,
    *,
    cancelled: Callable[[], bool] = jobs.never,
    timeout: float = jobs.READING,
) -> dict[str, Any]:
    """Let a child read a file, and return what it found; nothing is recorded.

    Args:
        job: what the child does, by its name in `jobs`; it reads the `path` of its request.
        path: the file.
        request: what it is told besides, as plain JSON.
        cancelled: asked often whether to stop.
        timeout: how long it may take, in seconds.

    Raises:
        UnreadableFile: it is not such a file, or not one that can be read safely.
        TookTooLong: reading it takes longer.
        Cancelled: somebody asked to stop.
    """
    with tempfile.TemporaryDirectory(prefix=_PREFIX, ignore_cleanup_errors=True) as folder:
        asked = {**(request or {}), "tempdir": folder, "path": str(path.absolute())}
        return jobs.run(job, asked, cancelled=cancelled, timeout=timeout)
