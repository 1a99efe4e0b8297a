"""Rules of the conditions that tell whether a criterion concerns a facility."""

from collections.abc import Iterable, Iterator, Mapping

from ivaudit.content.parsing import Parsed
from ivaudit.content.problems import Problem
from ivaudit.content.reading import near
from ivaudit.content.resolving import Known
from ivaudit.domain.checklist import Condition, Criterion, Vocabulary
from ivaudit.domain.scale import Scale


def problems_of_condition(
    parsed: Parsed,
    criterion: Criterion,
    terms: Vocabulary | None,
    scales: Mapping[str, Scale],
    known: Mapping[str, Known],
) -> Iterator[Problem]:
    """Yield what is wrong with the applicability of a criterion."""
    for condition in _inside(criterion.applicability):
        filled = [condition.profile, condition.criterion, condition.every, condition.some]
        if sum(map(bool, filled)) != 1:
            sentence = "applicability: une seule clé à la fois parmi profile, criterion (avec in), all, any"
            yield parsed.problem(condition, None, sentence)
        if bool(condition.values) != bool(condition.criterion):
            yield parsed.problem(condition, None, "applicability: criterion et in vont ensemble")
        yield from _profile(parsed, condition, terms)
        yield from _values(parsed, condition, scales, known)


def cyclic(criteria: Iterable[Criterion], known: Mapping[str, Known]) -> Iterator[Criterion]:
    """Yield the criteria whose condition depends, step by step, on themselves."""
    for criterion in criteria:
        seen: set[str] = set()
        ahead = set(named(criterion))
        while ahead:
            key = ahead.pop()
            if key not in seen and key in known:
                seen.add(key)
                ahead.update(named(known[key].criterion))
        if criterion.id in seen:
            yield criterion


def named(criterion: Criterion) -> Iterator[str]:
    """Yield the criteria whose answers decide whether this one concerns a facility."""
    yield from (each.criterion for each in _inside(criterion.applicability) if each.criterion)


def _inside(condition: Condition | None) -> Iterator[Condition]:
    if condition is None:
        return
    yield condition
    for each in (*condition.every, *condition.some):
        yield from _inside(each)


def _profile(parsed: Parsed, condition: Condition, terms: Vocabulary | None) -> Iterator[Problem]:
    ids = [term.id for term in terms.profile] if terms else list(condition.profile)
    for rank, key in enumerate(condition.profile):
        if key not in ids:
            sentence = f"profile: « {key} » n'est pas dans le vocabulaire{near(key, ids)}"
            yield parsed.problem(condition, "profile", sentence, rank)


def _values(
    parsed: Parsed, condition: Condition, scales: Mapping[str, Scale], known: Mapping[str, Known]
) -> Iterator[Problem]:
    if condition.criterion is None:
        return
    if condition.criterion not in known:
        sentence = f"criterion: critère « {condition.criterion} » inconnu{near(condition.criterion, known)}"
        yield parsed.problem(condition, "criterion", sentence)
        return
    scale = scales.get(known[condition.criterion].scale)
    for rank, value in enumerate(condition.values):
        if scale and scale.value(value) is None:
            sentence = f"in: « {value} » n'est pas une valeur de l'échelle « {scale.id} »"
            yield parsed.problem(condition, "values", sentence, rank)
