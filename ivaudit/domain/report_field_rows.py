"""What was seen, concluded and agreed on site, in the rows of a report: plain values for every format."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingRow:
    """A conclusion; `numbers` are the places of its points, `photos` ids of pictures that show it.

    `told`, `told_at` (local, `AAAA-MM-JJTHH:MM`) and `done` belong to what is `urgent`.
    """

    id: str
    grade: str
    text: str
    recommendation: str
    cause: str
    numbers: tuple[str, ...]
    criteria: tuple[str, ...]
    subject: str
    urgent: bool
    told: str
    told_at: str
    done: str
    photos: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionRow:
    """Something agreed; `late` on the day of the report; `due` and `closed` are local days."""

    id: str
    what: str
    owner_kind: str
    owner: str
    editor: str
    due: str
    priority: str
    state: str
    late: bool
    closed: str
    progress: str
    measure: str
    result: str
    reference: str
    numbers: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RateRow:
    """What was found of one fact: counts, the rate and its bounds in whole points, nothing where none."""

    item: str
    question: str
    yes: int
    no: int
    not_applicable: int
    refused: int
    not_observed: int
    rate: int | None
    low: int | None
    high: int | None

    @property
    def rated(self) -> int:
        """Return how many lines the rate is about."""
        return self.yes + self.no


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitRow:
    """What was found in one unit."""

    unit: str
    rows: int
    rates: tuple[RateRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ContextRow:
    """What was noted of a line beside its facts."""

    label: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ObservedLineRow:
    """One line as it was noted; `values` are in the order of the rates of its campaign, empty where none.

    `professional` is a mark («P1»), `reason` why the line was not observed.
    """

    number: int
    unit: str
    date: str
    time: str
    professional: str
    reason: str
    context: tuple[ContextRow, ...]
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReasonRow:
    """How many lines were not observed, and why."""

    label: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CampaignRow:
    """An observation campaign: what it was, what it gave, and how far it may be read.

    `census` tells that everything there was to see was seen; `lines` are left out of what is sent on.
    """

    id: str
    title: str
    grid: str
    grid_version: str
    start: str
    end: str
    draw: str
    census: bool
    observers: tuple[str, ...]
    present: int | None
    observed: int
    wanted: int
    not_observed: tuple[ReasonRow, ...]
    professionals: int
    rates: tuple[RateRow, ...]
    units: tuple[UnitRow, ...]
    remarks: tuple[str, ...]
    lines: tuple[ObservedLineRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentRow:
    """A document of the register."""

    id: str
    title: str
    reference: str
    version: str
    date: str
    shown_by: str
    status: str
    numbers: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PhotoRow:
    """A photograph or a reviewed page: the digest of its picture, what it shows, and its points.

    `number` is its place in the report; `finding` the id of the finding that it stands beside, empty where
    it stands in the annex.
    """

    id: str
    digest: str
    number: int
    caption: str
    date: str
    numbers: tuple[str, ...]
    finding: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangedRow:
    """A common point that changed from one audit to the next, in whole points of 100."""

    number: str
    question: str
    critical: bool
    before: int
    after: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnRow:
    """An audit that is compared; `declared` by the structure itself, or seen by an auditor."""

    kind: str
    date: str
    title: str
    declared: bool
    score: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparisonRow:
    """One checklist in two audits, the earliest first: counts, then scores on the same points.

    Where it is `mixed`, one is declared and the other seen: `worsened` are then the points declared higher
    than seen, `improved` those declared lower.
    """

    title: str
    columns: tuple[ColumnRow, ...]
    sentence: str
    improved: tuple[ChangedRow, ...]
    worsened: tuple[ChangedRow, ...]
    unchanged: int
    points: int
    left_out: int
    mixed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SaidRow:
    """What one source amounts to: how it was established, by whom or what, and the answer in words."""

    means: str
    source: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DisagreementRow:
    """Sources that do not say the same of a point, and what the auditor kept."""

    criterion: str
    number: str
    question: str
    subject: str
    said: tuple[SaidRow, ...]
    kept: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CommentRow:
    """What the structure said of a point or a finding, beside the auditor's text as it reads now.

    `number` is that of the point or of the finding, `about` its question or its points; `by` is a function,
    `date` a local day; `decision` is empty as long as nobody took one.
    """

    number: str
    about: str
    auditor: str
    kind: str
    text: str
    by: str
    date: str
    decision: str
    answer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NotedRow:
    """A line of the notebook; `who` is a function, `at` local, `AAAA-MM-JJTHH:MM:SS`."""

    at: str
    who: str
    means: str
    text: str
    numbers: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldReport:
    """What was seen, concluded and agreed, in the order a report gives it.

    `notes` are there only when they were asked for.
    """

    findings: tuple[FindingRow, ...] = ()
    actions: tuple[ActionRow, ...] = ()
    campaigns: tuple[CampaignRow, ...] = ()
    documents: tuple[DocumentRow, ...] = ()
    photos: tuple[PhotoRow, ...] = ()
    disagreements: tuple[DisagreementRow, ...] = ()
    comparisons: tuple[ComparisonRow, ...] = ()
    comments: tuple[CommentRow, ...] = ()
    notes: tuple[NotedRow, ...] = ()
