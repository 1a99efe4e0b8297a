"""How the fact of a point is established: boxes to tick, one per term of the vocabulary."""

from collections.abc import Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QCheckBox, QWidget

from ivaudit.domain.checklist import Term
from ivaudit.ui.audit.flow import Flow
from ivaudit.ui.controls import called


class MeansBox(Flow):
    """`chosen` carries the keys that are ticked."""

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        called(self, "means", "Comment le fait est établi")
        self._boxes: dict[str, QCheckBox] = {}

    @property
    def stops(self) -> Sequence[QWidget]:
        """Return its boxes, in order."""
        return tuple(self._boxes.values())

    def set_terms(self, terms: Sequence[Term]) -> None:
        """Take the words of the vocabulary, once."""
        if list(self._boxes) == [term.id for term in terms]:
            return
        for term in terms:
            box = called(QCheckBox(term.label), f"means_{term.id}", term.label)
            box.setToolTip(term.help)
            box.clicked.connect(self._on_clicked)
            self._boxes[term.id] = box
            self.add(box)

    def show_means(self, means: Sequence[str]) -> None:
        """Tick the keys that were recorded."""
        for key, box in self._boxes.items():
            box.setChecked(key in means)

    @Slot()
    def _on_clicked(self) -> None:
        self.chosen.emit([key for key, box in self._boxes.items() if box.isChecked()])
