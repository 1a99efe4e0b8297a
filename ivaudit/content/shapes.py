"""What content files look like where that differs from the domain."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from ivaudit.domain.checklist import Condition, Criterion, Kind, Vocabulary
from ivaudit.domain.forms import Form
from ivaudit.domain.scale import Levels, Scale


@dataclass(frozen=True, slots=True, kw_only=True)
class CriterionRef:
    """A criterion of another checklist, with what this checklist decides of it; nothing = as published."""

    ref: str
    weight: int | None = None
    weight_reason: str | None = None
    critical: bool | None = None
    critical_reason: str | None = None
    critical_chosen_by: str | None = None
    minutes: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionFile:
    """A section whose criteria may be references."""

    id: str
    title: str
    criteria: tuple[CriterionRef | Criterion, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DomainFile:
    """A domain of a checklist file."""

    id: str
    title: str
    sections: tuple[SectionFile, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChecklistFile:
    """A checklist that names its scale and its levels."""

    id: str
    version: str
    title: str
    kind: Kind
    summary: str
    edition: str
    licence: str
    authors: tuple[str, ...]
    published: str
    scale: str
    levels: str
    coverage_threshold: int
    minutes_budget: int | None = None
    domains: tuple[DomainFile, ...]


class Family(StrEnum):
    """The families of content: within one, an id is unique."""

    CHECKLIST = "grille"
    SCALE = "échelle"
    LEVELS = "niveaux"
    VOCABULARY = "vocabulaire"
    FORM = "fiche"
    OUTLINE = "plan de rapport"


KINDS: dict[str, Family] = {
    **dict.fromkeys(Kind, Family.CHECKLIST),
    "echelle": Family.SCALE,
    "niveaux": Family.LEVELS,
    "vocabulaire": Family.VOCABULARY,
}
"""What the key `kind` of a file below `checklists/` says it is."""

FOLDERS: dict[str, tuple[Family, ...]] = {
    "checklists": (Family.CHECKLIST,),
    "checklists/echelles": (Family.SCALE, Family.LEVELS, Family.VOCABULARY),
    "forms": (Family.FORM,),
    "exports": (Family.OUTLINE,),
}
"""Where each family lives in a content folder."""

KEYS: dict[type, dict[str, str]] = {Condition: {"every": "all", "some": "any", "values": "in"}}
"""Names of fields that are written otherwise in files (`all`, `any`, `in` mean something in Python)."""

EXPECTED: dict[tuple[type, str], str] = {
    (Criterion, "weight"): "1 ou 2",
    (CriterionRef, "weight"): "1 ou 2",
    (Criterion, "minutes"): "un nombre de minutes de 1 à 15",
    (CriterionRef, "minutes"): "un nombre de minutes de 1 à 15",
    (ChecklistFile, "coverage_threshold"): "un pourcentage entier de 0 à 100",
}
"""What is said to be expected, where the type alone would be too vague."""


def shape_of(family: Family) -> type[Any]:
    """Return the dataclass a file of that family is read into."""
    match family:
        case Family.CHECKLIST:
            return ChecklistFile
        case Family.SCALE:
            return Scale
        case Family.LEVELS:
            return Levels
        case Family.VOCABULARY:
            return Vocabulary
        case Family.FORM:
            return Form
        case Family.OUTLINE:
            from ivaudit.domain.report_outline import ReportOutline  # noqa: PLC0415 - only when exporting

            return ReportOutline
