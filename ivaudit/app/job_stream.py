"""Long works in a child process that give one row after the other, read as fast as they are taken."""

import json
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from typing import IO, Any

from ivaudit.app.jobs import POLL, Request, ask, close, command, environment, known, never
from ivaudit.domain.errors import BugError, Cancelled, TookTooLong


def stream(
    name: str, request: Request, *, cancelled: Callable[[], bool] = never, patience: float
) -> Iterator[Any]:
    """Do a work in a child process and return its rows one by one, as they are asked for.

    The child waits when nobody takes its rows: whatever it reads, the memory of both stays flat.

    Args:
        name: key of `jobs.STREAMS`.
        request: plain JSON; its `tempdir` is where the child puts its temporary files.
        cancelled: asked often whether to stop.
        patience: seconds without a row after which it is killed.

    Raises:
        Cancelled: somebody asked to stop; the child is killed.
        TookTooLong: no row came in time.
        KnownError: what the child says the user can act on.
        BugError: the child failed otherwise.
    """
    child = subprocess.Popen(  # noqa: S603 - this program itself
        command(name),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment(),
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )
    watch = _Watch(child, cancelled, patience)
    try:
        ask(child.stdin, request)
        yield from _rows(child.stdout, watch)
    finally:
        watch.stop()
        child.kill()
        child.wait()
        close(child)


class _Watch:
    """Kills a child that somebody wants to stop, or that says nothing for too long, while it is read."""

    def __init__(
        self, child: "subprocess.Popen[bytes]", cancelled: Callable[[], bool], patience: float
    ) -> None:
        self._child = child
        self._cancelled = cancelled
        self._patience = patience
        self._ended = threading.Event()
        self._until: float | None = None
        self.reason: Exception | None = None
        self._thread = threading.Thread(target=self._run, name="job-watch", daemon=True)
        self._thread.start()

    def expect(self, *, waiting: bool) -> None:
        """Say whether a row is waited for: the time that we take ourselves does not count."""
        self._until = time.monotonic() + self._patience if waiting else None

    def stop(self) -> None:
        """Watch no longer."""
        self._ended.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._ended.wait(POLL):
            late = self._until is not None and time.monotonic() > self._until
            if late or self._cancelled():
                self.reason = TookTooLong(self._patience) if late else Cancelled()
                self._child.kill()
                return


def _rows(stdout: IO[bytes] | None, watch: _Watch) -> Iterator[Any]:
    if stdout is None:
        raise BugError("the child has no output")
    while True:
        watch.expect(waiting=True)
        line = stdout.readline()
        watch.expect(waiting=False)
        if watch.reason is not None:
            raise watch.reason
        match json.loads(line) if line.endswith(b"\n") else None:
            case {"row": row}:
                yield row
            case {"result": _}:
                return
            case {"error": kind, "sentence": sentence}:
                raise known(kind)(sentence)
            case {"bug": where}:
                raise BugError(f"the child failed: {where}")
            case None:
                raise BugError("the child died without a word")
