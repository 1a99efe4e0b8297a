"""What the two files of the directory have in common: how they are opened, bounded and told of."""

import codecs
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Protocol

from ivaudit.domain.directory import DirectoryFormat, Entry
from ivaudit.domain.errors import NotFound, UnreadableFile
from ivaudit.domain.printable import without_controls

LARGEST_CSV = 150_000_000
"""Bytes of an etalab file: four times those published."""
LARGEST_JSON = 2_000_000_000
"""Bytes of a FINESS+ file, read element by element."""
MOST_ENTRIES = 1_000_000
TOLD = 20
"""Lines left out whose reason is kept."""

_CHUNK = 1 << 20
_TEXT = 300
_PACKED = {b"PK\x03\x04": "zip", b"\x1f\x8b": "gzip", b"7z\xbc\xaf": "7z"}
_DAY = re.compile(r"(\d{4})-?(\d{2})-?(\d{2})")
_DAY_FIRST = re.compile(r"(\d{2})/(\d{2})/(\d{4})")
NOTHING = "Rien n'a été modifié."


class DirectorySource(Protocol):
    """A file of the directory, read once from end to end.

    `date` is known at the latest once it is read; `size` and `done` count the same unit.
    """

    format: DirectoryFormat
    date: str
    size: int
    done: int
    rejected: int
    problems: list[str]

    def entries(self) -> Iterator[Entry]:
        """Yield the entries, the lines that cannot be ones left out and counted.

        Raises:
            UnreadableFile: it is not what it says, is damaged or out of bounds.
        """


def checked(path: Path) -> bytes:
    """Return the first bytes of a file that may be read.

    Raises:
        NotFound: there is no file.
        UnreadableFile: it is empty, or packed.
    """
    if not path.is_file():
        raise NotFound(f"Ce fichier n'existe pas ou n'est plus là. {NOTHING}")
    with path.open("rb") as file:
        start = file.read(4096)
    if not start.strip():
        raise UnreadableFile(f"Ce fichier est vide. {NOTHING} Téléchargez-le de nouveau, puis recommencez.")
    for mark, kind in _PACKED.items():
        if start.startswith(mark):
            raise UnreadableFile(
                f"Ce fichier est compressé ({kind}). {NOTHING} Extrayez le fichier CSV ou JSON qu'il "
                "contient, puis importez celui-là."
            )
    return start


def bounded(path: Path, most: int) -> int:
    """Return the size of a file, in bytes.

    Raises:
        UnreadableFile: it is larger than `most`.
    """
    size = path.stat().st_size
    if size > most:
        raise UnreadableFile(
            f"Ce fichier dépasse {most // 1_000_000} Mo : il n'est pas lu. {NOTHING} "
            "Vérifiez qu'il s'agit bien de l'annuaire FINESS des établissements."
        )
    return size


def encoding_of(path: Path) -> str:
    """Return how a text file is encoded: UTF-8 where all of it is, else what Windows writes, else Latin-1.

    Raises:
        UnreadableFile: it is no text.
    """
    possible = {name: codecs.getincrementaldecoder(name)() for name in ("utf-8-sig", "cp1252")}
    with path.open("rb") as file:
        while piece := file.read(_CHUNK):
            if b"\0" in piece:
                raise UnreadableFile(
                    f"Ce fichier n'est pas un texte lisible. {NOTHING} Importez le fichier CSV ou JSON tel "
                    "qu'il est publié."
                )
            possible = {name: each for name, each in possible.items() if _decodes(each, piece)}
    return next(iter(possible), "latin-1")


@contextmanager
def whole_text(path: Path) -> Iterator[IO[str]]:
    """Open a UTF-8 text.

    Raises:
        UnreadableFile: it is encoded otherwise.
    """
    try:
        with path.open(encoding="utf-8-sig") as file:
            yield file
    except UnicodeDecodeError as error:
        raise UnreadableFile(
            f"Ce fichier JSON n'est pas encodé en UTF-8. {NOTHING} Téléchargez-le de nouveau, puis "
            "recommencez."
        ) from error


def tidy(value: object) -> str:
    """Return a text of a file on one line, without controls, of a reasonable length; empty for the rest."""
    if not isinstance(value, str):
        return ""
    clean = value if value.isprintable() else without_controls(value)
    return " ".join(clean.split())[:_TEXT]


def day(value: object) -> str:
    """Return a day in ISO 8601, whatever follows it; empty when there is none."""
    text = tidy(value)
    if found := _DAY.match(text):
        parts = found.groups()
    elif found := _DAY_FIRST.match(text):
        parts = found.groups()[::-1]
    else:
        return ""
    return "-".join(parts) if "01" <= parts[1] <= "12" and "01" <= parts[2] <= "31" else ""


def phone(value: object) -> str:
    """Return a telephone number, the zero that a spreadsheet lost given back."""
    text = re.sub(r"[\s.]", "", tidy(value))
    return f"0{text}" if re.fullmatch(r"[1-9]\d{8}", text) else text[:20]


def postcode(text: str) -> str:
    """Return a postal code on five digits, empty when it is none."""
    return text.zfill(5) if re.fullmatch(r"\d{4,5}", text) else ""


def _decodes(decoder: codecs.IncrementalDecoder, piece: bytes) -> bool:
    try:
        decoder.decode(piece)
    except UnicodeDecodeError:
        return False
    return True
