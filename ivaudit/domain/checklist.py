"""Checklists: criteria in sections in domains, with where each comes from and how sure we are."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from ivaudit.domain.adapted import AdaptedCriterion, AppliedAdaptation
from ivaudit.domain.scale import Levels, Scale
from ivaudit.domain.wording import fingerprint

MARKS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")
"""How the checklists of one audit are told apart where their points are mixed."""


class Confidence(StrEnum):
    """How the source of a rule was established."""

    READ = "lu"
    QUOTED = "cité"
    SUMMARISED = "résumé"
    TO_CHECK = "à vérifier"


class Force(StrEnum):
    """What obliges: the rule, a recommendation, or good practice alone."""

    REQUIREMENT = "exigence"
    RECOMMENDATION = "recommandation"
    GOOD_PRACTICE = "bonne pratique"


class NaPolicy(StrEnum):
    """Whether « sans objet » may be answered."""

    FORBIDDEN = "interdit"
    REASON = "motif"
    FREE = "libre"


class Kind(StrEnum):
    """What a checklist is for."""

    REQUIREMENTS = "exigences"
    VISIT = "visite"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """Where a rule comes from."""

    document: str
    edition: str | None = None
    code: str | None = None
    section: str | None = None
    confidence: Confidence
    source: str | None = None

    @property
    def plain(self) -> bool:
        """Tell whether the text was read or quoted, so that it may be shown without a warning."""
        return self.confidence in {Confidence.READ, Confidence.QUOTED}


def surest(references: Iterable[Reference]) -> Confidence:
    """Return the surest confidence among references; there is at least one."""
    order = list(Confidence)
    return min((reference.confidence for reference in references), key=order.index)


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """When a criterion concerns the facility: exactly one of its parts is filled.

    `profile`: the facility has one of these activities; `criterion` with `values`: that answer is one of
    them; `every` / `some`: all, or any, of the conditions inside.
    """

    profile: tuple[str, ...] = ()
    criterion: str | None = None
    values: tuple[str, ...] = ()
    every: tuple["Condition", ...] = ()
    some: tuple["Condition", ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Criterion:
    """One verifiable fact, affirmative: « Oui » is always the good practice.

    `guidance` and `rating` map a setting or a value of the scale to a text; `weight` is whole; `minutes` is
    the time it takes on site; `replaces` are ids of earlier versions that this criterion takes over from.
    """

    id: str
    question: str
    why: str
    guidance: dict[str, str]
    rating: dict[str, str]
    evidence: tuple[str, ...]
    methods: tuple[str, ...]
    interlocutors: tuple[str, ...]
    places: tuple[str, ...]
    weight: int
    weight_reason: str | None = None
    force: Force
    critical: bool = False
    critical_reason: str | None = None
    critical_chosen_by: str | None = None
    na: NaPolicy
    applicability: Condition | None = None
    recommendation: str
    minutes: int
    references: tuple[Reference, ...]
    scale: str | None = None
    replaces: tuple[str, ...] = ()

    @property
    def confidence(self) -> Confidence:
        """Return the surest confidence among its references."""
        return surest(self.references)

    @property
    def fingerprint(self) -> str:
        """Return what this text alone vouches for: the question, its rating and its scale."""
        rating = [f"{key}={text}" for key, text in sorted(self.rating.items())]
        return fingerprint(self.question, *rating, self.scale or "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """Criteria that are asked together."""

    id: str
    title: str
    criteria: tuple[Criterion, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Domain:
    """A part of the field, with its own result."""

    id: str
    title: str
    sections: tuple[Section, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """A criterion at its place in a checklist; `number` is what people say («1.3»)."""

    number: str
    domain: Domain
    section: Section
    criterion: Criterion


@dataclass(frozen=True, slots=True, kw_only=True)
class Checklist:
    """A published checklist with everything an audit needs of it: references resolved, scales included.

    `coverage_threshold` is a whole percentage; `minutes_budget` whole minutes. Without `levels` no level is
    given: on a choice of points it would mislead.
    `adaptations` say what differs from the published one; `numbers`, by criterion id, keep those published
    where criteria before them came or went.
    """

    id: str
    version: str
    title: str
    kind: Kind
    summary: str
    edition: str
    licence: str
    authors: tuple[str, ...]
    published: str
    scale: Scale
    other_scales: tuple[Scale, ...] = ()
    levels: Levels | None = None
    coverage_threshold: int
    minutes_budget: int | None = None
    domains: tuple[Domain, ...]
    adaptations: tuple[AppliedAdaptation, ...] = ()
    numbers: tuple[tuple[str, str], ...] = ()

    def points(self) -> Iterator[Point]:
        """Yield the criteria in order, numbered «domain.rank» unless `numbers` says otherwise."""
        kept = dict(self.numbers)
        for d, domain in enumerate(self.domains, 1):
            rank = 0
            for section in domain.sections:
                for criterion in section.criteria:
                    rank += 1
                    number = kept.get(criterion.id, f"{d}.{rank}")
                    yield Point(number=number, domain=domain, section=section, criterion=criterion)

    def adapted(self, criterion: str) -> tuple[tuple[AppliedAdaptation, AdaptedCriterion], ...]:
        """Return what local adaptations did to a criterion, in the order they apply."""
        return tuple(
            (adaptation, change)
            for adaptation in self.adaptations
            for change in adaptation.changes
            if change.criterion == criterion
        )

    def scale_of(self, criterion: Criterion) -> Scale:
        """Return the scale a criterion is answered on."""
        if criterion.scale is None:
            return self.scale
        return next((scale for scale in self.other_scales if scale.id == criterion.scale), self.scale)

    def fingerprint_of(self, criterion: Criterion) -> str:
        """Return what an answer vouches for: the question, its rating and the scale it is answered on."""
        rating = [f"{key}={text}" for key, text in sorted(criterion.rating.items())]
        scale = self.scale_of(criterion)
        return fingerprint(criterion.question, *rating, scale.id, *(value.id for value in scale.values))


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A key of the vocabulary with what people read."""

    id: str
    label: str
    help: str = ""


class TermLists(Protocol):
    """Closed lists that forms refer to by key: the vocabulary, or the lists of the register."""

    def keys(self, family: str) -> tuple[str, ...]:
        """Return the keys of a family («places»…), in order."""

    def label(self, family: str, key: str) -> str:
        """Return the label of `key` in a family, or the key itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """Closed lists that checklists and forms refer to by key."""

    id: str
    version: str
    methods: tuple[Term, ...]
    interlocutors: tuple[Term, ...]
    places: tuple[Term, ...]
    profile: tuple[Term, ...]
    settings: tuple[Term, ...]
    unit_kinds: tuple[Term, ...]
    na_reasons: tuple[Term, ...]
    means: tuple[Term, ...]
    audit_kinds: tuple[Term, ...]
    audit_states: tuple[Term, ...]

    def keys(self, family: str) -> tuple[str, ...]:
        """Return the keys of a family («places»…), in order."""
        terms: tuple[Term, ...] = getattr(self, family)
        return tuple(term.id for term in terms)

    def label(self, family: str, key: str) -> str:
        """Return the label of `key` in a family («places»…), or the key itself."""
        terms: tuple[Term, ...] = getattr(self, family)
        return next((term.label for term in terms if term.id == key), key)
