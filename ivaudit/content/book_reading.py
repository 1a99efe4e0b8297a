"""A workbook of a checklist, read back: nodes with the place of each cell, for the loader and its rules.

What is missing or mistyped is noted here, once, and filled in so that the rules may say everything else.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from ivaudit.content.book_criteria import CriteriaReader
from ivaudit.content.book_table import Cell, Notes, sheet_named, table_of
from ivaudit.content.book_values import blank_or, number, one_of, several, text
from ivaudit.content.resolving import Known
from ivaudit.content.yaml_nodes import Mapping as MappingNode
from ivaudit.content.yaml_nodes import Node
from ivaudit.domain.checklist import Kind, Vocabulary
from ivaudit.domain.checklist_sheet import (
    CRITERIA_SHEET,
    HEAD_SHEET,
    HEADER,
    REFERENCE_COLUMNS,
    REFERENCES_SHEET,
)
from ivaudit.domain.scale import Scale
from ivaudit.domain.wording import folded
from ivaudit.tables.reading import BookCells

_DAY = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
_MOST_REFERENCES = 20_000
_NUMBERS = {"coverage_threshold", "minutes_budget"}
_OPTIONAL = {"levels", "minutes_budget"}
_BY_TITLE = {folded(column.title): column.key for column in REFERENCE_COLUMNS}


@dataclass(frozen=True, slots=True)
class Lists:
    """What cells refer to: words, scales, criteria that others publish."""

    vocabulary: Vocabulary
    scales: Mapping[str, Scale]
    known: Mapping[str, Known]


def read_checklist(book: BookCells, lists: Lists, notes: Notes) -> MappingNode | None:
    """Return the nodes of the checklist of a workbook; nothing when it has not the sheets of one.

    Args:
        book: its cells.
        lists: the vocabulary and the scales.
        notes: receives the problems.
    """
    root = _header(book, notes)
    reader = CriteriaReader(lists.vocabulary, lists.scales, _scale(root, lists), lists.known, notes)
    criteria = table_of(book, CRITERIA_SHEET, reader.key_of, ("id", "question"), notes)
    references = table_of(
        book, REFERENCES_SHEET, _reference_key, ("criterion", "document"), notes, most=_MOST_REFERENCES
    )
    if root is None or criteria is None or references is None:
        return None
    _put(root, "domains", reader.domains(criteria, references))
    return root


def _header(book: BookCells, notes: Notes) -> MappingNode | None:
    named = sheet_named(book, HEAD_SHEET)
    if named is None:
        notes.say_sheet(HEAD_SHEET, "cette feuille manque")
        return None
    rank, sheet = named
    titles = {folded(title): key for key, title, _, _ in HEADER}
    cells: dict[str, Cell] = {}
    for row in range(1, len(sheet.rows) + 1):
        key = titles.get(folded(sheet.at(row, 1)))
        if key and key not in cells:
            cells[key] = Cell(sheet.at(row, 2).strip(), rank, row, 2)
    root = MappingNode(*Cell("", rank, 1, 1).place)
    for key, title, _, _ in HEADER:
        if key not in cells:
            notes.say_sheet(sheet.name, f"la ligne « {title} » manque")
            cells[key] = Cell("", rank, 1, 1)
        _put(root, key, _fact(key, title, cells[key], notes))
    return root


def _fact(key: str, title: str, cell: Cell, notes: Notes) -> Node | None:
    if key in _NUMBERS:
        return number(cell, title, notes, optional=key in _OPTIONAL)
    if key == "kind":
        return one_of(cell, title, Kind, notes)
    if key == "authors":
        return several(cell, {})
    if key == "published":
        return text(cell, _day(cell.text))
    return blank_or(cell) if key in _OPTIONAL else text(cell)


def _day(written: str) -> str:
    """Return a day as files have it, whether it was typed in French or as a date."""
    found = _DAY.fullmatch(written)
    return f"{found[3]}-{int(found[2]):02}-{int(found[1]):02}" if found else written


def _put(owner: MappingNode, key: str, node: Node | None) -> None:
    if node is not None:
        owner.values[key] = node
        owner.places[key] = (node.line, node.column)


def _scale(root: MappingNode | None, lists: Lists) -> Scale | None:
    node = root.values.get("scale") if root else None
    return lists.scales.get(getattr(node, "text", ""))


def _reference_key(title: str) -> str | None:
    return _BY_TITLE.get(folded(title))
