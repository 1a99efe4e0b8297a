"""Text tables that come in, of any usual encoding and separator, bounded: called in a child process."""

import csv
import io
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from ivaudit.domain.errors import UnreadableFile
from ivaudit.tables.limits import Limits, megabytes, unreadable, whole
from ivaudit.tables.sheet_cells import BookCells, SheetCells

_MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_SEPARATORS = (";", "\t", ",", "|")
_LOOKED_AT = 20
_DECLARED = "sep="


def read_csv(path: Path, limits: Limits) -> BookCells:
    """Return a text table as a workbook of one sheet, each cell as it was written.

    Args:
        path: the file, whatever its name.
        limits: how much is read at most.

    Raises:
        UnreadableFile: it is not text, or is out of bounds.
    """
    try:
        with path.open("rb") as file:
            raw = file.read(limits.bytes + 1)
    except OSError as error:
        raise unreadable(
            "Ce fichier n'a pas pu être ouvert.",
            "Vérifiez qu'il existe encore et qu'il n'est pas ouvert dans un autre programme, "
            "puis recommencez.",
        ) from error
    if len(raw) > limits.bytes:
        raise _oversized(f"le fichier dépasse {megabytes(limits.bytes)}")
    text = decoded(raw)
    if not text.strip("\x00 \t\r\n"):
        raise unreadable("Ce fichier est vide.", "Vérifiez le fichier que vous avez choisi.")
    if "\x00" in text:
        raise unreadable(
            "Ce fichier n'est ni un classeur .xlsx ni un texte : il ne se lit pas.",
            "Enregistrez-le au format .xlsx ou .csv depuis votre tableur, puis recommencez.",
        )
    return BookCells(sheets=(SheetCells(name="", rows=tuple(_rows(text, limits))),))


def decoded(raw: bytes) -> str:
    """Return a text by its mark, else as UTF-16 where every other byte is empty, as UTF-8, as cp1252."""
    for mark, encoding in _MARKS:
        if raw.startswith(mark):
            return raw.decode(encoding, errors="replace")
    for start, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
        half = raw[start:4000:2]
        if len(half) > 1 and half.count(0) > len(half) // 2:
            return raw.decode(encoding, errors="replace")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("cp1252", errors="replace")


def separator(text: str) -> str:
    """Return what separates cells: the sign that as many lines as possible hold as many times."""
    lines = [line for line in text[:100_000].splitlines() if line.strip()][:_LOOKED_AT]
    if (
        lines
        and lines[0].lower().startswith(_DECLARED)
        and len(lines[0].strip('" \r\n')) == len(_DECLARED) + 1
    ):
        return lines[0].strip('" \r\n')[-1]
    return max(_SEPARATORS, key=lambda sign: _agreement(lines, sign))


def _agreement(lines: list[str], sign: str) -> tuple[int, int]:
    """Return how many lines hold a sign the same number of times, and that number."""
    counts = Counter(found for line in lines if (found := line.count(sign)))
    many, lines_alike = counts.most_common(1)[0] if counts else (0, 0)
    return lines_alike, many


def _rows(text: str, limits: Limits) -> Iterator[tuple[str, ...]]:
    csv.field_size_limit(limits.cell)
    sign = separator(text)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=sign)
    read = 0
    try:
        for row in reader:
            read += 1
            if read > limits.rows:
                raise _oversized(f"il dépasse {whole(limits.rows)} lignes")
            if len(row) > limits.columns:
                raise _oversized(f"une ligne dépasse {whole(limits.columns)} colonnes")
            declared = read == 1 and row and row[0].lower().startswith(_DECLARED)
            yield () if declared or not any(map(str.strip, row)) else tuple(row)
    except csv.Error as error:
        raise _oversized(f"une cellule dépasse {whole(limits.cell)} caractères") from error


def _oversized(what: str) -> UnreadableFile:
    return unreadable(
        f"Ce fichier est trop grand pour être lu sans risque : {what}.",
        "Copiez la partie utile dans un fichier neuf, puis recommencez.",
    )
