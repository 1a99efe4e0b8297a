"""What scales, levels and the vocabulary must respect beyond their shape."""

import dataclasses
from collections.abc import Iterator
from itertools import pairwise

from ivaudit.content.parsing import Parsed
from ivaudit.content.problems import Problem, repeated
from ivaudit.domain.audit import AuditState
from ivaudit.domain.checklist import Term, Vocabulary
from ivaudit.domain.proposals import Thresholds
from ivaudit.domain.scale import Levels, Scale, Standing

MAX_VALUES = 9
MAX_PERCENT = 100


def problems_of_scale(parsed: Parsed, scale: Scale) -> Iterator[Problem]:
    """Yield the rules that a scale breaks."""
    if not 1 <= len(scale.values) <= MAX_VALUES:
        yield parsed.problem(scale, "values", f"values: de 1 à {MAX_VALUES} valeurs, une par touche")
    twice = repeated(value.id for value in scale.values)
    for value in scale.values:
        if value.id in twice:
            yield parsed.problem(value, "id", f"id: valeur « {value.id} » en double")
        if (value.percent is not None) != (value.standing is Standing.RATED):
            yield parsed.problem(value, "percent", "percent: pour les valeurs « noté », et pour elles seules")
        if value.percent is not None and not 0 <= value.percent <= MAX_PERCENT:
            yield parsed.problem(value, "percent", "percent: de 0 à 100 attendu")


def problems_of_levels(parsed: Parsed, levels: Levels) -> Iterator[Problem]:
    """Yield the rules that a set of levels breaks."""
    ids = [level.id for level in levels.values]
    for each in repeated(ids):
        yield parsed.problem(levels, "values", f"values: niveau « {each} » en double")
    if levels.critical_cap not in ids:
        sentence = f"critical_cap: niveau « {levels.critical_cap} » inconnu"
        yield parsed.problem(levels, "critical_cap", sentence)
    scores = [level.from_score for level in levels.values]
    if not scores or scores[-1] != 0 or any(above <= below for above, below in pairwise(scores)):
        yield parsed.problem(levels, "values", "values: from_score décroît d'un niveau à l'autre, jusqu'à 0")
    if scores and scores[0] > MAX_PERCENT:
        yield parsed.problem(levels, "values", "values: from_score est au plus de 100")


def problems_of_thresholds(parsed: Parsed, thresholds: Thresholds) -> Iterator[Problem]:
    """Yield the rules that thresholds break."""
    if not 0 < thresholds.partly_from <= thresholds.yes_from <= MAX_PERCENT:
        sentence = "partly_from: au-dessus de 0, et au plus yes_from, lui-même au plus 100"
        yield parsed.problem(thresholds, "partly_from", sentence)
    if thresholds.least < 1:
        yield parsed.problem(thresholds, "least", "least: au moins une ligne")


def problems_of_vocabulary(parsed: Parsed, vocabulary: Vocabulary) -> Iterator[Problem]:
    """Yield the rules that a vocabulary breaks."""
    for family in dataclasses.fields(vocabulary):
        terms = getattr(vocabulary, family.name)
        if isinstance(terms, tuple):
            yield from _terms(parsed, vocabulary, family.name, terms)
    states = [term.id for term in vocabulary.audit_states]
    if states != list(AuditState):
        expected = ", ".join(AuditState)
        yield parsed.problem(vocabulary, "audit_states", f"audit_states: dans l'ordre, {expected}")


def _terms(parsed: Parsed, vocabulary: Vocabulary, family: str, terms: tuple[Term, ...]) -> Iterator[Problem]:
    if not terms:
        yield parsed.problem(vocabulary, family, f"{family}: au moins un terme attendu")
    twice = repeated(term.id for term in terms)
    for term in terms:
        if term.id in twice:
            yield parsed.problem(term, "id", f"id: « {term.id} » en double dans {family}")
