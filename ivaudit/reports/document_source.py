"""What the blocks of a report are written from: the model, the words of the outline, and what many share."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from ivaudit.domain.debrief import MOST
from ivaudit.domain.report_form import long_date
from ivaudit.domain.report_model import ChecklistReport, PointRow, ReportModel
from ivaudit.domain.report_outline import OutlineBlock, ReportOutline
from ivaudit.reports.document import WIDTH, Cell, Column, Element, Group, Look, Sign, Table, Text, Title

_NUMBER = 34.0
_FACTS = 132.0
_ANSWER = 86.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """What a report is written with beside its model.

    `pictures` are its photographs by digest; `most` is how many lines a part of a debrief has at most.
    """

    pictures: Mapping[str, bytes] = field(default_factory=dict)
    most: int = MOST


ALONE = Beside()
"""A report without photographs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A model and the outline it is written by."""

    model: ReportModel
    outline: ReportOutline
    beside: Beside = ALONE
    _points: dict[str, PointRow] = field(default_factory=dict)

    def point(self, criterion: str) -> PointRow:
        """Return a point of the model by the id of its criterion."""
        if not self._points:
            self._points.update((point.criterion, point) for point in self.model.points)
        return self._points[criterion]

    def word(self, key: str) -> str:
        """Return a short label of the outline."""
        return self.outline.word(key)

    @property
    def number_width(self) -> float:
        """The room of the numbers of points: wider where several checklists give each their own."""
        longest = max((len(point.number) for point in self.model.points), default=0)
        return min(max(_NUMBER, longest * 4.6 + 8), 84.0)

    def what(self) -> str:
        """Return which audit this is, and when."""
        return f"{self.model.audit.kind} du {long_date(self.model.audit.date)}"


def heading(block: OutlineBlock) -> tuple[Element, ...]:
    """Return the title of a block and its introduction."""
    title = Title(text=block.title, level=2)
    return (title, Text(text=block.intro, look=Look.QUIET)) if block.intro else (title,)


def silent_or(block: OutlineBlock) -> Iterable[Group]:
    """Return what a block without content says: its sentence, or nothing at all where it has none."""
    if not block.empty:
        return ()
    return (Group(heads=(Title(text=block.title, level=2),), body=(Text(text=block.empty),)),)


def places(numbers: Iterable[str]) -> str:
    """Return the numbers of points in words: «point 1.2», «points 1.2, 3.4», nothing where there are none."""
    found = tuple(numbers)
    return f"point{'s' if len(found) > 1 else ''} {', '.join(found)}" if found else ""


def nothing(block: OutlineBlock) -> Group:
    """Return a block that says it has nothing to show."""
    said = (Text(text=block.empty),) if block.empty else ()
    return Group(heads=heading(block), body=said)


def marked(each: ChecklistReport, text: str) -> str:
    """Return the text after the mark that tells checklists apart, where there are several."""
    return f"{each.mark}. {text}" if each.mark else text


def facts(pairs: list[tuple[str, str]], first: float = _FACTS) -> Table:
    """Return labels and texts side by side."""
    return Table(
        columns=(Column(title="", width=first), Column(title="", width=WIDTH - first)),
        lines=tuple((Cell(text=label, look=Look.CELL_QUIET), Cell(text=text)) for label, text in pairs),
        named=True,
    )


def sign_of(point: PointRow) -> Sign:
    """Return the sign of the answer of a point."""
    return Sign(symbol=point.symbol, tone=point.tone)


def point_columns(source: Source) -> tuple[Column, ...]:
    """Return the columns number, question, answer, constat."""
    first = source.number_width
    room = WIDTH - first - _ANSWER
    widths = (first, room * 0.52, _ANSWER, room * 0.48)
    keys = ("number", "question", "answer", "constat")
    return tuple(Column(title=source.word(key), width=width) for key, width in zip(keys, widths, strict=True))


def point_line(
    source: Source, point: PointRow, number: str | None = None, adapted: str = ""
) -> tuple[Cell, ...]:
    """Return a point as the cells number, question, answer, constat; `adapted` marks a local change."""
    marks = (source.word("critical") if point.critical else "", source.word("adapted") if adapted else "")
    return (
        Cell(text=number or point.number, look=Look.CELL_QUIET),
        Cell(text=point.question, under=" · ".join(filter(None, marks))),
        Cell(text=point.label, sign=sign_of(point)),
        Cell(text=_noted(source, point)),
    )


def _noted(source: Source, point: PointRow) -> str:
    """Return everything written about a point, subject by subject."""
    lines = []
    for answer in point.answers:
        parts = [answer.na_reason, answer.constat]
        if answer.note:
            parts.append(f"{source.word('note')} : {answer.note}")
        text = "\n".join(part for part in parts if part)
        if answer.subject and text:
            text = f"{answer.subject} ({answer.label}) : {text}"
        elif answer.subject:
            text = f"{answer.subject} : {answer.label}"
        lines.append(text)
    return "\n".join(line for line in lines if line)
