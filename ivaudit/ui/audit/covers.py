"""What is shown in the place of the point: one over the other, the last on top."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget


class Covers(QObject):
    """Widgets over another one in a column. `uncovered` carries the one taken off, `changed` says so too."""

    uncovered = Signal(object)
    changed = Signal()

    def __init__(self, column: QVBoxLayout, under: QWidget, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._column = column
        self._under = under
        self._over: list[QWidget] = []

    def __bool__(self) -> bool:
        """Tell whether something covers the point."""
        return bool(self._over)

    def cover(self, other: QWidget | None) -> None:
        """Show something else in the place of the point; nothing takes off what was put last."""
        if other is None and self._over:
            self.uncover(self._over[-1])
        elif other is not None:
            if other in self._over:
                self._over.remove(other)
            if self._column.indexOf(other) < 0:
                self._column.insertWidget(0, other, 1)
            self._over.append(other)
        self._show_top()

    def uncover(self, other: QWidget) -> None:
        """Take off something shown in the place of the point."""
        if other in self._over:
            self._over.remove(other)
            other.hide()
            self._show_top()
            self.uncovered.emit(other)

    def uncover_all(self) -> None:
        """Show the point."""
        while self._over:
            self.uncover(self._over[-1])

    def _show_top(self) -> None:
        for each in self._over:
            each.setVisible(each is self._over[-1])
        self._under.setVisible(not self._over)
        self.changed.emit()
