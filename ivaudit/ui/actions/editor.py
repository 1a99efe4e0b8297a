"""The fields of one action; each is recorded when it is left."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QComboBox, QGridLayout, QLabel, QWidget

from ivaudit.domain.actions import Action, ActionState, OwnerKind, Priority
from ivaudit.domain.tone import Tone
from ivaudit.ui import french, theme
from ivaudit.ui.controls import Combo, Line, Prose, button, column_in, label, row, say
from ivaudit.ui.theme import Space

_BAD_DATE = "La date s'écrit comme 21/11/2026."
_TEXTS = {
    "what": "Action",
    "progress": "Où elle en est",
    "measure": "À quoi on saura qu'elle a marché",
    "result": "Ce que la mesure a montré",
}
_LINES = {
    "owner": "Responsable, par fonction",
    "editor": "Éditeur du logiciel",
    "reference": "Numéro dans l'outil de la structure",
}
_DAYS = {"due": "Échéance", "done": "Réalisée le"}
_CHOICES: dict[str, tuple[str, type[OwnerKind] | type[Priority] | type[ActionState]]] = {
    "state": ("État", ActionState),
    "priority": ("Priorité", Priority),
    "owner_kind": ("Portée par", OwnerKind),
}
_ROWS = (
    ("what",),
    ("state", "due"),
    ("priority", "owner_kind"),
    ("owner", "editor"),
    ("progress",),
    ("measure",),
    ("result",),
    ("done", "reference"),
)
_TWO_COLUMNS_FROM = 400
"""Width from which short fields stand two by two, in pixels at 100 %."""


class ActionEditor(QWidget):
    """One action. `changed(field, text)` when a field is left, `removed()` when it is taken away."""

    changed = Signal(str, str)
    removed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("action_editor")
        self.action: Action | None = None
        self.texts = {name: Prose(f"action_{name}", title, 2) for name, title in _TEXTS.items()}
        self.lines = {name: Line(f"action_{name}", title) for name, title in (_LINES | _DAYS).items()}
        self.choices = {name: _combo(name, *each) for name, each in _CHOICES.items()}
        self.problem = label("", "action_problem")
        self.remove = button("Retirer l'action", "action_remove", "quiet")
        self._captioned = {name: self._caption(name) for names in _ROWS for name in names}
        self._fields = QGridLayout()
        self._columns = 0
        self._lay_out()
        self._connect()
        say(self.problem, "")

    def _lay_out(self) -> None:
        self._fields.setHorizontalSpacing(Space.MEDIUM)
        self._fields.setVerticalSpacing(Space.TINY)
        whole = column_in(self, spacing=Space.SMALL)
        whole.addLayout(self._fields)
        whole.addWidget(self.problem)
        whole.addLayout(row(self.remove, None))
        for caption, widget in self._captioned.values():
            caption.setBuddy(widget)
        self._place(2)

    def _place(self, columns: int) -> None:
        """Put the short fields two by two, or each on its own line."""
        if columns == self._columns:
            return
        self._columns = columns
        lines = _ROWS if columns > 1 else tuple((name,) for names in _ROWS for name in names)
        for at, names in enumerate(lines):
            for column, name in enumerate(names):
                caption, widget = self._captioned[name]
                span = columns // len(names)
                self._fields.addWidget(caption, 2 * at, column, 1, span, Qt.AlignmentFlag.AlignBottom)
                self._fields.addWidget(widget, 2 * at + 1, column, 1, span, Qt.AlignmentFlag.AlignTop)
        for column in range(2):
            self._fields.setColumnStretch(column, int(column < columns))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the columns to the width."""
        super().resizeEvent(event)
        self._place(2 if event.size().width() >= theme.current().px(_TWO_COLUMNS_FROM) else 1)

    def _connect(self) -> None:
        for text in self.texts.values():
            text.left.connect(self.settle)
        for line in self.lines.values():
            line.editingFinished.connect(self.settle)
        for choice in self.choices.values():
            choice.activated.connect(self.settle)
        self.remove.clicked.connect(self.removed)

    def _caption(self, name: str) -> tuple[QLabel, QWidget]:
        """Return a field under its caption."""
        found: dict[str, QWidget] = {**self.texts, **self.lines, **self.choices}
        return label(found[name].accessibleName(), f"action_{name}_label"), found[name]

    def show_action(self, action: Action | None) -> None:
        """Show an action, or nothing; what is being typed in the same one stays."""
        same = action is not None and self.action is not None and action.id == self.action.id
        if not same:
            self.settle()
        self.action = action
        self.setEnabled(action is not None)
        if action is None:
            return
        for name, text in self.texts.items():
            if not (same and text.hasFocus()):
                text.setPlainText(getattr(action, name))
        for name, line in self.lines.items():
            if not (same and line.hasFocus()):
                line.setText(self._shown(name, action))
        for name, choice in self.choices.items():
            choice.setCurrentIndex(choice.findData(str(getattr(action, name))))
        say(self.problem, "")

    @Slot()
    def settle(self) -> None:
        """Hand over every field that was changed."""
        if self.action is None:
            return
        action = self.action
        for name, text in self.texts.items():
            self._tell(name, text.toPlainText().strip(), getattr(action, name))
        wrong = [name for name, line in self.lines.items() if not self._tell_line(name, line.text().strip())]
        for name, choice in self.choices.items():
            self._tell(name, str(choice.currentData()), str(getattr(action, name)))
        say(self.problem, _BAD_DATE if wrong else "", Tone.BAD if wrong else None)

    def _tell_line(self, name: str, typed: str) -> bool:
        """Hand over a line; tell whether it could be read."""
        day = french.typed_date(typed) if name in _DAYS and typed else " ".join(typed.split())
        if day is None:
            return False
        self._tell(name, day, str(getattr(self.action, name)))
        return True

    def _tell(self, name: str, new: str, old: str) -> None:
        if new != old and not (name == "what" and not new):
            self.changed.emit(name, new)

    @staticmethod
    def _shown(name: str, action: Action) -> str:
        text = str(getattr(action, name))
        return french.short_date(text) if name in _DAYS and text else text


def _combo(name: str, title: str, closed: type[OwnerKind] | type[Priority] | type[ActionState]) -> QComboBox:
    made = Combo(f"action_{name}", title)
    for each in closed:
        made.addItem(each.value.capitalize() if each.value.islower() else each.value, each.value)
    return made
