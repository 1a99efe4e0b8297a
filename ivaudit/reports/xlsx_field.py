"""The sheets of the workbook about the field: observations, their lines, findings, actions, documents."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

from ivaudit.domain.findings import Grade
from ivaudit.domain.report_field_rows import (
    ActionRow,
    CampaignRow,
    DocumentRow,
    FindingRow,
    ObservedLineRow,
    RateRow,
)
from ivaudit.domain.report_model import ReportModel
from ivaudit.domain.report_outline import OutlineSheet, ReportOutline, SheetKind
from ivaudit.tables.book import TONES, Column, Sheet
from ivaudit.tables.cells import Filled, Percent, Value

_T = TypeVar("_T")
_OVER = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A result: one fact of a campaign, in a unit or over all of them."""

    campaign: CampaignRow
    unit: str
    rate: RateRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Noted:
    """One fact of one line as it was noted; a line that was not observed has one, without a fact."""

    campaign: CampaignRow
    line: ObservedLineRow
    fact: str
    value: str


_FOUND: Mapping[str, Callable[[Found], Value]] = {
    "campaign": lambda each: each.campaign.title,
    "grid": lambda each: each.campaign.grid,
    "start": lambda each: day(each.campaign.start),
    "end": lambda each: day(each.campaign.end),
    "draw": lambda each: each.campaign.draw.capitalize(),
    "present": lambda each: each.campaign.present,
    "observers": lambda each: ", ".join(each.campaign.observers),
    "unit": lambda each: each.unit or "Toutes",
    "fact": lambda each: each.rate.question,
    "n": lambda each: each.rate.rated,
    "yes": lambda each: each.rate.yes,
    "no": lambda each: each.rate.no,
    "not_applicable": lambda each: each.rate.not_applicable,
    "refused": lambda each: each.rate.refused,
    "not_observed": lambda each: each.rate.not_observed,
    "rate": lambda each: _percent(each.rate.rate),
    "low": lambda each: _percent(each.rate.low),
    "high": lambda each: _percent(each.rate.high),
    "remarks": lambda each: "\n".join(each.campaign.remarks),
}
_NOTED: Mapping[str, Callable[[Noted], Value]] = {
    "campaign": lambda each: each.campaign.title,
    "line": lambda each: each.line.number,
    "unit": lambda each: each.line.unit,
    "date": lambda each: day(each.line.date),
    "time": lambda each: each.line.time,
    "professional": lambda each: each.line.professional,
    "reason": lambda each: each.line.reason,
    "fact": lambda each: each.fact,
    "value": lambda each: each.value,
    "context": lambda each: " ; ".join(f"{one.label} : {one.text}" for one in each.line.context),
}
_GRADES = {
    Grade.CRITICAL_GAP.value: "mauvais",
    Grade.GAP.value: "mauvais",
    Grade.IMPROVEMENT.value: "moyen",
    Grade.STRENGTH.value: "bon",
}
_FINDINGS: Mapping[str, Callable[[FindingRow], Value]] = {
    "numbers": lambda each: ", ".join(each.numbers),
    "grade": lambda each: Filled(each.grade.capitalize(), TONES[_GRADES[each.grade]]),
    "urgent": lambda each: "Oui" if each.urgent else "",
    "text": lambda each: each.text,
    "recommendation": lambda each: each.recommendation,
    "cause": lambda each: each.cause.capitalize(),
    "subject": lambda each: each.subject,
    "told": lambda each: each.told,
    "told_at": lambda each: day(each.told_at),
    "done": lambda each: each.done,
}
_ACTIONS: Mapping[str, Callable[[ActionRow], Value]] = {
    "numbers": lambda each: ", ".join(each.numbers),
    "what": lambda each: each.what,
    "owner_kind": lambda each: each.owner_kind.capitalize(),
    "owner": lambda each: each.owner,
    "editor": lambda each: each.editor,
    "due": lambda each: day(each.due),
    "priority": lambda each: each.priority.capitalize(),
    "state": lambda each: Filled(each.state.capitalize(), TONES["mauvais" if each.late else "neutre"]),
    "late": lambda each: "Oui" if each.late else "",
    "closed": lambda each: day(each.closed),
    "progress": lambda each: each.progress,
    "measure": lambda each: each.measure,
    "result": lambda each: each.result,
    "reference": lambda each: each.reference,
}
_DOCUMENTS: Mapping[str, Callable[[DocumentRow], Value]] = {
    "numbers": lambda each: ", ".join(each.numbers),
    "title": lambda each: each.title,
    "reference": lambda each: each.reference,
    "version": lambda each: each.version,
    "date": lambda each: day(each.date),
    "status": lambda each: each.status.capitalize(),
    "shown_by": lambda each: each.shown_by,
}

FIELDS: Mapping[SheetKind, frozenset[str]] = {
    SheetKind.OBSERVATIONS: frozenset(_FOUND),
    SheetKind.LINES: frozenset(_NOTED),
    SheetKind.FINDINGS: frozenset(_FINDINGS),
    SheetKind.ACTIONS: frozenset(_ACTIONS),
    SheetKind.DOCUMENTS: frozenset(_DOCUMENTS),
}
"""The columns that each of these sheets may have."""


def observations(sheet: Sheet, model: ReportModel, _outline: ReportOutline, wanted: OutlineSheet) -> None:
    """Write what each campaign found, over all its units then unit by unit."""
    _Table(_FOUND, list(_found(model))).write(sheet, wanted)


def lines(sheet: Sheet, model: ReportModel, _outline: ReportOutline, wanted: OutlineSheet) -> None:
    """Write the lines as they were noted, one row per fact."""
    _Table(_NOTED, list(_noted(model))).write(sheet, wanted)


def findings(sheet: Sheet, model: ReportModel, _outline: ReportOutline, wanted: OutlineSheet) -> None:
    """Write the findings, what does not wait first."""
    _Table(_FINDINGS, model.field.findings).write(sheet, wanted)


def actions(sheet: Sheet, model: ReportModel, _outline: ReportOutline, wanted: OutlineSheet) -> None:
    """Write the plan of actions."""
    _Table(_ACTIONS, model.field.actions).write(sheet, wanted)


def documents(sheet: Sheet, model: ReportModel, _outline: ReportOutline, wanted: OutlineSheet) -> None:
    """Write the register of documents."""
    _Table(_DOCUMENTS, model.field.documents).write(sheet, wanted)


def useful(model: ReportModel, kind: SheetKind) -> bool:
    """Tell whether a sheet about the field has something to show."""
    field = model.field
    shown: Mapping[SheetKind, bool] = {
        SheetKind.OBSERVATIONS: bool(field.campaigns),
        SheetKind.LINES: any(each.lines for each in field.campaigns),
        SheetKind.FINDINGS: bool(field.findings),
        SheetKind.ACTIONS: bool(field.actions),
        SheetKind.DOCUMENTS: bool(field.documents),
    }
    return shown.get(kind, True)


class _Table(Generic[_T]):
    """Rows of one kind, with what their columns may hold."""

    def __init__(self, fields: Mapping[str, Callable[[_T], Value]], rows: Sequence[_T]) -> None:
        self._fields, self._rows = fields, rows

    def write(self, sheet: Sheet, wanted: OutlineSheet) -> None:
        columns = [column for column in wanted.columns if column.field in self._fields]
        sheet.widths([column.width for column in columns])
        if wanted.intro:
            sheet.paragraph(
                wanted.intro, over=min(_OVER, sum(column.printed for column in columns)), quiet=True
            )
        sheet.table(
            [Column(title=column.title, width=column.width, printed=column.printed) for column in columns],
            [[self._fields[column.field](row) for column in columns] for row in self._rows],
            main=True,
        )


def _found(model: ReportModel) -> Iterator[Found]:
    for campaign in model.field.campaigns:
        for rate in campaign.rates:
            yield Found(campaign=campaign, unit="", rate=rate)
        for unit in campaign.units:
            for rate in unit.rates:
                yield Found(campaign=campaign, unit=unit.unit or "–", rate=rate)


def _noted(model: ReportModel) -> Iterator[Noted]:
    for campaign in model.field.campaigns:
        for line in campaign.lines:
            noted = [
                Noted(campaign=campaign, line=line, fact=rate.question, value=value)
                for rate, value in zip(campaign.rates, line.values, strict=True)
                if value
            ]
            yield from noted or [Noted(campaign=campaign, line=line, fact="", value="")]


def _percent(points: int | None) -> Percent | None:
    return None if points is None else Percent(points)


def day(text: str) -> date | str | None:
    """Return a local day, or a moment, as a real day; what is no day stays a text."""
    try:
        return date.fromisoformat(text[:10]) if text else None
    except ValueError:
        return text
