"""The comparison of audits as a workbook, a chart beside the scores, or as CSV."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from ivaudit.domain.comparison_sheet import DECLARED, NOTICE, ComparisonSheet
from ivaudit.domain.printable import typeset
from ivaudit.domain.progress import Progress, silent
from ivaudit.reports.palette import LIGHT
from ivaudit.tables.book import Book, Column, Sheet
from ivaudit.tables.charts import add_bars, bars_height, rows_under
from ivaudit.tables.csv_file import write_csv

if TYPE_CHECKING:
    from ivaudit.tables.cells import Value

_TITLE = "Comparaison d'audits"
_FIRST = (9, 60)
_REST = 22
_OVER = 5


def write(
    sheets: Sequence[ComparisonSheet],
    path: Path,
    *,
    format: Literal["xlsx", "csv"],  # noqa: A002 - the word of the command line
    program: str,
    progress: Progress = silent,
) -> None:
    """Write the comparison.

    Args:
        sheets: one per checklist.
        path: the file to write.
        format: a workbook, or the points alone as CSV.
        program: what made the file.
        progress: told of its steps.
    """
    if format == "csv":
        _write_csv(sheets, path)
        return
    book = Book(title=_TITLE, program=program, accent=f"#{LIGHT.accent.hexval()[2:]}")
    for rank, each in enumerate(sheets):
        progress(rank, len(sheets) + 1, each.title)
        mark = f" {rank + 1}" if len(sheets) > 1 else ""
        _summary(book.sheet(f"Comparaison{mark}", head=each.title, foot=_TITLE, upright=True), each)
        _points(book.sheet(f"Points{mark}", head=each.title, foot=_TITLE), each)
    progress(len(sheets), len(sheets) + 1, "écriture du classeur")
    book.save(path)
    progress(1, 1, "classeur prêt")


def _summary(sheet: Sheet, found: ComparisonSheet) -> None:
    sheet.widths((8, 46, 14, 14, 14))
    sheet.title(typeset(f"{_TITLE} – {found.title}"))
    for each in found.sentences:
        sheet.paragraph(typeset(each), over=_OVER, bold=True)
    sheet.paragraph(typeset(NOTICE), over=_OVER, quiet=True)
    if any("déclaratif" in each.name for each in found.scores):
        sheet.paragraph(typeset(DECLARED), over=_OVER, quiet=True)
    sheet.skip()
    columns = [Column(title=title, width=0) for title in ("Rang", "Audit", "Score sur 100")]
    rows: list[list[Value]] = [[rank, each.name, each.score] for rank, each in enumerate(found.scores, 1)]
    first = sheet.table(columns, rows, sized=False)
    if any(each.score is not None for each in found.scores):
        last = first + len(rows) - 1
        sheet.skip()
        title = f"Score sur les {len(found.rows)} points communs"
        add_bars(sheet, title, first=first, last=last, column=3, anchor=f"A{sheet.row}")
        sheet.skip(rows_under(bars_height(len(rows))))
    if found.left_out:
        sheet.title("Laissés de côté", size=12)
        for each in found.left_out:
            sheet.paragraph(typeset(each), over=_OVER)


def _points(sheet: Sheet, found: ComparisonSheet) -> None:
    widths = [*_FIRST, *([_REST] * (len(found.heads) - len(_FIRST)))]
    sheet.widths(widths)
    sheet.title(typeset(f"Points communs – {found.title}"))
    sheet.skip()
    columns = [Column(title=typeset(title), width=0) for title in found.heads]
    sheet.table(columns, [[typeset(cell) for cell in row] for row in found.rows], main=True, sized=False)


def _write_csv(sheets: Sequence[ComparisonSheet], path: Path) -> None:
    heads = ["Grille", *(sheets[0].heads if sheets else ())]
    write_csv(heads, [[each.title, *row] for each in sheets for row in each.rows], path)
