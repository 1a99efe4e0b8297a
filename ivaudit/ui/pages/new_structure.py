"""A structure said in three answers, in the middle of a new audit: the rest of its form may wait."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from ivaudit.domain.checklist import Term, Vocabulary
from ivaudit.domain.forms import Choice, FieldKind, FormField
from ivaudit.ui import tab_order, theme
from ivaudit.ui.controls import Line, column_in, label
from ivaudit.ui.form_fields import ChoiceField, ChoicesField, FieldEditor

_PROFILE = (
    "Ce qui y est fait décide des points qui la concernent : sans réponse, certains sont laissés de côté."
)


class NewStructure(QWidget):
    """Name, setting and activity profile of a structure to create."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("new_structure")
        self.name = Line("new_facility_name", "Nom de la nouvelle structure")
        self.name.setPlaceholderText("Nom de la nouvelle structure ; la fiche se complète plus tard")
        self._fields: dict[str, FieldEditor] = {}
        self._column = column_in(self, spacing=theme.Space.SMALL)
        self._column.addWidget(self.name)

    def offer(self, vocabulary: Vocabulary) -> None:
        """Show the settings and activities there are, once they are known."""
        if self._fields:
            return
        setting = FormField(id="new_setting", label="Type de structure", kind=FieldKind.CHOICE)
        profile = FormField(
            id="new_profile", label="Profil d'activité", kind=FieldKind.CHOICES, help=_PROFILE
        )
        boxes = ChoicesField(profile, _choices(vocabulary.profile))
        self._add("setting", ChoiceField(setting, _choices(vocabulary.settings)))
        self._add("profile", boxes)
        tab_order.follow(self.name, [self._fields["setting"].focus_widget(), *boxes.boxes.values()])

    def values(self) -> dict[str, object]:
        """Return what was said, by field of the form `structure`."""
        said = {key: field.value() for key, field in self._fields.items()}
        return {"name": self.name.text().strip(), **{key: value for key, value in said.items() if value}}

    def clear(self) -> None:
        """Forget what was said: the structure exists."""
        self.name.clear()
        for field in self._fields.values():
            field.show_value(None)

    def _add(self, key: str, field: FieldEditor) -> None:
        title = label(field.field.label, f"label_{field.field.id}", "strong", wrap=False)
        title.setBuddy(field.focus_widget())
        self._column.addWidget(title)
        if field.field.help:
            self._column.addWidget(label(field.field.help, f"help_{field.field.id}", "small"))
        self._column.addWidget(field)
        self._fields[key] = field


def _choices(terms: Sequence[Term]) -> tuple[Choice, ...]:
    return tuple(Choice(id=term.id, label=term.label, help=term.help) for term in terms)
