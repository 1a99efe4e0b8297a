"""The back of the printed report: how to read the results, the checklists used, and the whole grid."""

from reportlab.platypus import Flowable

from ivaudit.domain.report_model import ChecklistReport, GridRow
from ivaudit.domain.report_outline import OutlineBlock
from ivaudit.reports.pdf_body import point_line, point_widths
from ivaudit.reports.pdf_flowables import Cell, paragraph, table, together
from ivaudit.reports.pdf_page import Page
from ivaudit.reports.pdf_styles import WIDTH
from ivaudit.reports.symbols import symbol


def method(page: Page, block: OutlineBlock) -> list[Flowable]:
    """Return how results are made, in plain words, with the answers and the levels of each scale."""
    texts: list[Flowable] = [paragraph(text, page.styles.text) for text in page.model.method]
    flowables = together(page.heading(block), texts or page.empty(block))
    seen: set[object] = set()
    for each in page.model.checklists:
        scale = (each.scale, each.levels)
        if scale in seen:
            continue
        seen.add(scale)
        flowables += together([], [_answers(page, each)])
        if each.levels:
            flowables += together([paragraph("", page.styles.quiet)], [_levels(page, each)])
    return flowables


def _answers(page: Page, each: ChecklistReport) -> Flowable:
    styles = page.styles
    head = [paragraph(title, styles.cell_head) for title in ("Réponse", "Ce qu'elle veut dire", "Effet")]
    lines = [
        [
            Cell(
                text=row.label,
                style=styles.sign,
                sign=symbol(row.symbol, page.inks.tone(row.tone), 7.6),
            ),
            Cell(text=row.help, style=styles.cell),
            Cell(text=row.effect, style=styles.cell),
        ]
        for row in each.scale
    ]
    return table(head, lines, [108.0, WIDTH - 108 - 130, 130.0], page.inks)


def _levels(page: Page, each: ChecklistReport) -> Flowable:
    styles = page.styles
    head = [paragraph(title, styles.cell_head) for title in ("Niveau", "Ce qu'il veut dire", "À partir de")]
    lines = [
        [
            Cell(text=row.label, style=styles.cell_strong),
            Cell(text=row.meaning, style=styles.cell),
            Cell(text=f"{row.from_score} sur 100", style=styles.cell),
        ]
        for row in each.levels
    ]
    return table(head, lines, [108.0, WIDTH - 108 - 130, 130.0], page.inks)


def sources(page: Page, block: OutlineBlock) -> list[Flowable]:
    """Return the editions, versions and fingerprints of the checklists, and what their points rest on."""
    flowables: list[Flowable] = []
    heading = page.heading(block)
    for rank, each in enumerate(page.model.checklists):
        heads: list[Flowable] = list(heading) if rank == 0 else []
        heads.append(paragraph(f"{each.mark}. {each.title}" if each.mark else each.title, page.styles.strong))
        flowables += together(heads, [_source(page, each)])
    return flowables


def _source(page: Page, each: ChecklistReport) -> Flowable:
    word, styles = page.outline.word, page.styles
    rests = "\n".join(f"{row.count} {row.label}" for row in each.sources if row.count)
    facts = (
        (word("version"), f"{each.version} ({each.id}), publiée le {page.day(each.published)}"),
        (word("adaptations"), "\n".join(f"{a.title} ({a.author}, {a.version})" for a in each.adaptations)),
        (word("edition"), each.edition),
        (word("authors"), f"{', '.join(each.authors)} (licence {each.licence})"),
        (word("sources"), rests),
        (word("sha256"), each.sha256),
        (word("program"), page.model.program),
    )
    lines = [
        [Cell(text=label, style=styles.cell_quiet), Cell(text=text, style=styles.cell)]
        for label, text in facts
        if text
    ]
    return table([], lines, [110.0, WIDTH - 110], page.inks)


def grid(page: Page, block: OutlineBlock) -> list[Flowable]:
    """Return every point of every checklist, in order, domain by domain."""
    flowables: list[Flowable] = []
    heading: list[Flowable] = list(page.heading(block))
    for each in page.model.checklists:
        if each.mark:
            heading.append(page.subheading(f"{each.mark}. {each.title}"))
        for domain in each.domains:
            inside = [row for row in each.grid if row.domain == domain.title]
            title = page.subheading(f"{domain.number}. {domain.title}")
            flowables += together([*heading, title], [_domain_grid(page, each, inside)])
            heading = []
    return flowables


def _domain_grid(page: Page, each: ChecklistReport, inside: list[GridRow]) -> Flowable:
    word, styles = page.outline.word, page.styles
    head = [paragraph(word(key), styles.cell_head) for key in ("number", "question", "answer", "constat")]
    lines: list[list[Cell | Flowable]] = []
    titles: list[int] = []
    section = ""
    for row in inside:
        if row.section != section:
            section = row.section
            titles.append(len(lines))
            lines.append([Cell(text=section, style=styles.cell_strong), *[_nothing(page)] * 3])
        number = f"{each.mark}-{row.number}" if each.mark else row.number
        lines.append(point_line(page, page.point(row.criterion), number, row.adapted))
    return table(head, lines, point_widths(page), page.inks, titles=titles)


def _nothing(page: Page) -> Cell:
    return Cell(text="", style=page.styles.cell)
