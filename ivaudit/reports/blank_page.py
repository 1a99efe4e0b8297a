"""The paper that is filled in by hand: page, boxes, ruled lines and fields, all painted as shapes."""

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from reportlab.lib.colors import Color
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageTemplate

from ivaudit.domain.progress import Progress
from ivaudit.reports import fonts
from ivaudit.reports.fonts import BOLD, REGULAR
from ivaudit.reports.palette import LIGHT, Inks
from ivaudit.reports.pdf_flowables import Heading, paragraph
from ivaudit.reports.pdf_page import TOTAL_FORM, TotalPages
from ivaudit.reports.pdf_styles import Styles, styles
from ivaudit.reports.structure import Node, lay_out, marked
from ivaudit.reports.structure_file import finish

MARGIN, TOP, BOTTOM = 40.0, 40.0, 50.0
NO_IDENTITY = "Ni nom, ni date de naissance, ni matricule : les fonctions et les nombres suffisent."
_SIZE = 7.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """What a blank document is made with: its title, what stands at its foot, and the look."""

    title: str
    foot: str
    program: str
    warning: str = NO_IDENTITY
    subject: str = "À remplir à la main"
    across: bool = False
    inks: Inks = LIGHT

    @property
    def styles(self) -> Styles:
        """The paragraph styles."""
        return styles(self.inks)

    @property
    def size(self) -> tuple[float, float]:
        """The width and height of a page."""
        return landscape(A4) if self.across else A4

    @property
    def width(self) -> float:
        """The width of what is printed."""
        return float(self.size[0]) - 2 * MARGIN

    @property
    def height(self) -> float:
        """The height of what is printed."""
        return float(self.size[1]) - TOP - BOTTOM

    def style(self, kind: str, **others: object) -> ParagraphStyle:
        """Return one of the styles with something else."""
        made: ParagraphStyle = getattr(self.styles, kind).clone(kind, **others)
        return made

    def heading(self, text: str, rank: int) -> Heading:
        """Return a title that is a bookmark."""
        return Heading(text, self.styles.heading, key=f"vierge-{rank}", level=0)

    def text(self, text: str, kind: str = "text", *, label: str = "") -> Flowable:
        """Return a paragraph."""
        return paragraph(text, getattr(self.styles, kind), label=label)

    def render(self, story: Sequence[Flowable], progress: Progress) -> bytes:
        """Return the document as the bytes of a PDF; the same story gives the same bytes."""
        target = io.BytesIO()
        document = _Document(target, self, lambda done: progress(min(done, 99), 100, "mise en page"))
        structure = lay_out(document, [*story, TotalPages(self.inks.muted)])
        made = finish(target.getvalue(), structure)
        progress(1, 1, "fichier prêt")
        return made


def height_of(story: Sequence[Flowable], paper: Paper) -> float:
    """Return the height that a story takes when no page ends, in points."""
    heights = (float(each.wrap(paper.width, paper.height * 100)[1]) for each in story)
    return sum(heights) + sum(float(each.getSpaceBefore() + each.getSpaceAfter()) for each in story)


class _Document(BaseDocTemplate):
    """Pages with a foot that says what this is, which page of how many, and what not to write."""

    def __init__(self, target: io.BytesIO, paper: Paper, paged: Callable[[int], None]) -> None:
        super().__init__(
            target,
            pagesize=paper.size,
            title=fonts.drawable(paper.title),
            author=fonts.drawable(paper.program),
            subject=fonts.drawable(paper.subject),
            creator=fonts.drawable(paper.program),
            producer=fonts.drawable(paper.program),
            lang="fr-FR",
            invariant=1,
        )
        self._paper, self._paged = paper, paged
        frame = Frame(
            MARGIN,
            BOTTOM,
            paper.width,
            paper.height,
            leftPadding=0,
            rightPadding=0,
            topPadding=0,
            bottomPadding=0,
        )
        self.addPageTemplates(PageTemplate(frames=[frame], onPage=self._decorate))

    def _decorate(self, canvas: Canvas, _document: BaseDocTemplate) -> None:
        paper = self._paper
        number = canvas.getPageNumber()
        self._paged(number)
        right = paper.size[0] - MARGIN
        canvas.saveState()
        canvas.setFont(REGULAR, _SIZE)
        canvas.setFillColor(paper.inks.muted)
        canvas.setStrokeColor(paper.inks.line)
        canvas.line(MARGIN, BOTTOM - 10, right, BOTTOM - 10)
        foot = fonts.wrapped(paper.foot, REGULAR, _SIZE, paper.width - 80, most=1)
        canvas.drawString(MARGIN, BOTTOM - 20, foot[0])
        if paper.warning:
            canvas.drawString(MARGIN, BOTTOM - 30, fonts.drawable(paper.warning))
        room = fonts.width("00", REGULAR, _SIZE)
        canvas.drawRightString(right - room, BOTTOM - 20, f"page {number} sur ")
        canvas.translate(right - room, BOTTOM - 20)
        canvas.doForm(TOTAL_FORM)
        canvas.restoreState()


def draw_box(canvas: Canvas, x: float, y: float, side: float, ink: Color) -> None:
    """Draw an empty box whose lower left corner is there."""
    canvas.setStrokeColor(ink)
    canvas.setLineWidth(0.8)
    canvas.roundRect(x, y, side, side, 1.2, stroke=1, fill=0)


class Boxes(Flowable):
    """Empty boxes with their words, on as many lines as it takes."""

    SIDE, LINE, GAP = 9.5, 17.0, 16.0

    def __init__(self, labels: Sequence[str], inks: Inks, size: float = 8.6) -> None:
        super().__init__()
        self._labels = [fonts.drawable(label) for label in labels]
        self._inks, self._size = inks, size
        self._placed: list[tuple[float, int, str]] = []
        self._lines = 1

    def wrap(self, availWidth: float, availHeight: float) -> tuple[float, float]:  # noqa: ARG002, N803 - reportlab's
        """Place the boxes from left to right."""
        self._placed, x, line = [], 0.0, 0
        for label in self._labels:
            width = self.SIDE + 4 + fonts.width(label, REGULAR, self._size)
            if x and x + width > availWidth:
                x, line = 0.0, line + 1
            self._placed.append((x, line, label))
            x += width + self.GAP
        self._lines = line + 1
        return availWidth, self._lines * self.LINE

    def draw(self) -> None:
        """Draw the boxes and the words."""
        answers = Node("L")
        for x, line, label in self._placed:
            y = (self._lines - line - 1) * self.LINE + 3.5
            draw_box(self.canv, x, y, self.SIDE, self._inks.text)
            self.canv.setFont(REGULAR, self._size)
            self.canv.setFillColor(self._inks.text)
            with marked(self.canv, answers.grow("LI").grow("LBody")):
                self.canv.drawString(x + self.SIDE + 4, y + 1.6, label)


class Ruled(Flowable):
    """Lines to write on, after a word («Constat»)."""

    def __init__(self, label: str, inks: Inks, *, lines: int = 2, pitch: float = 18.0) -> None:
        super().__init__()
        self._label, self._inks, self._lines, self._pitch = fonts.drawable(label), inks, lines, pitch
        self._width = 0.0

    def wrap(self, availWidth: float, availHeight: float) -> tuple[float, float]:  # noqa: ARG002, N803 - reportlab's
        """Take the width, and the height of the lines."""
        self._width = availWidth
        return availWidth, self._lines * self._pitch + 2

    def draw(self) -> None:
        """Draw the word on the first line, then the lines."""
        canvas = self.canv
        canvas.setFont(REGULAR, 7.6)
        canvas.setFillColor(self._inks.muted)
        top = self._lines * self._pitch
        if self._label:
            with marked(canvas, Node("P")):
                canvas.drawString(0, top - self._pitch + 4, self._label)
        canvas.setStrokeColor(self._inks.neutral)
        canvas.setLineWidth(0.4)
        start = fonts.width(self._label, REGULAR, 7.6) + 6 if self._label else 0.0
        for rank in range(self._lines):
            y = top - (rank + 1) * self._pitch + 2
            canvas.line(start if rank == 0 else 0.0, y, self._width, y)


class Fields(Flowable):
    """Words each followed by a line to write on, side by side in given shares of the width."""

    def __init__(self, fields: Sequence[tuple[str, float]], inks: Inks) -> None:
        super().__init__()
        self._fields = [(fonts.drawable(label), share) for label, share in fields]
        self._inks = inks
        self._width = 0.0

    def wrap(self, availWidth: float, availHeight: float) -> tuple[float, float]:  # noqa: ARG002, N803 - reportlab's
        """Take one line."""
        self._width = availWidth
        return availWidth, 22.0

    def draw(self) -> None:
        """Draw each word and its line."""
        canvas, x = self.canv, 0.0
        whole = sum(share for _, share in self._fields)
        for label, share in self._fields:
            width = self._width * share / whole
            canvas.setFont(BOLD, 8)
            canvas.setFillColor(self._inks.text)
            with marked(canvas, Node("P")):
                canvas.drawString(x, 6, label)
            canvas.setStrokeColor(self._inks.neutral)
            canvas.setLineWidth(0.5)
            canvas.line(x + fonts.width(label, BOLD, 8) + 5, 4, x + width - 12, 4)
            x += width
