"""The printed report: A4, read on paper in black and white as well as on a screen or aloud."""

import io
from dataclasses import replace
from pathlib import Path

from reportlab.platypus import Flowable, PageBreak, Spacer

from ivaudit.domain.debrief import MOST
from ivaudit.domain.progress import Progress, silent
from ivaudit.domain.report_model import ReportKind, ReportModel
from ivaudit.domain.report_outline import ReportOutline
from ivaudit.reports.document import Section
from ivaudit.reports.document_blocks import compose
from ivaudit.reports.document_source import ALONE, Beside
from ivaudit.reports.palette import LIGHT, Inks, with_accent
from ivaudit.reports.pdf_elements import Elements
from ivaudit.reports.pdf_page import Document, TotalPages, prepare
from ivaudit.reports.pdf_styles import styles
from ivaudit.reports.structure import lay_out
from ivaudit.reports.structure_file import finish


def write(
    model: ReportModel,
    outline: ReportOutline,
    path: Path,
    progress: Progress = silent,
    beside: Beside = ALONE,
) -> None:
    """Write the printed report.

    Args:
        model: what to say.
        outline: in which order and words.
        path: the file to write.
        progress: told of blocks, then of pages.
        beside: its photographs.
    """
    path.write_bytes(render(model, outline, progress, beside))


def render(
    model: ReportModel,
    outline: ReportOutline,
    progress: Progress = silent,
    beside: Beside = ALONE,
) -> bytes:
    """Return the printed report as the bytes of a PDF; the same model gives the same bytes."""
    if model.kind is ReportKind.DEBRIEF:
        beside = replace(beside, most=fitting(model, outline))
    made, _ = _rendered(model, outline, progress, beside)
    progress(1, 1, "rapport prêt")
    return made


def fitting(model: ReportModel, outline: ReportOutline) -> int:
    """Return how many lines the parts of a debrief may have for it to hold on one page."""
    for most in range(MOST, 1, -1):
        if _rendered(model, outline, silent, Beside(most=most))[1] == 1:
            return most
    return 1


def _rendered(
    model: ReportModel,
    outline: ReportOutline,
    progress: Progress,
    beside: Beside,
) -> tuple[bytes, int]:
    """Return the bytes of a report, and how many pages it has."""
    prepare()
    inks = with_accent(LIGHT, outline.accent)
    target = io.BytesIO()
    document = Document(
        target, model, outline, inks, lambda done: progress(min(done, 99), 100, "mise en page")
    )
    structure = lay_out(document, story(model, outline, inks, progress, beside))
    return finish(target.getvalue(), structure), document.page


def story(
    model: ReportModel,
    outline: ReportOutline,
    inks: Inks,
    progress: Progress = silent,
    beside: Beside = ALONE,
) -> list[Flowable]:
    """Return everything that is laid out, in order."""
    elements = Elements(styles(inks), inks)
    flowables: list[Flowable] = []
    for rank, section in enumerate(compose(model, outline, beside)):
        progress(rank, len(outline.blocks) * 2, section.title)
        flowables += _before(section, first=not flowables)
        for group in section.groups:
            flowables += elements.group(group)
    return [*flowables, TotalPages(inks.muted)]


def _before(section: Section, *, first: bool) -> list[Flowable]:
    if first:
        return []
    return [PageBreak()] if section.new_page else [Spacer(0, 14)]
