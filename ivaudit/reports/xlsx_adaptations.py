"""The local adaptations in the workbook: sentences by the score, and a sheet of everything they did."""

from typing import TYPE_CHECKING

from ivaudit.domain.report_form import long_date
from ivaudit.domain.report_model import AdaptationRow, ReportModel
from ivaudit.domain.report_outline import OutlineSheet, ReportOutline, SheetKind
from ivaudit.tables.book import Column, Sheet

if TYPE_CHECKING:
    from ivaudit.tables.cells import Value

_WIDTHS = (30, 8, 50, 34, 44, 10)


def with_adaptations(model: ReportModel, outline: ReportOutline) -> tuple[OutlineSheet, ...]:
    """Return the sheets of an outline, with one for the adaptations where there are any."""
    known = tuple(each for each in outline.sheets if each.kind is not SheetKind.ADAPTATIONS)
    if not any(each.adaptations for each in model.checklists):
        return known
    if len(known) < len(outline.sheets):
        return outline.sheets
    said = OutlineSheet(kind=SheetKind.ADAPTATIONS, title=outline.word("adaptations"))
    return (*known[:1], said, *known[1:])


def sheet_of(sheet: Sheet, model: ReportModel, outline: ReportOutline, wanted: OutlineSheet) -> None:
    """Write what is asked less of, then each adaptation and what it did to each criterion."""
    sheet.widths(_WIDTHS)
    sheet.title(wanted.title)
    for each in model.checklists:
        for text in each.lightened:
            sheet.paragraph(text, over=len(_WIDTHS), bold=True)
    found = [adaptation for each in model.checklists for adaptation in each.adaptations]
    for adaptation in found:
        _about(sheet, outline, adaptation)
    word = outline.word
    titles = (word("adapted"), word("number"), word("question"), word("change"), word("reason"), "Allège")
    rows: list[list[Value]] = [
        [
            adaptation.author,
            change.number,
            change.question,
            change.words,
            change.reason,
            "oui" if change.lightens else "non",
        ]
        for adaptation in found
        for change in adaptation.changes
    ]
    sheet.skip()
    sheet.table([Column(title=title, width=0) for title in titles], rows, sized=False, main=True)


def _about(sheet: Sheet, outline: ReportOutline, adaptation: AdaptationRow) -> None:
    over = len(_WIDTHS)
    sheet.title(f"{adaptation.title} ({adaptation.id})", size=12)
    said = (
        f"{adaptation.author} ({adaptation.scope}), version {adaptation.version} du "
        f"{long_date(adaptation.date)}, pour la version {adaptation.checklist_version} de la grille."
    )
    sheet.paragraph(said, over=over, quiet=True)
    sheet.paragraph(f"{outline.word('reason')} : {adaptation.reason}", over=over)
    for text in (adaptation.note, *adaptation.set_aside):
        if text:
            sheet.paragraph(text, over=over)
