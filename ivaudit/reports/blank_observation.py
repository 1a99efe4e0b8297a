"""An observation grid on paper: how to observe first, on one page where it holds, then its lines."""

from collections.abc import Sequence

from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Flowable, PageBreak, Spacer

from ivaudit.domain.checklist import Vocabulary
from ivaudit.domain.observation import ObservationGrid, ObservedItem, ObservedValue, Row
from ivaudit.domain.progress import Progress, silent
from ivaudit.domain.report_form import long_date
from ivaudit.reports import fonts
from ivaudit.reports.blank_page import Fields, Paper, draw_box, height_of
from ivaudit.reports.fonts import BOLD, REGULAR
from ivaudit.reports.pdf_flowables import Cell, markup, paragraph, table
from ivaudit.reports.pdf_page import prepare
from ivaudit.reports.structure import Node, marked, within
from ivaudit.reports.structure_flowables import Paragraph

LETTERS = {
    ObservedValue.YES: ("O", "oui"),
    ObservedValue.NO: ("N", "non"),
    ObservedValue.NOT_APPLICABLE: ("SO", "sans objet"),
    ObservedValue.REFUSED: ("R", "refus de la personne, tracé"),
    ObservedValue.NOT_OBSERVED: ("X", "non observé"),
}
"""What is printed beside the box of each value, and what it means."""

ROW_WORDS = {
    Row.PERSON: ("personne", "personnes"),
    Row.ACT: ("acte", "actes"),
    Row.RECORD: ("dossier", "dossiers"),
    Row.DOCUMENT: ("document", "documents"),
    Row.INTERVIEW: ("entretien", "entretiens"),
}
"""What one line, and several, are called."""

_NUMBER, _CONTEXT, _REASON = 22.0, 40.0, 44.0
_HEAD, _LINE = 150.0, 27.0
_SIDE, _SMALL = 7.0, 5.6
_FIELDS_ROOM = 26.0
_SIZES, _COMFORTABLE = (8.2, 7.6, 7.1, 6.6), 7.6


def render(
    grid: ObservationGrid,
    vocabulary: Vocabulary,
    *,
    program: str,
    lines: int | None = None,
    progress: Progress = silent,
) -> bytes:
    """Return the blank sheet as the bytes of a PDF.

    Args:
        grid: what to observe.
        vocabulary: the labels of places and people.
        program: what made the file.
        lines: how many lines, the target of the grid unless told.
        progress: told of pages.
    """
    prepare()
    paper = Paper(
        title=f"{grid.title} – feuille d'observation",
        foot=f"{grid.title} · version {grid.version} du {long_date(grid.published)}",
        program=program,
        across=True,
    )
    wanted = lines or grid.target
    room = int((paper.height - _HEAD - _FIELDS_ROOM - 4) / _LINE)
    stories = (_instructions(paper, grid, vocabulary, size) for size in _SIZES)
    on_one_page = (each for each in stories if height_of(each, paper) <= paper.height)
    story = next(on_one_page, None) or _instructions(paper, grid, vocabulary, _COMFORTABLE)
    for start in range(0, wanted, room):
        story.append(PageBreak())
        story.append(
            Fields((("Structure", 3), ("Unité", 2), ("Date", 1), ("Observateur (fonction)", 2)), paper.inks)
        )
        story.append(Lines(paper, grid, range(start + 1, min(start + room, wanted) + 1)))
    return paper.render(story, progress)


def _instructions(paper: Paper, grid: ObservationGrid, vocabulary: Vocabulary, size: float) -> list[Flowable]:
    """Return how to observe, in letters of a size."""
    plain = paper.style("cell", fontSize=size, leading=round(size * 1.3, 2))
    strong = paper.style("cell_strong", fontSize=size, leading=round(size * 1.3, 2))
    one, many = ROW_WORDS[grid.row]
    where = ", ".join(vocabulary.label("places", key) for key in grid.places)
    people = ", ".join(vocabulary.label("interlocutors", key) for key in grid.interlocutors)
    target = f"{grid.target} {many}, une ligne par {one}. {grid.target_note}"
    said = (
        ("But", grid.summary),
        ("Combien", target),
        ("Quand", grid.period),
        ("Où, avec qui", " – ".join(filter(None, (where, people)))),
        ("Inclure", " ; ".join(grid.inclusion)),
        ("Ne pas inclure", " ; ".join(grid.exclusion)),
        ("Posture", grid.stance),
        ("À dire d'abord", grid.words),
    )
    blocks: list[Flowable] = [paper.heading(grid.title, 0)]
    blocks += [paragraph(text, plain, label=title) for title, text in said if text]
    codes = [paragraph(text, plain) for text in _codes(grid)]
    return [*blocks, Spacer(0, 6), _items(paper, grid, plain, strong), Spacer(0, 6), *codes]


def _items(paper: Paper, grid: ObservationGrid, plain: ParagraphStyle, strong: ParagraphStyle) -> Flowable:
    head = [paper.text(text, "cell_head") for text in ("N°", "Fait observé", "Précision", "Réponses")]
    lines = [
        [
            Cell(text=str(rank), style=strong),
            Cell(
                text=item.question,
                style=strong,
                under="Un « non » se traite tout de suite." if item.stops else "",
            ),
            Cell(text=item.help, style=plain),
            Cell(text=" · ".join(LETTERS[value][0] for value in item.values), style=plain),
        ]
        for rank, item in enumerate(grid.items, 1)
    ]
    rest = paper.width - 24 - 70
    return table(head, lines, (24, rest * 0.45, rest * 0.55, 70), paper.inks)


def _codes(grid: ObservationGrid) -> list[str]:
    """Return what letters and numbers stand for."""
    used = [value for value in ObservedValue if any(value in item.values for item in grid.items)]
    texts = [", ".join(f"{LETTERS[value][0]} {LETTERS[value][1]}" for value in used) + "."]
    texts += [f"{column.label} : {_numbered(column.choices)}." for column in grid.context]
    if grid.not_observed:
        reasons = _lettered([reason.label for reason in grid.not_observed])
        texts.append(f"Non observé, motif : {reasons}.")
    return texts


def _numbered(labels: Sequence[str]) -> str:
    return ", ".join(f"{rank} {label}" for rank, label in enumerate(labels, 1))


def _lettered(labels: Sequence[str]) -> str:
    return ", ".join(f"{chr(ord('a') + rank)} {label}" for rank, label in enumerate(labels))


class Lines(Flowable):
    """The lines of one page: a column per item, each cell with the box of each value."""

    def __init__(self, paper: Paper, grid: ObservationGrid, numbers: range) -> None:
        super().__init__()
        self._paper, self._grid, self._numbers = paper, grid, numbers
        self.width = paper.width
        self.height = _HEAD + _LINE * len(numbers)

    def wrap(self, availWidth: float, availHeight: float) -> tuple[float, float]:  # noqa: ARG002, N803 - reportlab's
        """Take the width of the page."""
        return self.width, self.height

    def draw(self) -> None:
        """Draw the head, then the lines."""
        columns = self._columns()
        top, x = self.height, 0.0
        sheet = Node("Table")
        self.canv.setStrokeColor(self._paper.inks.neutral)
        head = sheet.grow("TR")
        for title, item, width in columns:
            with within(self.canv, head.grow("TH", traits=("Table", "/Scope /Column"))):
                self._title(title, x, width, strong=item is not None)
            x += width
        for rank, number in enumerate(self._numbers):
            y = top - _HEAD - (rank + 1) * _LINE
            self._line(sheet.grow("TR"), number, y, columns)
        self._rules(columns)

    def _columns(self) -> list[tuple[str, ObservedItem | None, float]]:
        grid = self._grid
        fixed: list[tuple[str, ObservedItem | None, float]] = [("N°", None, _NUMBER)]
        fixed += [(column.label, None, _CONTEXT) for column in grid.context]
        last = [("Non observé : motif", None, _REASON)] if grid.not_observed else []
        room = self.width - sum(each[2] for each in (*fixed, *last))
        width = room / max(1, len(grid.items))
        items = [(f"{rank}. {item.question}", item, width) for rank, item in enumerate(grid.items, 1)]
        return [*fixed, *items, *last]

    def _title(self, text: str, x: float, width: float, *, strong: bool) -> None:
        style = self._paper.style("cell", fontSize=6.4, leading=7.4, fontName=BOLD if strong else REGULAR)
        room = max(1, int((width - 4) / style.leading))
        lines = fonts.wrapped(text, style.fontName, style.fontSize, _HEAD - 10, most=room)
        made = Paragraph("<br/>".join(markup(line) for line in lines), style)
        _, height = made.wrap(_HEAD - 4, width)
        self.canv.saveState()
        self.canv.translate(x + (width + height) / 2, self.height - _HEAD + 5)
        self.canv.rotate(90)
        made.drawOn(self.canv, 0, 0)
        self.canv.restoreState()

    def _line(
        self, row: Node, number: int, y: float, columns: Sequence[tuple[str, ObservedItem | None, float]]
    ) -> None:
        x = 0.0
        self.canv.setFillColor(self._paper.inks.text)
        self.canv.setFont(BOLD, 8)
        with marked(self.canv, row.grow("TH", traits=("Table", "/Scope /Row"))):
            self.canv.drawCentredString(_NUMBER / 2, y + _LINE / 2 - 3, str(number))
        for rank, (_, item, width) in enumerate(columns):
            cell = row.grow("TD") if rank else row
            if item is not None:
                with marked(self.canv, cell):
                    self._boxes(item, x, y, width)
            x += width

    def _boxes(self, item: ObservedItem, x: float, y: float, width: float) -> None:
        """Draw the boxes of a cell, two by two, each with its letter."""
        pairs = [item.values[start : start + 2] for start in range(0, len(item.values), 2)]
        pitch = min(11.5, (_LINE - 2) / len(pairs))
        top = y + (_LINE + pitch * len(pairs) - (pitch - _SIDE)) / 2
        step = min(24.0, (width - 2) / 2)
        for row, pair in enumerate(pairs):
            low = top - row * pitch - _SIDE
            for rank, value in enumerate(pair):
                left = x + (width - step * 2) / 2 + rank * step + 1
                draw_box(self.canv, left, low, _SIDE, self._paper.inks.text)
                self.canv.setFont(REGULAR, _SMALL)
                self.canv.setFillColor(self._paper.inks.muted)
                self.canv.drawString(left + _SIDE + 1.2, low + 1.6, LETTERS[value][0])

    def _rules(self, columns: Sequence[tuple[str, ObservedItem | None, float]]) -> None:
        canvas, inks = self.canv, self._paper.inks
        canvas.setStrokeColor(inks.neutral)
        canvas.setLineWidth(0.4)
        x = 0.0
        for _, _, width in columns:
            canvas.line(x, 0, x, self.height)
            x += width
        canvas.line(self.width, 0, self.width, self.height)
        for rank in range(len(self._numbers) + 1):
            y = self.height - _HEAD - rank * _LINE
            canvas.line(0, y, self.width, y)
        canvas.setStrokeColor(inks.accent)
        canvas.setLineWidth(1)
        canvas.line(0, self.height - _HEAD, self.width, self.height - _HEAD)
