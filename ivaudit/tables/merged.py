"""Blocks of merged cells: where a workbook shows one text over several cells, each of them says it."""

import re
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import IO
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from ivaudit.tables.limits import Limits
from ivaudit.tables.package import opened
from ivaudit.tables.sheet_cells import BookCells, SheetCells

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_LINK = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell ref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"')
_SMALL = 1_000_000
_TAIL = 4_000_000
_MOST = 20_000
_HIGHEST = 500
"""Rows of a block that is filled down: a higher one is a decoration, not a value."""


def filled_down(book: BookCells, path: Path, limits: Limits) -> BookCells:
    """Return the cells of a workbook with the text of each block merged over rows said on each of them.

    Args:
        book: its cells, as they were read.
        path: the file.
        limits: how much is read at most.
    """
    try:
        with opened(path, limits) as archive:
            found = [_blocks(archive, name) for name in _members(archive)]
    except (zipfile.BadZipFile, zlib.error, EOFError, KeyError, ValueError, ParseError, DefusedXmlException):
        return book  # the cells were read: blocks are only a help
    if len(found) != len(book.sheets):
        return book
    return BookCells(
        sheets=tuple(
            _filled(sheet, blocks) if blocks else sheet
            for sheet, blocks in zip(book.sheets, found, strict=True)
        )
    )


def _members(archive: zipfile.ZipFile) -> Iterator[str]:
    """Yield the members of the sheets, in the order of the workbook."""
    book, links = _tree(archive, "xl/workbook.xml"), _tree(archive, "xl/_rels/workbook.xml.rels")
    targets = {link.get("Id"): link.get("Target", "") for link in links}
    for sheet in book.iter(f"{_MAIN}sheet"):
        target = targets[sheet.get(_LINK)]
        yield target.lstrip("/") if target.startswith("/") else f"xl/{target}"


def _tree(archive: zipfile.ZipFile, name: str) -> Element:
    if archive.getinfo(name).file_size > _SMALL:
        raise ValueError("too large a part")
    found: Element = fromstring(archive.read(name), forbid_dtd=True)
    return found


def _blocks(archive: zipfile.ZipFile, name: str) -> list[tuple[int, int, int, int]]:
    """Return the blocks of a sheet, which stand after its cells: first and last column and row, from 1."""
    size = archive.getinfo(name).file_size
    with archive.open(name) as file:
        _skip(file, size - _TAIL)
        tail = file.read(_TAIL)
    found = [
        (_column(left), _column(right), int(top), int(bottom))
        for left, top, right, bottom in _MERGED.findall(tail)[:_MOST]
    ]
    return [each for each in found if each[2] < each[3] <= each[2] + _HIGHEST]


def _skip(file: IO[bytes], count: int) -> None:
    while count > 0:
        piece = file.read(min(count, _SMALL))
        if not piece:
            return
        count -= len(piece)


def _column(letters: bytes) -> int:
    rank = 0
    for letter in letters:
        rank = rank * 26 + letter - 64
    return rank


def _filled(sheet: SheetCells, blocks: Sequence[tuple[int, int, int, int]]) -> SheetCells:
    rows = [list(row) for row in sheet.rows]
    for column, _, top, bottom in blocks:
        text = sheet.at(top, column)
        for row in range(top, min(bottom, len(rows))):
            cells = rows[row]
            if text and any(cells):
                cells.extend([""] * (column - len(cells)))
                cells[column - 1] = cells[column - 1] or text
    return replace(sheet, rows=tuple(map(tuple, rows)))
