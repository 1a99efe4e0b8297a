"""What a form must respect beyond its shape."""

import dataclasses
import re
from collections.abc import Iterator, Sequence

from ivaudit.content.parsing import Parsed
from ivaudit.content.problems import Problem, repeated
from ivaudit.content.reading import near
from ivaudit.domain.checklist import Vocabulary
from ivaudit.domain.forms import FieldKind, Form, FormField
from ivaudit.domain.register_terms import RegisterTerms

_ID = re.compile(r"[a-z][a-z0-9_-]*")
_LISTS = {FieldKind.CHOICE, FieldKind.CHOICES}


def problems(parsed: Parsed, form: Form, terms: Vocabulary | None) -> Iterator[Problem]:
    """Yield the rules that a form breaks."""
    yield from _fields(parsed, [field for section in form.sections for field in section.fields], terms)
    twice = repeated(section.id for section in form.sections)
    for section in form.sections:
        if section.id in twice:
            yield parsed.problem(section, "id", f"id: rubrique « {section.id} » en double")


def _fields(parsed: Parsed, fields: Sequence[FormField], terms: Vocabulary | None) -> Iterator[Problem]:
    twice = repeated(field.id for field in fields)
    for field in fields:
        if field.id in twice:
            yield parsed.problem(field, "id", f"id: champ « {field.id} » en double")
        if not _ID.fullmatch(field.id):
            yield parsed.problem(field, "id", "id: minuscules sans accent, chiffres et tirets seulement")
        yield from _choices(parsed, field, terms)
        yield from _columns(parsed, field)
        yield from _fields(parsed, field.columns, terms)


def _choices(parsed: Parsed, field: FormField, terms: Vocabulary | None) -> Iterator[Problem]:
    listed = bool(field.choices) + bool(field.vocabulary)
    if field.kind in _LISTS and listed != 1:
        yield parsed.problem(
            field, "kind", "choices: une liste attendue, ici ou par vocabulary, et une seule"
        )
    if field.kind not in _LISTS and listed:
        yield parsed.problem(field, "kind", f"kind: pas de liste de choix pour un champ « {field.kind} »")
    families = [*_families(Vocabulary), *_families(RegisterTerms)]
    if field.vocabulary and terms and field.vocabulary not in families:
        unknown = f"vocabulary: famille « {field.vocabulary} » inconnue{near(field.vocabulary, families)}"
        yield parsed.problem(field, "vocabulary", unknown)
    for each in repeated(choice.id for choice in field.choices):
        yield parsed.problem(field, "choices", f"choices: « {each} » en double")


def _columns(parsed: Parsed, field: FormField) -> Iterator[Problem]:
    if bool(field.columns) != (field.kind is FieldKind.ROWS):
        yield parsed.problem(
            field, "kind", "columns: des colonnes pour les champs « lignes », et pour eux seuls"
        )
    for column in field.columns:
        if column.kind is FieldKind.ROWS:
            yield parsed.problem(column, "kind", "kind: pas de lignes dans des lignes")


def _families(lists: type[Vocabulary | RegisterTerms]) -> list[str]:
    """Return the names of closed lists that a field may take its choices from."""
    apart = {"id", "version", "authors", "frequency", "criticality", "delays"}
    fields = (each for each in dataclasses.fields(lists) if each.name not in apart)
    return [each.name for each in fields if str(each.type).startswith("tuple")]
