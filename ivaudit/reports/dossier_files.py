"""The file for those who answer for security and privacy, written: a tagged PDF, or a document for Word."""

from datetime import datetime
from pathlib import Path

import docx
from docx.oxml.ns import qn
from docx.shared import Pt
from reportlab.platypus import Flowable, PageBreak, Spacer

from ivaudit.domain.dossier import Dossier, Facts
from ivaudit.domain.progress import Progress, silent
from ivaudit.reports.blank_page import Paper
from ivaudit.reports.document import MARGIN, PAGE_HEIGHT, PAGE_WIDTH
from ivaudit.reports.docx_elements import Body
from ivaudit.reports.docx_styles import LANGUAGE, dress, twips
from ivaudit.reports.docx_text import clean, field, made, paragraph, run, settle, tab
from ivaudit.reports.dossier_parts import sections
from ivaudit.reports.palette import LIGHT
from ivaudit.reports.pdf_elements import Elements
from ivaudit.reports.pdf_page import prepare
from ivaudit.reports.pdf_styles import styles

_SUBJECT = "Sécurité et protection des données"
_BETWEEN = 6.0


def render(dossier: Dossier, facts: Facts, *, program: str, progress: Progress = silent) -> bytes:
    """Return the file as the bytes of a tagged PDF.

    Args:
        dossier: the published text.
        facts: what the program knows of itself.
        program: what made the file.
        progress: told of pages.
    """
    prepare()
    paper = Paper(
        title=dossier.title, foot=f"ivaudit · {dossier.title}", program=program, warning="", subject=_SUBJECT
    )
    elements = Elements(styles(LIGHT), LIGHT)
    story: list[Flowable] = []
    for section in sections(dossier, facts):
        if story:
            story.append(PageBreak() if section.new_page else Spacer(0, _BETWEEN))
        for group in section.groups:
            story += elements.group(group)
    return paper.render(story, progress)


def write_docx(
    dossier: Dossier, facts: Facts, path: Path, *, program: str, progress: Progress = silent
) -> None:
    """Write the file for Word; the arguments are those of `render`, and the file to write."""
    document = docx.Document()
    dress(document, LIGHT)
    page = document.sections[0]
    page.page_width, page.page_height = Pt(PAGE_WIDTH), Pt(PAGE_HEIGHT)
    page.left_margin = page.right_margin = Pt(MARGIN)
    page.top_margin = page.bottom_margin = Pt(MARGIN)
    counted = [run("page "), *field("PAGE"), run(" sur "), *field("NUMPAGES")]
    said = paragraph("Footer", [run(f"ivaudit · {dossier.title}"), tab(), *counted])
    end = twips(PAGE_WIDTH - 2 * MARGIN)
    settle(said.find(qn("w:pPr")), made("tabs", made("tab", val="right", pos=end)))
    (only,) = page.footer.paragraphs
    only._p.getparent().replace(only._p, said)  # noqa: SLF001 - no public way
    about = document.core_properties
    about.title, about.subject, about.language = clean(dossier.title), _SUBJECT, LANGUAGE
    about.author = about.last_modified_by = clean(program)
    about.comments = ""
    about.created = about.modified = datetime.fromisoformat(facts.day)
    _write_body(Body(document, LIGHT), dossier, facts, progress)
    document.save(str(path))


def _write_body(body: Body, dossier: Dossier, facts: Facts, progress: Progress) -> None:
    for rank, section in enumerate(sections(dossier, facts)):
        progress(rank, len(dossier.sections), section.title)
        if rank and section.new_page:
            body.start_page()
        for group in section.groups:
            body.group(group)
    body.close()
    progress(1, 1, "fichier prêt")


def write(
    dossier: Dossier,
    facts: Facts,
    path: Path,
    *,
    format: str,  # noqa: A002 - the word of the jobs
    program: str,
    progress: Progress = silent,
) -> None:
    """Write the file as `pdf` or `docx`."""
    if format == "docx":
        write_docx(dossier, facts, path, program=program, progress=progress)
        return
    path.write_bytes(render(dossier, facts, program=program, progress=progress))
