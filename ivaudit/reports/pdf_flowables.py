"""What the printed report is laid out with: escaped texts, headings, signs, and tables that split well."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any, cast
from xml.sax.saxutils import escape

from reportlab.graphics.shapes import Group
from reportlab.lib.colors import Color
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import CondPageBreak, Flowable, TableStyle

from ivaudit.domain.printable import chunks
from ivaudit.reports import fonts
from ivaudit.reports.document import PAGE_HEIGHT, WIDTH
from ivaudit.reports.palette import Inks
from ivaudit.reports.structure_flowables import Paragraph, Signed
from ivaudit.reports.structure_tables import Shape, Table

_MOST_KEPT, _MOST_WHOLE = 260.0, 520.0
_CHARACTERS_A_PART = 560


def markup(text: str) -> str:
    """Return any text as the mark-up of a paragraph that says exactly that."""
    return escape(fonts.drawable(text)).replace("\n", "<br/>")


def paragraph(text: str, style: ParagraphStyle, *, label: str = "") -> Paragraph:
    """Return a text as typed, after an optional label in bold («Constat»)."""
    lead = f"<b>{markup(label + ' :')}</b> " if label else ""
    return Paragraph(lead + markup(text), style)


class Heading(Paragraph):
    """A title that is also a bookmark of the file."""

    def __init__(self, text: str, style: ParagraphStyle, *, key: str, level: int) -> None:
        super().__init__(markup(text), style)
        self._entry = (fonts.drawable(text), key, level)

    def draw(self) -> None:
        """Draw the title and mark its place."""
        title, key, level = self._entry
        self.canv.bookmarkPage(key)
        self.canv.addOutlineEntry(title, key, level, closed=level > 0)
        super().draw()


def signed(text: str, style: ParagraphStyle, sign: Group) -> Signed:
    """Return a text after a sign."""
    made = Signed(markup(text), style)
    made.sign = sign
    return made


class Barred(Paragraph):
    """A text with a bar of the accent colour along its left side."""

    bar: Color | None = None

    def split(self, availWidth: float, availHeight: float) -> list[Flowable]:  # noqa: N803 - reportlab's
        """Split the text, each part with its bar."""
        parts: list[Flowable] = super().split(availWidth, availHeight)
        for part in parts:
            if isinstance(part, Barred):
                part.bar = self.bar
        return parts

    def draw(self) -> None:
        """Draw the bar, then the text."""
        if self.bar is not None:
            self.canv.setFillColor(self.bar)
            self.canv.rect(0, 0, 2.2, self.height, stroke=0, fill=1)
        super().draw()


def barred(text: str, style: ParagraphStyle, bar: Color) -> Barred:
    """Return a text with a bar along it."""
    made = Barred(markup(text), style)
    made.bar = bar
    return made


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A text of a table, with its style, a sign on its first line, and bold words below."""

    text: str
    style: ParagraphStyle
    sign: Group | None = None
    under: str = ""


def rows(cells: Sequence[Cell | Flowable], widths: Sequence[float]) -> list[list[Flowable | str]]:
    """Return one line of a table as the rows that fit in a page: long texts go on in the rows below.

    The first column is not repeated: an empty first cell says that the line goes on.
    """
    columns: list[list[Flowable | str]] = []
    for cell, width in zip(cells, widths, strict=True):
        if isinstance(cell, Cell):
            size = max(60, int(_CHARACTERS_A_PART * width / 160))
            parts = chunks(fonts.drawable(cell.text), size, int(width / 4))
            last = len(parts) - 1
            columns.append(
                [_part(part, cell, first=rank == 0, last=rank == last) for rank, part in enumerate(parts)]
            )
        else:
            columns.append([cell])
    return [list(row) for row in zip_longest(*columns, fillvalue="")]


def _part(text: str, cell: Cell, *, first: bool, last: bool) -> Flowable:
    content = escape(text).replace("\n", "<br/>")
    if last and cell.under:
        content += f"<br/><b>{markup(cell.under)}</b>"
    if cell.sign is None:
        return Paragraph(content, cell.style)
    made = Signed(content, cell.style)
    made.sign = cell.sign if first else None
    return made


class Lines(Table):
    """A table that knows how many of its first rows must stay with the title above it."""

    kept = 2


def table(
    head: Sequence[Flowable],
    lines: Sequence[Sequence[Cell | Flowable]],
    widths: Sequence[float],
    inks: Inks,
    *,
    titles: Sequence[int] = (),
    named: bool = False,
    room: float = 0.0,
) -> Lines:
    """Return a table with hairlines between its lines and its head repeated on each page.

    Args:
        head: cells of the first row, none for a table without head.
        lines: cells of each line.
        widths: width of each column, in points.
        inks: colours by role.
        titles: ranks of the lines that are titles over the whole width, kept with the line below.
        named: the first cell of each line says what the others are.
        room: left under the words of each line, to write by hand.
    """
    data: list[list[Flowable | str]] = [list(head)] if head else []
    commands = _frame(inks, headed=bool(head))
    ranks: list[int] = []
    for rank, line in enumerate(lines):
        start = len(data)
        data.extend(rows(line, widths))
        ranks += [rank] * (len(data) - start)
        commands.append(("LINEBELOW", (0, len(data) - 1), (-1, len(data) - 1), 0.4, inks.line))
        if room:
            commands.append(("BOTTOMPADDING", (0, start), (-1, len(data) - 1), room))
        if rank in titles:
            commands.append(("SPAN", (0, start), (-1, start)))
            commands.append(("BACKGROUND", (0, start), (-1, start), inks.soft))
            commands.append(("NOSPLIT", (0, start), (0, min(start + 1, start + len(lines) - rank - 1))))
    made = Lines(
        data,
        colWidths=list(widths),
        repeatRows=1 if head else 0,
        style=TableStyle(commands),
        hAlign="LEFT",
        shape=Shape(heads=1 if head else 0, named=named, lines=ranks, titles=frozenset(titles)),
    )
    made.kept = 3 if titles else 2
    return made


def _frame(inks: Inks, *, headed: bool) -> list[tuple[Any, ...]]:
    commands: list[tuple[Any, ...]] = [
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("LEFTPADDING", (0, 0), (-1, -1), 0),
        ("RIGHTPADDING", (0, 0), (-1, -1), 8),
        ("TOPPADDING", (0, 0), (-1, -1), 2.6),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 3.4),
    ]
    if headed:
        commands.append(("LINEBELOW", (0, 0), (-1, 0), 0.9, inks.accent))
    return commands


def together(heads: Sequence[Flowable], body: Sequence[Flowable], *, whole: bool = False) -> list[Flowable]:
    """Return titles and what follows, on a new page where the first lines would not fit under the titles.

    What is to stay `whole` starts a page where not all of it would fit, unless it is higher than a page.
    """
    need = sum(_height(each) + _space(each) for each in heads) + (_first_lines(body[0]) if body else 0)
    every = sum(_height(each) + _space(each) for each in (*heads, *body)) if whole else 0
    if whole and every <= _MOST_WHOLE:
        return [CondPageBreak(every), *heads, *body]
    return [CondPageBreak(min(need, _MOST_KEPT)), *heads, *body]


def _height(flowable: Flowable) -> float:
    return float(flowable.wrap(WIDTH, PAGE_HEIGHT * 100)[1])


def _space(flowable: Flowable) -> float:
    return float(flowable.getSpaceBefore() + flowable.getSpaceAfter())


def _first_lines(flowable: Flowable) -> float:
    """Return the height of what must stay with a title: two lines of text, or the first rows of a table."""
    height = _height(flowable)
    if isinstance(flowable, Lines):
        return sum(
            cast("list[float]", vars(flowable)["_rowHeights"])[: flowable.kept]
        )  # no public way to know
    if isinstance(flowable, Paragraph):
        return min(height, 2.2 * flowable.style.leading)
    return height
