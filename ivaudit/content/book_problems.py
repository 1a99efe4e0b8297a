"""Problems found by the rules of content, in the words of a workbook: by cell, under its column's title."""

import re
from collections.abc import Iterable

from ivaudit.content.book_table import STEP, Notes
from ivaudit.content.book_values import EMPTY
from ivaudit.content.problems import Problem
from ivaudit.domain.checklist_sheet import HEAD_SHEET, HEADER
from ivaudit.domain.sheet_problems import Severity
from ivaudit.domain.wording import folded
from ivaudit.tables.reading import BookCells

_KEY = re.compile(r"[a-z_]+(?:\.[a-z0-9_-]+)?: ")
_EMPTY = ("texte vide", "clé obligatoire absente", "au moins une clé attendue")
_NAMES = {
    "critical_reason": "Raison du point critique",
    "critical_chosen_by": "Choisi par",
    "weight_reason": "Raison du poids",
}
_HEADS = {"identifiant", "identifiant du critere"}


class Words:
    """What people call the columns of a workbook.

    Args:
        book: its cells.
    """

    def __init__(self, book: BookCells) -> None:
        self._titles: dict[tuple[int, int], str] = {}
        self._facts: dict[tuple[int, int], str] = {}
        header = {folded(title): title for _, title, _, _ in HEADER}
        for rank, sheet in enumerate(book.sheets):
            if folded(sheet.name) == folded(HEAD_SHEET):
                for row, texts in enumerate(sheet.rows, 1):
                    if texts and folded(texts[0]) in header:
                        self._facts[rank, row] = header[folded(texts[0])]
                continue
            head = next((r for r in sheet.rows if {folded(text) for text in r} & _HEADS), ())
            for column, title in enumerate(head, 1):
                self._titles[rank, column] = " ".join(title.split())

    def of(self, problem: Problem) -> str:
        """Return the title of the column, or of the fact, where a problem is."""
        sheet, row = divmod(problem.line, STEP)
        return self._facts.get((sheet, row)) or self._titles.get((sheet, problem.column), "")


def said_of(
    problems: Iterable[Problem], words: Words, notes: Notes, severity: Severity = Severity.ERROR
) -> None:
    """Note problems of the rules at their cells, an empty cell once.

    Args:
        problems: found at places of the workbook.
        words: of the workbook.
        notes: where to note them.
        severity: whether they prevent the import.
    """
    listed = sorted(set(problems), key=lambda each: (each.line, each.column, not _is_empty(each)))
    empty: set[tuple[int, int]] = set()
    for each in listed:
        place = (each.line, each.column)
        if place in empty:
            continue
        if _is_empty(each):
            empty.add(place)
        title = words.of(each)
        notes.say_place(place, title, EMPTY if _is_empty(each) else _plain(each.message), severity)


def _is_empty(problem: Problem) -> bool:
    return any(problem.message.endswith(sign) for sign in _EMPTY)


def _plain(message: str) -> str:
    """Return a message without the key it starts with, and with the titles of those it names."""
    said = _KEY.sub("", message, count=1) if _KEY.match(message) else message
    for key, title in _NAMES.items():
        said = said.replace(key, f"« {title} »")
    return said
