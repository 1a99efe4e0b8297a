"""Watches over an open workspace: sleep, idleness, rest, and input while too many commands wait."""

import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer, Signal, Slot
from PySide6.QtGui import QGuiApplication, QWindow

TICK = 5
"""Seconds between two looks at the clocks: slow enough for a battery, soon enough after a sleep."""
ASLEEP = 30
"""A look that late, in seconds, means that the machine slept: where the steady clock counts sleep."""
JUMP = 10
"""Seconds that the clock on the wall gains on the steady one when the machine slept: where it does not."""
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
    """Tells when to lock, and when nobody types; filters native windows only: widgets pay nothing.

    Args:
        wall: the clock people read, which may be set, and which goes on during sleep.
        steady: the one that is never set; it measures idleness.
        parent: its owner.
    """

    lock_asked = Signal()
    quiet = Signal()

    def __init__(
        self,
        wall: Callable[[], float] = time.time,
        steady: Callable[[], float] = time.monotonic,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._wall, self._steady = wall, steady
        self._seen_wall, self._seen = wall(), steady()
        self._touched = self._seen
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
        self._look()
        self._touched = self._seen
        self._timer.start()
        self._quiet.start()
        self.follow(window)
        application = QGuiApplication.instance()
        if isinstance(application, QGuiApplication):
            application.focusWindowChanged.connect(self.follow)

    @Slot(QWindow)
    def follow(self, window: QWindow | None) -> None:
        """Watch the window that takes the keys too: a presentation, a file that is chosen."""
        if window is not None and self._timer.isActive():
            window.installEventFilter(self)

    def stop(self) -> None:
        """Watch no more."""
        self._timer.stop()
        self._quiet.stop()
        self._paused = False

    @Slot()
    def tick(self) -> None:
        """Look at the clocks."""
        slept = self._look()
        idle = self.lock_after > 0 and self._seen - self._touched > self.lock_after * 60
        if slept or idle:
            self._touched = self._seen
            self.lock_asked.emit()

    @Slot(bool)
    def pause(self, paused: bool) -> None:
        """Hold keys and clicks back while too many commands wait."""
        self._paused = paused

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Note that someone is there; swallow input while paused, and the first key after a sleep."""
        del watched
        if event.type() not in _TYPED:
            return False
        if self._timer.isActive() and self._look():
            self.lock_asked.emit()
            return True
        self._touched = self._seen
        self._quiet.start()
        return self._paused

    def _look(self) -> bool:
        """Look at both clocks; tell whether the machine slept since the last look."""
        wall, steady = self._wall(), self._steady()
        passed, gained = steady - self._seen, (wall - self._seen_wall) - (steady - self._seen)
        self._seen_wall, self._seen = wall, steady
        return passed > ASLEEP or gained > JUMP
