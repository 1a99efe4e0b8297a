"""Gestures on points that are not on disk yet, and those of them that are late."""

import time
from collections.abc import Set as AbstractSet

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from ivaudit.ui.writer import LATE


class Lateness(QObject):
    """Counts gestures out and back; `changed` carries the criteria that became late or are no more."""

    changed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.late: frozenset[str] = frozenset()
        self._pending: dict[str, list[float]] = {}
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._on_due)

    def is_pending(self, criterion: str) -> bool:
        """Tell whether a gesture on a criterion has not come back yet."""
        return criterion in self._pending

    def went(self, criterion: str) -> None:
        """Count a gesture on a criterion that was submitted."""
        self._pending.setdefault(criterion, []).append(time.monotonic())
        if not self._timer.isActive():
            self._timer.start(LATE)

    def came(self, criterion: str) -> None:
        """Count a gesture that came back, on a criterion or on none."""
        waiting = self._pending.get(criterion)
        if waiting:
            waiting.pop(0)
            if not waiting:
                del self._pending[criterion]
        self._tell(self.late & self._pending.keys())

    @Slot()
    def _on_due(self) -> None:
        limit = time.monotonic() - LATE / 1000
        self._tell(frozenset(key for key, since in self._pending.items() if since[0] <= limit))
        if self._pending.keys() - self.late:
            self._timer.start(LATE // 4)

    def _tell(self, late: AbstractSet[str]) -> None:
        moved = frozenset(late) ^ self.late
        self.late = frozenset(late)
        if moved:
            self.changed.emit(tuple(moved))
