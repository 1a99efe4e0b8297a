"""The table of the register: columns as wide as their usual texts; nothing is measured at each key."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent

from ivaudit.ui import theme
from ivaudit.ui.anomalies.columns import Words, columns, sortings
from ivaudit.ui.anomalies.lines_model import LinesModel
from ivaudit.ui.digit_keys import digit_of
from ivaudit.ui.table import Table

_USUAL = (
    "26-K7Q-00042",
    "21/11/2026",
    "",
    "En correction",
    "sans atteinte (pot. 4)",
    "21/11/2026 — en retard",
    "Médecine polyvalente",
    "Dossier patient",
    "EHPAD Les Tilleuls",
)
"""A text of each column that should be read whole."""
_MARGINS = 24


class LinesTable(Table):
    """Lines of the register; `digit_pressed(n)` for a digit of the top row or of the keypad."""

    digit_pressed = Signal(int)

    LEAST, CAP = 190, 132

    def __init__(self, words: Callable[[], Words]) -> None:
        shown = columns(words)
        self.lines = LinesModel(shown, sortings(words))
        super().__init__("anomalies_list", "Registre des anomalies", shown, flat=True, model=self.lines)
        self.lines.setParent(self)

    def sizeHintForColumn(self, column: int) -> int:
        """Return the width of the usual text of a column."""
        return self.fontMetrics().horizontalAdvance(_USUAL[column]) + theme.current().px(_MARGINS)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take digits; leave letters to shortcuts instead of looking for rows that begin with them."""
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        digit = (
            digit_of(event)
            if held in {Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier}
            else None
        )
        if digit:
            self.digit_pressed.emit(digit)
        elif event.text().isalnum():
            event.ignore()
        else:
            super().keyPressEvent(event)
