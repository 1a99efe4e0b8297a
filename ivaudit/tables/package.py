"""The zip that a workbook or a document is, looked at before anything in it is believed.

Sizes written in a zip may lie: every member is unpacked once, piece by piece, and counted. A member never
gives more than it declares, and one that declares too little fails its checksum.
"""

import struct
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from ivaudit.tables.limits import BOOK, Limits, Words, megabytes, unreadable, whole
from ivaudit.tables.markup import Markup

_OLD = bytes.fromhex("d0cf11e0a1b11ae1")
_ZIP = b"PK\x03\x04"
_END = struct.Struct("<4s4H2LH")
_END_SIGN = b"PK\x05\x06"
_LONG_SIGN = b"PK\x06\x07"
_LONG = 20
_COMMENT = 0xFFFF
_ENTRY = 300
_ENCRYPTED = 0x1
_SMALL = 1_000_000
_PIECE = 65_536
_METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
_MACROS = ("vbaproject", "xl/macrosheets/", "xl/dialogsheets/")
_TYPES = "[content_types].xml"


def checked(path: Path, limits: Limits, words: Words = BOOK) -> BytesIO:
    """Return the bytes of a workbook or document once its zip is checked whole.

    Args:
        path: the file, whatever its name.
        limits: how much is read at most.
        words: what such a file is called.

    Raises:
        UnreadableFile: it is not such a file, is protected, damaged, holds macros or is out of bounds.
    """
    raw = _bytes(path, limits, words)
    try:
        with _archive(raw, limits, words) as archive:
            members = archive.infolist()
            _check_members(members, limits, words)
            _check_contents(archive, members, limits, words)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, RuntimeError) as error:
        raise words.damaged() from error
    return BytesIO(raw)


def opened(path: Path, limits: Limits, words: Words = BOOK) -> zipfile.ZipFile:
    """Return the zip of a workbook or document once its directory is checked, its XML not looked at yet.

    Args:
        path: the file, whatever its name.
        limits: how much is read at most; no member gives more than its directory declares.
        words: what such a file is called.

    Raises:
        UnreadableFile: it is not such a file, is protected, damaged, holds macros or is out of bounds.
    """
    try:
        archive = _archive(_bytes(path, limits, words), limits, words)
        members = archive.infolist()
        _check_members(members, limits, words)
        types = next(each for each in members if each.filename.lower() == _TYPES)
        if b"macroenabled" in archive.read(types).lower():
            raise words.with_macros()
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, RuntimeError) as error:
        raise words.damaged() from error
    return archive


def _bytes(path: Path, limits: Limits, words: Words) -> bytes:
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
        raise words.oversized(f"le fichier dépasse {megabytes(limits.bytes)}")
    if raw.startswith(_OLD):
        raise unreadable(
            f"{words.this} est protégé par un mot de passe, ou au vieux format {words.suffix[:-1]} : il ne "
            "peut pas être lu.",
            f"Ouvrez-le dans votre {words.program}, retirez le mot de passe, enregistrez-le au format "
            f"{words.suffix}, puis recommencez.",
        )
    if not raw.startswith(_ZIP):
        raise unreadable(
            _something_else(raw, words), f"Choisissez {words.some} enregistré au format {words.suffix}."
        )
    return raw


def _something_else(raw: bytes, words: Words) -> str:
    if not raw.strip(b"\x00\t\r\n "):
        return "Ce fichier est vide."
    return f"Ce fichier n'est pas {words.some}, quel que soit son nom{_looks_like(raw)}."


def _looks_like(raw: bytes) -> str:
    if raw.startswith(b"%PDF"):
        return "\u00a0: c'est un PDF"
    start = raw[:_PIECE]
    if b"\x00" not in start and (b";" in start or b"," in start or b"\t" in start):
        return "\u00a0: il ressemble à un fichier texte ou CSV"
    return ""


def _archive(raw: bytes, limits: Limits, words: Words) -> zipfile.ZipFile:
    """Return the zip once its directory is known to be small: reading it costs memory for each entry."""
    directory = _directory_size(raw)
    if directory is None:
        raise words.damaged()
    if directory > limits.members * _ENTRY:
        raise words.oversized(f"il contient plus de {whole(limits.members)} éléments")
    try:
        return zipfile.ZipFile(BytesIO(raw))
    except (zipfile.BadZipFile, ValueError, OSError, struct.error, NotImplementedError) as error:
        raise words.damaged() from error


def _directory_size(raw: bytes) -> int | None:
    """Return the size of the directory that the end of a zip gives, found as `zipfile` finds it."""
    tail = raw[-(_END.size + _COMMENT) :]
    at = len(tail) - _END.size
    if at < 0:
        return None
    if not (tail[at:].startswith(_END_SIGN) and tail.endswith(b"\x00\x00")):
        at = tail.rfind(_END_SIGN)
    if at < 0 or at + _END.size > len(tail):
        return None
    if at >= _LONG and tail[at - _LONG :].startswith(_LONG_SIGN):
        return None  # a directory for more than 4 GB: no workbook that may be read has one
    size: int = _END.unpack(tail[at : at + _END.size])[5]
    return size


def _check_members(members: list[zipfile.ZipInfo], limits: Limits, words: Words) -> None:
    """Refuse what the directory of the zip is enough to refuse."""
    names = [each.filename.lower() for each in members]
    if len(members) > limits.members:
        raise words.oversized(f"il contient plus de {whole(limits.members)} éléments")
    if _TYPES not in names or len(set(names)) < len(names):
        raise words.damaged()
    if any(sign in name for name in names for sign in _MACROS):
        raise words.with_macros()
    if any(each.flag_bits & _ENCRYPTED for each in members):
        raise unreadable(
            f"{words.this} est protégé par un mot de passe.", "Retirez le mot de passe, puis recommencez."
        )
    if any(each.compress_type not in _METHODS for each in members):
        raise words.damaged()
    for each in members:
        _check_size(each, limits, words)
    if sum(each.file_size for each in members) > limits.unpacked:
        raise words.oversized(f"son contenu dépasse {megabytes(limits.unpacked)}")


def _check_size(member: zipfile.ZipInfo, limits: Limits, words: Words) -> None:
    if member.file_size > limits.member:
        raise words.oversized(f"l'un de ses éléments dépasse {megabytes(limits.member)}")
    if member.file_size > max(_SMALL, member.compress_size * limits.ratio):
        raise words.oversized("l'un de ses éléments est compressé de façon anormale")


def _check_contents(
    archive: zipfile.ZipFile, members: list[zipfile.ZipInfo], limits: Limits, words: Words
) -> None:
    """Unpack every member once, counted and checked, and walk through the XML ones."""
    markup = Markup(limits, words)
    for member in members:
        markup.walk(member.filename, _pieces(archive, member))
        if member.filename.lower() == _TYPES and b"macroenabled" in archive.read(member).lower():
            raise words.with_macros()


def _pieces(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> Iterator[bytes]:
    with archive.open(member) as file:
        while piece := file.read(_PIECE):
            yield piece
