"""The values that copies give one field: two side by side, more as a list beside the one that is read."""

from typing import NamedTuple

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedWidget

from ivaudit.app.merges import Disagreement
from ivaudit.domain.merging import Kept
from ivaudit.ui import import_preview
from ivaudit.ui.audit.phrases import bound
from ivaudit.ui.controls import label, say
from ivaudit.ui.digit_keys import digit_of
from ivaudit.ui.french import short_date
from ivaudit.ui.table import Column, Table

SIDES = ("À gauche", "À droite")
_LEAST = 120


class Value(NamedTuple):
    """One of several values, with the digit that keeps it."""

    digit: int
    author: str
    day: str
    said: str
    kept: Kept


class Settled(Table):
    """A table whose current row is settled by a digit: `chosen(int)`."""

    chosen = Signal(int)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Settle the current one."""
        digit = digit_of(event)
        if digit and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier and self.value() is not None:
            self.chosen.emit(digit)
            return
        super().keyPressEvent(event)


class ValuesView(QStackedWidget):
    """`chosen(int)` on a digit."""

    chosen = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("merge_detail")
        self.first = label("", "merge_first")
        self.last = label("", "merge_last")
        self.list = Settled("merge_values", "Valeurs à départager", _COLUMNS, flat=True)
        self.list.setMinimumHeight(_LEAST)
        self.list.setToolTip("Le chiffre de la première colonne garde la valeur de sa ligne")
        self.read = label("", "merge_value")
        self.addWidget(import_preview.beside((SIDES[0], self.first), (SIDES[1], self.last)))
        self.addWidget(import_preview.reading(self.list, ("La valeur choisie", self.read)))
        self.list.chosen.connect(self.chosen)
        self.list.current_value.connect(self._on_current)

    def show_values(self, shown: Disagreement) -> None:
        """Show the values of a field."""
        values = [_value(shown, at) for at in range(len(shown.values))]
        self.setCurrentIndex(0 if len(values) == len(SIDES) else 1)
        if len(values) == len(SIDES):
            say(self.first, _told(values[0]))
            say(self.last, _told(values[1]))
        else:
            self.list.values.show_values(values)
            self.list.choose(0)

    def kept(self) -> Kept | None:
        """Return the value chosen among several."""
        value = self.list.value()
        return None if value is None else value.kept

    @Slot(object)
    def _on_current(self, value: Value | None) -> None:
        say(self.read, "" if value is None else _told(value))


def _value(shown: Disagreement, at: int) -> Value:
    side = shown.conflict.sides[at]
    author, day = side.author or "Sans nom", short_date(side.at[:10])
    return Value(at + 1, author, day, shown.values[at], Kept(side.change))


def _told(value: Value) -> str:
    return bound(f"{value.author}, le {value.day} :\n{value.said}")


_COLUMNS = (
    Column(title="Touche", text=lambda each: str(each.digit) if each.digit <= 9 else "–", right=True),  # noqa: PLR2004
    Column(title="Qui", text=lambda each: each.author),
    Column(title="Le", text=lambda each: each.day, spare=True),
    Column(title="Valeur", text=lambda each: bound(" ".join(each.said.split())), stretch=True),
)
