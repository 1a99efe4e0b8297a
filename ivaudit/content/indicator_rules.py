"""What a set of indicators must respect beyond its shape."""

import re
from collections.abc import Iterator, Mapping

from ivaudit.content import publication_rules
from ivaudit.content.parsing import Parsed
from ivaudit.content.problems import Problem
from ivaudit.content.reading import near
from ivaudit.content.resolving import Holder
from ivaudit.domain.checklist import Vocabulary
from ivaudit.domain.indicators import (
    Computation,
    Counted,
    Direction,
    Indicator,
    IndicatorSet,
    Measure,
    Nature,
    Unit,
)

_TYPE = re.compile(r"[PS]\d\d")


def problems(
    parsed: Parsed,
    found: IndicatorSet,
    terms: Vocabulary | None,
    holders: Mapping[str, Holder],
    observed: Mapping[str, Holder],
) -> Iterator[Problem]:
    """Yield the rules that a set of indicators breaks.

    Args:
        parsed: its file.
        found: the set.
        terms: the vocabulary, when it can be read.
        holders: which file holds each indicator.
        observed: which observation grid holds each fact.
    """
    yield from publication_rules.dated(parsed, found)
    yield from publication_rules.ids(parsed, found.indicators)
    yield from publication_rules.taken(parsed, found.indicators, holders)
    if found.small < 1:
        yield parsed.problem(found, "small", "small: au moins 1")
    yield from _settings(parsed, found, terms)
    for each in found.indicators:
        yield from _one(parsed, each)
        yield from _computed(parsed, each, observed)


def _settings(parsed: Parsed, found: IndicatorSet, terms: Vocabulary | None) -> Iterator[Problem]:
    known = [term.id for term in terms.settings] if terms else None
    for each in found.active_files:
        for rank, setting in enumerate(each.settings):
            if known is not None and setting not in known:
                message = f"settings: type de structure « {setting} » inconnu{near(setting, known)}"
                yield parsed.problem(each, "settings", message, rank)


def _one(parsed: Parsed, each: Indicator) -> Iterator[Problem]:
    if (each.unit is Unit.DAYS) != (each.measure is Measure.MEAN):
        yield parsed.problem(each, "unit", "unit: « jours » pour une moyenne, et pour elle seule")
    if each.rare and each.nature is not Nature.FLOW:
        yield parsed.problem(each, "rare", "rare: seul un flux compte des événements")
    if each.rare != bool(each.event):
        yield parsed.problem(each, "event", "event: nomme un événement rare, et seulement si rare: true")
    if each.rare and each.direction is not Direction.DOWN:
        message = "direction: un événement rare se suit pour qu'il ne revienne pas (baisse favorable)"
        yield parsed.problem(each, "direction", message)
    if each.excluded and each.measure is not Measure.SHARE:
        yield parsed.problem(each, "excluded", "excluded: seulement pour une part")


def _register(parsed: Parsed, computed: Computation) -> Iterator[Problem]:
    if computed.counts.in_register != bool(computed.entries):
        message = "entries: les fiches comptées, pour le registre et pour lui seul"
        yield parsed.problem(computed, "entries", message)
    for rank, each in enumerate(computed.types):
        if not _TYPE.fullmatch(each):
            yield parsed.problem(computed, "types", "types: un type du registre, comme P02", rank)


def _computed(parsed: Parsed, each: Indicator, observed: Mapping[str, Holder]) -> Iterator[Problem]:
    if each.computed is None:
        return
    facts = each.computed.facts
    if (each.computed.counts is Counted.OBSERVATIONS) != bool(facts):
        message = "facts: les faits à observer, pour « observations » et pour cela seul"
        yield parsed.problem(each.computed, "facts", message)
    yield from _register(parsed, each.computed)
    for one in facts:
        for rank, item in enumerate(one.items):
            holder = observed.get(item)
            if holder is None or holder.file != one.grid:
                hint = near(item, observed)
                message = f"items: le fait « {item} » n'est pas dans la grille « {one.grid} »{hint}"
                yield parsed.problem(one, "items", message, rank)
