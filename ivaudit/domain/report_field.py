"""What was seen, concluded and agreed on site, as a report says it: plain values, computed once."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from ivaudit.domain.actions import Action
from ivaudit.domain.actions import in_order as actions_in_order
from ivaudit.domain.campaign import Campaign, CampaignResult, Draw, ItemResult
from ivaudit.domain.checklist import Vocabulary
from ivaudit.domain.comparison import Comparison
from ivaudit.domain.evidence import DocumentStatus, Evidence, EvidenceKind, register
from ivaudit.domain.findings import Finding, Grade
from ivaudit.domain.findings import in_order as findings_in_order
from ivaudit.domain.observation import ObservationGrid
from ivaudit.domain.scoring import displayed


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldSheet:
    """Everything of an audit beside its answers, at one moment.

    `campaigns` are with their grid and what their lines say; `label` names subjects; `today` is the local
    day against which actions are late.
    """

    findings: tuple[Finding, ...] = ()
    actions: tuple[Action, ...] = ()
    campaigns: tuple[tuple[Campaign, ObservationGrid, CampaignResult], ...] = ()
    evidence: tuple[Evidence, ...] = ()
    comparisons: tuple[Comparison, ...] = ()
    labels: Mapping[str, str] = field(default_factory=dict)
    today: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingRow:
    """A conclusion; `numbers` are the places of its points, `photos` ids of pictures that show it."""

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
    """Something agreed; `late` on the day of the report."""

    id: str
    what: str
    owner: str
    editor: str
    due: str
    priority: str
    state: str
    late: bool
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


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitRow:
    """What was found in one unit."""

    unit: str
    rows: int
    rates: tuple[RateRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CampaignRow:
    """An observation campaign: what it was, what it gave, and how far it may be read."""

    id: str
    title: str
    grid: str
    grid_version: str
    start: str
    end: str
    draw: str
    observers: tuple[str, ...]
    present: int | None
    observed: int
    wanted: int
    not_observed: tuple[tuple[str, int], ...]
    professionals: int
    rates: tuple[RateRow, ...]
    units: tuple[UnitRow, ...]
    remarks: tuple[str, ...]


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
    """A photograph or a reviewed page: the digest of its picture, what it shows, and its points."""

    id: str
    digest: str
    caption: str
    date: str
    numbers: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparisonRow:
    """One checklist in several audits: sentences first, then scores on the same points."""

    title: str
    columns: tuple[str, ...]
    sentences: tuple[str, ...]
    scores: tuple[int | None, ...]
    points: int
    left_out: int
    mixed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldReport:
    """What was seen, concluded and agreed, in the order a report gives it."""

    findings: tuple[FindingRow, ...] = ()
    actions: tuple[ActionRow, ...] = ()
    campaigns: tuple[CampaignRow, ...] = ()
    documents: tuple[DocumentRow, ...] = ()
    photos: tuple[PhotoRow, ...] = ()
    comparisons: tuple[ComparisonRow, ...] = ()


_DRAWS = {
    Draw.EXHAUSTIVE: "tous ceux qui étaient présents",
    Draw.RANDOM: "tirage au hasard",
    Draw.CONVENIENCE: "échantillon de convenance",
}


def field_report(sheet: FieldSheet, vocabulary: Vocabulary, numbers: Mapping[str, str]) -> FieldReport:
    """Return what a report says of the field.

    Args:
        sheet: what was gathered.
        vocabulary: the closed lists, for their labels.
        numbers: the place of each criterion of the audit, by id.
    """
    photos = _photos(sheet.evidence, numbers)
    return FieldReport(
        findings=tuple(_finding(each, sheet, numbers) for each in findings_in_order(sheet.findings)),
        actions=_actions(sheet, numbers),
        campaigns=tuple(_campaign(*each) for each in sheet.campaigns),
        documents=tuple(_document(each, numbers) for each in register(sheet.evidence)),
        photos=photos,
        comparisons=tuple(_comparison(each, vocabulary) for each in sheet.comparisons),
    )


def _numbers(criteria: Iterable[str], numbers: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(numbers[each] for each in criteria if each in numbers)


def _finding(finding: Finding, sheet: FieldSheet, numbers: Mapping[str, str]) -> FindingRow:
    urgency = finding.urgency
    shown = [each for each in sheet.evidence if set(each.criteria) & set(finding.criteria)]
    return FindingRow(
        id=finding.id,
        grade=finding.grade.value,
        text=finding.text.strip(),
        recommendation="" if finding.grade is Grade.STRENGTH else finding.recommendation.strip(),
        cause=finding.cause.value if finding.cause else "",
        numbers=_numbers(finding.criteria, numbers),
        criteria=finding.criteria,
        subject=sheet.labels.get(finding.subject, ""),
        urgent=urgency is not None,
        told=urgency.told if urgency else "",
        told_at=urgency.at if urgency else "",
        done=urgency.done if urgency else "",
        photos=tuple(each.id for each in shown if each.kind is EvidenceKind.PHOTO and each.pictures),
    )


def _actions(sheet: FieldSheet, numbers: Mapping[str, str]) -> tuple[ActionRow, ...]:
    today = date.fromisoformat(sheet.today) if sheet.today else date.max
    return tuple(_action(each, today, numbers) for each in actions_in_order(sheet.actions, today))


def _action(action: Action, today: date, numbers: Mapping[str, str]) -> ActionRow:
    return ActionRow(
        id=action.id,
        what=action.what,
        owner=action.owner or action.owner_kind.value,
        editor=action.editor,
        due=action.due,
        priority=action.priority.value,
        state=action.state.value,
        late=action.standing(today) == "en retard",
        progress=action.progress,
        measure=action.measure,
        result=action.result,
        reference=action.reference,
        numbers=_numbers(action.criteria, numbers),
    )


def _campaign(campaign: Campaign, grid: ObservationGrid, result: CampaignResult) -> CampaignRow:
    reasons = {each.id: each.label for each in grid.not_observed}
    return CampaignRow(
        id=campaign.id,
        title=campaign.title,
        grid=grid.title,
        grid_version=grid.version,
        start=campaign.start,
        end=campaign.end,
        draw=_DRAWS[campaign.draw],
        observers=campaign.observers,
        present=campaign.population(),
        observed=result.observed,
        wanted=result.wanted,
        not_observed=tuple((reasons.get(key, key), count) for key, count in result.reasons.items()),
        professionals=result.professionals,
        rates=_rates(result.items),
        units=tuple(
            UnitRow(unit=each.unit, rows=each.rows, rates=_rates(each.items)) for each in result.units
        ),
        remarks=result.remarks,
    )


def _rates(items: Sequence[ItemResult]) -> tuple[RateRow, ...]:
    return tuple(map(_rate, items))


def _rate(found: ItemResult) -> RateRow:
    counts, bounds = found.counts, found.interval
    return RateRow(
        item=found.item.id,
        question=found.item.question,
        yes=counts.yes,
        no=counts.no,
        not_applicable=counts.not_applicable,
        refused=counts.refused,
        not_observed=counts.not_observed,
        rate=None if counts.rate is None else displayed(counts.rate),
        low=None if bounds is None else round(bounds.low * 100),
        high=None if bounds is None else round(bounds.high * 100),
    )


def _document(evidence: Evidence, numbers: Mapping[str, str]) -> DocumentRow:
    return DocumentRow(
        id=evidence.id,
        title=evidence.title,
        reference=evidence.reference,
        version=evidence.version,
        date=evidence.date,
        shown_by=evidence.shown_by,
        status=(evidence.status or DocumentStatus.SEEN).value,
        numbers=_numbers(evidence.criteria, numbers),
    )


def _photos(found: Iterable[Evidence], numbers: Mapping[str, str]) -> tuple[PhotoRow, ...]:
    return tuple(
        PhotoRow(
            id=each.id,
            digest=digest,
            caption=each.caption or each.name,
            date=each.date,
            numbers=_numbers(each.criteria, numbers),
        )
        for each in found
        for digest in each.pictures
    )


def _comparison(found: Comparison, vocabulary: Vocabulary) -> ComparisonRow:
    left = found.left_out
    return ComparisonRow(
        title=found.title,
        columns=tuple(
            f"{vocabulary.label('audit_kinds', each.kind)} du {each.date}{' (déclaratif)' * each.declared}"
            for each in found.columns
        ),
        sentences=tuple(step.sentence for step in found.steps),
        scores=found.scores,
        points=len(found.rows),
        left_out=len(left.not_asked) + len(left.reworded) + len(left.weighted) + len(left.not_rated),
        mixed=found.mixed,
    )
