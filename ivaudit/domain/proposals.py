"""From observed rates to answers: proposed, never set."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from ivaudit.domain.campaign import ItemResult
from ivaudit.domain.scoring import displayed

YES, PARTLY, NO = "oui", "partiel", "non"
_ORDER = (NO, PARTLY, YES)


@dataclass(frozen=True, slots=True, kw_only=True)
class Thresholds:
    """From which rate an answer is proposed: whole percentages, chosen by `chosen_by`, no national value.

    Under `least` rated lines nothing is proposed, but for a fact whose failure stops the act.
    """

    id: str
    version: str
    title: str
    chosen_by: str
    yes_from: int
    partly_from: int
    least: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """An answer that observations suggest for a criterion, with the sentence that says why."""

    criterion: str
    value: str
    because: str
    items: tuple[str, ...]


def proposals(results: Sequence[ItemResult], thresholds: Thresholds) -> tuple[Proposal, ...]:
    """Return what the observed facts suggest, one proposal per criterion: that of its worst fact."""
    found: dict[str, list[tuple[str, ItemResult]]] = {}
    for criterion, value, result in _suggested(results, thresholds):
        found.setdefault(criterion, []).append((value, result))
    return tuple(_proposal(criterion, suggested, thresholds) for criterion, suggested in found.items())


def suggested(result: ItemResult, thresholds: Thresholds) -> str | None:
    """Return the answer that one fact suggests, nothing when too few lines say something.

    The rate is compared as displayed, in whole points. One failure of a fact that stops the act suggests
    «non» whatever the rate.
    """
    rate = result.counts.rate
    if rate is None:
        return None
    if result.item.stops and result.counts.no:
        return NO
    if result.counts.rated < thresholds.least:
        return None
    return _at(rate, thresholds)


def _at(rate: Fraction, thresholds: Thresholds) -> str:
    shown = displayed(rate)
    if shown >= thresholds.yes_from:
        return YES
    return PARTLY if shown >= thresholds.partly_from else NO


def _suggested(
    results: Sequence[ItemResult], thresholds: Thresholds
) -> Iterator[tuple[str, str, ItemResult]]:
    for result in results:
        value = suggested(result, thresholds)
        if value is not None:
            yield from ((criterion, value, result) for criterion in result.item.criteria)


def _proposal(criterion: str, found: Sequence[tuple[str, ItemResult]], thresholds: Thresholds) -> Proposal:
    value = min((value for value, _ in found), key=_ORDER.index)
    deciding = [result for each, result in found if each == value]
    because = " ".join(_sentence(result, thresholds) for result in deciding)
    return Proposal(
        criterion=criterion,
        value=value,
        because=because,
        items=tuple(result.item.id for result in deciding),
    )


def _sentence(result: ItemResult, thresholds: Thresholds) -> str:
    counts = result.counts
    share = displayed(counts.rate or Fraction(0))
    head = f"« {result.item.question} » : {counts.yes} oui sur {counts.rated} ({share} %)"
    if result.item.stops and counts.no:
        return f"{head} ; un seul échec suffit à proposer « non »."
    return (
        f"{head} ; repères : oui dès {thresholds.yes_from} %, partiel dès {thresholds.partly_from} %, "
        f"choisis par {thresholds.chosen_by}, sans valeur nationale."
    )
