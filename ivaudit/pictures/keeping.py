"""What is kept of a picture: masked, then scaled, then encoded anew, with a thumbnail."""

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from PIL import Image

Mask: TypeAlias = tuple[int, int, int, int]
"""Left, top, width and height, in pixels of the upright picture as it was given."""

LONG_EDGE = 2000
MOST_BYTES = 200_000
THUMBNAIL = 256
_BLACK = (0, 0, 0)
_QUALITIES = (84, 76, 68, 60)
_SHRINK = 0.85
_LEAST_EDGE = 320
_FEW_COLOURS = 256
_THUMBNAIL_QUALITY = 72


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A picture ready to be stored.

    Attributes:
        given: width and height of the upright picture as it was given: what masks are counted in.
    """

    body: bytes
    media: str
    width: int
    height: int
    thumbnail: bytes
    given: tuple[int, int]


def keep(picture: Image.Image, masks: Iterable[Mask] = (), *, most: int = MOST_BYTES) -> Kept:
    """Return a picture masked for good, no longer than the report needs, with its thumbnail.

    Args:
        picture: RGB.
        masks: rectangles whose pixels are replaced before anything else is done.
        most: bytes it may take.
    """
    hidden = masked(picture, masks)
    working = _fitted(hidden, LONG_EDGE)
    body, media, size = _encoded(working, most)
    return Kept(
        body=body,
        media=media,
        width=size[0],
        height=size[1],
        thumbnail=thumbnail(hidden),
        given=picture.size,
    )


def masked(picture: Image.Image, masks: Iterable[Mask]) -> Image.Image:
    """Return a copy whose pixels under the rectangles are black, and were nothing else before.

    This comes before scaling: a pixel that is averaged with its neighbours would leave its colour there.
    """
    copy = picture.copy()
    for left, top, width, height in masks:
        box = (max(left, 0), max(top, 0), min(left + width, copy.width), min(top + height, copy.height))
        if box[0] < box[2] and box[1] < box[3]:
            copy.paste(_BLACK, box)
    return copy


def _fitted(picture: Image.Image, edge: int) -> Image.Image:
    longest = max(picture.size)
    if longest <= edge:
        return picture
    size = tuple(max(1, round(side * edge / longest)) for side in picture.size)
    return picture.resize((size[0], size[1]), Image.Resampling.LANCZOS, reducing_gap=3.0)


def _encoded(picture: Image.Image, most: int) -> tuple[bytes, str, tuple[int, int]]:
    """Return the bytes of a picture, of what kind, and its size: the best of what is small enough."""
    if (drawn := _drawn(picture, most)) is not None:
        return drawn, "image/png", picture.size
    edge = float(max(picture.size))
    while True:
        smaller = _fitted(picture, round(edge))
        for quality in _QUALITIES:
            body = _jpeg(smaller, quality)
            if len(body) <= most:
                return body, "image/jpeg", smaller.size
        if edge < _LEAST_EDGE:
            return body, "image/jpeg", smaller.size
        edge *= _SHRINK


def _drawn(picture: Image.Image, most: int) -> bytes | None:
    """Return a drawing, a screen or a page of text without loss, when few colours make it small."""
    colours: Sequence[object] | None = picture.getcolors(_FEW_COLOURS)
    if colours is None:
        return None
    target = io.BytesIO()
    picture.quantize(len(colours), dither=Image.Dither.NONE).save(target, "PNG", optimize=True)
    return target.getvalue() if target.tell() <= most else None


def _jpeg(picture: Image.Image, quality: int) -> bytes:
    target = io.BytesIO()
    picture.save(target, "JPEG", quality=quality, optimize=True)
    return target.getvalue()


def thumbnail(picture: Image.Image) -> bytes:
    """Return the small picture that lists show."""
    return _jpeg(_fitted(picture, THUMBNAIL), _THUMBNAIL_QUALITY)
