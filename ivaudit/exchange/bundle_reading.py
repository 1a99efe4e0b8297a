"""Reads a bundle line by line, believing nothing: bounds, shapes, digests, at last who signed.

Nothing here is larger than one picture or one op, whatever the file says of itself; names are looked up in
closed lists and never taken for paths; nothing counts before the signature was read and verified.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, NoReturn, TypeAlias

from ivaudit.domain.bundle import MAJOR, BundleHead, ContentFile, Definition, Picture, Signature
from ivaudit.domain.errors import NewerFile, UnreadableFile
from ivaudit.domain.journal import Op
from ivaudit.exchange import signing
from ivaudit.exchange.age_header import ALTERED, NEWER
from ivaudit.exchange.bundle_lines import LINE
from ivaudit.exchange.bundle_shapes import Shapes, refuse

Item: TypeAlias = BundleHead | Definition | Op | Picture | ContentFile | Signature

_ORDER = ("bundle", "definition", "op", "picture", "file", "signature")
_CONTINUED = {"definition": "part", "picture": "part", "file": "part", "op": "changes"}
_MOST_BYTES = 8 * 1024**3
_OTHER = (
    "Ce fichier est chiffré comme un fichier d'échange, mais ce n'en est pas un d'ivaudit. Rien n'a été "
    "modifié."
)


@dataclass(slots=True)
class _Reading:
    """Where the reading has come: what was met, and what is still expected."""

    shapes: Shapes = field(default_factory=Shapes)
    digest: "hashlib._Hash" = field(default_factory=hashlib.sha256)
    rank: int = 0


def read(chunks: Iterable[bytes]) -> Iterator[Item]:
    """Return what a bundle holds, in its order, the signature last once it was verified.

    Args:
        chunks: the payload of the envelope.

    Raises:
        UnreadableFile: it is no bundle, or breaks a rule or a bound.
        NewerFile: it is of a later major version.
    """
    lines = _lines(chunks)
    first = next(lines, b"")
    reading = _Reading()
    name, said = _parsed(first)
    if name != "bundle":
        raise UnreadableFile(_OTHER)
    _check_version(said)
    reading.digest.update(first)
    yield reading.shapes.head(said)
    for line in lines:
        name, said = _parsed(line)
        if name == "signature":
            yield _signed(reading, said, lines)
            return
        reading.digest.update(line)
        yield from _item(reading, name, said, lines)
    raise UnreadableFile(ALTERED)


def _item(reading: _Reading, name: str, said: Any, lines: Iterator[bytes]) -> Iterator[Item]:  # noqa: ANN401
    rank = _ORDER.index(name) if name in _ORDER else -1
    if rank < 0:
        # A later minor version may say more: it is signed with the rest, and means nothing here.
        if reading.shapes.later_minor and isinstance(said, dict) and name not in {"part", "changes"}:
            return
        refuse("une ligne n'est pas à sa place")
    if rank < reading.rank or not rank:
        refuse("une ligne n'est pas à sa place")
    reading.rank = rank

    def following() -> Any:  # noqa: ANN401 - JSON
        line = next(lines, b"")
        found, value = _parsed(line)
        if found != _CONTINUED[name]:
            refuse("une partie manque")
        reading.digest.update(line)
        return value

    makers: dict[str, Callable[[Any, Callable[[], Any]], Item]] = {
        "definition": reading.shapes.definition,
        "op": reading.shapes.op,
        "picture": reading.shapes.picture,
        "file": reading.shapes.file,
    }
    try:
        yield makers[name](said, following)
    except UnicodeError:
        raise UnreadableFile(ALTERED) from None


def _signed(reading: _Reading, said: Any, lines: Iterator[bytes]) -> Signature:  # noqa: ANN401 - JSON
    signature = reading.shapes.signature(said)
    if next(lines, None) is not None:
        refuse("des lignes suivent la signature")
    reading.shapes.check_complete()
    if not signing.holds(signature.key, signature.value, reading.digest.digest()):
        raise UnreadableFile(
            "La signature de ce fichier n'est pas valable : il n'est pas de la personne qu'il nomme, ou il a "
            "été modifié. Rien n'a été modifié dans votre dossier de travail. Demandez-le à nouveau."
        )
    return signature


def _check_version(said: Any) -> None:  # noqa: ANN401 - JSON
    version = said.get("format") if isinstance(said, dict) else None
    if not isinstance(version, list) or len(version) != 2 or not all(type(each) is int for each in version):  # noqa: PLR2004
        raise UnreadableFile(_OTHER)
    if version[0] > MAJOR:
        raise NewerFile(NEWER)
    if version[0] < 1 or version[1] < 0:
        raise UnreadableFile(_OTHER)


def _lines(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Return lines with their end, each bounded; a last one without its end is no line."""
    waiting = bytearray()
    taken = 0
    for chunk in chunks:
        taken += len(chunk)
        if taken > _MOST_BYTES:
            refuse("il est démesuré")
        waiting += chunk
        start = 0
        while (end := waiting.find(b"\n", start)) >= 0:
            if end - start >= LINE:
                refuse("une ligne est démesurée")
            yield bytes(waiting[start : end + 1])
            start = end + 1
        del waiting[:start]
        if len(waiting) > LINE:
            refuse("une ligne est démesurée")
    if waiting:
        raise UnreadableFile(ALTERED)


def _parsed(line: bytes) -> tuple[str, Any]:
    try:
        said = json.loads(line, object_pairs_hook=_pairs, parse_constant=_constant)
    except (ValueError, RecursionError):
        raise UnreadableFile(ALTERED) from None
    if not isinstance(said, dict) or len(said) != 1:
        refuse("une ligne ne se lit pas")
    return next(iter(said.items()))


def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError
    return found


def _constant(_text: str) -> NoReturn:
    raise ValueError
