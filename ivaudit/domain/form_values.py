"""What a field of a form may hold, checked before it reaches the journal."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import cast

from ivaudit.domain.checklist import TermLists
from ivaudit.domain.errors import InvalidValue
from ivaudit.domain.forms import FieldKind, Form, FormField
from ivaudit.domain.journal import Json

MAX_TEXT = 20_000
MAX_LINE = 300
"""What a field of one line holds: more is a text, and would spill over every table and report."""
MAX_ROWS = 500

_TIME = re.compile(r"(?:[01]\d|2[0-3]):[0-5]\d")


def checked_field(form: Form, key: str, value: object, vocabulary: TermLists, *, now: object = None) -> Json:
    """Return the value a field of the form may keep.

    Args:
        form: the form.
        key: id of the field.
        value: what was typed or chosen.
        vocabulary: the closed lists that choices may come from.
        now: what the field holds; a key that has left the vocabulary since may stay.

    Raises:
        InvalidValue: the form has no such field, or it cannot hold this value.
    """
    found = form.field(key)
    if found is None:
        raise InvalidValue(f"La fiche « {form.title} » n'a pas de champ « {key} ».")
    kept = checked(found, value)
    for family, term in _terms(found, kept) - _terms(found, now):
        if term not in vocabulary.keys(family):
            raise _refused(found, "une clé parmi : " + ", ".join(vocabulary.keys(family)))
    return kept


def _terms(field: FormField, value: object) -> set[tuple[str, str]]:
    """Return the keys of the vocabulary in a value that was checked, each with its family."""
    match value:
        case list() if field.kind is FieldKind.ROWS:
            cells = [(column, row.get(column.id)) for row in value for column in field.columns]
            return {term for column, cell in cells for term in _terms(column, cell)}
        case list() if field.vocabulary:
            return {(field.vocabulary, str(key)) for key in value}
        case str() if field.vocabulary:
            return {(field.vocabulary, value)}
        case _:
            return set()


def checked(field: FormField, value: object) -> Json:
    """Return the value as plain JSON, empty values as `None`.

    Raises:
        InvalidValue: the value does not fit the kind of the field.
    """
    return None if value in (None, "", [], ()) else _fitting(field, value)


def _fitting(field: FormField, value: object) -> Json:
    return _CHECKS[field.kind](field, value)


def _refused(field: FormField, expected: str) -> InvalidValue:
    return InvalidValue(f"Le champ « {field.label} » attend {expected}.")


def _text(field: FormField, value: object) -> str:
    if not isinstance(value, str):
        raise _refused(field, "un texte")
    if len(value) > MAX_TEXT:
        raise _refused(field, f"au plus {MAX_TEXT} caractères")
    return value


def _line(field: FormField, value: object) -> str:
    text = _text(field, value)
    if len(text) > MAX_LINE:
        raise _refused(field, f"une ligne de {MAX_LINE} caractères au plus ({len(text)} reçus)")
    return text


def _choice(field: FormField, value: object) -> str:
    """Return the key of a choice; `checked_field` looks up those that come from the vocabulary."""
    text = _text(field, value)
    if field.choices and text not in {choice.id for choice in field.choices}:
        raise _refused(field, "un de ses choix")
    return text


def _date(field: FormField, value: object) -> str:
    text = _text(field, value)
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise _refused(field, "une date, par exemple 2026-11-21") from None


def _time(field: FormField, value: object) -> str:
    text = _text(field, value)
    if not _TIME.fullmatch(text):
        raise _refused(field, "une heure, par exemple 14:30")
    return text


def _number(field: FormField, value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value < 10**9:
        raise _refused(field, "un nombre entier positif")
    return value


def _texts(field: FormField, value: object) -> list[str]:
    if not isinstance(value, list | tuple):
        raise _refused(field, "une liste de choix")
    return [_choice(field, each) for each in value]


def _rows(field: FormField, value: object) -> list[dict[str, Json]]:
    if not isinstance(value, list | tuple) or len(value) > MAX_ROWS:
        raise _refused(field, f"au plus {MAX_ROWS} lignes")
    rows = [_row(field, each) for each in value]
    return [row for row in rows if row]


def _row(field: FormField, value: object) -> dict[str, Json]:
    if not isinstance(value, dict):
        raise _refused(field, "des lignes")
    row = cast("dict[str, object]", value)
    columns = {column.id: column for column in field.columns}
    unknown = set(row) - set(columns)
    if unknown:
        raise _refused(field, "les colonnes " + ", ".join(columns))
    kept = {key: checked(columns[key], each) for key, each in row.items()}
    return {key: each for key, each in kept.items() if each is not None}


_CHECKS: Mapping[FieldKind, Callable[[FormField, object], Json]] = {
    FieldKind.TEXT: _line,
    FieldKind.LONG: _text,
    FieldKind.FINESS: _line,
    FieldKind.CHOICE: _choice,
    FieldKind.CHOICES: _texts,
    FieldKind.DATE: _date,
    FieldKind.TIME: _time,
    FieldKind.NUMBER: _number,
    FieldKind.ROWS: _rows,
}
