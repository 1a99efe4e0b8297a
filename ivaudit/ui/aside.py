"""Long work on an open workspace: beside its gestures or as one, with progress and an end; locking waits."""

import threading
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from ivaudit.domain.errors import Cancelled, KnownError
from ivaudit.domain.progress import Progress
from ivaudit.ui.writer import Writer

if TYPE_CHECKING:
    from ivaudit.app.session import Session

LOOK = 50
"""Milliseconds between two looks at how far a work has come."""


class _Course:
    """How far a work has come and whether to stop: all that its thread and the window share, no Qt in it.

    A thread that held an object of Qt could be the last to let go of it, and destroy it there.
    """

    def __init__(self) -> None:
        self.stop = threading.Event()
        self.reached: tuple[int, int, str] | None = None

    def progress(self, done: int, total: int, label: str) -> None:
        """Take how far the work has come; stop it when asked to."""
        if self.stop.is_set():
            raise Cancelled
        self.reached = (done, total, label)


class Aside(QObject):
    """One work at a time, through connections of its own; `progressed(done, total, label)`."""

    progressed = Signal(int, int, str)

    def __init__(self, writer: Writer, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._writer = writer
        self._course = _Course()
        self.running = False
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK)
        self._timer.timeout.connect(self._tell)

    def start(
        self,
        work: Callable[[Progress], object],
        *,
        done: Callable[[Any], None],
        failed: Callable[[KnownError], None],
        cancelled: Callable[[], None] | None = None,
    ) -> None:
        """Run a work; nothing is told once this object is gone.

        Args:
            work: holds neither a widget nor the connection of the session.
            done: told its result, on the thread of the window.
            failed: told why it failed.
            cancelled: told that it was stopped.
        """
        course = self._begin(done, failed, cancelled)
        self._writer.run_aside(partial(_run, work, course), done=self._on_done, failed=self._on_failed)

    def start_gesture(
        self,
        work: "Callable[[Session, Progress], object]",
        *,
        done: Callable[[Any], None],
        failed: Callable[[KnownError], None],
        cancelled: Callable[[], None] | None = None,
    ) -> None:
        """Run a work that writes, on the thread of the session: other gestures wait for its end.

        Args:
            work: undoes what it began when its progress raises `Cancelled`.
            done: as for `start`.
            failed: as for `start`.
            cancelled: as for `start`.
        """
        course = self._begin(done, failed, cancelled)
        self._writer.submit(partial(_run_gesture, work, course), done=self._on_done, failed=self._on_failed)

    def cancel(self) -> None:
        """Ask it to stop at its next step."""
        self._course.stop.set()

    def _begin(
        self,
        done: Callable[[Any], None],
        failed: Callable[[KnownError], None],
        cancelled: Callable[[], None] | None,
    ) -> _Course:
        self._course = _Course()
        self.running = True
        self._timer.start()
        self._done, self._failed, self._cancelled = done, failed, cancelled
        return self._course

    def _on_done(self, result: object) -> None:
        self._end()
        if result is not _STOPPED:
            self._done(result)
        elif self._cancelled is not None:
            self._cancelled()

    def _on_failed(self, error: KnownError) -> None:
        self._end()
        self._failed(error)

    @Slot()
    def _tell(self) -> None:
        reached, self._course.reached = self._course.reached, None
        if reached is not None:
            self.progressed.emit(*reached)

    def _end(self) -> None:
        self.running = False
        self._timer.stop()
        self._tell()


def _run(work: Callable[[Progress], object], course: _Course) -> object:
    try:
        return work(course.progress)
    except Cancelled:
        return _STOPPED


def _run_gesture(
    work: "Callable[[Session, Progress], object]", course: _Course, session: "Session"
) -> object:
    return _run(partial(work, session), course)


_STOPPED = object()
