"""A report made fit to be sent on: without notes, names, local references, nor lines noted one by one."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields, is_dataclass, replace
from typing import TypeVar, cast

from ivaudit.domain.audit import AuditSheet
from ivaudit.domain.notebook import Person
from ivaudit.domain.report_field_rows import FieldReport
from ivaudit.domain.report_model import ReportKind, ReportModel

NAME, REFERENCE = "[nom retiré]", "[référence retirée]"
"""What stands where something was taken away."""

_TITLED = re.compile(
    r"\b(?:M\.|MM\.|Mmes?|Mlles?|Dr|Pr|Madame|Monsieur|Docteur|Professeure?)"
    r"(?:[ \u00a0\u202f][A-ZÀ-Þ][\w'’-]+)+"
)
_SHORTEST = 3
_NAME = "name"
_T = TypeVar("_T")


def known_names(sheet: AuditSheet, persons: Iterable[Person]) -> frozenset[str]:
    """Return the names that an audit holds: those of people met, and those typed in its forms."""
    found = {each.name for each in persons}
    for values in sheet.forms.values():
        for rows in values.values():
            if isinstance(rows, list | tuple):
                found |= {str(row.get(_NAME) or "") for row in rows if isinstance(row, Mapping)}
    return frozenset(name.strip() for name in found if len(name.strip()) >= _SHORTEST)


def transmissible(model: ReportModel, names: Iterable[str]) -> ReportModel:
    """Return the copy of a report that may leave the two teams.

    Observers, references in local tools, internal notes, lines of the notebook and lines of observation are
    taken out; names, known or after a title («Mme …»), are replaced in every text that somebody wrote.

    Args:
        model: the report.
        names: the names that the audit holds.
    """
    references = {each.reference for each in model.field.actions} | {
        each.reference for each in model.field.documents
    }
    clean = cleaner(names, references)
    bare = replace(
        model,
        kind=ReportKind.COPY,
        with_notes=False,
        points=tuple(
            replace(point, answers=tuple(replace(answer, note="") for answer in point.answers))
            for point in model.points
        ),
        field=_bare(model.field),
    )
    changed = each_text(bare, clean)
    return replace(changed, facility=model.facility, checklists=model.checklists, program=model.program)


def _bare(field: FieldReport) -> FieldReport:
    return replace(
        field,
        actions=tuple(replace(each, reference="") for each in field.actions),
        documents=tuple(replace(each, reference="") for each in field.documents),
        campaigns=tuple(replace(each, observers=(), lines=()) for each in field.campaigns),
        comments=tuple(replace(each, by="") for each in field.comments),
        notes=(),
    )


def cleaner(names: Iterable[str], references: Iterable[str] = ()) -> Callable[[str], str]:
    """Return what replaces names and references in a text."""
    whole = sorted({*names}, key=len, reverse=True)
    lasts = {name.split()[-1] for name in whole if len(name.split()) > 1}
    surnames = sorted(last for last in lasts if len(last) >= _SHORTEST and last[:1].isupper())
    people = [re.compile(_word(name), re.IGNORECASE if " " in name else 0) for name in whole]
    people += [re.compile(f"{_word(name)}|{_word(name.upper())}") for name in surnames]
    marks = [re.compile(_word(each)) for each in references if len(each) >= _SHORTEST]

    def clean(text: str) -> str:
        for pattern in marks:
            text = pattern.sub(REFERENCE, text)
        for pattern in (*people, _TITLED):
            text = pattern.sub(NAME, text)
        return text

    return clean


def _word(text: str) -> str:
    spaced = r"\s+".join(map(re.escape, text.split()))
    return rf"(?<![\w-]){spaced}(?![\w-])"


def each_text(value: _T, change: Callable[[str], str]) -> _T:
    """Return plain values with every text changed."""
    made: object = value
    if isinstance(value, str) and type(value) is not ReportKind:
        made = change(value)
    elif isinstance(value, tuple):
        made = tuple(each_text(each, change) for each in value)
    elif is_dataclass(value) and not isinstance(value, type):
        made = replace(
            value, **{each.name: each_text(getattr(value, each.name), change) for each in fields(value)}
        )
    return cast("_T", made)
