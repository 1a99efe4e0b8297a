"""What the lists of the register and the circuits must respect beyond their shape."""

import dataclasses
from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from itertools import pairwise

from ivaudit.content import publication_rules
from ivaudit.content.parsing import Parsed
from ivaudit.content.problems import Problem, repeated
from ivaudit.content.reading import near
from ivaudit.content.resolving import Holder
from ivaudit.domain.anomalies import Awaited, Nature, Role, Said, State
from ivaudit.domain.checklist import Confidence, Term
from ivaudit.domain.circuits import FACTS, Circuit, Circuits, CircuitStep
from ivaudit.domain.register_terms import RegisterTerms, Threshold

_WORDS: Mapping[str, type[StrEnum]] = {
    "states": State,
    "awaited": Awaited,
    "roles": Role,
    "natures": Nature,
    "answers": Said,
}
"""The lists whose keys the program knows."""

_LEVELS = {"harms": "0 1 2 3 4 5", "potentials": "1 2 3 4 5"}
_HIGHEST = 5
_THRESHOLDS = ("frequency", "criticality", "delays")


def problems_of_terms(parsed: Parsed, terms: RegisterTerms) -> Iterator[Problem]:
    """Yield what is wrong with the lists of the register."""
    yield from publication_rules.dated(parsed, terms)
    for field in dataclasses.fields(terms):
        found = getattr(terms, field.name)
        if isinstance(found, tuple) and field.name not in {"authors", *_THRESHOLDS}:
            yield from _terms(parsed, terms, field.name, found)
    yield from _known_words(parsed, terms)
    steps = terms.keys("steps")
    for each in terms.types:
        if each.step not in steps:
            yield parsed.problem(
                each, "step", f"step: étape « {each.step} » inconnue{near(each.step, steps)}"
            )
    for name in _THRESHOLDS:
        yield from _thresholds(parsed, terms, name, getattr(terms, name))
    for key in ("serious_from", "serious_potential_from"):
        if not 1 <= getattr(terms, key) <= _HIGHEST:
            yield parsed.problem(terms, key, f"{key}: un niveau de 1 à {_HIGHEST} attendu")
    if terms.similar_days < 0:
        yield parsed.problem(terms, "similar_days", "similar_days: un nombre de jours positif attendu")


def _terms(parsed: Parsed, terms: RegisterTerms, name: str, found: Sequence[Term]) -> Iterator[Problem]:
    if not found:
        yield parsed.problem(terms, name, f"{name}: au moins un terme attendu")
    twice = repeated(term.id for term in found)
    for term in found:
        if term.id in twice:
            yield parsed.problem(term, "id", f"id: « {term.id} » en double dans {name}")


def _known_words(parsed: Parsed, terms: RegisterTerms) -> Iterator[Problem]:
    expected = {name: [each.value for each in closed] for name, closed in _WORDS.items()}
    expected |= {name: levels.split() for name, levels in _LEVELS.items()}
    for name, keys in expected.items():
        if list(terms.keys(name)) != keys:
            yield parsed.problem(terms, name, f"{name}: dans l'ordre, {', '.join(keys)}")
    unknown = sorted(set(terms.keys("vigilances")) - FACTS)
    if unknown:
        sentence = f"vigilances: « {unknown[0]} » n'est pas connu du programme{near(unknown[0], FACTS)}"
        yield parsed.problem(terms, "vigilances", sentence)


def _thresholds(
    parsed: Parsed, terms: RegisterTerms, name: str, found: Sequence[Threshold]
) -> Iterator[Problem]:
    if [each.rank for each in found] != list(range(1, len(found) + 1)):
        yield parsed.problem(terms, name, f"{name}: rangs 1, 2, 3… dans l'ordre")
    if not found or any(before.start >= after.start for before, after in pairwise(found)):
        yield parsed.problem(terms, name, f"{name}: start croît d'une classe à l'autre")


def problems_of_circuits(
    parsed: Parsed, circuits: Circuits, holders: Mapping[str, Holder]
) -> Iterator[Problem]:
    """Yield what is wrong with a set of circuits."""
    yield from publication_rules.dated(parsed, circuits)
    yield from publication_rules.ids(parsed, circuits.circuits)
    yield from publication_rules.taken(parsed, circuits.circuits, holders)
    for circuit in circuits.circuits:
        yield from _facts(parsed, circuit)
        yield from publication_rules.ids(parsed, circuit.steps)
        yield from publication_rules.references(parsed, circuit.references)
        if not circuit.steps:
            yield parsed.problem(circuit, "steps", "steps: au moins une étape attendue")
        if not circuit.references:
            yield parsed.problem(circuit, "references", "references: au moins une source attendue")
        for step in circuit.steps:
            yield from _step(parsed, circuit, step)


def _facts(parsed: Parsed, circuit: Circuit) -> Iterator[Problem]:
    if not (circuit.every or circuit.some):
        yield parsed.problem(circuit, None, "all ou any: au moins un fait déclencheur attendu")
    for key, facts in (("every", circuit.every), ("some", circuit.some)):
        for rank, fact in enumerate(facts):
            if fact not in FACTS:
                written = {"every": "all", "some": "any"}[key]
                sentence = f"{written}: fait « {fact} » inconnu{near(fact, FACTS)}"
                yield parsed.problem(circuit, key, sentence, rank)


def _step(parsed: Parsed, circuit: Circuit, step: CircuitStep) -> Iterator[Problem]:
    if step.hours is not None and step.months is not None:
        yield parsed.problem(step, "hours", "hours: des heures ou des mois, pas les deux")
    if any(each is not None and each < 0 for each in (step.hours, step.months)):
        yield parsed.problem(step, "delay", "delay: un délai positif attendu")
    sure = step.confidence is not Confidence.TO_CHECK
    if sure and all(each.confidence is Confidence.TO_CHECK for each in circuit.references):
        sentence = "confidence: un délai n'est pas plus sûr que les sources de son circuit"
        yield parsed.problem(step, "confidence", sentence)
