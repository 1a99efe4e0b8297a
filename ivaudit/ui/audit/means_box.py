"""How a fact was established: a box to tick for each way."""

from collections.abc import Collection, Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QCheckBox, QWidget

from ivaudit.domain.checklist import Term
from ivaudit.ui.audit.flow import Flow
from ivaudit.ui.controls import called


class MeansBox(Flow):
    """The boxes. `changed` carries the keys ticked, in order."""

    changed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        called(self, "means", "Comment le fait est établi")
        self.boxes: dict[str, QCheckBox] = {}

    def set_terms(self, terms: Sequence[Term]) -> None:
        """Offer the ways of a vocabulary, once."""
        if list(self.boxes) == [term.id for term in terms]:
            return
        for term in terms:
            box = called(QCheckBox(term.label), f"means_{term.id}", term.label)
            box.setToolTip(term.help)
            box.clicked.connect(self._on_clicked)
            self.boxes[term.id] = box
            self.add(box)

    def tick(self, keys: Collection[str]) -> None:
        """Show which ways are recorded."""
        for key, box in self.boxes.items():
            box.setChecked(key in keys)

    @Slot()
    def _on_clicked(self) -> None:
        self.changed.emit([key for key, box in self.boxes.items() if box.isChecked()])
