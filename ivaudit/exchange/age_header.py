"""The header of an age v1 file (age-encryption.org/v1): wrappings of the file key, under an HMAC."""

import base64
import binascii
import hashlib
import hmac
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import BinaryIO

from ivaudit.domain.errors import NewerFile, UnreadableFile

KEY = 32

MOST_HEADER = 32 * 1024
MOST_STANZAS = 64

_MAGIC = "age-encryption.org/v1"
_FAMILY = b"age-encryption.org/"
_LINE = 64
_WORD = re.compile(r"[!-~]+")

NOT_ONE = (
    "Ce fichier n'est pas un fichier d'échange d'ivaudit. Rien n'a été modifié. Choisissez un fichier dont "
    "le nom se termine par « .ivaudit »."
)
ALTERED = (
    "Ce fichier a été coupé ou modifié depuis son envoi. Rien n'a été modifié dans votre dossier de travail. "
    "Demandez-le à nouveau, ou recopiez-le."
)
NEWER = (
    "Ce fichier vient d'une version plus récente d'ivaudit. Rien n'a été modifié : installez cette version "
    "pour le lire, ou demandez qu'on vous l'envoie dans l'ancien format."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stanza:
    """One wrapping of the file key: its kind and arguments, and the wrapped key."""

    words: tuple[str, ...]
    body: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """What stands before the payload; `mac` authenticates `signed` once the file key is known."""

    stanzas: tuple[Stanza, ...]
    signed: bytes
    mac: bytes
    size: int


def read_header(source: BinaryIO) -> Header:
    """Read the header of a file, which leaves it at the beginning of its payload.

    Raises:
        UnreadableFile: it is none of ours, or was cut or changed.
        NewerFile: it is of a later version of the format.
    """
    raw = source.read(MOST_HEADER)
    _check_family(raw)
    end = raw.find(b"\n---")
    stop = raw.find(b"\n", end + 1)
    if end < 0 or stop < 0:
        raise UnreadableFile(ALTERED)
    signed, closing = raw[: end + 4], raw[end + 4 : stop]
    try:
        lines = signed.decode("ascii").split("\n")[1:-1]
        stanzas = tuple(_stanzas(lines))
        mac = decoded(closing.decode("ascii").removeprefix(" "))
    except UnicodeDecodeError:
        raise UnreadableFile(ALTERED) from None
    if not 0 < len(stanzas) <= MOST_STANZAS or len(mac) != KEY or not closing.startswith(b" "):
        raise UnreadableFile(ALTERED)
    source.seek(stop + 1)
    return Header(stanzas=stanzas, signed=signed, mac=mac, size=stop + 1)


def header_text(stanzas: Sequence[Stanza]) -> bytes:
    """Return a header up to where its HMAC stands, as it is authenticated."""
    lines = [_MAGIC]
    for stanza in stanzas:
        body = encoded(stanza.body)
        lines.append(" ".join(("->", *stanza.words)))
        # The last line is shorter than the others, empty where they fill up.
        lines += [body[start : start + _LINE] for start in range(0, len(body) + 1, _LINE)]
    return "\n".join([*lines, "---"]).encode()


def authenticated(header: Header, file_key: bytes) -> bytes:
    """Return the file key of a header that it authenticates.

    Raises:
        UnreadableFile: the header was changed.
    """
    if not hmac.compare_digest(mac(file_key, header.signed), header.mac):
        raise UnreadableFile(ALTERED)
    return file_key


def mac(file_key: bytes, signed: bytes) -> bytes:
    """Return the HMAC of a header."""
    return hmac.digest(derived(file_key, b"", b"header"), signed, hashlib.sha256)


def derived(secret: bytes, salt: bytes, info: bytes) -> bytes:
    """Return a key derived by HKDF-SHA256."""
    from cryptography.hazmat.primitives.hashes import SHA256  # noqa: PLC0415 - not needed to start
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF  # noqa: PLC0415 - idem

    return HKDF(algorithm=SHA256(), length=KEY, salt=salt, info=info).derive(secret)


def encoded(raw: bytes) -> str:
    """Return bytes in base64 without padding."""
    return base64.b64encode(raw).decode().rstrip("=")


def decoded(text: str) -> bytes:
    """Return the bytes of base64 without padding, written in the only way accepted."""
    try:
        raw = base64.b64decode(text + "=" * (-len(text) % 4), validate=True)
    except (binascii.Error, ValueError):
        raise UnreadableFile(ALTERED) from None
    if encoded(raw) != text:
        raise UnreadableFile(ALTERED)
    return raw


def _check_family(raw: bytes) -> None:
    first = raw.partition(b"\n")[0]
    if first == _MAGIC.encode():
        return
    if first.startswith(_FAMILY) and first != _MAGIC.encode()[: len(first)]:
        raise NewerFile(NEWER)
    raise UnreadableFile(NOT_ONE)


def _stanzas(lines: Sequence[str]) -> Iterator[Stanza]:
    rest = iter(lines)
    for line in rest:
        words = tuple(line.split(" "))
        if words[0] != "->" or len(words) < 2 or not all(map(_WORD.fullmatch, words)):  # noqa: PLR2004
            raise UnreadableFile(ALTERED)
        body = ""
        for part in rest:
            body += part
            if len(part) > _LINE:
                raise UnreadableFile(ALTERED)
            if len(part) < _LINE:
                break
        else:
            raise UnreadableFile(ALTERED)
        yield Stanza(words=words[1:], body=decoded(body))
