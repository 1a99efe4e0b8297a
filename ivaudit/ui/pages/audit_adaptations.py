"""The local adaptations of the grids chosen for a new audit: proposed, ticked, in the order they apply."""

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from ivaudit.domain.adaptation import Adaptation
from ivaudit.ui import french, theme
from ivaudit.ui.controls import TickText, called, column_in, emptied, label


@dataclass(frozen=True, slots=True, kw_only=True)
class Offered:
    """An adaptation to choose, and what it says of itself."""

    adaptation: Adaptation
    lightened: int

    @property
    def text(self) -> str:
        """Return its line: what it is called, whose it is, whether it asks for less."""
        less = (
            f"  ·  allège {self.lightened} point{'s' if self.lightened > 1 else ''}" if self.lightened else ""
        )
        return f"{self.adaptation.title}  ·  {self.adaptation.author}{less}"


class AdaptationChoice(QWidget):
    """The boxes; hidden while no grid chosen has an adaptation. `changed()` when one is ticked."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        called(self, "new_adaptations", "Adaptations locales")
        self._offered: tuple[Offered, ...] = ()
        self._left: set[str] = set()
        self._taken: set[str] = set()
        self._numbers: tuple[str, ...] = ()
        self.boxes: dict[str, QCheckBox] = {}
        column = column_in(self)
        column.addWidget(label("Adaptations locales", "new_adaptations_title", "heading"))
        about = "Cochées, elles changent la grille de cet audit ; le rapport les imprime. Ordre : région, "
        column.addWidget(label(f"{about}groupement, structure.", "new_adaptations_about", "small"))
        self._list = QVBoxLayout()
        column.addLayout(self._list)
        self.hide()

    def offer(self, offered: Iterable[Offered]) -> None:
        """Take what may be chosen, in the order it applies."""
        self._offered = tuple(offered)
        self._left, self._taken = set(), set()
        emptied(self._list)
        self.boxes = {}
        self.hide()

    def show_for(self, checklists: Iterable[str], numbers: Iterable[str]) -> None:
        """Show the adaptations of these grids; those meant for other facilities are left unticked."""
        wanted, given = set(checklists), tuple(numbers)
        ids = [each.adaptation.id for each in self._offered if each.adaptation.checklist in wanted]
        if ids == list(self.boxes) and given == self._numbers:
            return
        self._numbers = given
        shown = [each for each in self._offered if each.adaptation.checklist in wanted]
        focused = next((key for key, box in self.boxes.items() if box.hasFocus()), "")
        emptied(self._list)
        self.boxes = {}
        for each in shown:
            self._add(each)
        self.setVisible(bool(shown))
        if focused in self.boxes:
            self.boxes[focused].setFocus()

    def chosen(self) -> tuple[str, ...]:
        """Return the ids of those that are ticked."""
        return tuple(key for key, box in self.boxes.items() if box.isChecked())

    def said(self) -> str:
        """Return how many are ticked and what they ask less of, to be read by the button that creates."""
        chosen = set(self.chosen())
        if not chosen:
            return ""
        less = sum(each.lightened for each in self._offered if each.adaptation.id in chosen)
        lightened = f", {french.count(less, 'point allégé', 'points allégés')}" if less else ""
        return f" · {french.count(len(chosen), 'adaptation locale', 'adaptations locales')}{lightened}"

    def _add(self, each: Offered) -> None:
        key = each.adaptation.id
        box = called(QCheckBox(), f"new_adaptation_{key}", each.text)
        box.setAccessibleDescription(each.adaptation.reason)
        meant = each.adaptation.concerns(self._numbers)
        box.setChecked(key in self._taken or (meant and key not in self._left))
        box.toggled.connect(self._on_ticked)
        words = called(TickText(each.text, box), f"new_adaptation_text_{key}", each.text)
        words.setMinimumHeight(theme.TARGET)
        beside = QVBoxLayout()
        beside.setSpacing(0)
        beside.addWidget(words)
        beside.addWidget(label(each.adaptation.reason, f"new_adaptation_reason_{key}", "small"))
        line = QHBoxLayout()
        line.addWidget(box, 0, Qt.AlignmentFlag.AlignTop)
        line.addLayout(beside, 1)
        self._list.addLayout(line)
        self.boxes[key] = box

    @Slot()
    def _on_ticked(self) -> None:
        """Remember what the person decided, whatever grid is ticked or cleared next."""
        for key, box in self.boxes.items():
            (self._taken if box.isChecked() else self._left).add(key)
            (self._left if box.isChecked() else self._taken).discard(key)
        self.changed.emit()
