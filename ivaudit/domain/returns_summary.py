"""Returned questionnaires side by side: a row per structure, medians and deciles, and no ranking of names."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from ivaudit.domain.audit import STRUCTURE, Answer, Audit, AuditSheet, AuditState, Facility
from ivaudit.domain.checklist import Checklist
from ivaudit.domain.distribution import ENOUGH, distribution, rounded
from ivaudit.domain.returns import SortedFile
from ivaudit.domain.scoring import Result, domain_results, result
from ivaudit.domain.standing import CriticalState, standings
from ivaudit.domain.wording import folded

NOTICE = (
    "Résultats déclaratifs : chaque structure a répondu elle-même, personne n'a vérifié sur place. Ce "
    "tableau aide à accompagner ; il ne classe pas les structures."
)


class Order(StrEnum):
    """In which order structures are listed; never by result."""

    FILE = "fichier"
    NAME = "nom"


@dataclass(frozen=True, slots=True, kw_only=True)
class Standpoint:
    """The figures of one structure, or of one domain of it, in displayed points of 100."""

    coverage: int | None
    score: int | None
    low: int | None
    high: int | None
    out: int | None

    @property
    def reading(self) -> str:
        """Return the score, or the bounds while there is none («62», «48 à 71»), or a dash."""
        if self.score is not None:
            return str(self.score)
        if self.low is None or self.high is None:
            return "–"
        return str(self.low) if self.low == self.high else f"{self.low} à {self.high}"


@dataclass(frozen=True, slots=True, kw_only=True)
class StructureRow:
    """One structure: who it is, its figures, its critical points, each domain."""

    name: str
    finess_et: str
    category: str
    date: str
    file: str
    missing: int
    whole: Standpoint
    critical: int
    broken: int
    unrated: int
    domains: tuple[Standpoint, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """How one figure spreads over the `count` structures that have it, in tenths; deciles from ten on."""

    title: str
    count: int
    least: float | None = None
    median: float | None = None
    most: float | None = None
    deciles: tuple[float, ...] = ()

    @property
    def reading(self) -> str:
        """Return median and deciles in words, and why where they are not given."""
        if self.median is None:
            return "aucune valeur"
        if not self.deciles:
            return f"médiane {tenths(self.median)} ; pas de décile, moins de {ENOUGH} valeurs"
        low, high = tenths(self.deciles[0]), tenths(self.deciles[-1])
        return f"médiane {tenths(self.median)} ; D1 {low}, D9 {high}"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnsSummary:
    """One checklist, answered by several structures."""

    checklist: str
    title: str
    version: str
    threshold: int
    domains: tuple[str, ...]
    rows: tuple[StructureRow, ...]
    spreads: tuple[Spread, ...]
    hidden: bool = False


def summarise(
    checklist: Checklist,
    files: Sequence[SortedFile],
    *,
    order: Order = Order.NAME,
    hidden: bool = False,
) -> ReturnsSummary:
    """Return the figures of each structure for one checklist, and how they spread.

    Args:
        checklist: one of those that the files answer.
        files: the files kept, one per structure.
        order: by file or by name.
        hidden: call them «Structure 1…», in an order that tells nothing of their names.
    """
    rows = [_row(checklist, file) for file in files if file.found is not None]
    rows.sort(key=lambda row: folded(row.file) if order is Order.FILE else folded(row.name))
    return ReturnsSummary(
        checklist=checklist.id,
        title=checklist.title,
        version=checklist.version,
        threshold=checklist.coverage_threshold,
        domains=tuple(domain.title for domain in checklist.domains),
        rows=tuple(_nameless(rows) if hidden else rows),
        spreads=tuple(_spreads(checklist, rows)),
        hidden=hidden,
    )


def _row(checklist: Checklist, file: SortedFile) -> StructureRow:
    sheet = _sheet(checklist, file)
    points = standings(sheet, checklist)
    whole = result(checklist, points)
    values = sheet.facility
    return StructureRow(
        name=file.structure,
        finess_et=values.finess_et,
        category=values.category,
        date=sheet.audit.date,
        file=file.name,
        missing=file.missing,
        whole=_standpoint(whole),
        critical=len(whole.critical),
        broken=len(whole.critical_in(CriticalState.BROKEN)),
        unrated=whole.waiting,
        domains=tuple(_standpoint(each.result) for each in domain_results(checklist, points)),
    )


def _standpoint(found: Result) -> Standpoint:
    return Standpoint(
        coverage=found.coverage.shown,
        score=found.score,
        low=found.bounds.low if found.bounds else None,
        high=found.bounds.high if found.bounds else None,
        out=found.not_applicable.shown,
    )


def _sheet(checklist: Checklist, file: SortedFile) -> AuditSheet:
    """Return the audit that a questionnaire amounts to, before anything is recorded."""
    found = file.found
    declared = found.declared if found is not None else None
    answers: dict[tuple[str, str], Answer] = {}
    if found is not None:
        answers = {(STRUCTURE, key): answer for key, answer in found.answers.items()}
    audit = Audit(
        id="",
        facility="",
        facility_name=file.structure,
        kind="auto-evaluation",
        title="",
        date=declared.date if declared else "",
        state=AuditState.ONGOING,
        checklists=(),
        created="",
    )
    facility = Facility(
        id="",
        name=file.structure,
        finess_et=declared.finess_et if declared else "",
        category=declared.category if declared else "",
        profile=declared.profile if declared else (),
    )
    return AuditSheet(audit=audit, facility=facility, checklists=(checklist,), answers=answers)


def _nameless(rows: Iterable[StructureRow]) -> list[StructureRow]:
    """Return the rows without anything that names a structure, shuffled, the same way each time."""
    shuffled = sorted(rows, key=lambda row: hashlib.sha256(f"{row.finess_et}/{row.name}".encode()).digest())
    return [
        StructureRow(
            name=f"Structure {rank}",
            finess_et="",
            category="",
            date="",
            file="",
            missing=row.missing,
            whole=row.whole,
            critical=row.critical,
            broken=row.broken,
            unrated=row.unrated,
            domains=row.domains,
        )
        for rank, row in enumerate(shuffled, 1)
    ]


def _spreads(checklist: Checklist, rows: Sequence[StructureRow]) -> Iterable[Spread]:
    yield _spread("Couverture (%)", (row.whole.coverage for row in rows))
    yield _spread("Score (sur 100)", (row.whole.score for row in rows))
    yield _spread("Points critiques non tenus", (row.broken for row in rows))
    yield _spread("Part de sans objet (%)", (row.whole.out for row in rows))
    for rank, domain in enumerate(checklist.domains):
        yield _spread(domain.title, (row.domains[rank].score for row in rows))


def _spread(title: str, values: Iterable[int | None]) -> Spread:
    found = distribution(value for value in values if value is not None)
    if found is None:
        return Spread(title=title, count=0)
    return Spread(
        title=title,
        count=found.count,
        least=_tenth(found.least),
        median=_tenth(found.median),
        most=_tenth(found.most),
        deciles=tuple(map(_tenth, found.deciles)),
    )


def _tenth(value: Fraction) -> float:
    return rounded(value * 10) / 10


def tenths(value: float) -> str:
    """Return «62» or «62,5»."""
    return f"{value:.1f}".removesuffix(".0").replace(".", ",")
