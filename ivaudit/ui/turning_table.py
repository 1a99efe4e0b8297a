"""A table of things to take or to leave, one by one."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent

from ivaudit.ui.table import Table


class TurningTable(Table):
    """`turned(row)` on Space, to take the current row or leave it."""

    turned = Signal(object)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Turn the choice of the current row on Space."""
        if event.key() == Qt.Key.Key_Space and self.value() is not None:
            self.turned.emit(self.value())
            return
        super().keyPressEvent(event)
