"""The sheets of the workbook that list points: the whole grid, what to improve, what is out."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from ivaudit.domain.report_model import AnswerRow, GridRow, PointRow, ReportModel
from ivaudit.domain.report_outline import OutlineColumn, OutlineSheet, ReportOutline
from ivaudit.tables.book import TONES, Column, Sheet, local_day
from ivaudit.tables.cells import Filled, Percent, Value


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line of a table of points: one answer to a point at its place in a checklist."""

    checklist: str
    number: str
    grid: GridRow
    point: PointRow
    answer: AnswerRow
    critical_state: str


def _answer(line: Line) -> Filled:
    """Return the words of the answer: those of the point while it says more (not concerned, to review)."""
    alone = len(line.point.answers) == 1
    label, tone = (line.point.label, line.point.tone) if alone else (line.answer.label, line.answer.tone)
    return Filled(label, TONES[tone])


def _earned(line: Line) -> Percent | None:
    return (
        None if line.grid.earned is None else Percent(int(Fraction(line.grid.earned) * 100 + Fraction(1, 2)))
    )


_FIELDS: dict[str, Callable[[Line], Value]] = {
    "checklist": lambda line: line.checklist,
    "number": lambda line: line.number,
    "domain": lambda line: line.grid.domain,
    "section": lambda line: line.grid.section,
    "subject": lambda line: line.answer.subject,
    "question": lambda line: line.point.question,
    "why": lambda line: line.point.why,
    "answer": _answer,
    "earned": _earned,
    "weight": lambda line: line.grid.weight,
    "critical": lambda line: "Oui" if line.grid.critical else "",
    "adapted": lambda line: line.grid.adapted,
    "critical_state": lambda line: line.critical_state.capitalize(),
    "force": lambda line: line.point.force.capitalize(),
    "constat": lambda line: line.answer.constat,
    "recommendation": lambda line: line.point.recommendation,
    "na_reason": lambda line: line.answer.na_reason,
    "means": lambda line: ", ".join(line.answer.means),
    "at": lambda line: local_day(line.answer.at),
    "references": lambda line: "\n".join(dict.fromkeys(each.shown for each in line.point.references)),
    "note": lambda line: line.answer.note,
    "owner": lambda _: "",
    "due": lambda _: None,
    "progress": lambda _: None,
}


def grid(sheet: Sheet, model: ReportModel, _outline: ReportOutline, wanted: OutlineSheet) -> None:
    """Write every point of every checklist, one line per answer."""
    _table(sheet, model, wanted, _lines(model))


def gaps(sheet: Sheet, model: ReportModel, _outline: ReportOutline, wanted: OutlineSheet) -> None:
    """Write what to improve, each criterion once, the most pressing first."""
    _table(sheet, model, wanted, _once(model, model.to_improve))


def out(sheet: Sheet, model: ReportModel, _outline: ReportOutline, wanted: OutlineSheet) -> None:
    """Write what leaves the calculation, then what the profile does not concern."""
    _table(sheet, model, wanted, _once(model, (*model.not_applicable, *model.not_concerned)))


def _table(sheet: Sheet, model: ReportModel, wanted: OutlineSheet, lines: Iterable[Line]) -> None:
    columns = [column for column in wanted.columns if _useful(column, model)]
    sheet.widths([column.width for column in columns])
    if wanted.intro:
        sheet.paragraph(wanted.intro, over=min(6, sum(column.printed for column in columns)), quiet=True)
    sheet.table(
        [Column(title=column.title, width=column.width, printed=column.printed) for column in columns],
        [[_FIELDS[column.field](line) for column in columns] for line in lines],
        main=True,
    )


def _useful(column: OutlineColumn, model: ReportModel) -> bool:
    """Tell whether a column says something here; internal notes come only when they were asked for."""
    match column.field:
        case "note":
            return model.with_notes
        case "checklist":
            return len(model.checklists) > 1
        case "adapted":
            return any(each.adaptations for each in model.checklists)
        case "subject":
            return any(answer.subject for point in model.points for answer in point.answers)
        case _:
            return True


def _lines(model: ReportModel) -> list[Line]:
    points = {point.criterion: point for point in model.points}
    lines = []
    for each in model.checklists:
        critical = {row.criterion: row.state for row in each.critical}
        lines += [
            Line(
                checklist=each.mark,
                number=f"{each.mark}-{row.number}" if each.mark else row.number,
                grid=row,
                point=points[row.criterion],
                answer=answer,
                critical_state=critical.get(row.criterion, ""),
            )
            for row in each.grid
            for answer in points[row.criterion].answers
        ]
    return lines


def _once(model: ReportModel, keys: Sequence[str]) -> list[Line]:
    """Return the lines of these criteria in this order, at the first place where each is asked."""
    found: dict[str, list[Line]] = {}
    for line in _lines(model):
        held = found.setdefault(line.point.criterion, [])
        if all(line.answer is not other.answer for other in held):
            held.append(line)
    return [line for key in keys for line in found[key]]
