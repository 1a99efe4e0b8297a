"""The observation campaigns of a report: what they were, counts and rates with their bounds, remarks."""

from collections.abc import Iterator

from ivaudit.domain.report_field_rows import CampaignRow, RateRow
from ivaudit.domain.report_form import long_date
from ivaudit.domain.report_outline import OutlineBlock
from ivaudit.reports.document import (
    WIDTH,
    Bullets,
    Cell,
    Column,
    Element,
    Group,
    Label,
    Look,
    Table,
    Title,
)
from ivaudit.reports.document_source import Source, facts, heading, silent_or

_FIGURES = (
    ("n", 24.0),
    ("yes", 28.0),
    ("no", 28.0),
    ("not_applicable", 36.0),
    ("refused", 34.0),
    ("not_observed", 48.0),
    ("rate", 40.0),
    ("interval", 76.0),
)


def observations(source: Source, block: OutlineBlock) -> Iterator[Group]:
    """Yield each campaign: what it was, what was found pooled then by unit, and how far it may be read."""
    found = source.model.field.campaigns
    if not found:
        yield from silent_or(block)
    heads: tuple[Element, ...] = heading(block)
    for campaign in found:
        title = Title(text=campaign.title, level=3)
        yield Group(heads=(*heads, title), body=(facts(_about(source, campaign)),), whole=True)
        heads = ()
        if not campaign.observed:  # why nothing was seen is said above
            continue
        yield Group(body=(_rates(source, [("", campaign.rates)]),))
        if campaign.remarks:
            label = Label(text=source.word("remarks"))
            yield Group(heads=(label,), body=(Bullets(texts=campaign.remarks),))
        if campaign.units:
            units = [
                (f"{each.unit or '–'} ({each.rows})", tuple(rate for rate in each.rates if rate.rated))
                for each in campaign.units
            ]
            label = Label(text=f"{campaign.title} – par unité")
            yield Group(heads=(label,), body=(_rates(source, units),))


def _about(source: Source, campaign: CampaignRow) -> list[tuple[str, str]]:
    word = source.word
    reasons = ", ".join(f"{each.label} ({each.count})" for each in campaign.not_observed)
    pairs = (
        (word("checklist"), f"{campaign.grid} (version {campaign.grid_version})"),
        (word("period"), _period(campaign)),
        (word("draw"), f"{campaign.draw}{' : recensement' if campaign.census else ''}"),
        (word("present"), "" if campaign.present is None else str(campaign.present)),
        (word("observed"), f"{campaign.observed}, pour {campaign.wanted} visés"),
        (word("not_observed"), reasons),
        (word("professionals"), str(campaign.professionals or "")),
        (word("observers"), ", ".join(campaign.observers)),
    )
    return [(label, text) for label, text in pairs if text]


def _period(campaign: CampaignRow) -> str:
    start, end = long_date(campaign.start), long_date(campaign.end)
    if start and end and start != end:
        return f"du {start} au {end}"
    return start or end


def _rates(source: Source, parts: list[tuple[str, tuple[RateRow, ...]]]) -> Table:
    """Return counts, rates and bounds fact by fact, under the title of each part that has one."""
    lines: list[tuple[Cell, ...]] = []
    titles: list[int] = []
    for title, rates in parts:
        if title:
            titles.append(len(lines))
            lines.append((Cell(text=title, look=Look.CELL_STRONG), *[Cell(text="")] * len(_FIGURES)))
        lines += [_line(source, rate) for rate in rates]
    rest = WIDTH - sum(width for _, width in _FIGURES)
    return Table(
        columns=(
            Column(title=source.word("fact"), width=rest),
            *(Column(title=source.word(key), width=width, right=True) for key, width in _FIGURES),
        ),
        lines=tuple(lines),
        titles=tuple(titles),
        named=True,
    )


def _line(source: Source, rate: RateRow) -> tuple[Cell, ...]:
    counts = (rate.rated, rate.yes, rate.no, rate.not_applicable, rate.refused, rate.not_observed)
    shown = "–" if rate.rate is None else f"{rate.rate} %"
    texts = (*map(str, counts), shown, _bounds(source, rate))
    return (Cell(text=rate.question), *(Cell(text=text, look=Look.CELL_RIGHT) for text in texts))


def _bounds(source: Source, rate: RateRow) -> str:
    if rate.rate is None:
        return "–"
    if rate.low is None:
        return source.word("census")
    return f"de {rate.low} à {rate.high} %"
