"""What a content file must respect beyond its shape, whatever its family."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Protocol, TypeAlias, assert_never

from ivaudit.content import (
    adaptation_rules,
    category_rules,
    checklist_rules,
    fiche_rules,
    form_rules,
    indicator_rules,
    learning_rules,
    log_rules,
    observation_rules,
    outline_rules,
    publication_rules,
    register_rules,
    retention_rules,
    scale_rules,
    table_rules,
    text_rules,
    volume_rules,
    wording_rules,
)
from ivaudit.content.parsing import Parsed
from ivaudit.content.problems import Problem
from ivaudit.content.resolving import Holder, Known
from ivaudit.content.shapes import ChecklistFile, Family
from ivaudit.content.sources import Source
from ivaudit.domain import clock
from ivaudit.domain.action_table import ActionTable
from ivaudit.domain.adaptation import Adaptation
from ivaudit.domain.cases import Cases
from ivaudit.domain.checklist import Checklist, Vocabulary
from ivaudit.domain.circuits import Circuits
from ivaudit.domain.directory import Categories
from ivaudit.domain.dossier import Dossier
from ivaudit.domain.fiche import Fiche
from ivaudit.domain.forms import Form
from ivaudit.domain.found_codes import FoundCodes
from ivaudit.domain.glossary import Glossary, GlossaryTerm
from ivaudit.domain.indicators import IndicatorSet
from ivaudit.domain.insi_table import InsiTable
from ivaudit.domain.leaflet import LeafletTexts
from ivaudit.domain.log_intake import LogIntake
from ivaudit.domain.log_table import LogTable
from ivaudit.domain.observation import ObservationGrid
from ivaudit.domain.proposals import Thresholds
from ivaudit.domain.register_terms import RegisterTerms
from ivaudit.domain.report_outline import ReportOutline
from ivaudit.domain.retention import RetentionProposals
from ivaudit.domain.rules import Rules
from ivaudit.domain.scale import Levels, Scale

_Exported: TypeAlias = ActionTable | InsiTable | LogTable | LogIntake | LeafletTexts
_Listed: TypeAlias = (
    Categories | RegisterTerms | Circuits | RetentionProposals | Dossier | IndicatorSet | _Exported
)
_Learnt: TypeAlias = ObservationGrid | Fiche | Cases | Glossary | Rules | FoundCodes | Adaptation | _Listed
_Content: TypeAlias = (
    ChecklistFile | Form | ReportOutline | Scale | Levels | Vocabulary | Thresholds | _Learnt
)

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

    @property
    def glossary_terms(self) -> Sequence[GlossaryTerm]:
        """Every term of the glossaries."""

    def holders(self, family: Family) -> Mapping[str, Holder]:
        """Return which part holds each id that is unique over all files of a family."""

    def published(self, checklist: str) -> Checklist | None:
        """Return a checklist by its id, when it can be used."""

    def first(self, source: Source) -> Source:
        """Return the source that holds the id of this one."""


def problems_of(parsed: Parsed, context: Context) -> Iterator[Problem]:
    """Yield what is wrong with a file whose shape is right, wording apart."""
    yield from unresolved(parsed, context)
    yield from _header(parsed)
    yield from text_rules.problems(parsed)
    value: _Content = parsed.value
    match value:
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
        case Thresholds() as thresholds:
            yield from scale_rules.problems_of_thresholds(parsed, thresholds)
        case _:
            yield from _problems_to_learn_from(parsed, value, context)


def wording_of(parsed: Parsed, context: Context) -> Iterator[Problem]:
    """Yield what is badly worded in a file that can be used, or does not hold in its time."""
    yield from wording_rules.problems(parsed, context.glossary_terms)
    if isinstance(parsed.value, ChecklistFile):
        yield from checklist_rules.over_budget(parsed, parsed.value, context.known)
    if isinstance(parsed.value, Adaptation):
        yield from adaptation_rules.aside(parsed, parsed.value, context.published(parsed.value.checklist))


def _problems_to_learn_from(parsed: Parsed, value: _Learnt, context: Context) -> Iterator[Problem]:
    """Yield what is wrong with what people observe with, act by, or learn from."""
    match value:
        case ObservationGrid() as grid:
            holders = context.holders(Family.OBSERVATION)
            yield from observation_rules.problems(parsed, grid, context.terms, context.known, holders)
        case Fiche() as fiche:
            yield from fiche_rules.problems(parsed, fiche, context.terms, context.known)
        case Cases() as cases:
            holders = context.holders(Family.CASES)
            yield from learning_rules.problems_of_cases(parsed, cases, context.known, holders)
        case Glossary() as glossary:
            holders = context.holders(Family.GLOSSARY)
            yield from learning_rules.problems_of_glossary(parsed, glossary, holders)
        case Rules() as rules:
            holders = context.holders(Family.RULES)
            yield from volume_rules.problems_of_rules(parsed, rules, context.known, holders)
        case FoundCodes() as codes:
            holders = context.holders(Family.RULES)
            today = clock.today()
            yield from volume_rules.problems_of_codes(parsed, codes, holders, today)
        case Adaptation() as adaptation:
            yield from adaptation_rules.problems(parsed, adaptation, context)
        case _:
            yield from _problems_of_lists(parsed, value, context)


def _problems_of_lists(parsed: Parsed, value: _Listed, context: Context) -> Iterator[Problem]:
    """Yield what is wrong with lists: of the register, of indicators, of durations, of categories."""
    match value:
        case Categories() as categories:
            yield from category_rules.problems(parsed, categories, context.terms)
        case RegisterTerms() as terms:
            yield from register_rules.problems_of_terms(parsed, terms)
        case Circuits() as circuits:
            holders = context.holders(Family.CIRCUITS)
            yield from register_rules.problems_of_circuits(parsed, circuits, holders)
        case RetentionProposals() as retention:
            yield from retention_rules.problems(parsed, retention)
        case Dossier() as dossier:
            yield from publication_rules.dated(parsed, dossier)
            yield from publication_rules.ids(parsed, dossier.sections)
        case IndicatorSet() as indicators:
            taken = context.holders(Family.INDICATORS)
            observed = context.holders(Family.OBSERVATION)
            yield from indicator_rules.problems(parsed, indicators, context.terms, taken, observed)
        case _:
            yield from _problems_of_exports(parsed, value)


def _problems_of_exports(parsed: Parsed, value: _Exported) -> Iterator[Problem]:
    """Yield what is wrong with columns and words of what leaves, or of what is taken in."""
    match value:
        case ActionTable() as table:
            yield from table_rules.problems(parsed, table)
        case InsiTable() as insi:
            yield from table_rules.insi_problems(parsed, insi)
        case LogTable() as log:
            yield from log_rules.problems_of_log(parsed, log)
        case LogIntake() as intake:
            yield from log_rules.problems_of_intake(parsed, intake)
        case LeafletTexts() as leaflet:
            yield from log_rules.problems_of_leaflet(parsed, leaflet)
        case _:
            assert_never(value)


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
