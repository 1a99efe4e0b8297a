"""Cells that hold exactly what was meant: text is never a formula, numbers and days are real ones."""

import re
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from openpyxl.cell.cell import Cell
from openpyxl.styles import PatternFill

from ivaudit.domain.printable import without_controls

MAX_CHARACTERS = 32_767
CUT = " […] texte coupé ici : une cellule ne tient pas plus de 32 767 caractères."

_TRIGGERS = ("=", "+", "-", "@", "\t", "\n", "\r")
_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")


@dataclass(frozen=True, slots=True)
class Filled:
    """A text on a soft background (`#rrggbb`): the word says it, the colour repeats it."""

    text: str
    colour: str


@dataclass(frozen=True, slots=True)
class Percent:
    """A share in whole points of 100, written as a real percentage."""

    points: int


Value: TypeAlias = str | int | float | Percent | date | Filled | None
"""What a cell may hold."""


def put(cell: Cell, value: Value) -> None:
    """Write a value: text as text, numbers, percentages and days as such."""
    match value:
        case None:
            return
        case str():
            put_text(cell, value)
        case Filled():
            put_text(cell, value.text)
            cell.fill = PatternFill("solid", fgColor=value.colour.lstrip("#").upper())
        case Percent():
            cell.value = value.points / 100
            cell.number_format = "0 %"
        case date():
            cell.value = value
            cell.number_format = "dd/mm/yyyy"
        case int():
            cell.value = value
            cell.number_format = "0"
        case float():
            cell.value = value


def put_text(cell: Cell, text: str) -> None:
    """Write a text that stays a text, control characters replaced by their code, too long ones cut visibly.

    Args:
        cell: where to write.
        text: as it was typed, «=1+1» included.
    """
    kept = bounded(escaped(without_controls(text)))
    if not kept:
        return
    cell.value = kept
    # openpyxl takes «=…» for a formula and «#N/A» for an error: the type is set after the value.
    cell.data_type = "s"
    if kept.startswith(_TRIGGERS):
        cell.quotePrefix = True


def escaped(text: str) -> str:
    """Return a text with the codes of characters that spreadsheets would read in it made harmless."""
    return _ESCAPE.sub("_x005F_", text)


def bounded(text: str) -> str:
    """Return the text, cut with a visible mark where a cell cannot hold it (counted in UTF-16 units)."""
    if _units(text) <= MAX_CHARACTERS:
        return text
    room = MAX_CHARACTERS - _units(CUT)
    kept = text[:room]
    while _units(kept) > room:
        kept = kept[: -max(1, (_units(kept) - room) // 2)]
    return kept + CUT


def _units(text: str) -> int:
    return len(text) + sum(character > "\uffff" for character in text)
