"""Which function writes which block of an outline: a new block is a line here, and serves every format."""

from collections.abc import Callable, Iterator

from ivaudit.domain.report_model import ReportModel
from ivaudit.domain.report_outline import BlockKind, OutlineBlock, ReportOutline
from ivaudit.reports import document_adaptations, document_back, document_body, document_front
from ivaudit.reports.document import Group, Section
from ivaudit.reports.document_source import Source

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
}


def compose(model: ReportModel, outline: ReportOutline) -> Iterator[Section]:
    """Yield the blocks of a report in the order and the words of the outline.

    Args:
        model: what to say.
        outline: in which order and words.
    """
    source = Source(model=model, outline=outline)
    for block in document_adaptations.with_adaptations(outline):
        groups = tuple(_BLOCKS[block.kind](source, block))
        yield Section(title=block.title, new_page=block.new_page, groups=groups)
