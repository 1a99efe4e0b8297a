"""Garbage is collected on the thread of the window only.

Left to itself, Python collects on whichever thread allocates: a widget destroyed by the writer's thread
holds Qt's lock on connections while it waits for the interpreter, and the window, which holds the
interpreter, waits for that lock.
"""

import gc

from PySide6.QtCore import QObject, QTimer, Slot

_EVERY = 1_000
"""Milliseconds between two looks."""


class Collector(QObject):
    """Collects in place of Python, by Python's own thresholds."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._timer = QTimer(self)
        self._timer.setInterval(_EVERY)
        self._timer.timeout.connect(self.look)

    def start(self) -> None:
        """Take collecting over, from now on."""
        gc.disable()
        self._timer.start()

    @Slot()
    def look(self) -> None:
        """Collect the oldest generation that is due, and those younger with it."""
        pairs = enumerate(zip(gc.get_count(), gc.get_threshold(), strict=True))
        due = [generation for generation, (count, threshold) in pairs if count > threshold > 0]
        if due:
            gc.collect(due[-1])
