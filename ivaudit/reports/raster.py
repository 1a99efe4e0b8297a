"""Pages of a PDF as PNG pictures."""

import struct
import zlib
from collections.abc import Iterator

import pypdfium2

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_WHITE = (255, 255, 255, 255)


def pages_png(pdf: bytes, scale: float) -> Iterator[bytes]:
    """Yield each page of a PDF as a PNG picture.

    Args:
        pdf: the whole file.
        scale: pixels per point.
    """
    with pypdfium2.PdfDocument(pdf) as document:
        for page in document:
            yield _png(page, scale)


def first_page_png(pdf: bytes, scale: float) -> bytes:
    """Return the first page of a PDF as a PNG picture, at `scale` pixels per point."""
    with pypdfium2.PdfDocument(pdf) as document:
        return _png(document[0], scale)


def _png(page: pypdfium2.PdfPage, scale: float) -> bytes:
    bitmap = page.render(scale=scale, rev_byteorder=True, fill_color=_WHITE)
    try:
        pixels = bytes(bitmap.buffer)
        return encode(pixels, bitmap.width, bitmap.height, bitmap.stride, bitmap.n_channels)
    finally:
        bitmap.close()
        page.close()


def encode(pixels: bytes, width: int, height: int, stride: int, channels: int) -> bytes:
    """Return RGB or RGBX pixels as a PNG file without transparency.

    Args:
        pixels: rows from the top, `stride` bytes each.
        width: in pixels.
        height: in pixels.
        stride: bytes from one row to the next.
        channels: bytes per pixel, 3 or 4.
    """
    rows = bytearray()
    for top in range(0, height * stride, stride):
        row = pixels[top : top + width * channels]
        rows.append(0)
        rows += row if channels == 3 else _without_fourth(row)  # noqa: PLR2004 - red, green, blue
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    data = zlib.compress(bytes(rows), 6)
    return _SIGNATURE + _chunk(b"IHDR", header) + _chunk(b"IDAT", data) + _chunk(b"IEND", b"")


def _without_fourth(row: bytes) -> bytes:
    kept = bytearray(len(row) // 4 * 3)
    for channel in range(3):
        kept[channel::3] = row[channel::4]
    return bytes(kept)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
