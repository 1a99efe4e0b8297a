"""The workbook of the reading-back: how, the findings, the points, and a hidden sheet."""

from collections.abc import Sequence
from pathlib import Path

from ivaudit.domain.printable import typeset
from ivaudit.domain.progress import Progress, silent
from ivaudit.domain.report_form import long_date
from ivaudit.domain.review import CommentKind, ReviewRow
from ivaudit.domain.review_form import BY, Column, ReviewForm, to_rows
from ivaudit.reports.palette import LIGHT
from ivaudit.reports.review_words import FINDINGS, HOW, NO_FINDING, POINTS, SCORES, TITLE
from ivaudit.tables.book import Book, Sheet
from ivaudit.tables.book import Column as Titled
from ivaudit.tables.cells import Value
from ivaudit.tables.entry import Entry

HIDDEN = "ivaudit"
_WIDTHS = {
    Column.NUMBER: 7,
    Column.ABOUT: 34,
    Column.SAID: 52,
    Column.COMMENT: 48,
    Column.KIND: 19,
    Column.ID: 13,
}
_RANKS = {column: rank for rank, column in enumerate(_WIDTHS, 1)}
_OPEN_HEIGHT = 32.0
_OVER = 5


def write(form: ReviewForm, path: Path, *, program: str, progress: Progress = silent) -> None:
    """Write the form.

    Args:
        form: what is read back.
        path: the file to write.
        program: what made the file.
        progress: told of its steps.
    """
    progress(0, 3, "textes à relire")
    head = f"{form.facility} – visite du {long_date(form.date)}"
    book = Book(title=f"{TITLE} – {form.facility}", program=program, accent=f"#{LIGHT.accent.hexval()[2:]}")
    _how(book.sheet("Mode d'emploi", head=head, foot=form.title, upright=True), form)
    findings = [row for row in form.rows if row.id.startswith("c:")]
    points = [row for row in form.rows if not row.id.startswith("c:")]
    if findings:
        _texts(book.sheet(FINDINGS, head=head, foot=form.title), FINDINGS, findings)
    if points:
        _texts(book.sheet(POINTS, head=head, foot=form.title), POINTS, points)
    progress(1, 3, "feuille cachée")
    book.hidden(HIDDEN, to_rows(form.manifest, program))
    progress(2, 3, "écriture du classeur")
    book.save(path)
    progress(3, 3, "formulaire prêt")


def _how(sheet: Sheet, form: ReviewForm) -> None:
    sheet.widths((46, 24, 24))
    sheet.title(TITLE)
    sheet.paragraph(
        typeset(f"{form.facility} – {form.title}, visite du {long_date(form.date)}"), over=3, bold=True
    )
    sheet.skip()
    for line in HOW:
        sheet.paragraph(f"•  {typeset(line)}", over=3)
    sheet.skip()
    entry = Entry(sheet)
    titles = [Titled(title=title, width=0) for title in ("Qui relit", "Réponse")]
    row = sheet.table(titles, [[BY, None]], sized=False)
    entry.open(row, 2, text=True)
    entry.mark_missing(f"B{row}", f"LEN(TRIM($B{row}))=0")
    if not any(each.id.startswith("c:") for each in form.rows):
        sheet.skip()
        sheet.paragraph(NO_FINDING, over=3, quiet=True)
    if form.scores:
        sheet.skip()
        sheet.title(SCORES, size=12)
        for line in form.scores:
            sheet.paragraph(f"•  {typeset(line)}", over=3)


def _texts(sheet: Sheet, title: str, rows: Sequence[ReviewRow]) -> None:
    sheet.widths(list(_WIDTHS.values()))
    sheet.title(title)
    sheet.paragraph(
        f"Seules les colonnes « {Column.COMMENT} » et « {Column.KIND} » se remplissent.",
        over=_OVER,
        quiet=True,
    )
    columns = [Titled(title=column, width=width) for column, width in _WIDTHS.items()]
    first = sheet.table(columns, [_row(each) for each in rows], main=True, sized=False)
    entry = Entry(sheet)
    kinds = [kind.value for kind in CommentKind]
    for rank in range(first, first + len(rows)):
        entry.open(rank, _RANKS[Column.COMMENT], text=True)
        entry.choose(rank, _RANKS[Column.KIND], kinds, prompt="Commentaire si rien n'est choisi.")
        height = sheet.native.row_dimensions[rank].height or 0
        sheet.native.row_dimensions[rank].height = max(_OPEN_HEIGHT, height)
    sheet.native.column_dimensions["F"].hidden = True
    sheet.native.freeze_panes = f"C{first}"


def _row(each: ReviewRow) -> list[Value]:
    return [each.number, typeset(each.about), typeset(each.text), None, None, each.id]
