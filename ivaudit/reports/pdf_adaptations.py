"""The local adaptations in the printed report: what they ask less of by the score, then all they did."""

from reportlab.platypus import Flowable

from ivaudit.domain.report_model import AdaptationRow, AdaptedRow, ChecklistReport
from ivaudit.domain.report_outline import BlockKind, OutlineBlock, ReportOutline
from ivaudit.reports.pdf_flowables import Cell, barred, paragraph, table, together
from ivaudit.reports.pdf_page import Page
from ivaudit.reports.pdf_styles import WIDTH

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


def lightened(page: Page, each: ChecklistReport) -> list[Flowable]:
    """Return what adaptations ask less of, sentence by sentence, to be read with the score."""
    return [barred(text, page.styles.barred, page.inks.tone("mauvais")) for text in each.lightened]


def adaptations(page: Page, block: OutlineBlock) -> list[Flowable]:
    """Return the adaptations of each checklist with everything they did; nothing where there is none."""
    flowables: list[Flowable] = []
    heading = list(page.heading(block))
    for each in page.model.checklists:
        for adaptation in each.adaptations:
            mark = f"{each.mark}. " if each.mark else ""
            title = paragraph(f"{mark}{adaptation.title}", page.styles.strong)
            flowables += together([*heading, title], [*_about(page, adaptation), _changes(page, adaptation)])
            heading = []
    return flowables


def _about(page: Page, adaptation: AdaptationRow) -> list[Flowable]:
    styles = page.styles
    said = (
        f"{adaptation.author} ({adaptation.scope}), version {adaptation.version} du "
        f"{page.day(adaptation.date)}, pour la version {adaptation.checklist_version} de la grille."
    )
    parts: list[Flowable] = [
        paragraph(said, styles.quiet),
        paragraph(adaptation.reason, styles.text, label=page.outline.word("reason")),
    ]
    parts += [paragraph(text, styles.text) for text in (adaptation.note,) if text]
    label = page.outline.word("not_applied")
    parts += [paragraph(text, styles.text, label=label) for text in adaptation.set_aside]
    return parts


def _changes(page: Page, adaptation: AdaptationRow) -> Flowable:
    word, styles = page.outline.word, page.styles
    titles = (word("number"), word("question"), word("change"), word("reason"))
    head = [paragraph(title, styles.cell_head) for title in titles]
    rest = WIDTH - _NUMBER - _DONE
    widths = [_NUMBER, rest * 0.55, _DONE, rest * 0.45]
    return table(head, [_change(page, each) for each in adaptation.changes], widths, page.inks)


def _change(page: Page, each: AdaptedRow) -> list[Cell | Flowable]:
    styles = page.styles
    return [
        Cell(text=each.number or _ADDED, style=styles.cell_quiet),
        Cell(text=each.question, style=styles.cell),
        Cell(
            text=f"{each.words[:1].upper()}{each.words[1:]}",
            style=styles.cell,
            under="Allège la grille" if each.lightens else "",
        ),
        Cell(text=each.reason, style=styles.cell_quiet),
    ]
