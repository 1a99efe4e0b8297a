"""The summary of returned questionnaires as a workbook: a row per structure, medians and deciles beside."""

from collections.abc import Sequence
from pathlib import Path

from ivaudit.domain.distribution import ENOUGH, RULE
from ivaudit.domain.printable import typeset
from ivaudit.domain.progress import Progress, silent
from ivaudit.domain.report_figures import plural
from ivaudit.domain.report_form import long_date
from ivaudit.domain.returns_summary import NOTICE, ReturnsSummary, Standpoint, StructureRow
from ivaudit.reports.palette import LIGHT
from ivaudit.tables.book import Book, Column, Sheet
from ivaudit.tables.cells import Percent, Value

_OVER = 8
_DECLARED = "Résultats déclaratifs"


def write(
    summaries: Sequence[ReturnsSummary], path: Path, *, program: str, progress: Progress = silent
) -> None:
    """Write the workbook.

    Args:
        summaries: one per checklist.
        path: the file to write.
        program: what made the file.
        progress: told of its steps.
    """
    title = "Synthèse des auto-évaluations"
    book = Book(title=title, program=program, accent=f"#{LIGHT.accent.hexval()[2:]}")
    for rank, each in enumerate(summaries):
        progress(rank, len(summaries) + 1, each.title)
        mark = f" {rank + 1}" if len(summaries) > 1 else ""
        foot = f"{_DECLARED} · {each.checklist} · version {each.version}"
        _structures(book.sheet(f"Structures{mark}", head=each.title, foot=foot), each)
        _spreads(book.sheet(f"Répartition{mark}", head=each.title, foot=foot), each)
    progress(len(summaries), len(summaries) + 1, "écriture du classeur")
    book.save(path)
    progress(1, 1, "classeur prêt")


def _structures(sheet: Sheet, summary: ReturnsSummary) -> None:
    columns = [*_columns(summary), *(Column(title=title, width=15) for title in summary.domains)]
    sheet.widths([column.width for column in columns])
    sheet.title(f"{_DECLARED} – {summary.title}")
    sheet.paragraph(typeset(NOTICE), over=_OVER, bold=True)
    sheet.paragraph(typeset(_reading(summary)), over=_OVER, quiet=True)
    sheet.skip()
    sheet.table(columns, [_row(row, summary) for row in summary.rows], main=True, sized=False)


def _columns(summary: ReturnsSummary) -> list[Column]:
    who = [Column(title="Structure", width=34)]
    if not summary.hidden:
        who += [
            Column(title="FINESS ET", width=12),
            Column(title="Catégorie", width=18),
            Column(title="Date", width=18),
        ]
    figures = (
        ("Couverture", 12),
        ("Score", 9),
        ("Score ou bornes", 12),
        ("Points critiques", 10),
        ("Critiques non tenus", 11),
        ("Critiques non évalués", 11),
        ("Part de sans objet", 11),
        ("Sans réponse", 10),
    )
    last = [] if summary.hidden else [Column(title="Fichier", width=34)]
    return [*who, *(Column(title=title, width=width) for title, width in figures), *last]


def _row(row: StructureRow, summary: ReturnsSummary) -> list[Value]:
    who: list[Value] = [row.name]
    if not summary.hidden:
        who += [row.finess_et, row.category, long_date(row.date)]
    whole = row.whole
    figures: list[Value] = [
        _percent(whole.coverage),
        whole.score,
        whole.reading,
        row.critical,
        row.broken,
        row.unrated,
        _percent(whole.out),
        row.missing,
    ]
    file: list[Value] = [] if summary.hidden else [row.file]
    return [*who, *figures, *file, *map(_domain, row.domains)]


def _domain(standpoint: Standpoint) -> Value:
    return standpoint.score if standpoint.score is not None else standpoint.reading


def _percent(points: int | None) -> Value:
    return None if points is None else Percent(points)


def _spreads(sheet: Sheet, summary: ReturnsSummary) -> None:
    deciles = [f"D{rank}" for rank in range(1, 10)]
    titles = ["Chiffre", "Structures", "Minimum", "Médiane", "Maximum", *deciles]
    sheet.widths([44, 12, 11, 11, 11, *([8] * len(deciles))])
    sheet.title(f"{_DECLARED} – répartition")
    sheet.paragraph(typeset(NOTICE), over=_OVER, bold=True)
    sheet.paragraph(typeset(RULE), over=_OVER, quiet=True)
    sheet.skip()
    rows: list[list[Value]] = []
    for each in summary.spreads:
        known: list[Value] = list(each.deciles)
        missing: list[Value] = ["–"] * (len(deciles) - len(known))
        rows.append([each.title, each.count, each.least, each.median, each.most, *known, *missing])
    sheet.table([Column(title=title, width=0) for title in titles], rows, main=True, sized=False)
    few = [each for each in summary.spreads if each.count < ENOUGH]
    if few:
        sheet.skip()
        sheet.paragraph(typeset(f"« – » : moins de {ENOUGH} structures ont ce chiffre."), over=_OVER)


def _reading(summary: ReturnsSummary) -> str:
    return (
        f"Version {summary.version}, {plural(len(summary.rows), 'structure')}. Sous {summary.threshold} % de "
        "couverture, il n'y a pas de score mais des bornes : le plus bas et le plus haut résultat encore "
        "possibles. Les lignes ne sont jamais rangées par résultat."
    )
