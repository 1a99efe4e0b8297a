"""Photographs that say too much: a place, a comment, a thumbnail; and how to read what is left in one."""

import io
import struct
import zlib

from PIL import Image
from PIL.PngImagePlugin import PngInfo

COMMENT = "Mme DUPONT chambre 12"
MAKER = "APPAREIL-DE-TEMOIGNAGE-77"
XMP = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><r>RUE-DES-TEMOINS</r></x:xmpmeta>'
ICC = b"PROFIL-DE-COULEUR-PARTICULIER"
INSIDE = b"VIGNETTE-CACHEE"
LATITUDE = (48.0, 51.0, 29.5912)

GPS_WORDS: dict[str, tuple[bytes, ...]] = {
    "JPEG": (COMMENT.encode(), MAKER.encode(), b"RUE-DES-TEMOINS", ICC, INSIDE, b"Exif"),
    "PNG": (COMMENT.encode(), MAKER.encode(), b"RUE-DES-TEMOINS", b"eXIf"),
    "WEBP": (MAKER.encode(), b"RUE-DES-TEMOINS", ICC, b"EXIF"),
}
"""What each of these photographs holds, and nothing kept of it may."""


def picture(size: tuple[int, int] = (400, 300)) -> Image.Image:
    """Return a picture with a slope of colours, like a wall in the light."""
    across = Image.linear_gradient("L").resize(size)
    down = across.transpose(Image.Transpose.ROTATE_90).resize(size)
    return Image.merge("RGB", (across, down, Image.new("L", size, 90)))


def exif() -> Image.Exif:
    """Return metadata with a place, a maker and a thumbnail's worth of bytes."""
    made = Image.Exif()
    made[0x010F] = MAKER
    made[0x0132] = "2026:11:21 14:32:05"
    made[0x9286] = INSIDE
    place = made.get_ifd(0x8825)
    place[1], place[2], place[3], place[4] = "N", LATITUDE, "E", (2.0, 17.0, 40.0)
    return made


def photo(form: str = "JPEG", size: tuple[int, int] = (400, 300), image: Image.Image | None = None) -> bytes:
    """Return a photograph with everything that must not be kept."""
    target = io.BytesIO()
    shown = image or picture(size)
    match form:
        case "JPEG":
            shown.save(
                target, "JPEG", exif=exif(), comment=COMMENT.encode(), icc_profile=ICC, xmp=XMP, quality=90
            )
        case "PNG":
            info = PngInfo()
            info.add_text("Comment", COMMENT)
            info.add_itxt("XML:com.adobe.xmp", XMP.decode())
            shown.save(target, "PNG", exif=exif(), pnginfo=info)
        case _:
            shown.save(target, form, exif=exif(), xmp=XMP, icc_profile=ICC)
    return target.getvalue()


def bomb(width: int, height: int) -> bytes:
    """Return a small PNG that says it is huge."""
    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    rows = zlib.compress(bytes((width // 8 + 1) * min(height, 200)), 9)
    chunks = (_chunk(b"IHDR", header), _chunk(b"IDAT", rows), _chunk(b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


def signed(kind: bytes, data: bytes) -> bytes:
    """Return the kind, the data and the checksum of a chunk."""
    return kind + data + struct.pack(">I", zlib.crc32(kind + data))


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + signed(kind, data)


def segments_of(data: bytes) -> set[str]:
    """Return the names of the parts of a JPEG or PNG file, whatever a library makes of them."""
    return set(_chunks(data) if data.startswith(b"\x89PNG") else _segments(data))


def _chunks(data: bytes) -> list[str]:
    found, at = [], 8
    while at < len(data):
        (length,) = struct.unpack(">I", data[at : at + 4])
        found.append(data[at + 4 : at + 8].decode("ascii"))
        at += 12 + length
    return found


_NAMES = {0xD8: "SOI", 0xDB: "DQT", 0xC4: "DHT", 0xC0: "SOF0", 0xDA: "SOS", 0xD9: "EOI"}


def _segments(data: bytes) -> list[str]:
    found, at = ["SOI"], 2
    while data[at] == 0xFF and data[at + 1] not in {0xDA, 0xD9}:
        code = data[at + 1]
        (length,) = struct.unpack(">H", data[at + 2 : at + 4])
        start = data[at + 4 : at + 8].decode("latin-1")
        found.append(f"APP{code - 0xE0} {start}" if 0xE0 <= code <= 0xEF else _NAMES.get(code, hex(code)))
        at += 2 + length
    # What follows the scan is its end, and the end of the file.
    found.append("SOS")
    found += ["EOI"] if data.index(b"\xff\xd9", at) == len(data) - 2 else ["EOI", "trailing bytes"]
    return found
