"""The report in Word: the same parts in the same order as on paper, to be edited and commented."""

from datetime import datetime
from pathlib import Path

from docx.blkcntnr import BlockItemContainer
from docx.document import Document
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.section import Section
from docx.shared import Pt

from ivaudit.domain.progress import Progress, silent
from ivaudit.domain.report_form import long_date
from ivaudit.domain.report_model import ReportModel
from ivaudit.domain.report_outline import ReportOutline
from ivaudit.reports.document import MARGIN, PAGE_HEIGHT, PAGE_WIDTH, WIDTH
from ivaudit.reports.document_blocks import compose
from ivaudit.reports.document_source import ALONE, Beside
from ivaudit.reports.docx_elements import Body
from ivaudit.reports.docx_styles import LANGUAGE, blank, dress, twips
from ivaudit.reports.docx_text import clean, field, made, paragraph, run, settle, tab
from ivaudit.reports.palette import LIGHT, with_accent

_HEAD_ROOM = 28.0


def write(
    model: ReportModel,
    outline: ReportOutline,
    path: Path,
    progress: Progress = silent,
    beside: Beside = ALONE,
) -> None:
    """Write the report for Word.

    Args:
        model: what to say.
        outline: in which order and words.
        path: the file to write.
        progress: told of blocks.
        beside: its photographs, how many lines a debrief may have.
    """
    inks = with_accent(LIGHT, outline.accent)
    document = blank()
    dress(document, inks)
    _page(document.sections[0], model, outline)
    _describe(document, model, outline)
    body = Body(document, inks)
    for rank, section in enumerate(compose(model, outline, beside)):
        progress(rank, len(outline.blocks) + 1, section.title)
        if rank and section.new_page:
            body.start_page()
        for group in section.groups:
            body.group(group)
    body.close()
    document.save(str(path))
    progress(1, 1, "rapport prêt")


def _page(section: Section, model: ReportModel, outline: ReportOutline) -> None:
    """Give pages their size, their running heads and «page x sur y»; the cover has no head."""
    section.page_width, section.page_height = Pt(PAGE_WIDTH), Pt(PAGE_HEIGHT)
    section.left_margin = section.right_margin = Pt(MARGIN)
    section.top_margin, section.bottom_margin = Pt(MARGIN + 8), Pt(MARGIN + 4)
    section.header_distance = section.footer_distance = Pt(_HEAD_ROOM)
    section.different_first_page_header_footer = True
    what = f"{model.audit.kind} du {long_date(model.audit.date)}"
    _only(section.header, "Header", [run(model.facility.name), tab(), run(what)])
    for foot in (section.footer, section.first_page_footer):
        counted = [run(f"{outline.word('page')} "), *field("PAGE"), run(f" {outline.word('of')} ")]
        _only(foot, "Footer", [run(outline.footer), tab(), *counted, *field("NUMPAGES")])


def _only(part: BlockItemContainer, style: str, runs: list[BaseOxmlElement]) -> None:
    """Let a head or a foot be one line with words at both ends."""
    said = paragraph(style, runs)
    settle(said.find(qn("w:pPr")), made("tabs", made("tab", val="right", pos=twips(WIDTH))))
    (only,) = part.paragraphs
    only._p.getparent().replace(only._p, said)  # noqa: SLF001 - no public way


def _describe(document: Document, model: ReportModel, outline: ReportOutline) -> None:
    about = document.core_properties
    about.title = clean(f"{outline.title} – {model.facility.name}")[:255]
    about.subject = clean(f"{model.audit.kind} du {long_date(model.audit.date)}")[:255]
    about.author = about.last_modified_by = clean(model.program)
    about.keywords, about.language, about.comments = "identitovigilance", LANGUAGE, ""
    about.created = about.modified = datetime.fromisoformat(model.generated)
