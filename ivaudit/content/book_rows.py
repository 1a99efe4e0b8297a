"""A checklist file as the cells of its workbook: every field as text, references kept as references."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from ivaudit.content.resolving import Known, adopted, criteria_of, references_of
from ivaudit.content.shapes import ChecklistFile, CriterionRef, DomainFile, SectionFile
from ivaudit.domain.checklist import Confidence, Criterion, Force, Kind, NaPolicy, Vocabulary
from ivaudit.domain.checklist_sheet import (
    HEADER,
    NO,
    YES,
    AllowedValues,
    ChecklistRows,
    HeaderRow,
    Nature,
    columns,
)
from ivaudit.domain.condition_text import condition_text
from ivaudit.domain.scale import Scale
from ivaudit.domain.sources import code_words

if TYPE_CHECKING:
    from ivaudit.content.library import Library

_LINE = "\n"
OVERRIDES = ("weight", "weight_reason", "critical", "critical_reason", "critical_chosen_by", "minutes")
Cells = dict[str, str]


def rows_of(file: ChecklistFile, library: "Library") -> ChecklistRows:
    """Return the cells of the workbook of a checklist.

    Args:
        file: whose names all lead somewhere.
        library: where its scale, the vocabulary and the criteria it takes over are.
    """
    vocabulary = library.vocabulary()
    shown = columns(library.scales[file.scale], _others(file, library), vocabulary)
    writer = _Writer(vocabulary, library.known, file)
    return ChecklistRows(
        id=file.id,
        version=file.version,
        title=file.title,
        header=tuple(header_of(file)),
        columns=shown,
        criteria=tuple(tuple(cells.get(column.key, "") for column in shown) for cells in writer.rows()),
        references=tuple(reference_cells(file)),
        lists=lists_of(vocabulary, library),
    )


def header_of(file: ChecklistFile) -> Iterator[HeaderRow]:
    """Yield the facts of a checklist as a whole."""
    for key, title, help, choices in HEADER:  # noqa: A001 - named as it is shown
        yield HeaderRow(key=key, title=title, value=_plain(getattr(file, key)), help=help, choices=choices)


def reference_cells(file: ChecklistFile) -> Iterator[tuple[str, ...]]:
    """Yield the cells of each reference of the criteria that a file publishes itself."""
    for criterion in criteria_of(file):
        for each in criterion.references:
            code = code_words(each)  # a workbook is read by others: its codes are no plainer than elsewhere
            cells = (each.document, each.edition, code, each.section, each.confidence.value, each.source)
            yield (criterion.id, *(text or "" for text in cells))


def cells_of(criterion: Criterion, vocabulary: Vocabulary) -> Cells:
    """Return the fields of a criterion as text, by key of column."""
    labels = {
        family: _labels(criterion, family, vocabulary) for family in ("methods", "interlocutors", "places")
    }
    return {
        "id": criterion.id,
        "question": criterion.question,
        "why": criterion.why,
        **{f"guidance.{key}": text for key, text in criterion.guidance.items()},
        **{f"rating.{key}": text for key, text in criterion.rating.items()},
        "evidence": _LINE.join(criterion.evidence),
        **labels,
        "force": criterion.force.value,
        "weight": str(criterion.weight),
        "weight_reason": criterion.weight_reason or "",
        "critical": YES if criterion.critical else NO,
        "critical_reason": criterion.critical_reason or "",
        "critical_chosen_by": criterion.critical_chosen_by or "",
        "na": criterion.na.value,
        "applicability": condition_text(criterion.applicability, vocabulary),
        "recommendation": criterion.recommendation,
        "minutes": str(criterion.minutes),
        "scale": criterion.scale or "",
        "replaces": _LINE.join(criterion.replaces),
    }


def placed(file: ChecklistFile) -> dict[str, Cells]:
    """Return the titles of the domain and the section of each criterion, by its id."""
    return {
        each.id if isinstance(each, Criterion) else each.ref: {
            "domain": domain.title,
            "section_title": section.title,
        }
        for domain in file.domains
        for section in domain.sections
        for each in section.criteria
    }


def lists_of(vocabulary: Vocabulary, library: "Library") -> tuple[AllowedValues, ...]:
    """Return what the columns accept."""
    return (
        AllowedValues(title="Nature", values=tuple(Nature)),
        AllowedValues(title="Oui ou non", values=(YES, NO)),
        AllowedValues(title="Portée", values=tuple(Force)),
        AllowedValues(title="Sans objet", values=tuple(NaPolicy)),
        AllowedValues(title="Confiance", values=tuple(Confidence)),
        AllowedValues(title="Sorte", values=tuple(Kind)),
        AllowedValues(title="Échelle", values=tuple(library.scales)),
        AllowedValues(title="Niveaux", values=tuple(library.levels)),
        *(
            AllowedValues(title=title, values=tuple(term.label for term in getattr(vocabulary, family)))
            for title, family in (
                ("Méthodes", "methods"),
                ("Interlocuteurs", "interlocutors"),
                ("Lieux", "places"),
                ("Activités", "profile"),
            )
        ),
    )


class _Writer:
    """Writes the rows of a file."""

    def __init__(self, vocabulary: Vocabulary, known: Mapping[str, Known], file: ChecklistFile) -> None:
        self._vocabulary = vocabulary
        self._known = known
        self._file = file

    def rows(self) -> Iterator[Cells]:
        """Yield the cells of each criterion, in order."""
        for number, domain in enumerate(self._file.domains, 1):
            rank = 0
            for section in domain.sections:
                for each in section.criteria:
                    rank += 1
                    yield self._place(f"{number}.{rank}", domain, section) | self._row(each)

    def _place(self, number: str, domain: DomainFile, section: SectionFile) -> Cells:
        return {
            "number": number,
            "domain": domain.title,
            "section_title": section.title,
            "domain_id": domain.id,
            "section_id": section.id,
        }

    def _row(self, each: Criterion | CriterionRef) -> Cells:
        if isinstance(each, Criterion):
            return {"nature": Nature.OWN.value, **cells_of(each, self._vocabulary)}
        published = adopted(CriterionRef(ref=each.ref), self._known[each.ref], self._file.scale)
        cells = cells_of(published, self._vocabulary)
        for key in OVERRIDES:
            cells[key] = _override(getattr(each, key), cells[key])
        return {**cells, "nature": Nature.TAKEN.value}


def _override(decided: str | int | bool | None, published: str) -> str:
    """Return what this checklist decides, or between brackets what is published."""
    match decided:
        case None:
            return f"({published})" if published else ""
        case bool():
            return YES if decided else NO
        case _:
            return str(decided)


def _others(file: ChecklistFile, library: "Library") -> tuple[Scale, ...]:
    """Return the scales that criteria are answered on instead of that of the checklist."""
    own = (each.scale for each in criteria_of(file))
    taken = (library.known[ref.ref].scale for ref in references_of(file))
    keys = dict.fromkeys(key for key in (*own, *taken) if key and key != file.scale)
    return tuple(library.scales[key] for key in keys)


def _labels(criterion: Criterion, family: str, vocabulary: Vocabulary) -> str:
    return _LINE.join(vocabulary.label(family, key) for key in getattr(criterion, family))


def _plain(value: object) -> str:
    if isinstance(value, tuple):
        return _LINE.join(value)
    return "" if value is None else str(value)
