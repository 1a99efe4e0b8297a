"""Which subject the grid shows, where there are several."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from ivaudit.domain.audit import STRUCTURE
from ivaudit.domain.subjects import Subject
from ivaudit.ui.controls import Combo, button, called, column_in, label, row
from ivaudit.ui.theme import Space

WHOLE = "Toute la structure"


class SubjectCombo(Combo):
    """The list: arrows change the subject at once; Entrée, Échap or a choice by mouse give the keys back."""

    left = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave by Entrée or Échap."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape}:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def hidePopup(self) -> None:
        """Leave once chosen from the open list."""
        super().hidePopup()
        self.left.emit()


class SubjectBar(QWidget):
    """A list to choose from. `chosen` carries the id of a subject, `left` gives the keys back."""

    chosen = Signal(str)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        called(self, "subject_bar", "Sujet des réponses")
        self.caption = label("Sujet (Ctrl+U)", "subject_caption", "muted", wrap=False)
        self.choice = SubjectCombo("subject_choice", "Sujet des réponses, Ctrl+U")
        self.matrix = button("Côte à côte (M)", "subject_matrix", "quiet", "Sujets côte à côte, touche M")
        self.caption.setBuddy(self.choice)
        line = row(self.caption, self.choice, self.matrix, spacing=Space.SMALL)
        line.setStretch(1, 1)
        column_in(self).addLayout(line)
        self.choice.activated.connect(self._on_chosen)
        self.choice.left.connect(self.left)
        self.hide()

    def show_subjects(self, subjects: Sequence[Subject], current: str) -> None:
        """Offer the subjects, and show which is the current one; nothing to choose hides it all."""
        self.choice.clear()
        self.choice.addItem(WHOLE, STRUCTURE)
        for each in subjects:
            self.choice.addItem(each.label, each.id)
            self.choice.setItemData(self.choice.count() - 1, each.kind.value, Qt.ItemDataRole.ToolTipRole)
        self.show_current(current)
        self.setVisible(bool(subjects))

    def show_current(self, current: str) -> None:
        """Show which subject is the current one."""
        self.choice.setCurrentIndex(max(0, self.choice.findData(current)))

    def open(self) -> None:
        """Let a subject be chosen by the arrows, then Entrée."""
        self.choice.setFocus(Qt.FocusReason.ShortcutFocusReason)

    @Slot(int)
    def _on_chosen(self, at: int) -> None:
        self.chosen.emit(str(self.choice.itemData(at)))
