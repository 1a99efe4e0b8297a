"""Watches over an open workspace: sleep, idleness, rest, and input while too many commands wait."""

import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer, Signal, Slot
from PySide6.QtGui import QWindow

TICK = 30
"""Seconds between two looks at the clock: slow enough for a battery."""
ASLEEP = 3 * TICK
"""A gap longer than that many seconds means the machine slept."""
QUIET = 5_000
"""Milliseconds without a key or a click after which what can wait is done."""

_TYPED = {
    QEvent.Type.KeyPress,
    QEvent.Type.KeyRelease,
    QEvent.Type.MouseButtonPress,
    QEvent.Type.MouseButtonRelease,
    QEvent.Type.MouseButtonDblClick,
    QEvent.Type.TouchBegin,
    QEvent.Type.Wheel,
}


class Watch(QObject):
    """Tells when to lock, and when nobody types; filters the native window only: widgets pay nothing."""

    lock_asked = Signal()
    quiet = Signal()

    def __init__(self, clock: Callable[[], float] = time.time, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._clock = clock
        self._ticked = self._touched = clock()
        self.lock_after = 0
        self._paused = False
        self._timer = QTimer(self)
        self._timer.setInterval(TICK * 1000)
        self._timer.timeout.connect(self.tick)
        self._quiet = QTimer(self)
        self._quiet.setSingleShot(True)
        self._quiet.setInterval(QUIET)
        self._quiet.timeout.connect(self.quiet)

    def start(self, window: QWindow | None) -> None:
        """Watch from now on."""
        self._ticked = self._touched = self._clock()
        self._timer.start()
        self._quiet.start()
        if window is not None:
            window.installEventFilter(self)

    def stop(self) -> None:
        """Watch no more."""
        self._timer.stop()
        self._quiet.stop()
        self._paused = False

    @Slot()
    def tick(self) -> None:
        """Look at the clock."""
        now = self._clock()
        asleep = now - self._ticked > ASLEEP
        idle = self.lock_after > 0 and now - self._touched > self.lock_after * 60
        self._ticked = now
        if asleep or idle:
            self._touched = now
            self.lock_asked.emit()

    @Slot(bool)
    def pause(self, paused: bool) -> None:
        """Hold keys and clicks back while too many commands wait."""
        self._paused = paused

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Note that someone is there; swallow input while paused."""
        del watched
        if event.type() not in _TYPED:
            return False
        self._touched = self._clock()
        self._quiet.start()
        return self._paused
