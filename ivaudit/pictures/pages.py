"""Pages of a foreign PDF as pictures: what is kept of a file is what was looked at."""

from collections.abc import Iterator

import pypdfium2
from PIL import Image

from ivaudit.domain.errors import RefusedFile
from ivaudit.pictures import formats
from ivaudit.pictures.formats import MOST_PAGES, Format
from ivaudit.pictures.keeping import LONG_EDGE

_SAFE = "Rien n'a été enregistré."
_WHITE = (255, 255, 255, 255)
_MOST_SCALE = 4.0
_LEAST_SIDE = 1.0


def read_pages(data: bytes, name: str = "") -> Iterator[Image.Image]:
    """Yield each page of a PDF as a picture in RGB, its long edge that of a kept picture.

    Args:
        data: the whole file.
        name: its name, whose extension must not lie.

    Raises:
        RefusedFile: no PDF, protected, damaged, without pages or with too many.
    """
    if formats.checked(data, name) is not Format.PDF:
        raise RefusedFile(f"Ce fichier n'est pas un PDF. {_SAFE} Exportez-le en PDF, puis recommencez.")
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError:
        raise RefusedFile(
            f"Ce PDF est abîmé ou protégé par un mot de passe. {_SAFE} Demandez-en une copie lisible."
        ) from None
    with document:
        _check_count(len(document))
        for rank in range(len(document)):
            yield _drawn(document, rank)


def _check_count(count: int) -> None:
    if not count:
        raise RefusedFile(f"Ce PDF n'a aucune page. {_SAFE}")
    if count > MOST_PAGES:
        raise RefusedFile(
            f"Ce PDF a {count} pages ; au plus {MOST_PAGES} sont gardées. {_SAFE} "
            "N'en exportez que les pages utiles, ou inscrivez-le comme document consulté."
        )


def _drawn(document: pypdfium2.PdfDocument, rank: int) -> Image.Image:
    try:
        page = document[rank]
        try:
            longest = max(*page.get_size(), _LEAST_SIDE)
            scale = min(LONG_EDGE / longest, _MOST_SCALE)
            bitmap = page.render(scale=scale, rev_byteorder=True, fill_color=_WHITE)
            try:
                return _copied(bitmap)
            finally:
                bitmap.close()
        finally:
            page.close()
    except pypdfium2.PdfiumError:
        raise RefusedFile(f"La page {rank + 1} de ce PDF est illisible. {_SAFE}") from None


def _copied(bitmap: pypdfium2.PdfBitmap) -> Image.Image:
    layout = "RGBX" if bitmap.n_channels == 4 else "RGB" if bitmap.n_channels == 3 else "L"  # noqa: PLR2004
    mode = "RGB" if layout != "L" else "L"
    size = (bitmap.width, bitmap.height)
    return Image.frombytes(mode, size, bytes(bitmap.buffer), "raw", layout, bitmap.stride, 1).convert("RGB")
