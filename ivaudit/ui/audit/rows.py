"""The points of an audit as rows: in which order, in which groups, under which filter. No Qt here."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from operator import attrgetter

from ivaudit.domain.audit import EMPTY, STRUCTURE, Answer, AuditSheet
from ivaudit.domain.checklist import Checklist, Criterion, Point, Term, Vocabulary
from ivaudit.domain.scale import ScaleValue
from ivaudit.domain.standing import PointStanding, State, state_of
from ivaudit.domain.wording import folded

AGAIN = "↻ récurrent"
"""The sign and the word of a point that is to improve again."""


class Order(StrEnum):
    """In which order the points are walked through."""

    REFERENTIAL = "référentiel"
    PLACE = "lieu"
    INTERLOCUTOR = "interlocuteur"


class Filter(StrEnum):
    """Which points are listed."""

    ALL = "toutes"
    UNANSWERED = "sans réponse"
    TO_IMPROVE = "à améliorer"
    CRITICAL = "critiques"
    CRITICAL_LEFT = "critiques non évalués"
    REVIEW = "à revoir"
    CARRIED = "à reconfirmer"
    RECURRENT = "récurrents"
    CONSTAT = "avec constat"
    DISPUTED = "désaccords"
    NOT_CONCERNED = "non concernés"


@dataclass(slots=True)
class Row:
    """A point of a checklist with what is known of it now; the one mutable value of the grid.

    `answer` and `state` are those of the subject shown; for the whole structure, `state` is where the point
    stands in the audit, all subjects together. `given` holds the answers of every subject, shared by the
    rows of one criterion; `overall` is the state in the audit where another subject is shown.
    """

    checklist: Checklist
    point: Point
    answer: Answer = EMPTY
    state: State = State.UNANSWERED
    given: dict[str, Answer] = field(default_factory=dict)
    subject: str = STRUCTURE
    overall: State | None = None
    disputed: bool = False
    unmet_before: bool = False
    _improving: frozenset[str] | None = field(default=None, init=False, repr=False, compare=False)

    @property
    def criterion(self) -> Criterion:
        """Return its criterion."""
        return self.point.criterion

    @property
    def key(self) -> str:
        """Return the id of its criterion."""
        return self.point.criterion.id

    @property
    def value(self) -> ScaleValue | None:
        """Return what is answered, or nothing."""
        if self.answer.value is None:
            return None
        return self.checklist.scale_of(self.criterion).value(self.answer.value)

    @property
    def carried(self) -> bool:
        """Tell whether its answer was taken over and waits to be confirmed."""
        return self.answer.carried is not None and self.value is not None

    @property
    def answers(self) -> tuple[Answer, ...]:
        """Return the answers the row stands for: that of the subject shown, or all for the structure."""
        if self.subject != STRUCTURE or not self.given:
            return (self.answer,)
        return tuple(self.given.values())

    @property
    def to_improve(self) -> bool:
        """Tell whether one of those answers, confirmed, leaves something to improve."""
        if self._improving is None:
            scale = self.checklist.scale_of(self.criterion)
            self._improving = frozenset(value.id for value in scale.values if value.to_improve)
        return not self._improving.isdisjoint([each.value for each in self.answers if not each.carried])

    @property
    def whole(self) -> State:
        """Return where the point stands in the audit, all subjects together."""
        return self.state if self.overall is None else self.overall

    def show_subject(self, subject: str) -> None:
        """Show the answer of another subject; needs `whole` to be right."""
        whole = self.whole
        self.subject = subject
        self.answer = self.given.get(subject, EMPTY)
        self.overall = None if subject == STRUCTURE else whole
        self.restate(whole)

    def restate(self, whole: State) -> None:
        """Take where the point stands in the audit, and say where the subject shown stands."""
        if self.subject == STRUCTURE:
            self.state = whole
            return
        self.overall = whole
        if whole is State.NOT_CONCERNED:
            self.state = whole
        else:
            self.state, _ = state_of(self.checklist, self.criterion, self.answer)

    @property
    def recurrent(self) -> bool:
        """Tell whether it is to improve again: an audit that stands beside said so already."""
        value = self.value
        return self.unmet_before and value is not None and value.to_improve and not self.carried

    @property
    def treated(self) -> bool:
        """Tell whether nothing is left to see, as the progress counter understands it."""
        return self.state in {State.RATED, State.OUT, State.UNRATED}

    @property
    def concerned(self) -> bool:
        """Tell whether the point concerns this facility."""
        return self.state is not State.NOT_CONCERNED


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A part of the walk: a checklist, a domain, a section, a place or an interlocutor.

    `rows` are positions in the list of all rows; `depth` is its level in the tree.
    """

    key: str
    title: str
    depth: int
    rows: tuple[int, ...]
    leaf: bool = True


def rows_of(sheet: AuditSheet, standings: Mapping[str, Sequence[PointStanding]]) -> list[Row]:
    """Return every point of the checklists of an audit, in order.

    Args:
        sheet: the audit.
        standings: by checklist id.
    """
    given: dict[str, dict[str, Answer]] = {}
    for (subject, key), answer in sheet.answers.items():
        given.setdefault(key, {})[subject] = answer
    return [
        Row(
            checklist,
            each.point,
            sheet.answer(each.criterion.id, STRUCTURE),
            each.state,
            given.setdefault(each.criterion.id, {}),
        )
        for checklist in sheet.checklists
        for each in standings[checklist.id]
    ]


def groups(rows: Sequence[Row], order: Order, vocabulary: Vocabulary) -> tuple[Group, ...]:
    """Return the parts of the walk in order; a point stands once, under its first place or interlocutor."""
    match order:
        case Order.REFERENTIAL:
            return _by_referential(rows)
        case Order.PLACE:
            return _by_term(rows, vocabulary.places, lambda c: c.places, "Sans lieu précisé")
        case Order.INTERLOCUTOR:
            return _by_term(
                rows, vocabulary.interlocutors, lambda c: c.interlocutors, "Sans interlocuteur précisé"
            )


def walk(found: Iterable[Group]) -> tuple[int, ...]:
    """Return the positions of the rows in the order of the walk."""
    return tuple(row for group in found if group.leaf for row in group.rows)


_EVALUATED = frozenset({State.RATED, State.OUT})
_REVIEW, _CONSTAT = attrgetter("review"), attrgetter("constat")
_PASSES: Mapping[Filter, Callable[[Row], bool]] = {
    Filter.ALL: lambda _: True,
    Filter.UNANSWERED: lambda row: row.state is State.UNANSWERED,
    Filter.TO_IMPROVE: lambda row: row.to_improve,
    Filter.CRITICAL: lambda row: row.criterion.critical,
    Filter.CRITICAL_LEFT: lambda row: row.criterion.critical and row.state not in _EVALUATED,
    Filter.REVIEW: lambda row: any(map(_REVIEW, row.answers)),
    Filter.CARRIED: lambda row: row.carried,
    Filter.RECURRENT: lambda row: row.recurrent,
    Filter.CONSTAT: lambda row: any(map(_CONSTAT, row.answers)),
    Filter.DISPUTED: lambda row: row.disputed,
    Filter.NOT_CONCERNED: lambda _: False,
}


def passes(row: Row, wanted: Filter) -> bool:
    """Tell whether a row is listed under a filter; a point that does not concern us has its own."""
    if not row.concerned:
        return wanted is Filter.NOT_CONCERNED
    return _PASSES[wanted](row)


def counts(rows: Iterable[Row]) -> dict[Filter, int]:
    """Return how many rows each filter lists."""
    found = dict.fromkeys(Filter, 0)
    for row in rows:
        for each in Filter:
            found[each] += passes(row, each)
    return found


def question_text(row: Row) -> str:
    """Return what a search looks at and that never changes, folded: number, question, guidance."""
    criterion = row.criterion
    guidance = " ".join(criterion.guidance.values())
    return folded(f"{row.point.number} {criterion.question} {guidance} {criterion.recommendation}")


def written_text(answer: Answer, *, with_note: bool) -> str:
    """Return what a search looks at in the auditor's words, folded."""
    note = answer.note if with_note else ""
    joined = f"{answer.constat} {note} {answer.awaiting}".strip()
    return folded(joined) if joined else ""


def _by_referential(rows: Sequence[Row]) -> tuple[Group, ...]:
    several = len({row.checklist.id for row in rows}) > 1
    found: dict[tuple[str, ...], list[int]] = {}
    titles: dict[tuple[str, ...], str] = {}
    for at, row in enumerate(rows):
        steps = [(row.checklist.id, row.checklist.title)] if several else []
        steps += [
            (row.point.domain.id, row.point.domain.title),
            (row.point.section.id, row.point.section.title),
        ]
        path: tuple[str, ...] = () if several else (row.checklist.id,)
        for key, title in steps:
            path = (*path, key)
            titles[path] = title
            found.setdefault(path, []).append(at)
    leaf = 3
    shift = 1 if several else 2
    return tuple(
        Group(
            key="/".join(path),
            title=titles[path],
            depth=len(path) - shift,
            rows=tuple(members),
            leaf=len(path) == leaf,
        )
        for path, members in found.items()
    )


def _by_term(
    rows: Sequence[Row],
    terms: Sequence[Term],
    keys_of: Callable[[Criterion], tuple[str, ...]],
    without: str,
) -> tuple[Group, ...]:
    labels = {term.id: term.label for term in terms}
    found: dict[str, list[int]] = {key: [] for key in [*labels, ""]}
    for at, row in enumerate(rows):
        keys = keys_of(row.criterion)
        found.setdefault(keys[0] if keys else "", []).append(at)
    last = found.pop("")
    parts = [*found.items(), ("", last)]
    return tuple(
        Group(key=key or "-", title=labels.get(key, key) or without, depth=0, rows=tuple(members))
        for key, members in parts
        if members
    )
