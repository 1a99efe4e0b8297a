"""Practical cases: a situation, a question, the answer expected, and the rule behind it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from ivaudit.domain.checklist import Confidence, Reference


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One case, for training or an interview; `trap` is the answer most people give at first."""

    id: str
    title: str
    situation: str
    question: str
    answer: str
    trap: str
    rule: str
    criteria: tuple[str, ...]
    references: tuple[Reference, ...]

    @property
    def confidence(self) -> Confidence:
        """Return how sure its rule is: the least sure among its references.

        One rule says several things, each from its own reference; it is not surer than any of them.
        """
        order = list(Confidence)
        return max((reference.confidence for reference in self.references), key=order.index)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cases:
    """A published set of cases."""

    id: str
    version: str
    title: str
    summary: str
    licence: str
    authors: tuple[str, ...]
    published: str
    cases: tuple[Case, ...]

    def case(self, key: str) -> Case | None:
        """Return the case of that id, or nothing."""
        return next((case for case in self.cases if case.id == key), None)


NONE = Cases(
    id="cas-pratiques",
    version="1.0.0",
    title="Cas pratiques",
    summary="",
    licence="",
    authors=(),
    published="",
    cases=(),
)


def gathered(sets: Sequence[Cases]) -> Cases:
    """Return the cases of several sets as one, under the header of the first; an empty set without any."""
    first = sets[0] if sets else NONE
    return replace(first, cases=tuple(case for each in sets for case in each.cases))
