"""The end of a visit as one sheet, part after part."""

from ivaudit.domain.debrief import debrief
from ivaudit.domain.report_model import ReportModel
from ivaudit.domain.report_outline import OutlineSheet, ReportOutline
from ivaudit.tables.book import Sheet

_WIDTHS = (4, 90, 50)


def sheet_of(sheet: Sheet, model: ReportModel, outline: ReportOutline, wanted: OutlineSheet) -> None:
    """Write what is said before leaving: what, then what there is to know beside it."""
    said = debrief(model, outline)
    over = len(_WIDTHS)
    sheet.widths(_WIDTHS)
    sheet.title(wanted.title)
    sheet.paragraph(f"{said.facility} – {said.what}", over=over, bold=True)
    if wanted.intro:
        sheet.paragraph(wanted.intro, over=over, quiet=True)
    for part in said.parts:
        sheet.skip()
        sheet.title(part.title, size=12)
        for rank, line in enumerate(part.lines, 1):
            under = f" ({line.under})" if line.under else ""
            sheet.paragraph(f"{rank}. {line.text}{under}", over=over)
        if part.rest:
            sheet.paragraph(part.rest, over=over, quiet=True)
        for text in part.paragraphs:
            sheet.paragraph(text, over=over)
