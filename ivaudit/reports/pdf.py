"""The printed report: A4, read on paper in black and white as well as on a screen."""

import io
from collections.abc import Callable
from pathlib import Path

from reportlab import rl_config
from reportlab.platypus import Flowable, PageBreak, Spacer

from ivaudit.domain.progress import Progress, silent
from ivaudit.domain.report_model import ReportModel
from ivaudit.domain.report_outline import BlockKind, OutlineBlock, ReportOutline
from ivaudit.reports import fonts, pdf_adaptations, pdf_back, pdf_body, pdf_front
from ivaudit.reports.palette import LIGHT, with_accent
from ivaudit.reports.pdf_page import Document, Page, TotalPages
from ivaudit.reports.pdf_styles import styles

_BLOCKS: dict[BlockKind, Callable[[Page, OutlineBlock], list[Flowable]]] = {
    BlockKind.COVER: pdf_front.cover,
    BlockKind.IDENTITY: pdf_front.identity,
    BlockKind.DIRECTOR: pdf_front.director,
    BlockKind.RESULTS: pdf_body.results,
    BlockKind.CRITICAL: pdf_body.critical,
    BlockKind.GAPS: pdf_body.gaps,
    BlockKind.TO_SEE: pdf_body.to_see,
    BlockKind.OUT: pdf_body.out,
    BlockKind.METHOD: pdf_back.method,
    BlockKind.SOURCES: pdf_back.sources,
    BlockKind.GRID: pdf_back.grid,
    BlockKind.ADAPTATIONS: pdf_adaptations.adaptations,
}


def write(model: ReportModel, outline: ReportOutline, path: Path, progress: Progress = silent) -> None:
    """Write the printed report.

    Args:
        model: what to say.
        outline: in which order and words.
        path: the file to write.
        progress: told of blocks, then of pages.
    """
    path.write_bytes(render(model, outline, progress))


def render(model: ReportModel, outline: ReportOutline, progress: Progress = silent) -> bytes:
    """Return the printed report as the bytes of a PDF; the same model gives the same bytes."""
    _strict()
    inks = with_accent(LIGHT, outline.accent)
    page = Page(model=model, outline=outline, styles=styles(inks), inks=inks, logo_file=outline.logo)
    story: list[Flowable] = []
    blocks = pdf_adaptations.with_adaptations(outline)
    for rank, block in enumerate(blocks):
        progress(rank, len(blocks) * 2, block.title)
        made = _BLOCKS[block.kind](page, block)
        story += _spaced(block, first=not story) if made else []
        story += made
    target = io.BytesIO()
    document = Document(target, page, lambda done: progress(min(done, 99), 100, "mise en page"))
    document.build([*story, TotalPages(inks.muted)])
    progress(1, 1, "rapport prêt")
    return target.getvalue()


def _spaced(block: OutlineBlock, *, first: bool) -> list[Flowable]:
    if first:
        return []
    return [PageBreak()] if block.new_page else [Spacer(0, 14)]


def _strict() -> None:
    """Set reportlab so that no text can open a file, and the same model gives the same bytes."""
    rl_config.invariant = 1
    rl_config.useA85 = 0
    rl_config.trustedSchemes = []
    rl_config.trustedHosts = []
    fonts.register()
