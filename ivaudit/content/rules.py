"""What a content file must respect beyond its shape, whatever its family."""

import dataclasses
import re
from collections.abc import Iterator, Mapping
from typing import Protocol

from ivaudit.content import checklist_rules, form_rules, outline_rules, scale_rules
from ivaudit.content.parsing import Parsed
from ivaudit.content.problems import Problem
from ivaudit.content.resolving import Known
from ivaudit.content.shapes import ChecklistFile
from ivaudit.content.sources import Source
from ivaudit.domain.checklist import Vocabulary
from ivaudit.domain.forms import Form
from ivaudit.domain.report_outline import ReportOutline
from ivaudit.domain.scale import Levels, Scale

_VERSION = re.compile(r"\d+\.\d+\.\d+")
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


class Context(Protocol):
    """What the rules of a file need to know of the others; each part is read when it is asked for."""

    @property
    def terms(self) -> Vocabulary | None:
        """The vocabulary, when it can be read."""

    @property
    def scales(self) -> Mapping[str, Scale]:
        """Every scale, by id."""

    @property
    def levels(self) -> Mapping[str, Levels]:
        """Every set of levels, by id."""

    @property
    def known(self) -> Mapping[str, Known]:
        """Every published criterion, by id."""

    def first(self, source: Source) -> Source:
        """Return the source that holds the id of this one."""


def problems_of(parsed: Parsed, context: Context) -> Iterator[Problem]:
    """Yield what is wrong with a file whose shape is right."""
    yield from unresolved(parsed, context)
    yield from _header(parsed)
    yield from _texts(parsed, parsed.value)
    match parsed.value:
        case ChecklistFile() as checklist:
            yield from checklist_rules.problems(
                parsed, checklist, context.terms, context.scales, context.known
            )
        case Form() as form:
            yield from form_rules.problems(parsed, form, context.terms)
        case ReportOutline() as outline:
            yield from outline_rules.problems(parsed, outline)
        case Scale() as scale:
            yield from scale_rules.problems_of_scale(parsed, scale)
        case Levels() as levels:
            yield from scale_rules.problems_of_levels(parsed, levels)
        case Vocabulary() as vocabulary:
            yield from scale_rules.problems_of_vocabulary(parsed, vocabulary)
        case _:
            pass


def unresolved(parsed: Parsed, context: Context) -> Iterator[Problem]:
    """Yield what prevents a file from being used at all: what it names does not exist, or is taken."""
    first = context.first(parsed.source)
    if first is not parsed.source:
        taken = (
            f"id: « {parsed.source.id} » est déjà celui de {first.label} ; ce fichier est ignoré, le renommer"
        )
        yield parsed.problem(parsed.value, "id", taken)
    if isinstance(parsed.value, ChecklistFile):
        yield from checklist_rules.unresolved(
            parsed, parsed.value, context.scales, context.levels, context.known
        )


def _header(parsed: Parsed) -> Iterator[Problem]:
    if not _ID.fullmatch(parsed.value.id):
        yield parsed.problem(parsed.value, "id", "id: minuscules sans accent, chiffres et tirets seulement")
    if not _VERSION.fullmatch(parsed.value.version):
        yield parsed.problem(parsed.value, "version", "version: trois nombres attendus, comme « 1.0.0 »")


def _texts(parsed: Parsed, value: object) -> Iterator[Problem]:
    """Yield what is wrong with the spaces of every text of a file."""
    if not dataclasses.is_dataclass(value):
        return
    for each in dataclasses.fields(value):
        part = getattr(value, each.name)
        key = each.name
        if isinstance(part, tuple):
            for rank, item in enumerate(part):
                yield from _texts(parsed, item)
                yield from _spaces(parsed, (value, key), item, rank)
        elif isinstance(part, Mapping):
            for name, text in part.items():
                yield from _spaces(parsed, (value, key), text, name)
        else:
            yield from _texts(parsed, part)
            yield from _spaces(parsed, (value, key), part)


def _spaces(
    parsed: Parsed, at: tuple[object, str], text: object, item: int | str | None = None
) -> Iterator[Problem]:
    if not isinstance(text, str):
        return
    owner, key = at
    said = f"{key}.{item}" if isinstance(item, str) else key
    if "  " in text:
        yield parsed.problem(owner, key, f"{said}: deux espaces de suite", item)
    if text != text.strip():
        yield parsed.problem(owner, key, f"{said}: espace au début ou à la fin du texte", item)
    if not text and item is not None:
        yield parsed.problem(owner, key, f"{said}: texte vide", item)
