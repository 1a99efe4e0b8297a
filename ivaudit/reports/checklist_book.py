"""A checklist as a workbook that an expert edits and that comes back: facts, criteria, references, lists."""

from collections.abc import Sequence
from pathlib import Path

from ivaudit.domain.checklist_sheet import (
    CRITERIA_SHEET,
    GUIDE_SHEET,
    HEAD_SHEET,
    LISTS_SHEET,
    REFERENCE_COLUMNS,
    REFERENCES_SHEET,
    ChecklistRows,
    Nature,
    SheetColumn,
)
from ivaudit.domain.printable import typeset
from ivaudit.domain.progress import Progress, silent
from ivaudit.reports.palette import LIGHT
from ivaudit.tables.book import Book, Column, Sheet
from ivaudit.tables.cells import Filled, Value
from ivaudit.tables.choosing import Choices, offer, print_in_pages

_STEPS = 3
_LEAST_EMPTY_ROWS = 200
_SHARED = "#eaedf2"
_TAKEN_TEXTS = {"question", "why", "recommendation"}
_LAST_PRINTED = "places"
_PAGE_END = "guidance.default"
_GUIDE = """\
À quoi sert ce classeur
Relire, corriger ou compléter une grille dans un tableur, puis la rapporter dans ivaudit : Bibliothèque,
Outils, « Importer une grille… ». Rien n'est modifié avant que l'aperçu des changements soit accepté.
Une grille livrée avec le programme ne se remplace jamais : la vôtre s'ajoute à côté, sous un autre
identifiant.

Les feuilles
« Grille » : ce qui vaut pour toute la grille. « Critères » : une ligne par critère. « Références » :
une ligne par source d'un critère. « Listes » : ce que les colonnes acceptent. Les feuilles, les lignes
de titres et les titres de colonnes gardent leur nom ; les colonnes peuvent être déplacées.

Ajouter, déplacer, retirer un critère
Ajouter : une ligne, avec un identifiant neuf, dans la feuille Critères, et au moins une ligne dans la
feuille Références. Le domaine et la section se reconnaissent à leur titre. Déplacer : changer l'ordre
des lignes. Retirer : supprimer la ligne. Le numéro est recalculé.

Les critères repris d'une autre grille
« repris » dans la colonne Nature : le critère vient d'une autre grille, et une seule réponse sert pour
les deux. Ses textes (sur fond gris) ne se changent pas ici. Poids, point critique et minutes entre
parenthèses sont ceux de sa grille : les écrire sans parenthèses pour en décider autrement.

Écrire dans une cellule
Plusieurs éléments (preuves, méthodes, interlocuteurs, lieux, auteurs) : un par ligne, avec Alt + Entrée
(Ctrl + Entrée dans LibreOffice). « Partiel » reste vide quand on ne sait pas le décrire : la réponse
n'est alors pas proposée.

Rester honnête
Un code officiel ne se montre que si la source a été lue ou citée. La confiance de chaque référence est
« lu », « cité », « résumé » ou « à vérifier ». Un point critique demande une référence lue ou citée, ou
dit qui l'a choisi.
"""
"""Paragraphs, each under its title."""


def write(rows: ChecklistRows, path: Path, *, program: str, progress: Progress = silent) -> None:
    """Write the workbook.

    Args:
        rows: the cells of the checklist.
        path: the file to write.
        program: what made the file.
        progress: told of its steps.
    """
    progress(0, _STEPS, "lecture de la grille")
    book = Book(title=rows.title, program=program, accent=f"#{LIGHT.accent.hexval()[2:]}")
    sheets = {name: _sheet(book, rows, name) for name in _ORDER}
    _guide(sheets[GUIDE_SHEET], rows)
    lists = _lists(sheets[LISTS_SHEET], rows)
    _head(sheets[HEAD_SHEET], rows, lists)
    progress(1, _STEPS, "critères")
    _criteria(sheets[CRITERIA_SHEET], rows, lists)
    _references(sheets[REFERENCES_SHEET], rows, lists)
    progress(2, _STEPS, "écriture du classeur")
    book.save(path)
    progress(_STEPS, _STEPS, "classeur prêt")


_ORDER = (GUIDE_SHEET, HEAD_SHEET, CRITERIA_SHEET, REFERENCES_SHEET, LISTS_SHEET)


def _sheet(book: Book, rows: ChecklistRows, name: str) -> Sheet:
    foot = f"{rows.id} · version {rows.version} · {name}"
    return book.sheet(name, head=rows.title, foot=foot, upright=name in {GUIDE_SHEET, HEAD_SHEET})


def _guide(sheet: Sheet, rows: ChecklistRows) -> None:
    sheet.widths([28, 66])
    sheet.title(GUIDE_SHEET)
    sheet.paragraph(f"{rows.title} ({rows.id}, version {rows.version})", over=2, quiet=True)
    for part in _GUIDE.split("\n\n"):
        title, _, text = part.partition("\n")
        sheet.skip()
        sheet.paragraph(title, over=2, bold=True)
        sheet.paragraph(typeset(text.replace("\n", " ").strip()), over=2)
    sheet.skip()
    columns = [Column(title="Colonne", width=28), Column(title="Ce qu'on y écrit", width=66)]
    sheet.table(columns, [[typeset(each.title), typeset(each.help)] for each in rows.columns if each.help])


def _lists(sheet: Sheet, rows: ChecklistRows) -> dict[str, Choices]:
    """Write the allowed values and return where each list is."""
    columns = [
        Column(title=each.title, width=max(14, *map(len, each.values or [""])) + 2) for each in rows.lists
    ]
    longest = max(len(each.values) for each in rows.lists)
    body = [
        [each.values[row] if row < len(each.values) else "" for each in rows.lists] for row in range(longest)
    ]
    first = sheet.table(columns, body)
    return {
        each.title: Choices(sheet=LISTS_SHEET, column=rank, first=first, last=first + len(each.values) - 1)
        for rank, each in enumerate(rows.lists, 1)
        if each.values
    }


def _head(sheet: Sheet, rows: ChecklistRows, lists: dict[str, Choices]) -> None:
    columns = [
        Column(title="Champ", width=24),
        Column(title="Valeur", width=60),
        Column(title="Attendu", width=44),
    ]
    first = sheet.table(columns, [[each.title, each.value, typeset(each.help)] for each in rows.header])
    for row, each in enumerate(rows.header, first):
        if each.choices in lists:
            offer(sheet, lists[each.choices], column=2, first=row, last=row)


def _criteria(sheet: Sheet, rows: ChecklistRows, lists: dict[str, Choices]) -> None:
    body = [_row(cells, rows.columns) for cells in rows.criteria]
    first = sheet.table(
        [Column(title=each.title, width=each.width) for each in rows.columns], body, main=True
    )
    last = first + max(len(body) * 2, _LEAST_EMPTY_ROWS)
    _offer(sheet, rows.columns, lists, first, last)
    keys = [each.key for each in rows.columns]
    print_in_pages(
        sheet,
        first=first,
        last=first + max(len(body), 1) - 1,
        columns=keys.index(_LAST_PRINTED) + 1,
        breaks=[keys.index(_PAGE_END) + 1],
        repeated=2,
    )


def _row(cells: Sequence[str], columns: Sequence[SheetColumn]) -> list[Value]:
    """Return a row; the texts of a criterion taken over are on grey: they are not changed here."""
    named = dict(zip((each.key for each in columns), cells, strict=True))
    if named.get("nature") != Nature.TAKEN:
        return list(cells)
    return [
        Filled(text, _SHARED) if text and _is_published(each.key) else text
        for each, text in zip(columns, cells, strict=True)
    ]


def _is_published(key: str) -> bool:
    """Tell whether a column of a criterion taken over is decided by its own checklist."""
    return key in _TAKEN_TEXTS or key.startswith(("guidance.", "rating.")) or key in _PUBLISHED


_PUBLISHED = frozenset(
    {"evidence", "methods", "interlocutors", "places", "force", "na", "applicability", "scale", "replaces"}
)


def _references(sheet: Sheet, rows: ChecklistRows, lists: dict[str, Choices]) -> None:
    columns = [Column(title=each.title, width=each.width) for each in REFERENCE_COLUMNS]
    first = sheet.table(columns, rows.references, main=True)
    last = first + max(len(rows.references) * 2, _LEAST_EMPTY_ROWS)
    _offer(sheet, REFERENCE_COLUMNS, lists, first, last)


def _offer(
    sheet: Sheet, columns: Sequence[SheetColumn], lists: dict[str, Choices], first: int, last: int
) -> None:
    for rank, column in enumerate(columns, 1):
        if column.choices in lists:
            offer(sheet, lists[column.choices], column=rank, first=first, last=last)
