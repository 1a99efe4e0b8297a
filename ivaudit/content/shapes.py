"""What content files look like where that differs from the domain."""

from dataclasses import dataclass
from enum import StrEnum
from importlib import import_module
from typing import Any

from ivaudit.domain.checklist import Condition, Criterion, Kind, Vocabulary
from ivaudit.domain.circuits import Circuit
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
    """A checklist that names its scale and, unless it gives no level, its levels."""

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
    levels: str | None = None
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
    OBSERVATION = "grille d'observation"
    DECISION = "fiche réflexe"
    CASES = "cas pratiques"
    GLOSSARY = "glossaire"
    THRESHOLDS = "seuils"
    RULES = "règles"
    CODES = "codes"
    ADAPTATION = "adaptation locale"
    TABLE = "tableau"
    INSI_TABLE = "tableau INSi"
    CATEGORIES = "catégories"
    REGISTER = "registre"
    CIRCUITS = "circuits"
    INDICATORS = "indicateurs"
    LOG = "journal"
    INTAKE = "reprise de journal"
    LEAFLET = "textes d'une page"
    RETENTION = "conservation"
    DOSSIER = "dossier"


KINDS: dict[str, Family] = {
    **dict.fromkeys(Kind, Family.CHECKLIST),
    "echelle": Family.SCALE,
    "niveaux": Family.LEVELS,
    "vocabulaire": Family.VOCABULARY,
    "glossaire": Family.GLOSSARY,
    "regles": Family.RULES,
    "codes": Family.CODES,
    "observation": Family.OBSERVATION,
    "fiche": Family.DECISION,
    "cas": Family.CASES,
    "seuils": Family.THRESHOLDS,
    "adaptation": Family.ADAPTATION,
    "tableau": Family.TABLE,
    "tableau-insi": Family.INSI_TABLE,
    "categories": Family.CATEGORIES,
    "registre": Family.REGISTER,
    "circuits": Family.CIRCUITS,
    "indicateurs": Family.INDICATORS,
    "journal": Family.LOG,
    "reprise": Family.INTAKE,
    "page": Family.LEAFLET,
    "conservation": Family.RETENTION,
    "dossier": Family.DOSSIER,
}
"""What the key `kind` of a file says it is."""

KIND_BESIDE = frozenset(KINDS.values()) - {Family.CHECKLIST}
"""The families whose key `kind` says what the file is without being a field of its shape."""

PUBLISHED = frozenset(
    {
        Family.CHECKLIST,
        Family.OBSERVATION,
        Family.DECISION,
        Family.CASES,
        Family.GLOSSARY,
        Family.RULES,
        Family.ADAPTATION,
    }
)
"""The families that people read and use as such, and that the library lists."""

FOLDERS: dict[str, tuple[Family, ...]] = {
    "checklists": (Family.CHECKLIST,),
    "checklists/echelles": (
        Family.SCALE,
        Family.LEVELS,
        Family.VOCABULARY,
        Family.GLOSSARY,
        Family.THRESHOLDS,
        Family.RULES,
        Family.CATEGORIES,
    ),
    "checklists/registre": (Family.REGISTER, Family.CIRCUITS),
    "checklists/observations": (Family.OBSERVATION,),
    "checklists/fiches": (Family.DECISION,),
    "checklists/cas": (Family.CASES,),
    "checklists/adaptations": (Family.ADAPTATION,),
    "checklists/indicateurs": (Family.INDICATORS,),
    "forms": (Family.FORM,),
    "exports": (
        Family.OUTLINE,
        Family.TABLE,
        Family.INSI_TABLE,
        Family.LOG,
        Family.INTAKE,
        Family.LEAFLET,
        Family.RETENTION,
        Family.DOSSIER,
    ),
    "codes": (Family.CODES,),
}
"""Where each family lives in a content folder; a folder that is missing is an empty family."""

KEYS: dict[type, dict[str, str]] = {
    Condition: {"every": "all", "some": "any", "values": "in"},
    Circuit: {"every": "all", "some": "any"},
}
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
    """Return the dataclass a file of that family is read into; the rarer ones are imported when met."""
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
        case _:
            module, name = _LATER[family]
            shape: type[Any] = getattr(import_module(module), name)
            return shape


_LATER: dict[Family, tuple[str, str]] = {
    Family.OUTLINE: ("ivaudit.domain.report_outline", "ReportOutline"),
    Family.OBSERVATION: ("ivaudit.domain.observation", "ObservationGrid"),
    Family.DECISION: ("ivaudit.domain.fiche", "Fiche"),
    Family.CASES: ("ivaudit.domain.cases", "Cases"),
    Family.GLOSSARY: ("ivaudit.domain.glossary", "Glossary"),
    Family.THRESHOLDS: ("ivaudit.domain.proposals", "Thresholds"),
    Family.RULES: ("ivaudit.domain.rules", "Rules"),
    Family.CODES: ("ivaudit.domain.found_codes", "FoundCodes"),
    Family.ADAPTATION: ("ivaudit.domain.adaptation", "Adaptation"),
    Family.TABLE: ("ivaudit.domain.action_table", "ActionTable"),
    Family.INSI_TABLE: ("ivaudit.domain.insi_table", "InsiTable"),
    Family.CATEGORIES: ("ivaudit.domain.directory", "Categories"),
    Family.REGISTER: ("ivaudit.domain.register_terms", "RegisterTerms"),
    Family.CIRCUITS: ("ivaudit.domain.circuits", "Circuits"),
    Family.INDICATORS: ("ivaudit.domain.indicators", "IndicatorSet"),
    Family.LOG: ("ivaudit.domain.log_table", "LogTable"),
    Family.INTAKE: ("ivaudit.domain.log_intake", "LogIntake"),
    Family.LEAFLET: ("ivaudit.domain.leaflet", "LeafletTexts"),
    Family.RETENTION: ("ivaudit.domain.retention", "RetentionProposals"),
    Family.DOSSIER: ("ivaudit.domain.dossier", "Dossier"),
}
