"""Work beside the window: one thread for its life, progress and an end told on the thread of the window."""

import threading
from collections.abc import Callable
from typing import TypeAlias

from PySide6.QtCore import QObject, Signal

from ivaudit.domain.errors import Cancelled
from ivaudit.domain.progress import Progress

Work: TypeAlias = Callable[[Progress], object]


class Job(QObject):
    """Runs a plain function that takes a progress; the function holds no Qt object.

    `done` carries its result, `failed` its exception, `cancelled` nothing, `progressed(done, total, label)`.
    """

    done = Signal(object)
    failed = Signal(object)
    cancelled = Signal()
    progressed = Signal(int, int, str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None

    @property
    def running(self) -> bool:
        """Tell whether it has not ended yet."""
        return self._thread is not None and self._thread.is_alive()

    def start(self, work: Work) -> None:
        """Run the work; a job runs once."""
        self._thread = threading.Thread(target=self._run, args=(work,), name="ivaudit-job", daemon=True)
        self._thread.start()

    def cancel(self) -> None:
        """Ask it to stop at its next step."""
        self._stop.set()

    def stopping(self) -> bool:
        """Tell whether it was asked to stop; safe from any thread."""
        return self._stop.is_set()

    def wait(self, seconds: float) -> bool:
        """Wait for its end; tell whether it came."""
        if self._thread is not None:
            self._thread.join(seconds)
        return not self.running

    def _progress(self, done: int, total: int, label: str) -> None:
        if self._stop.is_set():
            raise Cancelled
        self.progressed.emit(done, total, label)

    def _run(self, work: Work) -> None:
        try:
            result = work(self._progress)
        except Cancelled:
            self._tell(self.cancelled.emit)
        except Exception as error:  # noqa: BLE001 - delivered, whatever it is
            self._tell(self.failed.emit, error)
        else:
            self._tell(self.done.emit, result)

    def _tell(self, emit: Callable[..., None], *values: object) -> None:
        # The window may be gone: there is nobody left to tell.
        try:
            emit(*values)
        except RuntimeError:
            self._stop.set()
