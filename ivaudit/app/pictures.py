"""Foreign pictures and files made ready to be kept, in a child process; no workspace is needed."""

import base64
import tempfile
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

from ivaudit.app import jobs
from ivaudit.domain.errors import Cancelled, RefusedFile
from ivaudit.domain.progress import Progress, silent
from ivaudit.pictures import formats
from ivaudit.store.evidence import Body

__all__ = [
    "SUFFIXES",
    "Body",
    "Mask",
    "Prepared",
    "check_original",
    "kind_of",
    "pages",
    "picture",
    "read_file",
]

Mask: TypeAlias = tuple[int, int, int, int]
"""Left, top, width and height, in pixels of the upright picture as it was given."""

SUFFIXES = formats.SUFFIXES_OF_PICTURES
PATIENCE = 60.0
_SAFE = "Rien n'a été enregistré."


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """A picture ready to be kept: nothing of the foreign file is left in it but its pixels.

    `given` is the width and height of the upright picture as it was given, which masks are counted in.
    """

    body: Body
    given: tuple[int, int]


def read_file(path: Path) -> bytes:
    """Return the bytes of a file that somebody chose or dropped, if it may be one of ours.

    Raises:
        RefusedFile: a folder, empty, too large, or unreadable.
    """
    try:
        if path.is_dir():
            raise RefusedFile(f"C'est un dossier. {_SAFE} Choisissez les fichiers un par un.")
        formats.check_size(path.stat().st_size)
        with path.open("rb") as file:
            data = file.read(formats.MOST_BYTES + 1)
    except OSError:
        raise RefusedFile(
            f"Ce fichier ne se lit pas ou n'est plus là. {_SAFE} "
            "Copiez-le sur l'ordinateur, puis recommencez."
        ) from None
    formats.check_size(len(data))
    return data


def kind_of(data: bytes, name: str) -> str:
    """Return «photo» or «pdf», by the content, which the name must not contradict.

    Raises:
        RefusedFile: neither, or a name that lies.
    """
    form = formats.checked(data, name)
    if form is formats.Format.PDF:
        return "pdf"
    if form is formats.Format.OFFICE:
        raise RefusedFile(
            f"Un document bureautique ne se montre pas ici. {_SAFE} Exportez-le en PDF : chaque page pourra "
            "être relue et masquée."
        )
    formats.check_picture(form)
    return "photo"


def check_original(data: bytes, name: str) -> str:
    """Return the media type of a PDF or office file that is to be kept as it is.

    Raises:
        RefusedFile: something else, which has no reason to be kept whole.
    """
    form = formats.checked(data, name)
    if form not in formats.MEDIA:
        raise RefusedFile(f"Seul un PDF ou un document bureautique se garde tel quel. {_SAFE}")
    return formats.MEDIA[form]


def picture(
    data: bytes,
    name: str = "",
    masks: Iterable[Mask] = (),
    *,
    progress: Progress = silent,
    cancelled: Callable[[], bool] = jobs.never,
) -> Prepared:
    """Return a foreign picture as it will be kept: upright, masked for good, without anything but its pixels.

    Args:
        data: the whole file.
        name: its name, empty for what was pasted; it is compared with the content and forgotten.
        masks: rectangles to hide.
        progress: told how far it is.
        cancelled: asked often whether to stop.

    Raises:
        RefusedFile: with the sentence that says why, and what to do.
        Cancelled: somebody asked to stop.
    """
    found = _run("image", data, name, {"masks": [list(mask) for mask in masks]}, progress, cancelled)
    return _prepared(found)


def pages(
    data: bytes,
    name: str = "",
    masks: Mapping[int, Sequence[Mask]] | None = None,
    *,
    progress: Progress = silent,
    cancelled: Callable[[], bool] = jobs.never,
) -> tuple[Prepared, ...]:
    """Return the pages of a foreign PDF as they will be kept; `masks` are by page, from 0.

    Raises:
        RefusedFile: with the sentence that says why, and what to do.
        Cancelled: somebody asked to stop.
    """
    boxes = {str(page): [list(mask) for mask in found] for page, found in (masks or {}).items()}
    found = _run("pages", data, name, {"masks": boxes}, progress, cancelled)
    return tuple(_prepared(each) for each in found["pages"])


def _run(  # noqa: PLR0917 - the parts of one request
    job: str,
    data: bytes,
    name: str,
    request: dict[str, Any],
    progress: Progress,
    cancelled: Callable[[], bool],
) -> dict[str, Any]:
    formats.checked(data, name)
    end = time.monotonic() + PATIENCE

    def stop() -> bool:
        return cancelled() or time.monotonic() > end

    with tempfile.TemporaryDirectory(prefix="ivaudit-", ignore_cleanup_errors=True) as folder:
        asked = {"tempdir": folder, "name": name, **request}
        try:
            return jobs.run(job, asked, payload=data, progress=progress, cancelled=stop)
        except Cancelled:
            if cancelled():
                raise
            raise RefusedFile(
                f"La lecture de ce fichier prend trop de temps : il est trop grand ou mal formé. {_SAFE}"
            ) from None


def _prepared(found: Mapping[str, Any]) -> Prepared:
    body = Body(
        body=base64.b64decode(found["body"]),
        media=str(found["media"]),
        width=int(found["width"]),
        height=int(found["height"]),
        thumbnail=base64.b64decode(found["thumbnail"]),
    )
    width, height = found["given"]
    return Prepared(body=body, given=(int(width), int(height)))
