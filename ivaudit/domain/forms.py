"""Forms that surround an audit: typed fields in sections, journalled field by field."""

from dataclasses import dataclass
from enum import StrEnum


class FieldKind(StrEnum):
    """What a field holds, and how it is edited."""

    TEXT = "texte"
    LONG = "texte long"
    DATE = "date"
    TIME = "heure"
    NUMBER = "nombre"
    CHOICE = "choix"
    CHOICES = "choix multiple"
    FINESS = "finess"
    ROWS = "lignes"


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One item of a list of choices."""

    id: str
    label: str
    help: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FormField:
    """One field. `choices` may instead come from the vocabulary (`vocabulary` names the family).

    `columns` are the fields of each line of a field of kind «lignes»; `printed` is false for what no report
    shows by default.
    """

    id: str
    label: str
    kind: FieldKind
    help: str = ""
    required: bool = False
    printed: bool = True
    choices: tuple[Choice, ...] = ()
    vocabulary: str | None = None
    columns: tuple["FormField", ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FormSection:
    """Fields shown together."""

    id: str
    title: str
    help: str = ""
    fields: tuple[FormField, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """A published form."""

    id: str
    version: str
    title: str
    licence: str
    sections: tuple[FormSection, ...]

    def field(self, key: str) -> FormField | None:
        """Return the field of that id, or nothing."""
        return next((f for section in self.sections for f in section.fields if f.id == key), None)
