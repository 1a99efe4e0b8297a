"""Findings: what the auditor concludes from answers, graded, with why it happens and what to do at once."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from ivaudit.domain.audit import STRUCTURE, AuditSheet
from ivaudit.domain.standing import CriticalState, PointStanding, State


class Grade(StrEnum):
    """How serious a finding is, the gravest first; a strength is one too."""

    CRITICAL_GAP = "écart critique"
    GAP = "écart"
    IMPROVEMENT = "axe d'amélioration"
    STRENGTH = "point fort"


class Cause(StrEnum):
    """Where a finding comes from."""

    ORGANISATION = "organisation"
    TRAINING = "formation"
    SOFTWARE = "logiciel-éditeur"
    INTERFACE = "interface"
    PREMISES = "locaux"
    RESOURCES = "ressources"


@dataclass(frozen=True, slots=True, kw_only=True)
class Urgency:
    """What is dealt with without waiting for the report: who was told (by function), when, what was done."""

    told: str = ""
    at: str = ""
    done: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One conclusion; several may rest on the same criterion, and one on several.

    `criteria` are ids; `subject` is what it is about; `urgency` is there when it does not wait; `created` is
    UTC, ISO 8601; `conflict` tells that a field has two values after a merge.
    """

    id: str
    audit: str
    grade: Grade
    text: str
    recommendation: str = ""
    cause: Cause | None = None
    criteria: tuple[str, ...] = ()
    subject: str = STRUCTURE
    urgency: Urgency | None = None
    rank: int = 0
    created: str = ""
    conflict: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposedFinding:
    """A finding that an answer suggests; nothing is kept until the auditor takes it."""

    grade: Grade
    text: str
    recommendation: str
    criterion: str
    subject: str


def in_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return findings as a report lists them: urgent first, then the gravest, then as they were arranged."""
    grades = list(Grade)
    return tuple(
        sorted(findings, key=lambda f: (f.urgency is None, grades.index(f.grade), f.rank, f.created, f.id))
    )


def proposed(
    sheet: AuditSheet, points: Iterable[PointStanding], taken: Iterable[Finding]
) -> tuple[ProposedFinding, ...]:
    """Return what the answers of an audit suggest: one finding per point not fully kept and without one.

    Args:
        sheet: the audit.
        points: where its points stand, over all its checklists.
        taken: the findings it already has.
    """
    covered = {criterion for finding in taken for criterion in finding.criteria}
    return tuple(_proposed(sheet, points, covered))


def _proposed(
    sheet: AuditSheet, points: Iterable[PointStanding], covered: set[str]
) -> Iterator[ProposedFinding]:
    for point in points:
        criterion = point.criterion
        if point.state is not State.RATED or point.earned == 1 or criterion.id in covered:
            continue
        covered.add(criterion.id)
        subject = _least(sheet, criterion.id)
        text = sheet.answer(criterion.id, subject).constat
        yield ProposedFinding(
            grade=grade_of(point),
            text=text or criterion.question,
            recommendation=criterion.recommendation,
            criterion=criterion.id,
            subject=subject,
        )


def grade_of(point: PointStanding) -> Grade:
    """Return the grade that a point not fully kept suggests."""
    if point.critical_state is CriticalState.BROKEN:
        return Grade.CRITICAL_GAP
    return Grade.IMPROVEMENT if point.earned else Grade.GAP


def _least(sheet: AuditSheet, criterion: str) -> str:
    """Return the subject a finding speaks of: the only one that answered, or the whole structure."""
    answered = [subject for subject in sheet.subjects if sheet.answer(criterion, subject).value]
    return answered[0] if len(answered) == 1 else STRUCTURE
