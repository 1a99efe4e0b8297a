"""The page of the printed report: what every block needs, running heads and «page x sur y»."""

from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count
from typing import BinaryIO

from reportlab.graphics.shapes import Group
from reportlab.lib.colors import Color
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, Image, PageTemplate, Spacer

from ivaudit.domain.report_form import long_date
from ivaudit.domain.report_model import PointRow, ReportModel
from ivaudit.domain.report_outline import OutlineBlock, ReportOutline
from ivaudit.reports import fonts
from ivaudit.reports.fonts import REGULAR
from ivaudit.reports.palette import Inks
from ivaudit.reports.pdf_flowables import Heading, markup, paragraph
from ivaudit.reports.pdf_styles import BOTTOM, MARGIN, PAGE_HEIGHT, PAGE_WIDTH, TOP, WIDTH, Styles
from ivaudit.reports.symbols import symbol

TOTAL_FORM = "total-pages"
_SIZE = 7.0
_LOGO_ROOM = (150.0, 46.0)


@dataclass(slots=True, kw_only=True)
class Page:
    """What a block is made with: the model, the outline, the look, and the names of its bookmarks."""

    model: ReportModel
    outline: ReportOutline
    styles: Styles
    inks: Inks
    logo_file: str | None = None
    _keys: "count[int]" = field(default_factory=count)
    _points: dict[str, PointRow] = field(default_factory=dict)

    def point(self, criterion: str) -> PointRow:
        """Return a point of the model by the id of its criterion."""
        if not self._points:
            self._points.update((point.criterion, point) for point in self.model.points)
        return self._points[criterion]

    def sign(self, point: PointRow, size: float) -> Group:
        """Return the sign of the answer of a point, `size` points wide."""
        return symbol(point.symbol, self.inks.tone(point.tone), size)

    def day(self, iso: str) -> str:
        """Return a day as people write it."""
        return long_date(iso)

    def heading(self, block: OutlineBlock) -> list[Flowable]:
        """Return the title of a block and its introduction."""
        title = Heading(block.title, self.styles.heading, key=self._key(), level=0)
        return [title, paragraph(block.intro, self.styles.quiet)] if block.intro else [title]

    def subheading(self, text: str) -> Heading:
        """Return a title inside a block."""
        return Heading(text, self.styles.subheading, key=self._key(), level=1)

    def empty(self, block: OutlineBlock) -> list[Flowable]:
        """Return what a block says when it has nothing to show."""
        return [paragraph(block.empty, self.styles.text)] if block.empty else []

    def markup(self, text: str) -> str:
        """Return any text as mark-up that says exactly that."""
        return markup(text)

    def logo(self) -> list[Flowable]:
        """Return the logo of the outline, if it has one."""
        if self.logo_file is None:
            return []
        width, height = _LOGO_ROOM
        image = Image(self.logo_file, width=width, height=height, kind="proportional", hAlign="LEFT")
        return [image, Spacer(0, 12)]

    def _key(self) -> str:
        return f"titre-{next(self._keys)}"


class Document(BaseDocTemplate):
    """A document whose pages say where they are; the total is known, and drawn, at the end."""

    def __init__(self, target: BinaryIO, page: Page, paged: Callable[[int], None]) -> None:
        model, outline = page.model, page.outline
        super().__init__(
            target,
            pagesize=(PAGE_WIDTH, PAGE_HEIGHT),
            title=fonts.drawable(f"{outline.title} – {model.facility.name}"),
            author=fonts.drawable(model.program),
            subject=fonts.drawable(f"{model.audit.kind} du {long_date(model.audit.date)}"),
            creator=fonts.drawable(model.program),
            producer=fonts.drawable(model.program),
            keywords=["identitovigilance"],
            lang="fr-FR",
            invariant=1,
        )
        self._page, self._paged = page, paged
        frame = Frame(
            MARGIN,
            BOTTOM,
            WIDTH,
            PAGE_HEIGHT - TOP - BOTTOM,
            leftPadding=0,
            rightPadding=0,
            topPadding=0,
            bottomPadding=0,
        )
        self.addPageTemplates(PageTemplate(frames=[frame], onPage=self._decorate))

    def _decorate(self, canvas: Canvas, _document: BaseDocTemplate) -> None:
        inks, word = self._page.inks, self._page.outline.word
        number = canvas.getPageNumber()
        self._paged(number)
        canvas.saveState()
        canvas.setFont(REGULAR, _SIZE)
        canvas.setFillColor(inks.muted)
        if number > 1:
            self._running_head(canvas)
        canvas.setStrokeColor(inks.line)
        canvas.line(MARGIN, BOTTOM - 14, PAGE_WIDTH - MARGIN, BOTTOM - 14)
        canvas.drawString(MARGIN, BOTTOM - 25, fonts.drawable(self._page.outline.footer))
        room = fonts.width("00", REGULAR, _SIZE)
        place = f"{word('page')} {number} {word('of')} "
        canvas.drawRightString(PAGE_WIDTH - MARGIN - room, BOTTOM - 25, place)
        canvas.translate(PAGE_WIDTH - MARGIN - room, BOTTOM - 25)
        canvas.doForm(TOTAL_FORM)
        canvas.restoreState()

    def _running_head(self, canvas: Canvas) -> None:
        model = self._page.model
        right = f"{model.audit.kind} du {long_date(model.audit.date)}"
        left = fonts.wrapped(model.facility.name, REGULAR, _SIZE, WIDTH * 0.6, most=1)
        canvas.drawString(MARGIN, PAGE_HEIGHT - TOP + 20, left[0])
        canvas.drawRightString(PAGE_WIDTH - MARGIN, PAGE_HEIGHT - TOP + 20, fonts.drawable(right))
        canvas.setStrokeColor(self._page.inks.line)
        canvas.line(MARGIN, PAGE_HEIGHT - TOP + 14, PAGE_WIDTH - MARGIN, PAGE_HEIGHT - TOP + 14)


class TotalPages(Flowable):
    """The last thing of the story: draws the number of pages that every page refers to."""

    def __init__(self, ink: Color) -> None:
        super().__init__()
        self._ink = ink

    def wrap(self, availWidth: float, availHeight: float) -> tuple[float, float]:  # noqa: ARG002, N803 - reportlab's
        """Take no room."""
        return 0.0, 0.0

    def draw(self) -> None:
        """Define the form that «page x sur» ends with."""
        canvas = self.canv
        total = str(canvas.getPageNumber())
        canvas.beginForm(TOTAL_FORM, 0, -4, 40, 12)
        canvas.setFont(REGULAR, _SIZE)
        canvas.setFillColor(self._ink)
        canvas.drawString(0, 0, total)
        canvas.endForm()
