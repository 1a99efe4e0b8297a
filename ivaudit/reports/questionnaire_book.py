"""The workbook that a facility fills in without the program: how, who, the questions, and a hidden sheet."""

from collections.abc import Sequence
from pathlib import Path

from ivaudit.domain.checklist import Checklist, Criterion, Vocabulary
from ivaudit.domain.printable import typeset
from ivaudit.domain.progress import Progress, silent
from ivaudit.domain.questionnaire import (
    DATE,
    FACILITY_FIELDS,
    Column,
    Manifest,
    Question,
    choices,
    needs_reason,
    questions,
)
from ivaudit.domain.questionnaire_sheet import to_rows
from ivaudit.domain.scale import Standing
from ivaudit.reports.palette import LIGHT
from ivaudit.reports.questionnaire_words import how_to_fill_in
from ivaudit.tables.book import Book, Sheet
from ivaudit.tables.book import Column as Titled
from ivaudit.tables.cells import Value
from ivaudit.tables.entry import Entry, formula

HIDDEN = "ivaudit"
_WIDTHS = {
    Column.NUMBER: 7,
    Column.THEME: 22,
    Column.QUESTION: 48,
    Column.HELP: 42,
    Column.ANSWER: 17,
    Column.REASON: 26,
    Column.CONSTAT: 36,
    Column.DOCUMENT: 26,
    Column.ID: 13,
}
_RANKS = {column: rank for rank, column in enumerate(_WIDTHS, 1)}
_HELP = 200
_YES_NO = ("Oui", "Non")
_OPEN_HEIGHT = 32.0


def write(
    manifest: Manifest,
    checklists: Sequence[Checklist],
    vocabulary: Vocabulary,
    path: Path,
    *,
    program: str,
    progress: Progress = silent,
) -> None:
    """Write the questionnaire.

    Args:
        manifest: what its hidden sheet says.
        checklists: what is asked, in order.
        vocabulary: settings, activities and reasons to choose from.
        path: the file to write.
        program: what made the file.
        progress: told of its steps.
    """
    progress(0, 3, "questions")
    title = checklists[0].title if len(checklists) == 1 else f"Questionnaire sur {len(checklists)} grilles"
    book = Book(title=title, program=program, accent=f"#{LIGHT.accent.hexval()[2:]}")
    asked = tuple(questions(checklists))
    foot = " · ".join(f"{each.id} {each.version}" for each in checklists)
    _how(book.sheet("Mode d'emploi", head=title, foot=foot, upright=True), checklists, len(asked))
    _structure(book.sheet("Structure", head=title, foot=foot, upright=True), vocabulary)
    _questions(book.sheet("Questions", head=title, foot=foot), title, asked, vocabulary)
    progress(1, 3, "feuille cachée")
    book.hidden(HIDDEN, to_rows(manifest, program))
    progress(2, 3, "écriture du classeur")
    book.save(path)
    progress(3, 3, "questionnaire prêt")


# -- how to fill it in -------------------------------------------------------------------------------------


def _how(sheet: Sheet, checklists: Sequence[Checklist], amount: int) -> None:
    sheet.widths((4, 30, 30, 30))
    sheet.title("Questionnaire d'auto-évaluation")
    for each in checklists:
        sheet.paragraph(typeset(each.title), over=4, bold=True)
        sheet.paragraph(typeset(each.summary), over=4, quiet=True)
    sheet.skip()
    for heading, lines in how_to_fill_in(amount):
        sheet.title(heading, size=12)
        for line in lines:
            sheet.paragraph(f"•  {typeset(line)}", over=4)
        sheet.skip()
    sheet.title("Ce que veut dire chaque réponse", size=12)
    for scale in {each.scale.id: each.scale for each in checklists}.values():
        for value in scale.values:
            sheet.paragraph(f"•  {value.label} : {typeset(value.help)}", over=4)
    Entry(sheet)


# -- the structure -----------------------------------------------------------------------------------------


def _structure(sheet: Sheet, vocabulary: Vocabulary) -> None:
    sheet.widths((40, 34, 50))
    sheet.title("Votre structure")
    sheet.paragraph(
        "Ces renseignements disent de qui viennent les réponses, et quelles questions vous concernent.",
        over=3,
        quiet=True,
    )
    entry = Entry(sheet)
    titles = [Titled(title=title, width=0) for title in ("Rubrique", Column.ANSWER, "Aide")]
    rows: list[list[Value]] = [[label, None, typeset(help_)] for _, label, help_ in FACILITY_FIELDS]
    first = sheet.table(titles, rows, sized=False)
    settings = [term.label for term in vocabulary.settings]
    for rank, (key, _, help_) in enumerate(FACILITY_FIELDS):
        if key == "setting":
            entry.choose(first + rank, 2, settings, prompt=help_)
        else:
            entry.open(first + rank, 2, day=key == DATE, text=key != DATE)
    _mark(entry, first, sheet.row - 1)
    sheet.skip()
    sheet.title("Activités exercées", size=12)
    sheet.paragraph(
        "Répondez Oui ou Non à chaque ligne : des questions ne concernent que certaines activités.",
        over=3,
        quiet=True,
    )
    rows = [[term.label, None, typeset(term.help)] for term in vocabulary.profile]
    first = sheet.table(titles, rows, sized=False)
    for rank in range(len(rows)):
        entry.choose(first + rank, 2, _YES_NO, prompt="Oui si la structure exerce cette activité.")
    _mark(entry, first, sheet.row - 1)


def _mark(entry: Entry, first: int, last: int) -> None:
    entry.mark_missing(f"B{first}:B{last}", f"LEN(TRIM($B{first}))=0")


# -- the questions -----------------------------------------------------------------------------------------


def _questions(sheet: Sheet, title: str, asked: Sequence[Question], vocabulary: Vocabulary) -> None:
    sheet.widths(list(_WIDTHS.values()))
    sheet.title(title)
    counter = sheet.row
    sheet.paragraph(" ", over=5, bold=True)
    entry = Entry(sheet)
    columns = [Titled(title=column, width=width) for column, width in _WIDTHS.items()]
    rows = [_row(each) for each in asked]
    first = sheet.table(columns, rows, main=True, sized=False)
    last = first + len(rows) - 1
    reasons = [term.label for term in vocabulary.na_reasons]
    for rank, each in enumerate(asked, first):
        _open(entry, rank, each, reasons)
        height = sheet.native.row_dimensions[rank].height or 0
        sheet.native.row_dimensions[rank].height = max(_OPEN_HEIGHT, height)
    sheet.native.column_dimensions["I"].hidden = True
    sheet.native.freeze_panes = f"D{first}"
    answers = f"E{first}:E{last}"
    entry.mark_missing(answers, f"LEN(TRIM($E{first}))=0")
    _mark_reasons(entry, asked, first)
    formula(
        sheet,
        counter,
        1,
        f'="Réponses données : "&SUMPRODUCT(--(LEN(TRIM({answers}))>0))&" sur {len(asked)}"',
    )


def _row(each: Question) -> list[Value]:
    section = each.point.section.title
    domain = each.point.domain.title
    theme = domain if section == domain else f"{domain}\n{section}"
    return [
        each.number,
        typeset(theme),
        typeset(each.criterion.question),
        typeset(_help(each.criterion)),
        None,
        None,
        None,
        None,
        each.criterion.id,
    ]


def _help(criterion: Criterion) -> str:
    """Return why it matters and where to look, short enough for a cell."""
    whole = " ".join(part for part in (criterion.why, criterion.guidance.get("default", "")) if part)
    if len(whole) <= _HELP:
        return whole
    return f"{whole[:_HELP].rsplit(' ', 1)[0].rstrip(' ,;:.')}…"


def _open(entry: Entry, row: int, each: Question, reasons: Sequence[str]) -> None:
    labels = [value.label for value in choices(each.checklist, each.criterion)]
    entry.choose(row, _RANKS[Column.ANSWER], labels, prompt="Choisissez dans la liste.")
    entry.choose(
        row,
        _RANKS[Column.REASON],
        reasons,
        prompt="Pour « Sans objet » : le motif. Pour « À vérifier » : auprès de qui. Texte libre admis.",
        strict=False,
    )
    entry.open(row, _RANKS[Column.CONSTAT], text=True)
    entry.open(row, _RANKS[Column.DOCUMENT], text=True)


def _mark_reasons(entry: Entry, asked: Sequence[Question], first: int) -> None:
    """Colour the reason that «sans objet» wants, where it wants one."""
    for rank, each in enumerate(asked, first):
        labels = [
            value.label
            for value in choices(each.checklist, each.criterion)
            if value.standing is Standing.LEAVES and needs_reason(each.criterion)
        ]
        for label in labels:
            said = label.replace('"', '""')
            entry.mark_missing(f"F{rank}", f'AND($E{rank}="{said}",LEN(TRIM($F{rank}))=0)')
