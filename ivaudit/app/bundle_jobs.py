"""The reading of bundles that a child process does: opened, verified line by line, handed over in rows.

It is given the key of each file, never a key of the workspace. What it says of a bundle counts only once its
last row said that the signature holds.
"""

import base64
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from ivaudit.app.jobs import Emit
from ivaudit.content.compiled import thaw, thaw_grid
from ivaudit.domain.bundle import BundleHead, ContentFile, Definition, Picture, Signature
from ivaudit.domain.errors import CorruptFile, KnownError, RefusedFile, UnreadableFile
from ivaudit.domain.journal import Op
from ivaudit.exchange import age_file, age_header, bundle_lines, bundle_reading
from ivaudit.exchange.bundle_shapes import refuse

_TEXT_AT_ONCE = 4 * 1024 * 1024


def read_bundles(request: Mapping[str, Any], emit: Emit) -> dict[str, Any]:
    """Emit the rows of each bundle of `files`, a path and its key in hexadecimal.

    `["bundle", …]`, `["definition", …]`, `["op", …]`, `["picture", …]`, `["file", …]`, `["signature", …]`; or
    `["refused", error, sentence]` where it cannot be believed: nothing that came before then counts.
    """
    for path, key in request["files"]:
        try:
            _read(Path(path), bytes.fromhex(key), emit)
        except (UnreadableFile, RefusedFile, KnownError) as error:
            emit(["refused", type(error).__name__, error.sentence])
        except OSError:
            sentence = "Ce fichier ne se lit pas, ou n'est plus là. Rien n'a été modifié."
            emit(["refused", "UnreadableFile", sentence])
    return {}


def _read(path: Path, key: bytes, emit: Emit) -> None:
    with path.open("rb") as source:
        age_header.read_header(source)
        for item in bundle_reading.read(age_file.payload(source, key)):
            for row in _rows(item):
                emit(row)


def _rows(item: bundle_reading.Item) -> Iterator[list[Any]]:
    match item:
        case BundleHead():
            yield ["bundle", bundle_lines.head_said(item)]
        case Definition():
            _check_definition(item)
            yield ["definition", item.kind, item.id, item.version, item.body]
        case Op():
            yield [
                "op",
                item.id.hex(),
                bundle_lines.op_head(item),
                list(map(bundle_lines.change_row, item.changes)),
            ]
        case Picture():
            body = base64.b64encode(item.body).decode()
            thumbnail = base64.b64encode(_thumbnail(item)).decode()
            yield ["picture", item.media, item.width, item.height, body, thumbnail]
        case ContentFile():
            yield ["file", item.family.value, item.id, item.text]
        case Signature():
            yield ["signature", item.key.hex()]


def _check_definition(found: Definition) -> None:
    try:
        known = thaw(found.body) if found.kind == "checklist" else thaw_grid(found.body)
    except CorruptFile:
        refuse("une grille ne se lit pas")
    if (known.id, known.version) != (found.id, found.version):
        refuse("une grille n'est pas celle qu'il annonce")


def _thumbnail(found: Picture) -> bytes:
    """Return the thumbnail of a picture once its pixels were read; nothing for a file kept as it is."""
    from ivaudit.pictures import formats, keeping, reading  # noqa: PLC0415 - Pillow is loaded where there is one

    if not found.media.startswith("image/"):
        form = formats.checked(found.body, "")
        if formats.MEDIA.get(form) != found.media:
            refuse("une preuve n'est pas de la sorte annoncée")
        return b""
    picture = reading.read(found.body)
    if picture.size != (found.width, found.height):
        refuse("une preuve n'a pas les dimensions annoncées")
    return keeping.thumbnail(picture)
