"""Who is met: a function, a unit, a time; a name only if one insists."""

from collections.abc import Mapping
from datetime import datetime

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from ivaudit.domain.notebook import Person
from ivaudit.domain.tone import Tone
from ivaudit.ui import french
from ivaudit.ui.audit.flow import Flow
from ivaudit.ui.controls import Line, button, called, column_in, label, row, say
from ivaudit.ui.theme import Space


class PersonForm(QWidget):
    """The form. `given(fields)` when complete, `left()` when given up, `removed()` to take the person off."""

    given = Signal(object)
    left = Signal()
    removed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        called(self, "person_form", "Personne rencontrée")
        self._day = ""
        self.function = Line("person_function", "Fonction")
        self.unit = Line("person_unit", "Unité ou service")
        self.unit.setPlaceholderText("Facultatif")
        self.at = Line("person_at", "Heure")
        self.name = Line("person_name", "Nom, facultatif, jamais exporté")
        self.problem = label("", "person_problem")
        self.ok = button("Commencer", "person_ok", "primary")
        self.cancel = button("Sans préciser", "person_cancel", "quiet", "Noter sans préciser qui parle")
        self.drop = button("Retirer", "person_remove", "quiet", "Retirer la personne rencontrée")
        fields = Flow(spacing=Space.SMALL, stretch=True)
        for text, line in (
            ("Fonction", self.function),
            ("Unité", self.unit),
            ("Heure", self.at),
            ("Nom (facultatif, jamais exporté)", self.name),
        ):
            fields.add(_captioned(text, line))
            line.returnPressed.connect(self._on_ok)
        column = column_in(self, spacing=Space.TINY)
        column.addWidget(fields)
        column.addWidget(self.problem)
        column.addLayout(row(self.ok, self.cancel, None, self.drop))
        say(self.problem, "")
        self.ok.clicked.connect(self._on_ok)
        self.cancel.clicked.connect(self.left)
        self.drop.clicked.connect(self.removed)

    def prepare(self, function: str) -> None:
        """Be ready for somebody new, at this hour."""
        now = datetime.now().astimezone()
        self._day = now.date().isoformat()
        self.ok.setText("Commencer")
        self.cancel.setText("Sans préciser")
        self.drop.hide()
        self._fill(function, "", now.strftime("%H:%M"), "")
        self.function.selectAll()

    def change(self, person: Person) -> None:
        """Show somebody met already."""
        self._day = person.at[:10]
        self.ok.setText("Enregistrer")
        self.cancel.setText("Renoncer")
        self.drop.show()
        self._fill(person.function, person.unit, person.at[11:16], person.name)

    def give_back(self, values: Mapping[str, str]) -> None:
        """Show again what was given and could not be recorded."""
        self._fill(values["function"], values["unit"], values["at"][11:16], values["name"])

    def _fill(self, function: str, unit: str, at: str, name: str) -> None:
        for line, text in ((self.function, function), (self.unit, unit), (self.at, at), (self.name, name)):
            line.setText(text)
        say(self.problem, "")
        self.show()
        self.function.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _on_ok(self) -> None:
        at = french.typed_time(self.at.text()) if self.at.text().strip() else ""
        if not self.function.text().strip():
            say(self.problem, "Un entretien se note par la fonction de la personne.", Tone.MIDDLE)
            self.function.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        if at is None:
            say(self.problem, "L'heure s'écrit comme 14:05.", Tone.MIDDLE)
            self.at.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.given.emit(
            {
                "function": self.function.text(),
                "unit": self.unit.text(),
                "at": f"{self._day}T{at}" if at and self._day else "",
                "name": self.name.text(),
            }
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Give up by Échap."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


def _captioned(text: str, line: Line) -> QWidget:
    made = called(QWidget(), f"{line.objectName()}_box", text)
    caption = label(text, f"{line.objectName()}_label", "small", wrap=False)
    caption.setBuddy(line)
    column = column_in(made, spacing=0)
    column.addWidget(caption)
    column.addWidget(line)
    return made
