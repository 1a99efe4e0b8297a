"""Audits of one structure compared: on the same criteria only, counts of changes before any score.

The rule, as the guide tells it: a criterion is compared when every audit asks it with the same question,
rating and scale, with the same weight, and rates it. What is left out is said. What a structure declares of
itself is never an evolution of what was seen, nor the reverse: it is a gap.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import pairwise
from typing import TypeAlias

from ivaudit.domain.audit import AuditSheet
from ivaudit.domain.charts import Axis, BarChart
from ivaudit.domain.checklist import Checklist
from ivaudit.domain.follow_up import FOLLOW_UP
from ivaudit.domain.scoring import displayed
from ivaudit.domain.standing import PointStanding, State, standings

SELF = "auto-evaluation"
"""The kind of audit whose figures are declared by the structure."""

FEWEST, MOST = 2, 5
"""How many audits are compared at a time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """An audit that is compared; `declared` tells a self-assessment from what an auditor saw."""

    audit: str
    date: str
    kind: str
    title: str
    declared: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A common criterion with what it earned in each audit, 0 to 1, in the order of the columns."""

    criterion: str
    number: str
    question: str
    weight: int
    critical: bool
    earned: tuple[Fraction, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What changed from one column to the next of the same nature: ids of criteria."""

    earlier: int
    later: int
    improved: tuple[str, ...]
    worsened: tuple[str, ...]
    unchanged: tuple[str, ...]

    @property
    def sentence(self) -> str:
        """Return the counts in words, before any score."""
        improved, worsened = len(self.improved), len(self.worsened)
        return (
            f"{improved} point{_s(improved)} amélioré{_s(improved)}, {worsened} dégradé{_s(worsened)}, "
            f"{len(self.unchanged)} inchangé{_s(len(self.unchanged))}"
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """What a structure declares beside what was seen: ids of criteria rated higher, lower, or the same."""

    declared: int
    seen: int
    higher: tuple[str, ...]
    lower: tuple[str, ...]
    same: tuple[str, ...]

    @property
    def sentence(self) -> str:
        """Return the counts in words, before any score."""
        higher, lower, same = len(self.higher), len(self.lower), len(self.same)
        return (
            f"{higher} point{_s(higher)} déclaré{_s(higher)} plus favorable{_s(higher)} que vu, "
            f"{lower} moins favorable{_s(lower)}, {same} identique{_s(same)}"
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """Criteria that cannot be compared, by why: ids."""

    not_asked: tuple[str, ...] = ()
    reworded: tuple[str, ...] = ()
    weighted: tuple[str, ...] = ()
    not_rated: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """One checklist in several audits, the earliest first; `scores` are whole points on `rows` alone.

    `gap` is there when a self-assessment stands beside what was seen, the last of each; `numbers` are those
    that people say, by criterion, those left out included.
    """

    checklist: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    steps: tuple[Step, ...]
    scores: tuple[int | None, ...]
    left_out: LeftOut
    gap: Gap | None = None
    numbers: Mapping[str, str] = field(default_factory=dict)

    @property
    def mixed(self) -> bool:
        """Tell whether declared figures stand beside seen ones: a gap, not an evolution."""
        return len({column.declared for column in self.columns}) > 1


def comparisons(sheets: Sequence[AuditSheet]) -> tuple[Comparison, ...]:
    """Return the comparison of each checklist that all the audits have, the earliest audit first.

    Args:
        sheets: audits of one structure, `FEWEST` to `MOST` of them, in any order.
    """
    ordered = sorted(sheets, key=lambda sheet: (sheet.audit.date, sheet.audit.created, sheet.audit.id))
    found = []
    for checklist in ordered[-1].checklists:
        same = [_same(sheet, checklist) for sheet in ordered]
        if all(same):
            found.append(
                _comparison(
                    ordered, checklist, [_asked_points(*each) for each in zip(ordered, same, strict=True)]
                )
            )
    return tuple(found)


def evolution(found: Comparison, row: Row) -> str:
    """Return how a point came from one date to the next, in a word, over the last step; empty without one."""
    if not found.steps:
        return ""
    step = found.steps[-1]
    if row.criterion in step.improved:
        return "amélioré"
    return "dégradé" if row.criterion in step.worsened else "inchangé"


def divergence(found: Comparison, row: Row) -> str:
    """Return how what is declared of a point stands to what was seen, in a word; empty without both."""
    if found.gap is None:
        return ""
    if row.criterion in found.gap.higher:
        return "plus favorable"
    return "moins favorable" if row.criterion in found.gap.lower else "identique"


def moved(found: Comparison) -> tuple[Row, ...]:
    """Return the points that are not the same everywhere."""
    return tuple(row for row in found.rows if len(set(row.earned)) > 1)


def chart_of(found: Comparison) -> BarChart:
    """Return the scores on the same points as bars, declared ones marked in words."""
    axes = tuple(
        Axis(label=named(column), value=score, note="aucun point commun")
        for column, score in zip(found.columns, found.scores, strict=True)
    )
    return BarChart(title=f"Score sur les {len(found.rows)} points communs", axes=axes)


def named(column: Column) -> str:
    """Return a column in words: its day, and whether its figures are declared."""
    day = "/".join(reversed(column.date.split("-")))
    return f"{day} – auto-évaluation (déclaratif)" if column.declared else day


def headed(column: Column) -> str:
    """Return a column in as few words as the head of a table has room for."""
    day = "/".join(reversed(column.date.split("-")))
    return f"{day} (déclaratif)" if column.declared else day


def obtained(earned: Fraction) -> str:
    """Return what a point earned, in words."""
    if earned == 1:
        return "Tenu"
    return f"Partiel ({displayed(earned)} %)" if earned else "Non tenu"


_Asked: TypeAlias = tuple[PointStanding, Checklist]


def _same(sheet: AuditSheet, checklist: Checklist) -> tuple[Checklist, ...]:
    """Return where an audit asks the points of a checklist: in its own, or anywhere for a follow-up."""
    own = tuple(each for each in sheet.checklists if each.id == checklist.id)
    followed = FOLLOW_UP in {checklist.id, *(each.id for each in sheet.checklists)}
    return sheet.checklists if followed and not own else own


def _asked_points(sheet: AuditSheet, checklists: Sequence[Checklist]) -> dict[str, _Asked]:
    found: dict[str, _Asked] = {}
    for checklist in checklists:
        for point in standings(sheet, checklist):
            found.setdefault(point.criterion.id, (point, checklist))
    return found


def _comparison(
    sheets: Sequence[AuditSheet], checklist: Checklist, points: Sequence[Mapping[str, _Asked]]
) -> Comparison:
    reasons: dict[str, list[str]] = {}
    rows = []
    for key, (last, _) in points[-1].items():
        why = _obstacle(key, points)
        if why is None:
            rows.append(_row(last, [column[key][0] for column in points]))
        else:
            reasons.setdefault(why, []).append(key)
    missing = {key for column in points[:-1] for key in column} - set(points[-1])
    reasons.setdefault("not_asked", []).extend(sorted(missing))
    columns = tuple(map(_column, sheets))
    return Comparison(
        checklist=checklist.id,
        title=checklist.title,
        columns=columns,
        rows=tuple(rows),
        steps=tuple(_step(rows, *pair) for pair in _pairs(columns)),
        scores=tuple(_score(rows, at) for at in range(len(sheets))),
        left_out=LeftOut(**{why: tuple(keys) for why, keys in reasons.items()}),
        gap=_gap(rows, columns),
        numbers={key: point.point.number for column in points for key, (point, _) in column.items()},
    )


def _pairs(columns: Sequence[Column]) -> Iterator[tuple[int, int]]:
    """Yield each column with the last one before it of the same nature."""
    for later, column in enumerate(columns):
        before = (at for at in reversed(range(later)) if columns[at].declared == column.declared)
        earlier = next(before, None)
        if earlier is not None:
            yield earlier, later


def _gap(rows: Sequence[Row], columns: Sequence[Column]) -> Gap | None:
    own = next((at for at in reversed(range(len(columns))) if columns[at].declared), None)
    seen = next((at for at in reversed(range(len(columns))) if not columns[at].declared), None)
    if own is None or seen is None:
        return None

    def keys(sign: int) -> tuple[str, ...]:
        return tuple(row.criterion for row in rows if _sign(row.earned[own] - row.earned[seen]) == sign)

    return Gap(declared=own, seen=seen, higher=keys(1), lower=keys(-1), same=keys(0))


def _obstacle(key: str, points: Sequence[Mapping[str, _Asked]]) -> str | None:
    """Return why a criterion is not compared: the name of a field of `LeftOut`."""
    if any(key not in column for column in points):
        return "not_asked"
    found = [column[key] for column in points]
    asked = [grid.fingerprint_of(point.criterion) for point, grid in found]
    if any(one != other for one, other in pairwise(asked)):
        return "reworded"
    if len({point.criterion.weight for point, _ in found}) > 1:
        return "weighted"
    return None if all(point.state is State.RATED for point, _ in found) else "not_rated"


def _row(last: PointStanding, found: Sequence[PointStanding]) -> Row:
    return Row(
        criterion=last.criterion.id,
        number=last.point.number,
        question=last.criterion.question,
        weight=last.criterion.weight,
        critical=last.criterion.critical,
        earned=tuple(point.earned or Fraction(0) for point in found),
    )


def _column(sheet: AuditSheet) -> Column:
    audit = sheet.audit
    return Column(
        audit=audit.id, date=audit.date, kind=audit.kind, title=audit.title, declared=audit.kind == SELF
    )


def _step(rows: Sequence[Row], earlier: int, later: int) -> Step:
    def keys(sign: int) -> tuple[str, ...]:
        return tuple(row.criterion for row in rows if _sign(row.earned[later] - row.earned[earlier]) == sign)

    return Step(earlier=earlier, later=later, improved=keys(1), worsened=keys(-1), unchanged=keys(0))


def _sign(change: Fraction) -> int:
    return (change > 0) - (change < 0)


def _score(rows: Sequence[Row], at: int) -> int | None:
    weight = sum(row.weight for row in rows)
    if not weight:
        return None
    return displayed(sum((row.weight * row.earned[at] for row in rows), Fraction(0)) / weight)


def _s(count: int) -> str:
    return "s" if count > 1 else ""
