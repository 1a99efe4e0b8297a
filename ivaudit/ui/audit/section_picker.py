"""The parts of the walk as a drop-down, where there is no room for the tree."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from ivaudit.ui.audit.rows import Group
from ivaudit.ui.audit.section_tree import SectionModel
from ivaudit.ui.controls import Combo


class SectionPicker(Combo):
    """Lists the parts of a model with their counts; `activated` carries the position of one."""

    def __init__(self, model: SectionModel, parent: QWidget | None = None) -> None:
        super().__init__("section_picker", "Aller à une section", parent)
        self._model = model

    def refresh(self) -> None:
        """Follow the titles and the counts, keeping the current part."""
        titles = self._model.titles()
        if self.count() != len(titles):
            self.clear()
            self.addItems([text for text, _, _ in titles])
        for at, (text, _, _) in enumerate(titles):
            if self.itemText(at) != text:
                self.setItemText(at, text)

    def show_row(self, groups: Sequence[Group], row: int) -> None:
        """Show the part that has a row of the grid."""
        found = (at for at, group in enumerate(groups) if group.leaf and row in group.rows)
        at = next(found, -1)
        if 0 <= at < self.count():
            self.setCurrentIndex(at)
