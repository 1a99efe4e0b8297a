"""A field filled by typing a few letters: what they propose stands under it, and Tab takes the first."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPoint, QStringListModel, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QFocusEvent, QHideEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QListView, QWidget

from ivaudit.domain.forms import Choice, FormField
from ivaudit.domain.tone import Tone
from ivaudit.domain.wording import folded
from ivaudit.ui import theme
from ivaudit.ui.controls import Line, called, label, say
from ivaudit.ui.form_fields import FieldEditor

MOST = 8
"""Proposals seen at once; typing one more letter is quicker than scrolling."""


class SearchLine(Line):
    """A line with proposals under it: ↓ ↑ go through them, Entrée and Tab take one, Échap gives up.

    `taken(int)` tells which choice was taken, by its rank; with `free`, a text that is no choice stays as it
    is, and a proposal is taken only once ↓ went to it.
    """

    taken = Signal(int)
    left = Signal()

    def __init__(self, name: str, accessible: str, choices: Sequence[Choice], *, free: bool = False) -> None:
        super().__init__(name, accessible)
        self._free = free
        self._texts: list[str] = []
        self._ranks: list[int] = []
        self.list = called(QListView(), f"{name}_proposals", f"Propositions : {accessible}")
        self._model = QStringListModel(self.list)
        self.list.setModel(self._model)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setFrameShape(QFrame.Shape.StyledPanel)
        self.list.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.list.setUniformItemSizes(True)
        self.list.hide()
        self.list.clicked.connect(self._on_clicked)
        self.textEdited.connect(self._propose)
        self.destroyed.connect(self.list.deleteLater)
        self.set_choices(choices)

    def set_choices(self, choices: Sequence[Choice]) -> None:
        """Take other choices."""
        self.choices = tuple(choices)
        self._texts = [folded(f"{each.id} {each.label}") for each in self.choices]

    @property
    def proposing(self) -> bool:
        """Tell whether proposals are shown."""
        return self.list.isVisible()

    def found(self) -> list[int]:
        """Return the ranks of what the letters propose, the closest first."""
        words = folded(self.text()).split()
        kept = [rank for rank, text in enumerate(self._texts) if all(word in text for word in words)]
        first = words[0] if words else ""
        return sorted(kept, key=lambda rank: not self._texts[rank].startswith(first))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go through the proposals, take one, or give up."""
        match event.key():
            case Qt.Key.Key_Down | Qt.Key.Key_Up if not self.proposing:
                self._propose()
            case Qt.Key.Key_Down:
                self._step(1)
            case Qt.Key.Key_Up:
                self._step(-1)
            case Qt.Key.Key_Return | Qt.Key.Key_Enter if self.proposing:
                self.take()
            case Qt.Key.Key_Escape if self.proposing:
                self.close_list()
            case _:
                super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Let typing replace what is there."""
        super().focusInEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            QTimer.singleShot(0, self.selectAll)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take what is proposed first, or what was chosen."""
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            if self.proposing:
                self.take()
            self.close_list()
        super().focusOutEvent(event)
        self.left.emit()

    def take(self) -> None:
        """Take the proposal that is chosen."""
        at = self.list.currentIndex().row()
        self.close_list()
        if 0 <= at < len(self._ranks):
            rank = self._ranks[at]
            self.setText(self.choices[rank].label)
            self.setCursorPosition(0)
            self.taken.emit(rank)

    def close_list(self) -> None:
        """Show no proposals any more."""
        self.list.hide()

    def hideEvent(self, event: QHideEvent) -> None:
        """Take the proposals away with the line."""
        self.close_list()
        super().hideEvent(event)

    @Slot()
    def _propose(self) -> None:
        self._ranks = self.found()
        if not self._ranks:
            self.close_list()
            return
        self._model.setStringList([self.choices[rank].label for rank in self._ranks])
        self._place()
        if not self._free:
            self._go_to(0)

    def _step(self, by: int) -> None:
        self._go_to(min(max(self.list.currentIndex().row() + by, 0), len(self._ranks) - 1))

    def _go_to(self, at: int) -> None:
        self.list.setCurrentIndex(self._model.index(at, 0))
        many = f"proposition {at + 1} sur {len(self._ranks)}"
        self.setAccessibleDescription(f"{self.choices[self._ranks[at]].label}, {many}")

    def _place(self) -> None:
        """Show the list under the line, over what follows, within the window."""
        window = self.window()
        self.list.setParent(window)
        row = self.list.sizeHintForRow(0)
        height = min(len(self._ranks), MOST) * row + 2 * self.list.frameWidth() + theme.Space.TINY
        at = self.mapTo(window, QPoint(0, self.height()))
        room = window.height() - at.y() - theme.Space.TINY
        if room < min(height, 3 * row):  # little room below: over the line instead
            height = min(height, at.y() - self.height() - theme.Space.TINY)
            at.setY(at.y() - self.height() - height)
        else:
            height = min(height, room)
        self.list.setGeometry(at.x(), at.y(), self.width(), height)
        self.list.raise_()
        self.list.show()

    @Slot(QModelIndex)
    def _on_clicked(self, index: QModelIndex) -> None:
        self.list.setCurrentIndex(index)
        self.take()


class SearchField(FieldEditor):
    """One of a long list, found by its code or its words; a text that is none is said, and not told."""

    def __init__(self, field: FormField, choices: Sequence[Choice], parent: QWidget | None = None) -> None:
        super().__init__(field, parent)
        self.line = SearchLine(f"input_{field.id}", field.label, choices)
        self.line.setPlaceholderText("Code ou mots, puis Tab")
        self.warning = label("", f"warning_{field.id}")
        self.warning.hide()
        self.column.addWidget(self.line)
        self.column.addWidget(self.warning)
        self._key: object = None
        self.line.taken.connect(self._on_taken)
        self.line.left.connect(self.settle)

    def focus_widget(self) -> QWidget:
        """Return the line."""
        return self.line

    def display(self, value: object) -> None:
        """Show the label of a key, or the key itself when the list no longer has it."""
        self._key = value or None
        labels = {each.id: each.label for each in self.line.choices}
        self.line.setText(labels.get(str(value), str(value)) if value else "")
        self.line.setCursorPosition(0)
        say(self.warning, "")

    def value(self) -> object:
        """Return the key that was taken, or nothing."""
        return self._key if self.line.text().strip() else None

    def changing(self) -> bool:
        """Tell whether letters are being typed."""
        return self.line.hasFocus() and (self.line.proposing or super().changing())

    @Slot()
    def settle(self) -> None:
        """Tell the key, or that there is none such."""
        labels = {each.label: each.id for each in self.line.choices}
        text = self.line.text().strip()
        known = text in labels or text == str(self._key)
        if text and not known and not self._take_only():
            say(self.warning, f"« {text} » ne correspond à aucun choix : ↓ montre la liste.", Tone.BAD)
            return
        say(self.warning, "")
        super().settle()

    def _take_only(self) -> bool:
        """Take what was typed where it means one choice."""
        found = self.line.found()
        if len(found) != 1:
            return False
        self._on_taken(found[0])
        self.line.setText(self.line.choices[found[0]].label)
        return True

    @Slot(int)
    def _on_taken(self, rank: int) -> None:
        self._key = self.line.choices[rank].id
        say(self.warning, "")


class SuggestField(FieldEditor):
    """A line of text with what is usually written there under it."""

    def __init__(self, field: FormField, usual: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(field, parent)
        self.line = SearchLine(f"input_{field.id}", field.label, (), free=True)
        self.show_usual(usual)
        self.column.addWidget(self.line)
        self.line.left.connect(self.settle)
        self.line.taken.connect(self.settle)

    def show_usual(self, usual: Sequence[str]) -> None:
        """Propose other texts."""
        self.line.set_choices([Choice(id="", label=each) for each in usual])

    def focus_widget(self) -> QWidget:
        """Return the line."""
        return self.line

    def display(self, value: object) -> None:
        """Put a text in the line."""
        self.line.setText("" if value is None else str(value))
        self.line.setCursorPosition(0)

    def value(self) -> object:
        """Return the text without spaces around it."""
        return self.line.text().strip()
