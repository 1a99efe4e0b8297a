"""Audits of one structure compared: on the same criteria only, counts of changes before any score.

The rule, as the guide tells it: a criterion is compared when every audit asks it with the same question,
rating and scale, with the same weight, and rates it. What is left out is said.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from ivaudit.domain.audit import AuditSheet
from ivaudit.domain.checklist import Checklist, Criterion
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
    """What changed from one column to the next: ids of criteria."""

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
class LeftOut:
    """Criteria that cannot be compared, by why: ids."""

    not_asked: tuple[str, ...] = ()
    reworded: tuple[str, ...] = ()
    weighted: tuple[str, ...] = ()
    not_rated: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """One checklist in several audits, the earliest first; `scores` are whole points on `rows` alone."""

    checklist: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    steps: tuple[Step, ...]
    scores: tuple[int | None, ...]
    left_out: LeftOut

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
    latest = ordered[-1]
    found = []
    for checklist in latest.checklists:
        same = [_named(sheet, checklist.id) for sheet in ordered]
        known = [each for each in same if each is not None]
        if len(known) == len(ordered):
            found.append(_comparison(ordered, known))
    return tuple(found)


def _named(sheet: AuditSheet, checklist: str) -> Checklist | None:
    return next((each for each in sheet.checklists if each.id == checklist), None)


def _comparison(sheets: Sequence[AuditSheet], checklists: Sequence[Checklist]) -> Comparison:
    points = [
        {point.criterion.id: point for point in standings(sheet, checklist)}
        for sheet, checklist in zip(sheets, checklists, strict=True)
    ]
    reasons: dict[str, list[str]] = {}
    rows = []
    for key, last in points[-1].items():
        why = _obstacle(key, points, checklists)
        if why is None:
            rows.append(_row(last, [column[key] for column in points]))
        else:
            reasons.setdefault(why, []).append(key)
    missing = {key for column in points[:-1] for key in column} - set(points[-1])
    reasons.setdefault("not_asked", []).extend(sorted(missing))
    return Comparison(
        checklist=checklists[-1].id,
        title=checklists[-1].title,
        columns=tuple(map(_column, sheets)),
        rows=tuple(rows),
        steps=tuple(_step(rows, at, at + 1) for at in range(len(sheets) - 1)),
        scores=tuple(_score(rows, at) for at in range(len(sheets))),
        left_out=LeftOut(**{why: tuple(keys) for why, keys in reasons.items()}),
    )


def _obstacle(
    key: str, points: Sequence[Mapping[str, PointStanding]], checklists: Sequence[Checklist]
) -> str | None:
    """Return why a criterion is not compared: the name of a field of `LeftOut`."""
    if any(key not in column for column in points):
        return "not_asked"
    found = [column[key] for column in points]
    asked = [_asked(point.criterion, grid) for point, grid in zip(found, checklists, strict=True)]
    if any(one != other for one, other in pairwise(asked)):
        return "reworded"
    if len({point.criterion.weight for point in found}) > 1:
        return "weighted"
    return None if all(point.state is State.RATED for point in found) else "not_rated"


def _asked(criterion: Criterion, checklist: Checklist) -> tuple[str, str]:
    return criterion.fingerprint, checklist.scale_of(criterion).id


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
