"""What was asked and is not on disk yet, and what is late."""

import time
from collections.abc import Hashable

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from ivaudit.ui.writer import LATE


class Lateness(QObject):
    """Gestures by what they are on. `moved` carries the keys that became late, or are late no more."""

    moved = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pending: dict[Hashable, list[float]] = {}
        self.late: frozenset[Hashable] = frozenset()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._on_late)

    def waits(self, key: Hashable) -> bool:
        """Tell whether a gesture has not come back yet."""
        return key in self._pending

    def begin(self, key: Hashable) -> None:
        """Note that a gesture was asked."""
        self._pending.setdefault(key, []).append(time.monotonic())
        if not self._timer.isActive():
            self._timer.start(LATE)

    def end(self, key: Hashable) -> None:
        """Note that a gesture came back."""
        waiting = self._pending.get(key)
        if waiting:
            waiting.pop(0)
            if not waiting:
                del self._pending[key]
        self._tell(self.late & self._pending.keys())

    @Slot()
    def _on_late(self) -> None:
        limit = time.monotonic() - LATE / 1000
        self._tell(frozenset(key for key, since in self._pending.items() if since[0] <= limit))
        if self._pending.keys() - self.late:
            self._timer.start(LATE // 4)

    def _tell(self, late: frozenset[Hashable]) -> None:
        moved = late ^ self.late
        self.late = late
        if moved:
            self.moved.emit(tuple(moved))
