"""The workbook that a service declares an anomaly with, on one page."""

from pathlib import Path

from ivaudit.domain.declaration_sheet import HIDDEN, MARK, DeclarationSheet
from ivaudit.domain.exchange_sheet import ColumnKind
from ivaudit.domain.printable import typeset
from ivaudit.domain.progress import Progress, silent
from ivaudit.reports.palette import LIGHT
from ivaudit.tables.book import Book
from ivaudit.tables.entry import Entry, label, taller

_LABEL, _ANSWER = 34, 62


def write(sheet: DeclarationSheet, path: Path, *, program: str, progress: Progress = silent) -> None:
    """Write the workbook.

    Args:
        sheet: what it asks.
        path: the file to write.
        program: what made the file.
        progress: told of its steps.
    """
    progress(0, 1, "déclaration")
    book = Book(title=sheet.title, program=program, accent=f"#{LIGHT.accent.hexval()[2:]}")
    page = book.sheet(sheet.sheet, head=sheet.title, foot=sheet.foot, upright=True)
    page.widths([_LABEL, _ANSWER])
    page.title(typeset(sheet.title))
    for text in (sheet.lead, sheet.warning):
        page.paragraph(typeset(text), over=2)
    page.paragraph(typeset(sheet.help), over=2, quiet=True)
    page.skip()
    entry = Entry(page)
    for each in sheet.rows:
        label(page, typeset(each.title))
        taller(page, 90 if each.large else 24)
        if each.choices:
            entry.choose(page.row, 2, each.choices, prompt="Choisissez dans la liste.", strict=False)
        else:
            entry.open(page.row, 2, day=each.kind is ColumnKind.DAY, text=each.kind is ColumnKind.TEXT)
        page.skip()
    book.hidden(HIDDEN, [[MARK]])
    book.save(path)
    progress(1, 1, "classeur prêt")
