"""Observation campaigns as a report says them: counts first, rates with their bounds, lines as noted."""

from collections.abc import Sequence
from dataclasses import dataclass

from ivaudit.domain.campaign import Campaign, CampaignResult, Draw, ItemResult, ObservedRow
from ivaudit.domain.observation import ObservationGrid, ObservedValue
from ivaudit.domain.report_field_rows import (
    CampaignRow,
    ContextRow,
    ObservedLineRow,
    RateRow,
    ReasonRow,
    UnitRow,
)
from ivaudit.domain.scoring import displayed

_DRAWS = {
    Draw.EXHAUSTIVE: "tous ceux qui étaient présents",
    Draw.RANDOM: "tirage au hasard",
    Draw.CONVENIENCE: "échantillon de convenance",
}
VALUES = {
    ObservedValue.YES: "Oui",
    ObservedValue.NO: "Non",
    ObservedValue.NOT_APPLICABLE: "Sans objet",
    ObservedValue.REFUSED: "Refus",
    ObservedValue.NOT_OBSERVED: "Non observé",
}
"""What may be noted of a fact, in words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Observed:
    """A campaign with its grid, its lines and what they say together."""

    campaign: Campaign
    grid: ObservationGrid
    rows: tuple[ObservedRow, ...]
    result: CampaignResult


def campaign_row(found: Observed) -> CampaignRow:
    """Return a campaign as a report says it."""
    campaign, grid, result = found.campaign, found.grid, found.result
    reasons = {each.id: each.label for each in grid.not_observed}
    return CampaignRow(
        id=campaign.id,
        title=campaign.title,
        grid=grid.title,
        grid_version=grid.version,
        start=campaign.start,
        end=campaign.end,
        draw=_DRAWS[campaign.draw],
        census=result.census,
        observers=campaign.observers,
        present=campaign.population(),
        observed=result.observed,
        wanted=result.wanted,
        not_observed=tuple(
            ReasonRow(label=reasons.get(key, key), count=count) for key, count in result.reasons.items()
        ),
        professionals=result.professionals,
        rates=_rates(result.items),
        units=tuple(
            UnitRow(unit=each.unit, rows=each.rows, rates=_rates(each.items)) for each in result.units
        ),
        remarks=result.remarks,
        lines=tuple(_line(grid, row, reasons) for row in found.rows if not row.empty),
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


def _line(grid: ObservationGrid, row: ObservedRow, reasons: dict[str, str]) -> ObservedLineRow:
    return ObservedLineRow(
        number=row.number,
        unit=row.unit,
        date=row.date,
        time=row.time,
        professional=row.professional,
        reason=reasons.get(row.reason, row.reason),
        context=tuple(
            ContextRow(label=column.label, text=row.context[column.id])
            for column in grid.context
            if row.context.get(column.id)
        ),
        values=tuple(VALUES[row.values[item.id]] if item.id in row.values else "" for item in grid.items),
    )
