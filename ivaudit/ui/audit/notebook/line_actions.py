"""What can be done to a line of the notebook beside the keys: the same gestures as buttons."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from ivaudit.ui.audit.flow import Flow
from ivaudit.ui.audit.notebook.lines_view import LinesView
from ivaudit.ui.controls import button, called
from ivaudit.ui.theme import Space


class LineActions(Flow):
    """Buttons on the current line of a list, after `first`; alone, they hide where there is no line."""

    def __init__(self, name: str, lines: LinesView, first: QWidget | None = None) -> None:
        super().__init__(spacing=Space.TINY)
        called(self, f"{name}_actions", "Actions sur la ligne")
        self._acted = lines
        self._alone = first is None
        self.attach = button("Rattacher (A)", f"{name}_attach", "quiet", "Rattacher au point, touche A")
        self.detach = button("Détacher (0)", f"{name}_detach", "quiet", "Détacher du point, touche 0")
        self.edit = button("Modifier (F2)", f"{name}_edit", "quiet", "Modifier la ligne, touche F2")
        self.remove = button("Retirer", f"{name}_remove", "quiet", "Retirer la ligne, touche Suppr")
        if first is not None:
            self.add(first)
        for part in (self.attach, self.detach, self.edit, self.remove):
            self.add(part)
        self.attach.clicked.connect(self._on_attach)
        self.detach.clicked.connect(self._on_detach)
        self.edit.clicked.connect(lines.edit_current)
        self.remove.clicked.connect(self._on_remove)
        lines.selectionModel().currentChanged.connect(self.show_current)
        lines.lines.modelReset.connect(self.show_current)
        self.show_current()

    @Slot()
    def show_current(self) -> None:
        """Offer what the current line allows."""
        index = self._acted.currentIndex()
        line = self._acted.lines.shown[index.row()].line if index.isValid() else None
        self.attach.setEnabled(line is not None)
        self.detach.setEnabled(line is not None and bool(line.criteria))
        self.edit.setEnabled(line is not None)
        self.remove.setEnabled(line is not None)
        if self._alone:
            self.setVisible(bool(self._acted.lines.shown))

    @Slot()
    def _on_attach(self) -> None:
        self._acted.attach_wanted.emit(self._acted.current())

    @Slot()
    def _on_detach(self) -> None:
        self._acted.detach_wanted.emit(self._acted.current())

    @Slot()
    def _on_remove(self) -> None:
        self._acted.removed.emit(self._acted.current())
