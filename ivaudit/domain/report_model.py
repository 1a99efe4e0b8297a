"""What a report says, as plain values: the same for the printed report, the workbook and the JSON export.

Every figure is computed once, before this model exists; writers only lay it out. Texts are as they were
written; typography belongs to the writers.
"""

from dataclasses import dataclass
from enum import StrEnum

from ivaudit.domain.report_field_rows import FieldReport


class ReportKind(StrEnum):
    """What leaves: the report, one page for the end of the visit, a copy to send on, an anonymous one."""

    REPORT = "rapport"
    DEBRIEF = "bilan"
    COPY = "transmissible"
    ANONYMOUS = "anonyme"


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureRow:
    """A share that explains itself: exact fractions as «n/d», `shown` in whole points of 100."""

    title: str
    rule: str
    unit: str
    numerator: str
    denominator: str
    shown: int | None
    reading: str
    items: tuple[str, ...]
    others: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BoundsRow:
    """The lowest and highest result still possible, in whole points, with their levels."""

    low: int
    high: int
    low_level: str
    high_level: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DomainRow:
    """The result of one domain of a checklist."""

    id: str
    number: str
    title: str
    points: int
    rated: int
    not_applicable: int
    to_improve: int
    progress: int | None
    coverage: int | None
    score: int | None
    bounds: BoundsRow | None
    critical: int
    critical_broken: int
    critical_waiting: int
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CountRow:
    """How many, of what."""

    id: str
    label: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LevelRow:
    """A word for a result, from a displayed score upwards."""

    label: str
    from_score: int
    meaning: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CriticalRow:
    """A critical point with its state, why it is critical, and who chose it where a source does not."""

    criterion: str
    number: str
    state: str
    reason: str
    chosen_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GridRow:
    """A point at its place in a checklist; `earned` is an exact part of one point, as «n/d»."""

    criterion: str
    number: str
    domain: str
    section: str
    weight: int
    weight_reason: str
    critical: bool
    state: str
    earned: str | None
    adapted: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ScaleRow:
    """A possible answer and what it does to the figures."""

    label: str
    help: str
    symbol: str
    tone: str
    percent: int | None
    effect: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AdaptedRow:
    """What a local adaptation did to a criterion; `lightens` when an exigence now asks for less."""

    criterion: str
    number: str
    question: str
    kind: str
    words: str
    reason: str
    lightens: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AdaptationRow:
    """A local adaptation that was applied; `note` and `set_aside` tell what could not be."""

    id: str
    version: str
    title: str
    author: str
    scope: str
    date: str
    reason: str
    checklist_version: str
    note: str
    changes: tuple[AdaptedRow, ...]
    set_aside: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChecklistReport:
    """Everything said of one checklist: no figure ever mixes two of them.

    `levels` and `levels_chosen_by` are empty where the checklist gives no level; `carried` answers were taken
    over and wait to be confirmed. `mark` tells checklists apart in lists that mix their points («I», «II»),
    empty when there is only one.
    """

    id: str
    version: str
    mark: str
    title: str
    edition: str
    kind: str
    licence: str
    authors: tuple[str, ...]
    published: str
    sha256: str
    progress: FigureRow
    coverage: FigureRow
    not_applicable: FigureRow
    fulfilled: FigureRow
    mean: FigureRow
    threshold: int
    score: int | None
    bounds: BoundsRow | None
    level: str | None
    capped_level: str | None
    headline: str
    level_sentence: str
    remaining_sentence: str
    waiting: int
    broken: int
    points: int
    unanswered: int
    review: int
    carried: int
    carried_sentence: str
    not_concerned: int
    to_see: int
    critical_to_see: int
    minutes_left: int
    critical_counts: tuple[CountRow, ...]
    critical: tuple[CriticalRow, ...]
    domains: tuple[DomainRow, ...]
    sources: tuple[CountRow, ...]
    levels: tuple[LevelRow, ...]
    levels_chosen_by: str
    scale: tuple[ScaleRow, ...]
    grid: tuple[GridRow, ...]
    adaptations: tuple[AdaptationRow, ...]
    lightened: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferenceRow:
    """Where a rule comes from; `shown` says how sure that is unless the text itself was read or quoted."""

    document: str
    edition: str | None
    code: str | None
    section: str | None
    confidence: str
    source: str | None
    shown: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerRow:
    """What one subject answered. `at` is UTC, ISO 8601; `note` is empty unless internal notes are asked."""

    subject: str
    value: str | None
    label: str
    symbol: str
    tone: str
    constat: str
    note: str
    review: bool
    conflict: bool
    na_reason: str
    awaiting: str
    means: tuple[str, ...]
    at: str
    carried: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PointRow:
    """A criterion with its answers, once for all the checklists that ask it; `number` is all its places.

    `explained` says how the answers of several subjects made one, empty where there is nothing to explain.
    """

    criterion: str
    number: str
    domain: str
    question: str
    why: str
    force: str
    critical: bool
    state: str
    label: str
    symbol: str
    tone: str
    recommendation: str
    explained: str
    references: tuple[ReferenceRow, ...]
    answers: tuple[AnswerRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class HighlightRow:
    """A strength or a priority in the auditor's words, with the places of the points it rests on."""

    text: str
    numbers: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FormLine:
    """A filled field of a form."""

    label: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FormTable:
    """The lines of a field that has several."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FormBlock:
    """A section of a form, as far as it is filled and may be printed."""

    title: str
    lines: tuple[FormLine, ...]
    tables: tuple[FormTable, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FacilityRow:
    """The structure that was visited."""

    name: str
    finess_ej: str
    finess_et: str
    category: str
    city: str
    profile: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditRow:
    """The audit itself; `date` is the local day of the visit, `AAAA-MM-JJ`; `seal` the hash of its seal."""

    id: str
    title: str
    kind: str
    date: str
    state: str
    seal: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class UnansweredRow:
    """The points of a domain that nobody answered yet, by number."""

    domain: str
    numbers: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportModel:
    """A whole report. Lists of criteria are ids of `points`, each criterion once.

    `complete` is false while a point is not rated; `generated` is local time, ISO 8601; `with_score` lets a
    page for the end of the visit say scores and levels, which a report always does.
    """

    format: str
    kind: ReportKind
    title: str
    generated: str
    program: str
    with_notes: bool
    with_score: bool
    complete: bool
    audit: AuditRow
    facility: FacilityRow
    visit: tuple[FormBlock, ...]
    appreciation: str
    strengths: tuple[HighlightRow, ...]
    priorities: tuple[HighlightRow, ...]
    checklists: tuple[ChecklistReport, ...]
    points: tuple[PointRow, ...]
    critical: tuple[CriticalRow, ...]
    to_improve: tuple[str, ...]
    to_see: tuple[str, ...]
    unanswered: tuple[UnansweredRow, ...]
    not_applicable: tuple[str, ...]
    not_concerned: tuple[str, ...]
    method: tuple[str, ...]
    field: FieldReport
