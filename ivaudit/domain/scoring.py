"""Scores, their bounds and their levels, in exact fractions; every figure can explain itself.

The rules, as the guide tells them: three counters, a weighted mean over rated points, no score under the
coverage threshold, critical points that cap the level or keep it waiting.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from ivaudit.domain.checklist import Checklist, Domain
from ivaudit.domain.scale import Level, Levels
from ivaudit.domain.standing import CriticalState, PointStanding, State

_HALF = Fraction(1, 2)
_TREATED = frozenset({State.RATED, State.OUT, State.UNRATED})


def displayed(share: Fraction) -> int:
    """Return a share, 0 to 1, as whole points of 100, rounded half up."""
    return int(share * 100 + _HALF)


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A share that explains itself.

    `numerator` and `denominator` are sums of what `unit` names; `items` are the criteria of the numerator,
    `others` those of the denominator that are not in it.
    """

    title: str
    rule: str
    unit: str
    numerator: Fraction
    denominator: Fraction
    items: tuple[str, ...]
    others: tuple[str, ...]

    @property
    def share(self) -> Fraction | None:
        """Return the share, 0 to 1, or nothing where there is nothing to share."""
        return self.numerator / self.denominator if self.denominator else None

    @property
    def shown(self) -> int | None:
        """Return the share as displayed, in whole points of 100."""
        return None if self.share is None else displayed(self.share)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """The lowest and highest result still possible, in displayed points, with their levels if it has some."""

    low: int
    high: int
    low_level: Level | None
    high_level: Level | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CriticalPoint:
    """A critical point and its state."""

    standing: PointStanding
    state: CriticalState


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """Everything that may be said in figures of a checklist, or of one of its domains.

    `score` is absent while nothing is rated or coverage is under the threshold; `level` and
    `capped_level` are absent too while a critical point is not rated (`waiting` of them), and always where
    the checklist gives no level (`leveled` is false). `carried` answers wait to be confirmed.
    """

    progress: Figure
    coverage: Figure
    not_applicable: Figure
    fulfilled: Figure
    mean: Figure
    threshold: int
    score: int | None
    bounds: Bounds | None
    level: Level | None
    capped_level: Level | None
    critical: tuple[CriticalPoint, ...]
    to_see: int
    critical_to_see: int
    minutes_left: int
    review: int
    carried: int
    not_concerned: int
    leveled: bool

    @property
    def waiting(self) -> int:
        """Return how many critical points are not rated."""
        return len(self.critical_in(CriticalState.NOT_RATED))

    @property
    def broken(self) -> int:
        """Return how many critical points are not kept."""
        return len(self.critical_in(CriticalState.BROKEN))

    def critical_in(self, state: CriticalState) -> tuple[CriticalPoint, ...]:
        """Return the critical points in a state."""
        return tuple(point for point in self.critical if point.state is state)


@dataclass(frozen=True, slots=True, kw_only=True)
class DomainResult:
    """The result of one domain."""

    domain: Domain
    result: Result


def result(checklist: Checklist, points: Sequence[PointStanding]) -> Result:
    """Return the result over these points of a checklist."""
    concerned = [p for p in points if p.state is not State.NOT_CONCERNED]
    applicable = [p for p in concerned if p.state is not State.OUT]
    rated = [p for p in applicable if p.state is State.RATED]
    critical = tuple(
        CriticalPoint(standing=p, state=state) for p in points if (state := p.critical_state) is not None
    )
    coverage = _coverage(rated, applicable)
    mean = _mean(rated)
    # On the displayed value, as levels are: «couverture de 80 %, il en faut 80 %» would make no sense.
    enough = coverage.shown is not None and coverage.shown >= checklist.coverage_threshold
    score = mean.shown if enough and rated else None
    level = _level(checklist.levels, score, critical)
    left = [p for p in concerned if p.state not in _TREATED]
    return Result(
        progress=_progress(concerned),
        coverage=coverage,
        not_applicable=_not_applicable(concerned),
        fulfilled=_fulfilled(rated),
        mean=mean,
        threshold=checklist.coverage_threshold,
        score=score,
        bounds=_bounds(checklist.levels, applicable, rated, critical),
        level=level,
        capped_level=_capped(checklist.levels, level, critical),
        critical=critical,
        to_see=len(left),
        critical_to_see=sum(p.criterion.critical for p in left),
        minutes_left=sum(p.criterion.minutes for p in left),
        review=sum(p.state is State.REVIEW for p in concerned),
        carried=sum(p.state is State.CARRIED for p in concerned),
        not_concerned=len(points) - len(concerned),
        leveled=checklist.levels is not None,
    )


def domain_results(checklist: Checklist, points: Sequence[PointStanding]) -> tuple[DomainResult, ...]:
    """Return the result of each domain, in order."""
    return tuple(
        DomainResult(
            domain=domain,
            result=result(checklist, [p for p in points if p.point.domain.id == domain.id]),
        )
        for domain in checklist.domains
    )


def _progress(concerned: Sequence[PointStanding]) -> Figure:
    treated = [p for p in concerned if p.state in _TREATED]
    return _counts("Avancement", "Points traités sur points de la grille.", treated, concerned)


def _coverage(rated: Sequence[PointStanding], applicable: Sequence[PointStanding]) -> Figure:
    rule = (
        "Poids des points évalués sur poids des points applicables : un point « sans objet » ou non concerné "
        "sort du calcul, un point non vu, à vérifier, à revoir ou à reconfirmer y reste sans être évalué."
    )
    return _weights("Couverture", rule, rated, applicable)


def _not_applicable(concerned: Sequence[PointStanding]) -> Figure:
    out = [p for p in concerned if p.state is State.OUT]
    return _counts("Part de sans objet", "Points « sans objet » sur points de la grille.", out, concerned)


def _fulfilled(rated: Sequence[PointStanding]) -> Figure:
    rule = "Points pleinement acquis sur points évalués, sans pondération."
    return _counts("Part de « Oui »", rule, [p for p in rated if p.earned == 1], rated)


def _ids(points: Iterable[PointStanding]) -> tuple[str, ...]:
    return tuple(p.criterion.id for p in points)


def _others(part: Sequence[PointStanding], whole: Sequence[PointStanding]) -> tuple[str, ...]:
    inside = set(_ids(part))
    return tuple(key for key in _ids(whole) if key not in inside)


def _counts(title: str, rule: str, part: Sequence[PointStanding], whole: Sequence[PointStanding]) -> Figure:
    return Figure(
        title=title,
        rule=rule,
        unit="points",
        numerator=Fraction(len(part)),
        denominator=Fraction(len(whole)),
        items=_ids(part),
        others=_others(part, whole),
    )


def _weight(points: Iterable[PointStanding]) -> Fraction:
    return Fraction(sum(p.criterion.weight for p in points))


def _weights(title: str, rule: str, part: Sequence[PointStanding], whole: Sequence[PointStanding]) -> Figure:
    return Figure(
        title=title,
        rule=rule,
        unit="poids",
        numerator=_weight(part),
        denominator=_weight(whole),
        items=_ids(part),
        others=_others(part, whole),
    )


def _earned(rated: Iterable[PointStanding]) -> Fraction:
    return sum((p.criterion.weight * p.earned for p in rated if p.earned is not None), Fraction(0))


def _mean(rated: Sequence[PointStanding]) -> Figure:
    gaining = [p for p in rated if p.earned]
    return Figure(
        title="Score",
        rule="Somme des poids multipliés par les points obtenus, sur la somme des poids des points évalués.",
        unit="poids × points",
        numerator=_earned(rated),
        denominator=_weight(rated),
        items=_ids(gaining),
        others=_others(gaining, rated),
    )


def _has(critical: Iterable[CriticalPoint], *states: CriticalState) -> bool:
    return any(point.state in states for point in critical)


def _level(levels: Levels | None, score: int | None, critical: Sequence[CriticalPoint]) -> Level | None:
    if levels is None or score is None or _has(critical, CriticalState.NOT_RATED):
        return None
    return levels.at(score)


def _capped(levels: Levels | None, level: Level | None, critical: Sequence[CriticalPoint]) -> Level | None:
    if levels is None or level is None or not _has(critical, CriticalState.BROKEN):
        return level
    return levels.capped(level)


def _bounds(
    levels: Levels | None,
    applicable: Sequence[PointStanding],
    rated: Sequence[PointStanding],
    critical: Sequence[CriticalPoint],
) -> Bounds | None:
    """Return the results with every unrated point lost, then with every one earned.

    An unrated point that turns out «sans objet» gives a result between the two.
    """
    whole = _weight(applicable)
    if not whole or not rated:
        return None
    earned = _earned(rated)
    low = displayed(earned / whole)
    high = displayed((earned + whole - _weight(rated)) / whole)
    if levels is None:
        return Bounds(low=low, high=high, low_level=None, high_level=None)
    low_level, high_level = levels.at(low), levels.at(high)
    if _has(critical, CriticalState.BROKEN, CriticalState.NOT_RATED):
        low_level = levels.capped(low_level)
    if _has(critical, CriticalState.BROKEN):
        high_level = levels.capped(high_level)
    return Bounds(low=low, high=high, low_level=low_level, high_level=high_level)
