"""The works on foreign pictures and files that a child process does: Pillow and pdfium are loaded there."""

import base64
from collections.abc import Mapping, Sequence
from typing import Any

from ivaudit.domain.progress import Progress


def prepare_picture(request: Mapping[str, Any], progress: Progress) -> dict[str, Any]:
    """Return what is kept of the picture in `payload`, masked by `masks`; `name` must not lie."""
    from ivaudit.pictures import keeping, reading  # noqa: PLC0415 - Pillow is loaded for this work only

    progress(0, 2, "lecture de l'image")
    picture = reading.read(request["payload"], str(request["name"]))
    progress(1, 2, "préparation de l'image")
    return _plain(keeping.keep(picture, _masks(request["masks"])))


def prepare_pages(request: Mapping[str, Any], progress: Progress) -> dict[str, Any]:
    """Return what is kept of each page of the PDF in `payload`; `masks` are by page, from 0."""
    from ivaudit.pictures import formats, keeping, pages  # noqa: PLC0415 - idem

    found = []
    masks = request["masks"]
    for rank, picture in enumerate(pages.read_pages(request["payload"], str(request["name"]))):
        progress(rank, formats.MOST_PAGES, "images des pages")
        found.append(_plain(keeping.keep(picture, _masks(masks.get(str(rank), ())))))
    return {"pages": found}


def _masks(found: Sequence[Sequence[int]]) -> list[tuple[int, int, int, int]]:
    return [(int(left), int(top), int(width), int(height)) for left, top, width, height in found]


def _plain(kept: Any) -> dict[str, Any]:  # noqa: ANN401 - its type would load Pillow here
    return {
        "body": base64.b64encode(kept.body).decode("ascii"),
        "thumbnail": base64.b64encode(kept.thumbnail).decode("ascii"),
        "media": kept.media,
        "width": kept.width,
        "height": kept.height,
        "given": list(kept.given),
    }
