"""Documents of a word processor that come in, as plain text, bounded: called in a child process only.

Only the words are read, in the order they stand: what was deleted with changes tracked is left out, what was
added stays; notes, heads and pictures are not read.
"""

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse

from ivaudit.tables.limits import DOCUMENT, Limits
from ivaudit.tables.package import checked

LIMITS = Limits(bytes=20_000_000, member=25_000_000, in_parts=400_000, text=5_000_000)
"""Bounds of a document: its text is one part, read piece by piece, never kept as a tree."""

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
_BODY = "word/document.xml"
_NOTES = "word/comments.xml"
_BREAKS = {"br": "\n", "cr": "\n", "tab": "\t", "noBreakHyphen": "-"}


@dataclass(frozen=True, slots=True, kw_only=True)
class TableCells:
    """A table: the text of each cell, row by row; a table inside a cell counts as its text."""

    rows: tuple[tuple[str, ...], ...]

    def at(self, row: int, column: int) -> str:
        """Return the text of a cell, both from 1; nothing beyond the last one."""
        if not 1 <= row <= len(self.rows) or not 1 <= column <= len(self.rows[row - 1]):
            return ""
        return self.rows[row - 1][column - 1]


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentText:
    """A document: its paragraphs outside tables, its tables, and how many notes stand in its margin."""

    paragraphs: tuple[str, ...]
    tables: tuple[TableCells, ...]
    notes: int = 0


def read_document(path: Path, limits: Limits = LIMITS) -> DocumentText:
    """Return the words of a document.

    Args:
        path: the file, whatever its name.
        limits: how much is read at most.

    Raises:
        UnreadableFile: it is not a document, is protected, damaged, holds macros or is out of bounds.
    """
    file = checked(path, limits, DOCUMENT)
    try:
        with zipfile.ZipFile(file) as archive:
            names = {name.lower(): name for name in archive.namelist()}
            if _BODY not in names:
                raise DOCUMENT.damaged()
            found = _Reading()
            with archive.open(names[_BODY]) as body:
                found.walk(body)
            notes = 0
            if _NOTES in names:
                with archive.open(names[_NOTES]) as noted:
                    notes = sum(_local(each) == "comment" for each in _ended(noted))
    except (ParseError, DefusedXmlException, zipfile.BadZipFile, ValueError, LookupError) as error:
        raise DOCUMENT.damaged() from error
    return DocumentText(paragraphs=tuple(found.paragraphs), tables=tuple(found.tables), notes=notes)


def _ended(file: IO[bytes]) -> Iterator[Element]:
    """Yield elements as they end, emptied once they were looked at."""
    for _, element in iterparse(file, events=("end",), forbid_dtd=True):
        yield element
        element.clear()


def _local(element: Element) -> str:
    """Return the name of an element of word processing, empty for any other."""
    for space in (_W, _STRICT):
        if element.tag.startswith(space):
            return element.tag.removeprefix(space)
    return ""


class _Reading:
    """Puts the words of one document together, from the starts and ends of its elements."""

    def __init__(self) -> None:
        self.paragraphs: list[str] = []
        self.tables: list[TableCells] = []
        self._words: list[str] = []
        self._rows: list[list[str]] = []
        self._cell: list[str] = []
        self._depth = 0
        self._moved = 0

    def walk(self, file: IO[bytes]) -> None:
        """Read to the end."""
        for event, element in iterparse(file, events=("start", "end"), forbid_dtd=True):
            name = _local(element)
            if event == "start":
                self._start(name)
            else:
                self._end(name, element.text or "")
                element.clear()

    def _start(self, name: str) -> None:
        match name:
            case "tbl":
                self._depth += 1
            case "moveFrom":
                self._moved += 1
            case "tr" if self._depth == 1:
                self._rows.append([])
            case "tc" if self._depth == 1:
                self._cell = []

    def _end(self, name: str, text: str) -> None:
        match name:
            case "t" if not self._moved:
                self._words.append(text)
            case "moveFrom":
                self._moved -= 1
            case "br" | "cr" | "tab" | "noBreakHyphen":
                self._words.append(_BREAKS[name])
            case "p":
                self._paragraph()
            case "tc" if self._depth == 1 and self._rows:
                self._rows[-1].append("\n".join(self._cell).strip())
            case "tbl":
                self._depth -= 1
                if not self._depth:
                    self.tables.append(TableCells(rows=tuple(map(tuple, self._rows))))
                    self._rows = []

    def _paragraph(self) -> None:
        text = "".join(self._words).strip()
        self._words = []
        if self._depth:
            self._cell.append(text)
        elif text:
            self.paragraphs.append(text)
