"""Fields of forms as they are typed on the command line, read by the kind of the field."""

import json

from ivaudit.app.library import library
from ivaudit.domain.errors import InvalidValue
from ivaudit.domain.forms import FieldKind


def read(form: str, key: str, text: str) -> object:
    """Return what a field receives: a number, lines in JSON, several choices apart by commas, or the text.

    The use case checks the value; an unknown field is left to it as well.
    """
    field = library().form(form).field(key)
    match field.kind if field else None:
        case FieldKind.NUMBER if text.strip().isdecimal():
            return int(text)
        case FieldKind.CHOICES if not text.lstrip().startswith("["):
            return [part.strip() for part in text.split(",") if part.strip()]
        case FieldKind.ROWS | FieldKind.CHOICES if text.strip():
            return _json(text)
        case _:
            return text


def pair(form: str, argument: str) -> tuple[str, object]:
    """Return the field and the value of `CHAMP=VALEUR`."""
    key, equals, text = argument.partition("=")
    if not equals:
        raise InvalidValue("Un champ se donne sous la forme CHAMP=VALEUR.")
    return key, read(form, key, text)


def _json(text: str) -> object:
    try:
        return json.loads(text)
    except ValueError:
        raise InvalidValue('Ce champ se donne en JSON, par exemple [{"name": "Accueil"}].') from None
