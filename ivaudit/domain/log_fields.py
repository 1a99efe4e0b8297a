"""How the fields of an entry are said in a cell, and understood from one: the same words both ways."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cached_property

from ivaudit.domain.anomalies import EntryKind, Nature, Role
from ivaudit.domain.checklist import TermLists
from ivaudit.domain.errors import InvalidValue
from ivaudit.domain.exchange_sheet import Choice
from ivaudit.domain.forms import FieldKind, Form, FormField
from ivaudit.domain.journal import Json
from ivaudit.domain.log_table import LogField
from ivaudit.domain.register_terms import RegisterTerms
from ivaudit.domain.wording import folded


class Holding(StrEnum):
    """What a cell of a field holds."""

    TEXT = "texte"
    LONG = "texte long"
    DAY = "jour"
    TIME = "heure"
    NUMBER = "nombre"
    CHOICE = "choix"
    CHOICES = "choix multiple"
    REFERENCES = "références"


_KINDS: Mapping[FieldKind, Holding] = {
    FieldKind.TEXT: Holding.TEXT,
    FieldKind.LONG: Holding.LONG,
    FieldKind.DATE: Holding.DAY,
    FieldKind.TIME: Holding.TIME,
    FieldKind.NUMBER: Holding.NUMBER,
    FieldKind.CHOICE: Holding.CHOICE,
    FieldKind.CHOICES: Holding.CHOICES,
    FieldKind.FINESS: Holding.TEXT,
}
_BESIDE = {
    LogField.NUMBER: "N° d'anomalie",
    LogField.KIND: "Nature de la fiche",
    LogField.FACILITY: "Structure",
    LogField.STATE: "État",
    LogField.AWAITED: "En attente de",
    LogField.ENDED: "Close le",
    LogField.SOURCE_NUMBER: "N° dans le journal d'origine",
    LogField.BY: "Déclarée par (fonction)",
}
APART = " ; "
"""What stands between the values of a field that holds several."""

_MONTHS = (
    "janvier", "fevrier", "mars", "avril", "mai", "juin", "juillet", "aout", "septembre", "octobre",
    "novembre", "decembre",
)  # fmt: skip
_DAY = re.compile(r"(\d{1,2})\s?[/.\-]\s?(\d{1,2})\s?[/.\-]\s?(\d{4}|\d{2})")
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_SPELT = re.compile(r"(\d{1,2}|1er)\s+([a-z]+)\.?\s+(\d{4})")
_AFTER = r"(?:\s*(?:[tT,]|à|a)?\s*\d{1,2}\s?[:hH].*)?"
_SERIAL = re.compile(r"(\d{5})(?:\.\d+)?")
_TIME = re.compile(r"(\d{1,2})\s*[:hH]\s*(\d{2})?(?::\d{2}(?:\.\d+)?)?")
_FIRST_SERIAL, _LAST_SERIAL = 30_000, 80_000
_ORIGIN = date(1899, 12, 30)
_REFERENCE = re.compile(r"(?:([^:;]+?)\s*:\s*)?(.+)", re.DOTALL)
_HOURS, _MINUTES = 24, 60


@dataclass(frozen=True, kw_only=True)
class FieldWords:
    """A field: its name as people read it, what its cells hold, and its words where it is closed."""

    field: LogField
    title: str
    holds: Holding
    choices: tuple[Choice, ...] = ()

    @cached_property
    def labels(self) -> dict[str, str]:
        """Return the label of each value."""
        return {each.value: each.label for each in self.choices}

    @cached_property
    def values(self) -> dict[str, str]:
        """Return the value of each label and of each key, folded; the first one where several share it."""
        found: dict[str, str] = {}
        for each in self.choices:
            for text in (each.label, each.value, each.label.partition(" – ")[2]):
                found.setdefault(folded(text), each.value)
        found.pop("", None)
        return found


@dataclass(frozen=True, kw_only=True)
class LogWords:
    """Every field that a cell may hold, with its words; `roles` and `natures` are those of references."""

    fields: tuple[FieldWords, ...]
    roles: tuple[Choice, ...]
    natures: tuple[Choice, ...]

    @cached_property
    def by_field(self) -> dict[LogField, FieldWords]:
        """Return the fields by their name."""
        return {each.field: each for each in self.fields}

    @cached_property
    def by_role(self) -> dict[str, str]:
        """Return the role of each label and key, folded."""
        found = {folded(each.label): each.value for each in self.roles}
        return found | {folded(each.value): each.value for each in self.roles}

    @cached_property
    def by_nature(self) -> tuple[tuple[str, str], ...]:
        """Return the names of natures, without case, the longest first, each with its nature."""
        names = {name.casefold(): each.value for each in self.natures for name in (each.label, each.value)}
        return tuple(sorted(names.items(), key=lambda pair: -len(pair[0])))


def log_words(
    terms: RegisterTerms, forms: Mapping[EntryKind, Form], facilities: Mapping[str, str]
) -> LogWords:
    """Return the words of every field of the register.

    Args:
        terms: the lists of the register.
        forms: its forms, by kind.
        facilities: names of the structures, by id.
    """
    found: dict[LogField, FieldWords] = {}
    for form in forms.values():
        for section in form.sections:
            for each in section.fields:
                name = LogField(each.id)
                found.setdefault(name, _of_form(name, each, terms))
    for name, title in _BESIDE.items():
        found[name] = FieldWords(
            field=name,
            title=title,
            holds=_holding(name),
            choices=_choices_beside(name, terms, facilities),
        )
    return LogWords(
        fields=tuple(found.values()),
        roles=_terms(terms, "roles"),
        natures=_terms(terms, "natures"),
    )


def _of_form(name: LogField, each: FormField, terms: RegisterTerms) -> FieldWords:
    holds = Holding.REFERENCES if name is LogField.REFERENCES else _KINDS.get(each.kind, Holding.TEXT)
    if name is LogField.TYPE:
        choices = tuple(Choice(value=key, label=terms.type_label(key)) for key in terms.keys("types"))
    elif each.vocabulary:
        choices = _terms(terms, each.vocabulary)
    else:
        choices = tuple(Choice(value=choice.id, label=choice.label) for choice in each.choices)
    return FieldWords(field=name, title=each.label, holds=holds, choices=choices)


def _holding(name: LogField) -> Holding:
    match name:
        case LogField.KIND | LogField.FACILITY | LogField.STATE | LogField.AWAITED:
            return Holding.CHOICE
        case LogField.ENDED:
            return Holding.DAY
        case _:
            return Holding.TEXT


def _choices_beside(
    name: LogField, terms: RegisterTerms, facilities: Mapping[str, str]
) -> tuple[Choice, ...]:
    match name:
        case LogField.KIND:
            return tuple(Choice(value=each.value, label=each.value.capitalize()) for each in EntryKind)
        case LogField.FACILITY:
            return tuple(Choice(value=key, label=label) for key, label in facilities.items())
        case LogField.STATE:
            return _terms(terms, "states")
        case LogField.AWAITED:
            return _terms(terms, "awaited")
        case _:
            return ()


def _terms(lists: TermLists, family: str) -> tuple[Choice, ...]:
    return tuple(Choice(value=key, label=lists.label(family, key)) for key in lists.keys(family))


# -- understood --------------------------------------------------------------------------------------------


def understood(words: LogWords, field: LogField, text: str, also: Mapping[str, str] | None = None) -> Json:
    """Return the value that a cell says, as its form keeps it; nothing for an empty one.

    Args:
        words: of the fields.
        field: which one.
        text: as it is written.
        also: values of other words of a closed field, folded: those of a foreign log.

    Raises:
        InvalidValue: it says no value of this field.
    """
    written = text.strip()
    known = words.by_field[field]
    if not written:
        return None
    return _understood(words, known, written, also or {})


def _understood(  # noqa: PLR0911 - one way each
    words: LogWords, known: FieldWords, written: str, also: Mapping[str, str]
) -> Json:
    match known.holds:
        case Holding.DAY:
            return day_in(written)
        case Holding.TIME:
            return time_in(written)
        case Holding.NUMBER:
            return _number(known, written)
        case Holding.CHOICE:
            return _one(known, written, also)
        case Holding.CHOICES:
            return [_one(known, each, also) for each in _several(written, known)]
        case Holding.REFERENCES:
            return [*references_in(words, written)]
        case Holding.TEXT | Holding.LONG:
            return written


def day_in(text: str) -> str:
    """Return a local day as ISO 8601, from a date of a spreadsheet or one written as people do.

    Raises:
        InvalidValue: it is none, or only a month.
    """
    plain = folded(text)
    for pattern, order in ((_ISO, (3, 2, 1)), (_DAY, (1, 2, 3)), (_SPELT, (1, 2, 3))):
        found = re.fullmatch(pattern.pattern + _AFTER, plain)
        if found is not None:
            return _made(*(found[each] for each in order))
    serial = _SERIAL.fullmatch(plain)
    if serial is not None and _FIRST_SERIAL <= int(serial[1]) <= _LAST_SERIAL:
        return (_ORIGIN + timedelta(days=int(serial[1]))).isoformat()
    raise InvalidValue(f"« {text[:40]} » n'est pas une date : laissée vide.")


def _made(day: str, month: str, year: str) -> str:
    number = _MONTHS.index(month) + 1 if month in _MONTHS else int(month) if month.isdecimal() else 0
    whole = int(year) + (2000 if len(year) == 2 else 0)  # noqa: PLR2004 - two figures of a year
    try:
        return date(whole, number, 1 if day == "1er" else int(day)).isoformat()
    except ValueError:
        raise InvalidValue(f"« {day}/{month}/{year} » n'est pas un jour du calendrier.") from None


def time_in(text: str) -> str:
    """Return a time as HH:MM, from «9h05» as from the part of a day that a spreadsheet keeps.

    Raises:
        InvalidValue: it is none.
    """
    found = _TIME.fullmatch(text.strip())
    if found is not None and int(found[1]) < _HOURS and int(found[2] or 0) < _MINUTES:
        return f"{int(found[1]):02d}:{int(found[2] or 0):02d}"
    try:
        minutes = round(float(text) * _HOURS * _MINUTES)
    except ValueError:
        minutes = -1
    if not 0 <= minutes < _HOURS * _MINUTES:
        raise InvalidValue(f"« {text[:20]} » n'est pas une heure : laissée vide.")
    return f"{minutes // _MINUTES:02d}:{minutes % _MINUTES:02d}"


def _number(known: FieldWords, text: str) -> int:
    plain = re.sub(r"[\s\u00a0\u202f]", "", text)
    if not plain.isdecimal() or not plain.isascii() or len(plain) > 9:  # noqa: PLR2004 - what the form keeps
        raise InvalidValue(f"« {text[:20]} » n'est pas un nombre ({known.title}) : laissé vide.")
    return int(plain)


def _one(known: FieldWords, text: str, also: Mapping[str, str]) -> str:
    key = folded(text)
    found = known.values.get(key) or also.get(key)
    if found is None:
        raise UnknownWord(known, text.strip())
    return found


def _several(text: str, known: FieldWords) -> Iterator[str]:
    """Yield the values of a cell that holds several; a label may hold a comma itself."""
    for part in filter(None, (each.strip() for each in re.split(r"[;\n|]", text))):
        if folded(part) in known.values:
            yield part
        else:
            yield from filter(None, (each.strip() for each in part.split(",")))


class UnknownWord(InvalidValue):
    """A word that no value of a closed field is known by.

    Args:
        known: the field.
        word: as it is written.
    """

    def __init__(self, known: FieldWords, word: str) -> None:
        super().__init__(f"« {word[:60]} » n'est pas un mot connu de « {known.title} » : laissé vide.")
        self.field = known.field
        self.word = word


# -- references --------------------------------------------------------------------------------------------


def references_said(words: LogWords, rows: Iterable[tuple[str, str, str]]) -> str:
    """Return references as one cell: «Dossier maître : IPP 8000001 ; Doublon : IPP 9000001».

    Args:
        words: of roles and natures.
        rows: role, nature and value of each.
    """
    roles = {each.value: each.label for each in words.roles}
    natures = {each.value: each.label for each in words.natures}
    return APART.join(
        f"{roles.get(role, role)} : {natures.get(nature, nature)} {value}" for role, nature, value in rows
    )


def references_in(words: LogWords, text: str) -> Iterator[dict[str, Json]]:
    """Yield the references that a cell says, by their role and nature where it names them."""
    for part in filter(None, (each.strip() for each in re.split(r"[;\n]", text))):
        found = _REFERENCE.fullmatch(part)
        role, rest = (found[1] or "", found[2]) if found else ("", part)
        named = words.by_role.get(folded(role)) if role else None
        if named is None and role:
            rest = part
        nature, value = _nature(words, rest.strip())
        yield {"role": named or Role.CONCERNED.value, "nature": nature, "value": value}


def _nature(words: LogWords, text: str) -> tuple[str, str]:
    plain = text.casefold()
    for name, nature in words.by_nature:
        rest = text[len(name) :].strip(" :°#") if plain.startswith(name) else ""
        if rest:
            return nature, rest
    return Nature.RECORD.value, text
