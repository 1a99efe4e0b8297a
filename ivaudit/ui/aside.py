"""Long work on an open workspace: beside its gestures, with progress and an end; locking waits for it."""

import threading
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Signal

from ivaudit.domain.errors import Cancelled, KnownError
from ivaudit.domain.progress import Progress
from ivaudit.ui.writer import Writer


class Aside(QObject):
    """One work at a time, through connections of its own; `progressed(done, total, label)`, `ended()`."""

    progressed = Signal(int, int, str)
    ended = Signal()

    def __init__(self, writer: Writer, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._writer = writer
        self._stop = threading.Event()
        self.running = False

    def start(
        self,
        work: Callable[[Progress], object],
        *,
        done: Callable[[Any], None],
        failed: Callable[[KnownError], None],
        cancelled: Callable[[], None] | None = None,
    ) -> None:
        """Run a work; nothing is told once the widgets of those who asked are gone.

        Args:
            work: uses neither a widget nor the connection of the session.
            done: told its result, on the thread of the window.
            failed: told why it failed.
            cancelled: told that it was stopped.
        """
        self._stop.clear()
        self.running = True

        def told(result: object) -> None:
            self._end()
            if result is not _STOPPED:
                done(result)
            elif cancelled is not None:
                cancelled()

        def refused(error: KnownError) -> None:
            self._end()
            failed(error)

        self._writer.run_aside(lambda: self._run(work), done=told, failed=refused)

    def cancel(self) -> None:
        """Ask it to stop at its next step."""
        self._stop.set()

    def _run(self, work: Callable[[Progress], object]) -> object:
        try:
            return work(self._progress)
        except Cancelled:
            return _STOPPED

    def _progress(self, done: int, total: int, label: str) -> None:
        if self._stop.is_set():
            raise Cancelled
        try:
            self.progressed.emit(done, total, label)
        except RuntimeError:  # its window is gone: there is nobody left to wait
            raise Cancelled from None

    def _end(self) -> None:
        self.running = False
        try:
            self.ended.emit()
        except RuntimeError:
            self._stop.set()


_STOPPED = object()
