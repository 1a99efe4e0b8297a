"""The local adaptations in a report: what they ask less of by the score, then all they did."""

from collections.abc import Iterator

from ivaudit.domain.report_form import long_date
from ivaudit.domain.report_model import AdaptationRow, AdaptedRow, ChecklistReport
from ivaudit.domain.report_outline import BlockKind, OutlineBlock, ReportOutline
from ivaudit.reports.document import WIDTH, Callout, Cell, Column, Element, Group, Look, Table, Text
from ivaudit.reports.document_source import Source, heading, marked

_NUMBER, _DONE = 40.0, 150.0
_ADDED = "–"


def with_adaptations(outline: ReportOutline) -> tuple[OutlineBlock, ...]:
    """Return the blocks of an outline; the adaptations are printed even where it forgets them."""
    if any(block.kind is BlockKind.ADAPTATIONS for block in outline.blocks):
        return outline.blocks
    said = OutlineBlock(kind=BlockKind.ADAPTATIONS, title=outline.word("adaptations"))
    kinds = [block.kind for block in outline.blocks]
    at = kinds.index(BlockKind.RESULTS) if BlockKind.RESULTS in kinds else len(kinds)
    return (*outline.blocks[:at], said, *outline.blocks[at:])


def lightened(each: ChecklistReport) -> tuple[Element, ...]:
    """Return what adaptations ask less of, sentence by sentence, to be read with the score."""
    return tuple(Callout(text=text) for text in each.lightened)


def adaptations(source: Source, block: OutlineBlock) -> Iterator[Group]:
    """Yield the adaptations of each checklist with everything they did; nothing where there is none."""
    heads: tuple[Element, ...] = heading(block)
    for each in source.model.checklists:
        for adaptation in each.adaptations:
            title = Text(text=marked(each, adaptation.title), look=Look.STRONG)
            body = (*_about(source, adaptation), _changes(source, adaptation))
            yield Group(heads=(*heads, title), body=body)
            heads = ()


def _about(source: Source, adaptation: AdaptationRow) -> Iterator[Element]:
    said = (
        f"{adaptation.author} ({adaptation.scope}), version {adaptation.version} du "
        f"{long_date(adaptation.date)}, pour la version {adaptation.checklist_version} de la grille."
    )
    yield Text(text=said, look=Look.QUIET)
    yield Text(text=adaptation.reason, label=source.word("reason"))
    if adaptation.note:
        yield Text(text=adaptation.note)
    for text in adaptation.set_aside:
        yield Text(text=text, label=source.word("not_applied"))


def _changes(source: Source, adaptation: AdaptationRow) -> Table:
    rest = WIDTH - _NUMBER - _DONE
    widths = (_NUMBER, rest * 0.55, _DONE, rest * 0.45)
    keys = ("number", "question", "change", "reason")
    columns = tuple(
        Column(title=source.word(key), width=width) for key, width in zip(keys, widths, strict=True)
    )
    return Table(columns=columns, lines=tuple(map(_change, adaptation.changes)))


def _change(each: AdaptedRow) -> tuple[Cell, ...]:
    return (
        Cell(text=each.number or _ADDED, look=Look.CELL_QUIET),
        Cell(text=each.question),
        Cell(
            text=f"{each.words[:1].upper()}{each.words[1:]}",
            under="Allège la grille" if each.lightens else "",
        ),
        Cell(text=each.reason, look=Look.CELL_QUIET),
    )
