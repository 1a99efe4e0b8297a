"""The cross table as a workbook, a sheet per volume in its order, that somebody who holds it completes."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeAlias

from ivaudit.domain.checklist import Confidence
from ivaudit.domain.codes_import import ALL_ROWS, SHARED
from ivaudit.domain.codes_import import Column as Read
from ivaudit.domain.found_codes import found_words
from ivaudit.domain.printable import typeset
from ivaudit.domain.progress import Progress, silent
from ivaudit.domain.rules import Volume
from ivaudit.domain.rules_table import Cover, RuleRow, RulesTable
from ivaudit.domain.sources import RESTS_ON, code_words
from ivaudit.reports.palette import LIGHT
from ivaudit.tables.book import TONES, Book, Column, Sheet
from ivaudit.tables.cells import Filled, Value
from ivaudit.tables.entry import Entry

TITLE = "Tableau récapitulatif des règles et des critères"

FUNCTIONS = (
    "référent en identitovigilance",
    "référent régional en identitovigilance",
    "responsable qualité",
    "médecin d'information médicale",
    "cadre des admissions",
    "administrateur du système d'information",
)
"""Functions that are proposed; any other may be written."""

EDITIONS = ("2.0", "1.x", "3.0")

_TO_FILL = (Read.CODE, Read.EDITION, Read.VERIFIED_BY, Read.DATE, Read.REMARK)
_PROMPTS = {
    Read.CODE: "Le code lu dans le volume : EXI ou RECO, deux ou trois lettres, deux chiffres (EXI SI 04).",
    Read.EDITION: "L'édition tenue en main. Vide : celle écrite en haut de la feuille.",
    Read.VERIFIED_BY: "Une fonction, jamais un nom. Vide : celle écrite en haut de la feuille.",
    Read.DATE: "Le jour du relevé. Vide : celui écrit en haut de la feuille.",
    Read.REMARK: "Ce qui aide à retrouver : page, paragraphe, différence avec notre énoncé.",
}
_HOW = (
    (
        "Une feuille par volume, dans l'ordre du volume autant qu'il est connu. Les énoncés sont les nôtres "
        ": ce ne sont pas ceux des textes officiels."
    ),
    (
        "Avec le volume officiel sous les yeux, écrire dans les cases encadrées le code de chaque règle, "
        "l'édition, la fonction de la personne qui a vérifié et la date. Jamais de nom de personne."
    ),
    "L'édition, la fonction et la date peuvent être écrites une seule fois, en haut de chaque feuille.",
    "Laisser vide ce qui n'a pas été vérifié. Une remarque sans code n'est pas reprise.",
    "Une même règle peut avoir un code par édition : pour une seconde édition, exporter un autre tableau.",
    (
        "Rendre le classeur : Bibliothèque, Outils, Tableau récapitulatif, « Importer un tableau complété… "
        "». Un aperçu dit ce qui est nouveau, changé ou refusé ; rien n'est enregistré avant votre accord."
    ),
    (
        "Les codes relevés vont dans un petit fichier à part, qui peut être donné à une autre équipe : il ne "
        "change ni une grille ni une réponse."
    ),
)

_WIDTHS = {Read.CODE: 16, Read.EDITION: 12, Read.VERIFIED_BY: 26, Read.DATE: 14, Read.REMARK: 34}


def write(table: RulesTable, path: Path, *, program: str, progress: Progress = silent) -> None:
    """Write the workbook.

    Args:
        table: the rules, what covers them, the codes known.
        path: the file to write.
        program: what made the file.
        progress: told of its steps.
    """
    steps = len(table.volumes) + 2
    book = Book(title=TITLE, program=program, accent=f"#{LIGHT.accent.hexval()[2:]}")
    _how(book.sheet("Mode d'emploi", head=TITLE, foot=program, upright=True), table)
    for done, volume in enumerate(table.volumes):
        progress(done, steps, volume.title)
        sheet = book.sheet(volume.title, head=f"{TITLE} · {volume.title}", foot=program)
        _volume(sheet, volume, table.of(volume.id))
    _loose(book.sheet("Critères sans règle", head=TITLE, foot=program), table.loose)
    progress(steps - 1, steps, "écriture du classeur")
    book.save(path)
    progress(steps, steps, "classeur prêt")


def _how(sheet: Sheet, table: RulesTable) -> None:
    columns = (
        Column(title="Volume", width=30),
        Column(title="Édition", width=20),
        Column(title="Règles", width=12),
        Column(title="Sans critère", width=14),
        Column(title="Codes à vérifier ou à relever", width=20),
    )
    sheet.widths([column.width for column in columns])
    sheet.title(TITLE)
    for line in _HOW:
        sheet.paragraph(f"•  {typeset(line)}", over=5)
    sheet.skip()
    titles = {volume.id: volume.title for volume in table.volumes}
    rows: list[list[Value]] = [
        [titles[each.volume], each.edition or "non précisée", each.rules, each.uncovered, each.waited_for]
        for each in table.counts()
    ]
    sheet.table(columns, rows, sized=False)
    Entry(sheet)


def _volume(sheet: Sheet, volume: Volume, rows: Sequence[RuleRow]) -> None:
    titles = [
        *(Column(title=title, width=width) for title, width, _ in COLUMNS),
        *(Column(title=column, width=_WIDTHS[column]) for column in _TO_FILL),
        *(Column(title=title, width=width, printed=False) for title, width, _ in BESIDE),
    ]
    sheet.widths([column.width for column in titles])
    sheet.title(volume.title)
    sheet.paragraph(typeset(volume.note), over=5, quiet=True)
    entry = Entry(sheet)
    for column in SHARED:
        _shared(sheet, entry, column)
    sheet.skip()
    to_fill: list[Value] = [None] * len(_TO_FILL)
    values = [
        [*(text(row) for _, _, text in COLUMNS), *to_fill, *(text(row) for _, _, text in BESIDE)]
        for row in rows
    ]
    first = sheet.table(titles, values, main=True, sized=False)
    for at in range(first, first + len(rows)):
        for rank, column in enumerate(_TO_FILL, len(COLUMNS) + 1):
            _open(entry, at, rank, column)


def _shared(sheet: Sheet, entry: Entry, column: Read) -> None:
    """Write a line that holds for the whole sheet: its label, then the cell to fill in."""
    label = f"{column}{ALL_ROWS}"
    sheet.paragraph(label, over=2, bold=True)
    _open(entry, sheet.row - 1, 3, column)


def _open(entry: Entry, row: int, rank: int, column: Read) -> None:
    match column:
        case Read.EDITION:
            entry.choose(row, rank, EDITIONS, prompt=_PROMPTS[column], strict=False)
        case Read.VERIFIED_BY:
            entry.choose(row, rank, FUNCTIONS, prompt=_PROMPTS[column], strict=False)
        case Read.DATE:
            entry.open(row, rank, day=True)
        case _:
            entry.open(row, rank, text=True)


def _loose(sheet: Sheet, covers: Sequence[Cover]) -> None:
    sheet.title("Critères qu'aucune règle ne demande")
    sheet.paragraph(
        typeset(
            "Bonnes pratiques et usages : ces critères ne se rattachent à aucune règle connue des volumes."
        ),
        over=4,
        quiet=True,
    )
    sheet.table(
        [
            Column(title="Grille", width=34),
            Column(title="N°", width=8),
            Column(title="Critère", width=16),
            Column(title="Question", width=80),
        ],
        [[each.checklist, each.number, each.criterion, typeset(each.question)] for each in covers],
        main=True,
    )
    Entry(sheet)


def _type(row: RuleRow) -> str:
    if row.rule.supposed:
        return f"{row.rule.type.value} (supposée)"
    return row.rule.type.value if row.rule.code else f"{row.rule.type.value} (notre lecture)"


def _code(row: RuleRow) -> str:
    """Return the code that sources tell, plainly only where it was read or quoted."""
    return code_words(row.rule.reference(row.volume.title))


def _edition(row: RuleRow) -> str:
    if row.rule.edition is None:
        return ""
    return f"{row.rule.edition} (déduite)" if row.rule.deduced else row.rule.edition


def _state(row: RuleRow) -> Value:
    if row.codes:
        return Filled("\n".join(found_words(code, row.volume.title) for code in row.codes), TONES["bon"])
    return Filled(row.state.value, TONES["moyen" if row.waited_for else "neutre"])


def _rests_on(row: RuleRow) -> str:
    if row.rule.confidence is Confidence.TO_CHECK:
        return "mémoire : règle supposée, à vérifier"
    return typeset(RESTS_ON[row.rule.confidence])


def _covers(row: RuleRow) -> Value:
    if row.uncovered:
        return Filled("aucun critère", TONES["mauvais"])
    return "\n".join(
        typeset(f"{each.checklist} {each.number} ({each.criterion}) {each.question}") for each in row.covers
    )


_Known: TypeAlias = tuple[str, int, Callable[[RuleRow], Value]]

COLUMNS: tuple[_Known, ...] = (
    ("Rang", 7, lambda row: row.rule.rank),
    (Read.RULE, 22, lambda row: row.rule.id),
    ("Énoncé (nos mots)", 54, lambda row: typeset(row.rule.statement)),
    ("Code connu", 20, _code),
)
"""What is known and printed, before what is to be filled in: title, width in characters, text."""

BESIDE: tuple[_Known, ...] = (
    ("Thème", 18, lambda row: row.rule.theme),
    ("Type", 15, _type),
    ("Édition connue", 13, _edition),
    ("État du code", 17, _state),
    ("Ce que vaut la source", 24, _rests_on),
    ("Source", 34, lambda row: row.rule.source or ""),
    ("Critères qui la vérifient", 46, _covers),
)
"""What is known and read on the screen, after what is to be filled in."""
