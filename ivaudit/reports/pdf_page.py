"""The page of the printed report: running heads and «page x sur y»."""

from collections.abc import Callable
from typing import BinaryIO

from reportlab import rl_config
from reportlab.lib.colors import Color
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageTemplate

from ivaudit.domain.report_form import long_date
from ivaudit.domain.report_model import ReportModel
from ivaudit.domain.report_outline import ReportOutline
from ivaudit.reports import fonts
from ivaudit.reports.document import MARGIN, PAGE_HEIGHT, PAGE_WIDTH, WIDTH
from ivaudit.reports.fonts import REGULAR
from ivaudit.reports.palette import Inks
from ivaudit.reports.pdf_styles import BOTTOM, TOP

TOTAL_FORM = "total-pages"
_SIZE = 7.0


def prepare() -> None:
    """Set reportlab so that no text can open a file, and the same content gives the same bytes."""
    rl_config.invariant = 1
    rl_config.useA85 = 0
    rl_config.trustedSchemes = []
    rl_config.trustedHosts = []
    fonts.register()


class Document(BaseDocTemplate):
    """A document whose pages say where they are; the total is known, and drawn, at the end."""

    def __init__(
        self,
        target: BinaryIO,
        model: ReportModel,
        outline: ReportOutline,
        inks: Inks,
        paged: Callable[[int], None],
    ) -> None:
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
        self._model, self._outline, self._inks, self._paged = model, outline, inks, paged
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
        inks, word = self._inks, self._outline.word
        number = canvas.getPageNumber()
        self._paged(number)
        canvas.saveState()
        canvas.setFont(REGULAR, _SIZE)
        canvas.setFillColor(inks.muted)
        if number > 1:
            self._running_head(canvas)
        canvas.setStrokeColor(inks.line)
        canvas.line(MARGIN, BOTTOM - 14, PAGE_WIDTH - MARGIN, BOTTOM - 14)
        canvas.drawString(MARGIN, BOTTOM - 25, fonts.drawable(self._outline.footer))
        room = fonts.width("00", REGULAR, _SIZE)
        place = f"{word('page')} {number} {word('of')} "
        canvas.drawRightString(PAGE_WIDTH - MARGIN - room, BOTTOM - 25, place)
        canvas.translate(PAGE_WIDTH - MARGIN - room, BOTTOM - 25)
        canvas.doForm(TOTAL_FORM)
        canvas.restoreState()

    def _running_head(self, canvas: Canvas) -> None:
        model = self._model
        right = f"{model.audit.kind} du {long_date(model.audit.date)}"
        left = fonts.wrapped(model.facility.name, REGULAR, _SIZE, WIDTH * 0.6, most=1)
        canvas.drawString(MARGIN, PAGE_HEIGHT - TOP + 20, left[0])
        canvas.drawRightString(PAGE_WIDTH - MARGIN, PAGE_HEIGHT - TOP + 20, fonts.drawable(right))
        canvas.setStrokeColor(self._inks.line)
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
