"""The body of the printed report: results, critical points, what to improve, what is left, what is out."""

from collections.abc import Sequence

from reportlab.platypus import Flowable, Paragraph, Table

from ivaudit.domain.checklist import Confidence
from ivaudit.domain.report_model import ChecklistReport, CriticalRow, DomainRow, PointRow, ReferenceRow
from ivaudit.domain.report_outline import OutlineBlock
from ivaudit.domain.standing import CriticalState
from ivaudit.reports.drawing import gauge
from ivaudit.reports.pdf_flowables import Cell, markup, paragraph, signed, table, together
from ivaudit.reports.pdf_page import Page
from ivaudit.reports.pdf_styles import WIDTH
from ivaudit.reports.symbols import symbol

_NUMBER = 34.0
_CRITICAL_SIGNS = {
    CriticalState.KEPT.value: ("plein", "bon"),
    CriticalState.PARTLY.value: ("demi", "moyen"),
    CriticalState.BROKEN.value: ("croix", "mauvais"),
    CriticalState.NOT_RATED.value: ("vide", "attente"),
    CriticalState.NOT_APPLICABLE.value: ("tiret", "neutre"),
}


def number_width(page: Page) -> float:
    """Return the room of the numbers of points: wider where several checklists give each their own."""
    longest = max((len(point.number) for point in page.model.points), default=0)
    return min(max(_NUMBER, longest * 4.6 + 8), 84.0)


def results(page: Page, block: OutlineBlock) -> list[Flowable]:
    """Return the results by domain of each checklist."""
    flowables: list[Flowable] = []
    heading = page.heading(block)
    for rank, each in enumerate(page.model.checklists):
        heads: list[Flowable] = list(heading) if rank == 0 else []
        if each.mark:
            heads.append(page.subheading(f"{each.mark}. {each.title}"))
        flowables += together(heads, [_domains(page, each)])
    return flowables


def _domains(page: Page, each: ChecklistReport) -> Table:
    styles = page.styles
    titles = ("Points", "Évalués", "Sans objet", "À améliorer", "Critiques non tenus", "Couverture")
    head: list[Flowable] = [paragraph(page.outline.word("domain"), styles.cell_head)]
    head += [paragraph(title, styles.cell_head_right) for title in titles]
    head.append(paragraph(page.outline.word("score"), styles.cell_head))
    widths = [150.0, 38.0, 42.0, 38.0, 48.0, 48.0, 50.0]
    widths.append(WIDTH - sum(widths))
    return table(head, [_domain(page, row, widths[-1]) for row in each.domains], widths, page.inks)


def _domain(page: Page, row: DomainRow, room: float) -> list[Cell | Flowable]:
    styles = page.styles
    critical = f"{row.critical_broken} sur {row.critical}" if row.critical else "–"
    coverage = "–" if row.coverage is None else f"{row.coverage} %"
    figures = (str(row.points), str(row.rated), str(row.not_applicable), str(row.to_improve))
    right = [Cell(text=text, style=styles.cell_right) for text in (*figures, critical, coverage)]
    shown: Cell | Flowable = (
        Cell(text=row.note, style=styles.cell_quiet)
        if row.score is None
        else gauge(row.score, room - 10, page.inks)
    )
    return [Cell(text=f"{row.number}. {row.title}", style=styles.cell), *right, shown]


def critical(page: Page, block: OutlineBlock) -> list[Flowable]:
    """Return the critical points with their states, the most pressing first."""
    rows = page.model.critical
    if not rows:
        return together(page.heading(block), page.empty(block))
    styles, word = page.styles, page.outline.word
    titles = (word("number"), word("question"), word("state"), "Pourquoi il est critique")
    head = [paragraph(title, styles.cell_head) for title in titles]
    first = number_width(page)
    widths = [first, (WIDTH - first - 92) * 0.52, 92.0, (WIDTH - first - 92) * 0.48]
    body = table(head, [_critical(page, row) for row in rows], widths, page.inks)
    return together([*page.heading(block), *_critical_counts(page)], [body])


def _critical_counts(page: Page) -> list[Flowable]:
    """Return how many critical points are in each state, checklist by checklist."""
    lines = []
    for each in page.model.checklists:
        mark = f"{each.mark}. " if each.mark else ""
        counts = " · ".join(f"{count.label} : {count.count}" for count in each.critical_counts)
        lines.append(paragraph(f"{mark}{counts}", page.styles.text))
    return list(lines)


def _critical(page: Page, row: CriticalRow) -> list[Cell | Flowable]:
    styles = page.styles
    kind, tone = _CRITICAL_SIGNS[row.state]
    chosen = f"{page.outline.word('chosen_by')} {row.chosen_by}." if row.chosen_by else ""
    return [
        Cell(text=row.number, style=styles.cell_quiet),
        Cell(text=page.point(row.criterion).question, style=styles.cell),
        Cell(text=row.state.capitalize(), style=styles.sign, sign=symbol(kind, page.inks.tone(tone), 7.6)),
        Cell(text="\n".join(part for part in (row.reason, chosen) if part), style=styles.cell_quiet),
    ]


def gaps(page: Page, block: OutlineBlock) -> list[Flowable]:
    """Return what to improve, one card per point: constat, then recommendation."""
    found = [page.point(key) for key in page.model.to_improve]
    if not found:
        return together(page.heading(block), page.empty(block))
    flowables: list[Flowable] = []
    for rank, point in enumerate(found):
        heads = list(page.heading(block)) if rank == 0 else []
        title = signed(f"{point.number}  {point.question}", page.styles.signed, page.sign(point, 8.8))
        about = Paragraph(_about(point), page.styles.under_sign)
        flowables += together([*heads, title, about], _card(page, point))
    return flowables


def _about(point: PointRow) -> str:
    parts = [f"<b>{markup(point.label)}</b>"]
    if point.critical:
        parts.append("<b>point critique</b>")
    parts += [markup(text) for text in (point.force, *sources_of(point))]
    return " · ".join(parts)


def sources_of(point: PointRow) -> list[str]:
    """Return where a point comes from: for each document, the place with a code, else the surest."""
    best: dict[str, ReferenceRow] = {}
    for each in point.references:
        kept = best.setdefault(each.document, each)
        if _rank(each) < _rank(kept):
            best[each.document] = each
    return [each.shown for each in best.values()]


def _rank(reference: ReferenceRow) -> tuple[bool, int]:
    return reference.code is None, list(Confidence).index(Confidence(reference.confidence))


def _card(page: Page, point: PointRow) -> list[Flowable]:
    style, word = page.styles.under_sign, page.outline.word
    body: list[Flowable] = []
    for answer in point.answers:
        label = word("constat") + (f" ({answer.subject}, {answer.label})" if answer.subject else "")
        means = f" ({', '.join(answer.means).lower()})" if answer.means else ""
        body.append(paragraph((answer.constat or word("no_constat")) + means, style, label=label))
        if answer.note:
            body.append(paragraph(answer.note, style, label=word("note")))
    body.append(paragraph(point.recommendation, style, label=word("recommendation")))
    return body


def to_see(page: Page, block: OutlineBlock) -> list[Flowable]:
    """Return the points that are not rated, then those nobody answered, by number."""
    model, styles, word = page.model, page.styles, page.outline.word
    if not model.to_see and not model.unanswered:
        return together(page.heading(block), page.empty(block))
    flowables: list[Flowable] = []
    heading = list(page.heading(block))
    if model.to_see:
        titles = (word("number"), word("question"), word("answer"), word("constat"))
        flowables += together(heading, [points_table(page, model.to_see, titles)])
        heading = []
    if model.unanswered:
        lines = [
            paragraph(", ".join(row.numbers), styles.text, label=f"{row.domain} ({len(row.numbers)})")
            for row in model.unanswered
        ]
        flowables += together([*heading, paragraph(word("unanswered"), styles.label)], lines)
    return flowables


def out(page: Page, block: OutlineBlock) -> list[Flowable]:
    """Return the points that leave the calculation with their reasons, then those that are not concerned."""
    model, styles, word = page.model, page.styles, page.outline.word
    if not model.not_applicable and not model.not_concerned:
        return together(page.heading(block), page.empty(block))
    heading = list(page.heading(block))
    flowables: list[Flowable] = []
    if model.not_applicable:
        head = [paragraph(word(key), styles.cell_head) for key in ("number", "question", "reason")]
        lines = [_out(page, page.point(key)) for key in model.not_applicable]
        first = number_width(page)
        widths = [first, (WIDTH - first) * 0.56, (WIDTH - first) * 0.44]
        flowables += together(heading, [table(head, lines, widths, page.inks)])
        heading = []
    if model.not_concerned:
        numbers = ", ".join(page.point(key).number for key in model.not_concerned)
        label = f"{word('not_concerned')} ({len(model.not_concerned)})"
        flowables += together(heading, [paragraph(numbers, styles.text, label=label)])
    return flowables


def _out(page: Page, point: PointRow) -> list[Cell | Flowable]:
    reasons = []
    for answer in point.answers:
        reason = answer.na_reason or page.outline.word("no_reason")
        reasons += [f"{answer.subject} : {reason}" if answer.subject else reason, answer.constat]
    return [
        Cell(text=point.number, style=page.styles.cell_quiet),
        Cell(text=point.question, style=page.styles.cell),
        Cell(text="\n".join(text for text in reasons if text), style=page.styles.cell),
    ]


def points_table(page: Page, keys: Sequence[str], titles: Sequence[str]) -> Table:
    """Return points with their answer and what was noted."""
    head = [paragraph(title, page.styles.cell_head) for title in titles]
    lines = [point_line(page, page.point(key)) for key in keys]
    return table(head, lines, point_widths(page), page.inks)


def point_widths(page: Page) -> list[float]:
    """Return the widths of the columns number, question, answer, constat."""
    first = number_width(page)
    return [first, (WIDTH - first - 86) * 0.52, 86.0, (WIDTH - first - 86) * 0.48]


def point_line(
    page: Page, point: PointRow, number: str | None = None, adapted: str = ""
) -> list[Cell | Flowable]:
    """Return a point as the cells number, question, answer, constat; `adapted` marks a local change."""
    styles, word = page.styles, page.outline.word
    marks = (word("critical") if point.critical else "", word("adapted") if adapted else "")
    return [
        Cell(text=number or point.number, style=styles.cell_quiet),
        Cell(
            text=point.question,
            style=styles.cell,
            under=" · ".join(filter(None, marks)),
        ),
        Cell(text=point.label, style=styles.sign, sign=page.sign(point, 7.6)),
        Cell(text=noted(page, point), style=styles.cell),
    ]


def noted(page: Page, point: PointRow) -> str:
    """Return everything written about a point, subject by subject."""
    lines = []
    for answer in point.answers:
        parts = [answer.na_reason, answer.constat]
        if answer.note:
            parts.append(f"{page.outline.word('note')} : {answer.note}")
        text = "\n".join(part for part in parts if part)
        if answer.subject:
            text = (
                f"{answer.subject} ({answer.label}) : {text}"
                if text
                else f"{answer.subject} : {answer.label}"
            )
        lines.append(text)
    return "\n".join(line for line in lines if line)
