"""What is read once beside the window, when somebody first wants it, and told when it is there."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from ivaudit.domain.progress import Progress
from ivaudit.ui.job import Job

_PAUSE = 150


class ReadOnce(QObject):
    """`value`, nothing until it is read; `changed()` when what was wanted is there, or is there anew.

    What cannot be read is not there: whoever shows the library says what is wrong with it.
    """

    changed = Signal()

    def __init__(self, read: Callable[[], object], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._read = read
        self._job: Job | None = None
        self._again = False
        self.value: Any = None
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(_PAUSE)  # what is on its way to the screen goes first
        self._later.timeout.connect(self._start)

    def want(self) -> None:
        """Read it, unless it is read or being read."""
        if self.value is None and self._job is None and not self._later.isActive():
            self._later.start()

    def forget(self) -> None:
        """Read it again if it was read: it changed."""
        if self._job is not None:
            self._again = True
        elif self.value is not None:
            self._start()

    @Slot()
    def _start(self) -> None:
        self._job = Job(self)
        self._job.done.connect(self._on_done)
        self._job.failed.connect(self._on_failed)
        self._job.start(_without_progress(self._read))

    @Slot(object)
    def _on_done(self, value: object) -> None:
        self._job = None
        if self._again:
            self._again = False
            self._start()
            return
        self.value = value
        self.changed.emit()

    @Slot(object)
    def _on_failed(self, _error: Exception) -> None:
        self._job = None
        if self._again:
            self._again = False
            self._start()


def _without_progress(read: Callable[[], object]) -> Callable[[Progress], object]:
    def work(_progress: Progress) -> object:
        return read()

    return work
