"""Large plain sheets read fast: what spreadsheets write, by its grammar; anything else is left to `reading`.

No XML parser runs here: a sheet is taken only where each of its cells has one of the few forms that
spreadsheets write for texts and figures. Six times as fast as openpyxl, which builds every cell.
python-calamine, faster still, allocates the rectangle of all cells at once: one cell at XFD1048576 makes it
ask for 550 GB and abort the process (seen with 0.9.1).
"""

import re
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from html import unescape
from pathlib import Path
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from ivaudit.tables.limits import Limits, oversized, whole
from ivaudit.tables.package import opened
from ivaudit.tables.sheet_cells import BookCells, SheetCells, column_letters

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_LINKS = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_LINK = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_SMALL = 1_000_000
_DECLARED = re.compile(r'<\?xml[^>]*encoding="(?!utf-8")', re.IGNORECASE)
_ROW = re.compile(r'<row(?: r="(\d+)")?[^<>]*>')
_CELL = re.compile(
    r'<c r="([A-Z]{1,3})\d+"(?: s="\d+")?(?: t="(\w+)")?'
    r"(?:><v>([^<]*)</v></c>|><is><t(?: [^<>]*)?>([^<]*)</t></is></c>|/>|></c>"
    r"|>(?:<f[^<>]*/>|<f[^<>]*>[^<]*</f>)(?:<v(?: [^<>]*)?>([^<]*)</v>|<v/>)?</c>)"
)
_SHARED = re.compile(r"<t(?: [^<>]*)?>([^<]*)</t>")
_ENTITY = re.compile(r"&(?!(?:amp|lt|gt|quot|apos|#\d{1,7}|#x[0-9A-Fa-f]{1,6});)")
_RETURN = "_x000D_"
_LETTERS = [column_letters(column) for column in range(1, 257)]


class _NotPlain(Exception):  # noqa: N818 - no mistake: another reader takes over
    """The sheet is not of the few forms that are read here."""


def read_plain(path: Path, limits: Limits) -> BookCells | None:
    """Return the cells of a workbook as `read_book` would, days as serial numbers; nothing when not plain.

    Args:
        path: the file, whatever its name.
        limits: how much is read at most.

    Raises:
        UnreadableFile: it is not a workbook, is protected, damaged, holds macros or is out of bounds.
    """
    with opened(path, limits) as archive:
        try:
            return _book(archive, limits)
        except (_NotPlain, KeyError, ValueError, LookupError, ParseError, DefusedXmlException):
            return None
        except (zipfile.BadZipFile, zlib.error, EOFError):
            return None  # said better by the reader that takes over


def _book(archive: zipfile.ZipFile, limits: Limits) -> BookCells:
    book = _small(archive, "xl/workbook.xml")
    properties = book.find(f"{_MAIN}workbookPr")
    if properties is not None and properties.get("date1904") in {"1", "true"}:
        raise _NotPlain
    targets = {
        link.get("Id"): link.get("Target", "") for link in _small(archive, "xl/_rels/workbook.xml.rels")
    }
    listed = list(book.iter(f"{_MAIN}sheet"))
    if len(listed) > limits.sheets:
        raise oversized(f"il contient plus de {whole(limits.sheets)} feuilles")
    budget = _Budget(limits)
    shared = _shared(archive, budget)
    return BookCells(
        sheets=tuple(
            SheetCells(
                name=each.get("name", ""),
                rows=tuple(_rows(_text(archive, _member(targets[each.get(_LINK)])), shared, budget)),
                hidden=each.get("state", "visible") != "visible",
            )
            for each in listed
        )
    )


def _small(archive: zipfile.ZipFile, name: str) -> Element:
    """Return a small part as a tree."""
    if archive.getinfo(name).file_size > _SMALL:
        raise _NotPlain
    found: Element = fromstring(archive.read(name), forbid_dtd=True)
    return found


def _member(target: str) -> str:
    return target.lstrip("/") if target.startswith("/") else f"xl/{target}"


def _text(archive: zipfile.ZipFile, name: str) -> str:
    """Return the text of a part, refused where something but elements and texts stands in it."""
    text = archive.read(name).decode("utf-8-sig")
    if "<!" in text or _DECLARED.match(text) or _ENTITY.search(text):
        raise _NotPlain
    return text


def _shared(archive: zipfile.ZipFile, budget: "_Budget") -> list[str]:
    """Return the texts that cells share, by their rank."""
    if "xl/sharedStrings.xml" not in archive.namelist():
        return []
    text = _text(archive, "xl/sharedStrings.xml")
    if "<sst" not in text or "<rPh" in text:
        raise _NotPlain
    kept = []
    for each in text.replace("<si/>", "<si></si>").split("</si>")[:-1]:
        kept.append("".join(map(_plain, _SHARED.findall(each))))
        budget.count_shared(kept[-1])
    return kept


class _Budget:
    """What may still be read of a workbook."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self._cells = limits.elements
        self._text = limits.text

    def count_shared(self, text: str) -> None:
        """Refuse too long a text, and too many of them."""
        if len(text) > self.limits.cell:
            raise oversized(f"une cellule dépasse {whole(self.limits.cell)} caractères")
        self._spend(1, len(text))

    def count(self, row: int, values: Sequence[str], *, cells: int) -> None:
        """Refuse too many rows, columns, cells or characters."""
        limits = self.limits
        self._spend(cells, sum(map(len, values)))
        if row > limits.rows:
            raise oversized(f"une feuille dépasse {whole(limits.rows)} lignes")
        if len(values) > limits.columns:
            raise oversized(f"une feuille dépasse {whole(limits.columns)} colonnes")

    def _spend(self, cells: int, characters: int) -> None:
        self._cells -= cells
        self._text -= characters
        if self._cells < 0:
            raise oversized("il contient trop de cellules")
        if self._text < 0:
            raise oversized(f"son texte dépasse {whole(self.limits.text)} caractères")


def _rows(text: str, shared: list[str], budget: _Budget) -> Iterator[tuple[str, ...]]:
    """Yield the rows of a sheet up to the last that holds something."""
    if "<worksheet" not in text[:_SMALL]:
        raise _NotPlain
    start, end = text.find("<sheetData>"), text.find("</sheetData>")
    if start < 0 or end < 0:
        if "<sheetData/>" in text:
            return
        raise _NotPlain
    reached = 0
    for chunk in text[start:end].split("</row>")[:-1]:
        rank, values, cells = _row(chunk, shared)
        budget.count(rank or reached + 1, values, cells=cells)
        if not values:
            continue
        rank = rank or reached + 1
        if rank <= reached:
            raise _NotPlain
        yield from ((),) * (rank - reached - 1)
        reached = rank
        yield tuple(values)


def _row(chunk: str, shared: list[str]) -> tuple[int, list[str], int]:
    """Return the number of a row, its texts up to the last that is not empty, and how many cells it has."""
    opening = _ROW.match(chunk, max(0, chunk.rfind("<row")))
    if opening is None:
        raise _NotPlain
    found = _CELL.findall(chunk, opening.end())
    if len(found) != chunk.count("<c "):
        raise _NotPlain
    # Cells follow one another in nearly every row: their columns are then looked at as a whole.
    if [cell[0] for cell in found] == _LETTERS[: len(found)]:
        values = [cell[2] if not cell[1] and cell[2].isdecimal() else _value(cell, shared) for cell in found]
    else:
        values = _placed(found, shared)
    while values and not values[-1].strip():
        values.pop()
    return int(opening[1] or 0), values, len(found)


def _placed(found: list[tuple[str, ...]], shared: list[str]) -> list[str]:
    """Return the texts of cells that leave columns empty between them."""
    values: list[str] = []
    for cell in found:
        column = _column(cell[0])
        if column < len(values):
            raise _NotPlain
        values.extend([""] * (column - len(values)))
        values.append(_value(cell, shared))
    return values


def _column(letters: str) -> int:
    """Return the rank of a column, from 0."""
    rank = 0
    for letter in letters:
        rank = rank * 26 + ord(letter) - 64
    return rank - 1


def _value(cell: tuple[str, ...], shared: list[str]) -> str:
    """Return what a cell shows, from its column, its type and what is written in it."""
    kind = cell[1]
    value = cell[2] or cell[3] or cell[4]
    match kind:
        case _ if not value:
            return ""
        case "s":
            return shared[int(value)]
        case "" | "n":
            return value if value.isdecimal() else _number(value)
        case "b":
            return "VRAI" if value == "1" else "FAUX"
        case _:
            return _plain(value)


def _number(value: str) -> str:
    """Return a figure as `read_book` says it: whole ones without «.0» nor exponent."""
    found = float(value)
    return str(int(found)) if found.is_integer() else repr(found)


def _plain(text: str) -> str:
    """Return a text as it was typed."""
    kept = unescape(text) if "&" in text else text
    return kept.replace(_RETURN, "").replace("\r\n", "\n").replace("\r", "\n")
