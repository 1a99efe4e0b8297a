"""The front of the printed report: cover, how the audit went, and the page for the director."""

from collections.abc import Sequence

from reportlab.platypus import Flowable, HRFlowable, Paragraph, Spacer, Table, TableStyle

from ivaudit.domain.charts import Axis, radar_or_bars
from ivaudit.domain.report_form import long_date
from ivaudit.domain.report_model import ChecklistReport, FormBlock, FormTable, HighlightRow
from ivaudit.domain.report_outline import OutlineBlock
from ivaudit.reports.drawing import draw
from ivaudit.reports.pdf_adaptations import lightened
from ivaudit.reports.pdf_flowables import Cell, barred, paragraph, signed, table, together
from ivaudit.reports.pdf_page import Page
from ivaudit.reports.pdf_styles import SPACE, WIDTH
from ivaudit.reports.symbols import symbol

_LABEL_WIDTH = 132.0


def cover(page: Page, block: OutlineBlock) -> list[Flowable]:
    """Return the title of the report, what it is about, and what it is not."""
    model, styles, outline = page.model, page.styles, page.outline
    flowables: list[Flowable] = [
        *page.logo(),
        paragraph(block.title, styles.title),
        paragraph(model.facility.name or "Structure sans nom", styles.subtitle),
        paragraph(" – ".join(p for p in (model.audit.title, _what(page)) if p), styles.text),
        HRFlowable(width="100%", thickness=1.2, color=page.inks.accent, spaceBefore=4, spaceAfter=8),
        _facts(page, _cover_facts(page)),
        Spacer(0, SPACE * 2),
    ]
    if not model.complete and outline.provisional:
        flowables.append(barred(outline.provisional, styles.barred, page.inks.accent))
    if model.with_notes:
        flowables.append(
            barred(
                "Cet exemplaire contient les notes internes de l'équipe d'audit : ne pas le diffuser.",
                styles.barred,
                page.inks.accent,
            )
        )
    return [*flowables, paragraph(outline.notice, styles.quiet)]


def _what(page: Page) -> str:
    return f"{page.model.audit.kind} du {long_date(page.model.audit.date)}"


def _cover_facts(page: Page) -> list[tuple[str, str]]:
    model, word = page.model, page.outline.word
    facility = model.facility
    facts = [
        (word("finess_ej"), facility.finess_ej),
        (word("finess_et"), facility.finess_et),
        (word("category"), facility.category),
        (word("city"), facility.city),
        (word("profile"), ", ".join(facility.profile)),
        (word("state"), model.audit.state),
        (word("checklists"), "\n".join(_checklist(each) for each in model.checklists)),
        (word("generated"), f"{long_date(model.generated)}, {model.program}"),
    ]
    return [(label, text) for label, text in facts if text]


def _checklist(each: ChecklistReport) -> str:
    mark = f"{each.mark}. " if each.mark else ""
    local = ", adaptée localement" if each.adaptations else ""
    return f"{mark}{each.title} (version {each.version}{local})"


def _facts(page: Page, facts: Sequence[tuple[str, str]]) -> Table:
    lines = [
        [Cell(text=label, style=page.styles.cell_quiet), Cell(text=text, style=page.styles.cell)]
        for label, text in facts
    ]
    return table([], lines, [_LABEL_WIDTH, WIDTH - _LABEL_WIDTH], page.inks)


def identity(page: Page, block: OutlineBlock) -> list[Flowable]:
    """Return how the audit went: dates, people met by function, documents."""
    heading = page.heading(block)
    if not page.model.visit:
        return together(heading, page.empty(block)) if block.empty else []
    flowables: list[Flowable] = []
    for rank, section in enumerate(page.model.visit):
        parts = _section(page, section)
        heads: list[Flowable] = [paragraph(section.title, page.styles.label)]
        flowables += together([*heading, *heads] if rank == 0 else heads, parts)
    return flowables


def _section(page: Page, section: FormBlock) -> list[Flowable]:
    parts: list[Flowable] = []
    if section.lines:
        parts.append(_facts(page, [(line.label, line.text) for line in section.lines]))
    for each in section.tables:
        if section.lines or len(section.tables) > 1:
            parts.append(paragraph(each.title, page.styles.form_title))
        parts.append(_form_table(page, each))
    return parts


def _form_table(page: Page, each: FormTable) -> Table:
    widths = _shares([(title, *(row[rank] for row in each.rows)) for rank, title in enumerate(each.columns)])
    head = [paragraph(title, page.styles.cell_head) for title in each.columns]
    lines = [[Cell(text=text, style=page.styles.cell) for text in row] for row in each.rows]
    return table(head, lines, widths, page.inks)


def _shares(columns: Sequence[Sequence[str]]) -> list[float]:
    """Return the widths of columns: room for their longest words first, the rest by the length of texts."""
    words = [max(len(word) for text in column for word in [*text.split(), ""]) for column in columns]
    least = [min(24, word) * 5.2 + 10 for word in words]
    wanted = [max(min(len(text), 60) for text in column) for column in columns]
    left = max(0.0, WIDTH - sum(least))
    widths = [low + left * length / max(1, sum(wanted)) for low, length in zip(least, wanted, strict=True)]
    return [WIDTH * width / sum(widths) for width in widths]


def director(page: Page, block: OutlineBlock) -> list[Flowable]:
    """Return what a director reads: the auditor's words first, then the figures of each checklist."""
    model, styles, word = page.model, page.styles, page.outline.word
    flowables: list[Flowable] = [*page.heading(block), paragraph(word("appreciation"), styles.label)]
    said = model.appreciation
    flowables.append(
        barred(said, styles.barred, page.inks.accent)
        if said
        else paragraph(word("no_appreciation"), styles.quiet)
    )
    flowables += _highlights(page, model.strengths, "strengths", numbered=False)
    flowables += _highlights(page, model.priorities, "priorities", numbered=True)
    for each in model.checklists:
        flowables += _figures(page, each)
    return flowables


def _highlights(
    page: Page, written: Sequence[HighlightRow], family: str, *, numbered: bool
) -> list[Flowable]:
    word, styles = page.outline.word, page.styles
    body: list[Flowable] = []
    for rank, each in enumerate(written, 1):
        places = f" ({'point' if len(each.numbers) == 1 else 'points'} {', '.join(each.numbers)})"
        text = each.text + (places if each.numbers else "")
        if numbered:
            body.append(Paragraph(page.markup(text), styles.point, bulletText=f"{rank}."))
        else:
            body.append(signed(text, styles.point, symbol("plein", page.inks.accent, 6)))
    return together(
        [paragraph(word(family), styles.label)],
        body or [paragraph(word(f"no_{family}"), styles.quiet)],
    )


def _figures(page: Page, each: ChecklistReport) -> list[Flowable]:
    styles = page.styles
    title = page.outline.word("figures") + (f" – {_checklist(each)}" if each.mark else "")
    axes = [Axis(label=f"{row.number}. {row.title}", value=row.score) for row in each.domains]
    level = paragraph(
        each.level_sentence, styles.text, label=page.outline.word("level") if each.level else ""
    )
    body: list[Flowable] = [_tiles(page, each), Spacer(0, SPACE), level, *lightened(page, each)]
    if each.score is None:
        body.append(paragraph(each.headline, styles.text))
    if each.remaining_sentence:
        body.append(paragraph(each.remaining_sentence, styles.text))
    if each.carried_sentence:
        body.append(paragraph(each.carried_sentence, styles.strong))
    if each.levels:
        landmarks = f"Niveaux : repères choisis par {each.levels_chosen_by}, sans valeur nationale."
        body.append(paragraph(landmarks, styles.quiet))
    chart: list[Flowable] = [draw(radar_or_bars(title, axes), WIDTH, page.inks)]
    return [*together([paragraph(title, styles.label)], body), *together([], chart)]


def _tiles(page: Page, each: ChecklistReport) -> Table:
    word = page.outline.word
    tiles = [
        (word("score"), "–" if each.score is None else str(each.score), _under_score(each)),
        (word("coverage"), _percent(each.coverage.shown), f"{each.coverage.reading}, en poids"),
        (word("progress"), _percent(each.progress.shown), f"{each.progress.reading} points"),
        (
            word("not_applicable"),
            _percent(each.not_applicable.shown),
            f"{each.not_applicable.reading} points",
        ),
        ("Critiques non tenus", str(each.broken), _under_critical(each)),
    ]
    styles = page.styles
    data = [
        [paragraph(label, styles.cell_head) for label, _, _ in tiles],
        [paragraph(value, styles.tile) for _, value, _ in tiles],
        [paragraph(under, styles.cell_quiet) for _, _, under in tiles],
    ]
    look = TableStyle(
        [
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ("BACKGROUND", (0, 0), (-1, -1), page.inks.soft),
            ("LINEBEFORE", (1, 0), (-1, -1), 3, page.inks.surface),
            ("TOPPADDING", (0, 0), (-1, -1), 1),
            ("TOPPADDING", (0, 0), (-1, 0), 6),
            ("BOTTOMPADDING", (0, 0), (-1, -2), 0),
            ("BOTTOMPADDING", (0, -1), (-1, -1), 6),
            ("LEFTPADDING", (0, 0), (-1, -1), 9),
            ("RIGHTPADDING", (0, 0), (-1, -1), 4),
        ]
    )
    return Table(data, colWidths=[WIDTH / len(tiles)] * len(tiles), style=look, hAlign="LEFT")


def _under_score(each: ChecklistReport) -> str:
    if each.score is not None:
        return "sur 100"
    return f"entre {each.bounds.low} et {each.bounds.high}" if each.bounds else "rien n'est évalué"


def _under_critical(each: ChecklistReport) -> str:
    if not each.critical:
        return "pas de point critique"
    waiting = f", {each.waiting} non évalué{'s' if each.waiting > 1 else ''}" if each.waiting else ""
    return f"sur {len(each.critical)}{waiting}"


def _percent(shown: int | None) -> str:
    return "–" if shown is None else f"{shown} %"
