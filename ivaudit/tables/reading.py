"""Workbooks that come in, as plain text, bounded: called in a child process only."""

import warnings
from collections.abc import Iterator
from datetime import date, datetime, time
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import defusedxml.ElementTree  # noqa: F401 - openpyxl reads safely when it is there: fail now if it is not
from openpyxl import DEFUSEDXML, load_workbook

from ivaudit.domain.errors import BugError, KnownError
from ivaudit.tables.limits import Limits, damaged, oversized, whole
from ivaudit.tables.package import checked
from ivaudit.tables.sheet_cells import BookCells, SheetCells, column_letters

if TYPE_CHECKING:
    from openpyxl.workbook.workbook import Workbook

__all__ = ["BookCells", "Limits", "SheetCells", "column_letters", "read_book"]

_EMPTY_ROWS = 2_500_000
_RETURN = "_x000D_"


def read_book(path: Path, limits: Limits = Limits()) -> BookCells:  # noqa: B008 - frozen
    """Return the text of every cell of a workbook.

    Whole numbers have no «.0», days are in ISO 8601, booleans are «VRAI» and «FAUX», formulas give the value
    that the spreadsheet computed last, a merged block has its text in its first cell.

    Args:
        path: the file, whatever its name.
        limits: how much is read at most.

    Raises:
        UnreadableFile: it is not a workbook, is protected, damaged, holds macros or is out of bounds.
    """
    if not DEFUSEDXML:
        raise BugError("openpyxl was told to do without defusedxml")
    file = checked(path, limits)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of extensions of Excel that are not kept
        return _read(file, limits)


def _read(file: BytesIO, limits: Limits) -> BookCells:
    try:
        book = load_workbook(file, read_only=True, data_only=True, keep_links=False)
        return BookCells(sheets=tuple(_sheets(book, limits)))
    except KnownError:
        raise
    except Exception as error:  # a foreign file breaks the library in any way
        raise damaged() from error


def _sheets(book: "Workbook", limits: Limits) -> Iterator[SheetCells]:
    budget = _Budget(limits)
    if len(book.worksheets) > limits.sheets:
        raise oversized(f"il contient plus de {whole(limits.sheets)} feuilles")
    for sheet in book.worksheets:
        sheet.reset_dimensions()  # what a sheet says of its size may be wrong
        rows = sheet.iter_rows(values_only=True)
        yield SheetCells(
            name=sheet.title, rows=tuple(_rows(rows, budget)), hidden=sheet.sheet_state != "visible"
        )


class _Budget:
    """What may still be read of a workbook."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self._empty = _EMPTY_ROWS
        self._text = limits.text

    def skip(self) -> None:
        """Count a row without anything in it."""
        self._empty -= 1
        if not self._empty:
            raise oversized("ses feuilles ont trop de lignes vides")

    def check_row(self, rank: int) -> None:
        """Refuse something too far down."""
        if rank > self.limits.rows:
            raise oversized(
                f"une feuille est remplie jusqu'à la ligne {whole(rank)}, au-delà des "
                f"{whole(self.limits.rows)} lignes admises"
            )

    def check_column(self, rank: int) -> None:
        """Refuse something too far right."""
        if rank > self.limits.columns:
            raise oversized(
                f"une feuille est remplie jusqu'à la colonne {column_letters(rank)}, au-delà des "
                f"{whole(self.limits.columns)} colonnes admises"
            )

    def count(self, text: str) -> None:
        """Refuse too long a text, and too much of it."""
        if len(text) > self.limits.cell:
            raise oversized(f"une cellule dépasse {whole(self.limits.cell)} caractères")
        self._text -= len(text)
        if self._text < 0:
            raise oversized(f"son texte dépasse {whole(self.limits.text)} caractères")


def _rows(rows: Iterator[tuple[object, ...]], budget: _Budget) -> Iterator[tuple[str, ...]]:
    """Yield the rows up to the last that holds something."""
    waiting = 0
    for rank, values in enumerate(rows, 1):
        filled = _filled(values, budget) if values else ()
        if not filled:
            waiting += 1
            budget.skip()
            continue
        budget.check_row(rank)
        yield from ((),) * waiting
        waiting = 0
        yield filled


def _filled(values: tuple[object, ...], budget: _Budget) -> tuple[str, ...]:
    """Return the texts of a row up to the last that is not empty."""
    texts = [_text(value) if value is not None else "" for value in values]
    while texts and not texts[-1].strip():
        texts.pop()
    if texts:
        budget.check_column(len(texts))
    for text in texts:
        budget.count(text)
    return tuple(texts)


def _text(value: object) -> str:
    match value:
        case str():
            return value.replace(_RETURN, "").replace("\r\n", "\n").replace("\r", "\n")
        case bool():
            return "VRAI" if value else "FAUX"
        case float():
            return str(int(value)) if value.is_integer() else repr(value)
        case datetime():
            return value.date().isoformat() if value.time() == time() else value.isoformat(sep=" ")
        case date() | time():
            return value.isoformat()
        case _:
            return str(value)
