"""Where each point of a checklist stands: concerned or not, rated or not, and what it earns."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from functools import cache

from ivaudit.domain.audit import EMPTY, STRUCTURE, Answer, AuditSheet
from ivaudit.domain.checklist import Checklist, Condition, Criterion, Point
from ivaudit.domain.scale import Standing


class State(StrEnum):
    """What a point is for the counters. «À revoir» and «à reconfirmer» are unrated whatever their value."""

    NOT_CONCERNED = "non concerné"
    UNANSWERED = "sans réponse"
    REVIEW = "à revoir"
    CARRIED = "à reconfirmer"
    UNRATED = "non noté"
    OUT = "sans objet"
    RATED = "noté"


class CriticalState(StrEnum):
    """The five states of a critical point."""

    KEPT = "tenu"
    PARTLY = "partiellement tenu"
    BROKEN = "non tenu"
    NOT_RATED = "non évalué"
    NOT_APPLICABLE = "sans objet motivé"


@dataclass(frozen=True, slots=True, kw_only=True)
class PointStanding:
    """A point with its state; `earned` is a part of one point, 0 to 1, when rated."""

    point: Point
    state: State
    earned: Fraction | None = None

    @property
    def criterion(self) -> Criterion:
        """Return its criterion."""
        return self.point.criterion

    @property
    def critical_state(self) -> CriticalState | None:
        """Return its state as a critical point; nothing when it is not one, or does not concern us."""
        if not self.criterion.critical or self.state is State.NOT_CONCERNED:
            return None
        if self.state is State.OUT:
            return CriticalState.NOT_APPLICABLE
        if self.earned is None:
            return CriticalState.NOT_RATED
        if self.earned == 1:
            return CriticalState.KEPT
        return CriticalState.PARTLY if self.earned > 0 else CriticalState.BROKEN


def standings(sheet: AuditSheet, checklist: Checklist) -> tuple[PointStanding, ...]:
    """Return the standing of every point of a checklist in an audit, in order."""
    return tuple(standing_of(sheet, checklist, point) for point in checklist.points())


def standing_of(sheet: AuditSheet, checklist: Checklist, point: Point) -> PointStanding:
    """Return the standing of one point in an audit."""

    def value_of(criterion: str) -> str | None:
        return sheet.answer(criterion).value

    return _standing(sheet, checklist, point, value_of)


def asked_of(condition: Condition | None) -> frozenset[str]:
    """Return the criteria whose answers decide a condition."""
    if condition is None:
        return frozenset()
    own = {condition.criterion} if condition.criterion is not None else set()
    return frozenset(own).union(*(asked_of(each) for each in (*condition.every, *condition.some)))


def concerned(
    condition: Condition | None, profile: Iterable[str], value_of: Callable[[str], str | None]
) -> bool:
    """Tell whether a condition holds, from the activity profile and the answers already given."""
    if condition is None:
        return True
    if condition.profile:
        return not set(condition.profile).isdisjoint(profile)
    if condition.criterion is not None:
        return value_of(condition.criterion) in condition.values
    if condition.every:
        return all(concerned(each, profile, value_of) for each in condition.every)
    return any(concerned(each, profile, value_of) for each in condition.some)


def state_of(checklist: Checklist, criterion: Criterion, answer: Answer) -> tuple[State, Fraction | None]:
    """Return the state of one answer, and what it earns when rated."""
    value = checklist.scale_of(criterion).value(answer.value) if answer.value else None
    if value is None:
        return (State.REVIEW if answer.review else State.UNANSWERED), None
    if answer.carried is not None:
        return State.CARRIED, None
    if value.standing is Standing.LEAVES:
        return (State.REVIEW, None) if answer.review else (State.OUT, None)
    if answer.review:
        return State.REVIEW, None
    if value.standing is Standing.STAYS or value.percent is None:
        return State.UNRATED, None
    return State.RATED, _part(value.percent)


@cache
def _part(percent: int) -> Fraction:
    return Fraction(percent, 100)


def _standing(
    sheet: AuditSheet, checklist: Checklist, point: Point, value_of: Callable[[str], str | None]
) -> PointStanding:
    criterion = point.criterion
    if not concerned(criterion.applicability, sheet.facility.profile, value_of):
        return PointStanding(point=point, state=State.NOT_CONCERNED)
    seen: dict[tuple[object, ...], tuple[State, Fraction | None]] = {}
    states = []
    for _, answer in _answering(sheet, criterion):
        kind = (answer.value, answer.review, answer.carried is None)
        if kind not in seen:  # thirty units give few different answers
            seen[kind] = state_of(checklist, criterion, answer)
        states.append(seen[kind])
    state, earned = combined(states, criterion.critical)
    return PointStanding(point=point, state=state, earned=earned)


def answering(sheet: AuditSheet, criterion: Criterion) -> Sequence[str]:
    """Return the subjects whose answers make that of a criterion; the structure itself when none answered.

    An answer undone, or a constat without an answer, says nothing of a subject that nobody had to ask. Who
    answers for all (siège, GHT) counts only as long as the structure and its units say nothing.
    """
    return [subject for subject, _ in _answering(sheet, criterion)]


def _answering(sheet: AuditSheet, criterion: Criterion) -> list[tuple[str, Answer]]:
    key, get = criterion.id, sheet.answers.get
    given = [(subject, get((subject, key), EMPTY)) for subject in sheet.subjects]
    answered = [each for each in given if each[1].value or each[1].review]
    own = [each for each in answered if each[0] not in sheet.bearers] if sheet.bearers else answered
    return own or answered[:1] or [(STRUCTURE, sheet.answer(key))]


def inherited(sheet: AuditSheet, criterion: Criterion) -> bool:
    """Tell whether a criterion stands by the answer of who answers for all."""
    return answering(sheet, criterion)[0] in sheet.bearers


def combined(
    states: Sequence[tuple[State, Fraction | None]], critical: bool
) -> tuple[State, Fraction | None]:
    """Return one state for several subjects: the worst for a critical point, the mean otherwise.

    Subjects that are «sans objet» do not count unless all are. A subject still unrated leaves the whole
    unrated, except where a critical point is already not kept by another.
    """
    if len(states) == 1:
        return states[0]
    kept = [each for each in states if each[0] is not State.OUT] or list(states)
    earned = [points for _, points in kept if points is not None]
    if critical and earned and min(earned) == 0:
        return State.RATED, Fraction(0)
    waiting = [state for state, points in kept if points is None]
    if waiting:
        return waiting[0], None
    if critical:
        return State.RATED, min(earned)
    return State.RATED, sum((part * many for part, many in Counter(earned).items()), Fraction(0)) / len(
        earned
    )
