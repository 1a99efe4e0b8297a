"""Which function writes which block of an outline: a new block is a line here, and serves every format."""

from collections.abc import Callable, Iterator

from ivaudit.domain.report_model import ReportKind, ReportModel
from ivaudit.domain.report_outline import BlockKind, OutlineBlock, ReportOutline
from ivaudit.reports import (
    document_adaptations,
    document_agreed,
    document_back,
    document_body,
    document_debrief,
    document_findings,
    document_front,
    document_observations,
    document_said,
)
from ivaudit.reports.document import Group, Section
from ivaudit.reports.document_source import ALONE, Beside, Source

_BLOCKS: dict[BlockKind, Callable[[Source, OutlineBlock], Iterator[Group]]] = {
    BlockKind.COVER: document_front.cover,
    BlockKind.IDENTITY: document_front.identity,
    BlockKind.DIRECTOR: document_front.director,
    BlockKind.RESULTS: document_body.results,
    BlockKind.CRITICAL: document_body.critical,
    BlockKind.GAPS: document_body.gaps,
    BlockKind.TO_SEE: document_body.to_see,
    BlockKind.OUT: document_body.out,
    BlockKind.METHOD: document_back.method,
    BlockKind.SOURCES: document_back.sources,
    BlockKind.GRID: document_back.grid,
    BlockKind.ADAPTATIONS: document_adaptations.adaptations,
    BlockKind.FINDINGS: document_findings.findings,
    BlockKind.PHOTOS: document_findings.photos,
    BlockKind.OBSERVATIONS: document_observations.observations,
    BlockKind.DOCUMENTS: document_said.documents,
    BlockKind.DISAGREEMENTS: document_said.disagreements,
    BlockKind.SUBJECTS: document_said.subjects,
    BlockKind.NOTEBOOK: document_said.notebook,
    BlockKind.ACTIONS: document_agreed.actions,
    BlockKind.COMPARISON: document_agreed.comparison,
    BlockKind.COMMENTS: document_agreed.comments,
    BlockKind.SIGNATURES: document_agreed.signatures,
    BlockKind.HEADING: document_debrief.heading,
    **dict.fromkeys(
        (
            BlockKind.STRENGTHS,
            BlockKind.URGENT,
            BlockKind.MAIN,
            BlockKind.FOLLOWING,
            BlockKind.FIGURES,
            BlockKind.WORDS,
        ),
        document_debrief.part,
    ),
}


def compose(model: ReportModel, outline: ReportOutline, beside: Beside = ALONE) -> Iterator[Section]:
    """Yield the blocks of a report that have something to say, in the order and the words of the outline.

    Args:
        model: what to say.
        outline: in which order and words.
        beside: its photographs, how many lines a debrief may have.
    """
    source = Source(model=model, outline=outline, beside=beside)
    whole = model.kind is not ReportKind.DEBRIEF
    for block in document_adaptations.with_adaptations(outline) if whole else outline.blocks:
        groups = tuple(_BLOCKS[block.kind](source, block))
        if groups:
            yield Section(title=block.title, new_page=block.new_page, groups=groups)
