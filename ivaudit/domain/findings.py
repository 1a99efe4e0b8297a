"""Findings: what the auditor concludes from answers, graded, with why it happens and what to do at once."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from ivaudit.domain.audit import STRUCTURE, AuditSheet
from ivaudit.domain.checklist import Checklist, Criterion
from ivaudit.domain.standing import CriticalState, PointStanding, State, answering


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
    asked = {each.criterion.id: checklist for checklist in sheet.checklists for each in checklist.points()}
    return tuple(_proposed(sheet, points, covered, asked))


def _proposed(
    sheet: AuditSheet, points: Iterable[PointStanding], covered: set[str], asked: Mapping[str, Checklist]
) -> Iterator[ProposedFinding]:
    for point in points:
        criterion = point.criterion
        if point.state is not State.RATED or point.earned == 1 or criterion.id in covered:
            continue
        covered.add(criterion.id)
        short = _short(sheet, asked[criterion.id], criterion)
        subject = next(iter(short)) if len(short) == 1 else STRUCTURE
        yield ProposedFinding(
            grade=grade_of(point),
            text=_constats(sheet, criterion, short) or _answers(sheet, criterion, short),
            recommendation=criterion.recommendation,
            criterion=criterion.id,
            subject=subject,
        )


def grade_of(point: PointStanding) -> Grade:
    """Return the grade that a point not fully kept suggests."""
    if point.critical_state is CriticalState.BROKEN:
        return Grade.CRITICAL_GAP
    return Grade.IMPROVEMENT if point.earned else Grade.GAP


def _short(sheet: AuditSheet, checklist: Checklist, criterion: Criterion) -> dict[str, str]:
    """Return what those who leave something to improve answered, in words, by subject."""
    scale, found = checklist.scale_of(criterion), {}
    for subject in answering(sheet, criterion):
        answer = sheet.answer(criterion.id, subject)
        value = scale.value(answer.value) if answer.value else None
        if value is not None and value.to_improve:
            found[subject] = value.label
    return found


def _constats(sheet: AuditSheet, criterion: Criterion, short: Mapping[str, str]) -> str:
    """Return what was written of them, each under its name where there are several."""
    written = {each: sheet.answer(criterion.id, each).constat for each in (STRUCTURE, *short)}
    said = {subject: text for subject, text in written.items() if text}
    if len(said) <= 1 and len(short) <= 1:
        return "".join(said.values())
    return "\n".join(
        text if subject == STRUCTURE else f"{sheet.label(subject)} : {text}" for subject, text in said.items()
    )


def _answers(sheet: AuditSheet, criterion: Criterion, short: Mapping[str, str]) -> str:
    """Return the question with what is answered: «La charte est-elle datée ? Non.»."""
    if len(short) == 1:
        return f"{criterion.question} {next(iter(short.values()))}."
    by_words: dict[str, list[str]] = {}
    for subject, words in short.items():
        by_words.setdefault(words, []).append(sheet.label(subject))
    parts = [f"{words} : {', '.join(names)}." for words, names in by_words.items()]
    return " ".join((criterion.question, *parts))
