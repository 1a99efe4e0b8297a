"""Long works in a child process that give one row after the other, taken at one's own pace.

A thread keeps some megabytes ahead, so that the child works while its rows are used; then the child waits:
whatever it reads, the memory of both stays flat.
"""

import json
import queue
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from typing import IO, Any

from ivaudit.app.jobs import POLL, Request, ask, close, command, environment, known, never
from ivaudit.domain.errors import BugError, Cancelled, TookTooLong

_CHUNK = 64 * 1024
_AHEAD = 64


def stream(
    name: str, request: Request, *, cancelled: Callable[[], bool] = never, patience: float
) -> Iterator[Any]:
    """Do a work in a child process and return its rows one by one, as they are asked for.

    Args:
        name: key of `jobs.STREAMS`.
        request: plain JSON; its `tempdir` is where the child puts its temporary files.
        cancelled: asked often whether to stop.
        patience: seconds without anything from the child after which it is killed.

    Raises:
        Cancelled: somebody asked to stop; the child is killed.
        TookTooLong: nothing came in time.
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
    pump = _Pump(child.stdout)
    try:
        ask(child.stdin, request)
        yield from _rows(pump.lines(cancelled, patience))
    finally:
        child.kill()
        child.wait()
        pump.end()
        close(child)


class _Pump:
    """Takes what a child says, some megabytes ahead and no more."""

    def __init__(self, stdout: IO[bytes] | None) -> None:
        self._chunks: queue.Queue[bytes] = queue.Queue(_AHEAD)
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._run, args=(stdout,), name="job-stream", daemon=True)
        self._thread.start()

    def lines(self, cancelled: Callable[[], bool], patience: float) -> Iterator[bytes]:
        """Return lines with their end, until the child says nothing more."""
        left = b""
        while chunk := self._next(cancelled, patience):
            *whole, left = (left + chunk).split(b"\n")
            yield from whole

    def end(self) -> None:
        """Take nothing any more; the child is dead."""
        self._ended.set()
        self._thread.join()

    def _next(self, cancelled: Callable[[], bool], patience: float) -> bytes:
        until = time.monotonic() + patience
        while True:
            if cancelled():
                raise Cancelled
            try:
                return self._chunks.get(timeout=POLL)
            except queue.Empty:
                if time.monotonic() > until:
                    raise TookTooLong(patience) from None

    def _run(self, stdout: IO[bytes] | None) -> None:
        while not self._ended.is_set():
            chunk = stdout.read1(_CHUNK) if stdout is not None else b""  # type: ignore[attr-defined]
            while not self._ended.is_set():
                try:
                    self._chunks.put(chunk, timeout=POLL)
                    break
                except queue.Full:
                    continue
            if not chunk:
                return


def _rows(lines: Iterator[bytes]) -> Iterator[Any]:
    for line in lines:
        match json.loads(line):
            case {"row": row}:
                yield row
            case {"result": _}:
                return
            case {"error": kind, "sentence": sentence}:
                raise known(kind)(sentence)
            case {"bug": where}:
                raise BugError(f"the child failed: {where}")
    raise BugError("the child died without a word")
