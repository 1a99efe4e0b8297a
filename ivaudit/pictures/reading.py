"""A foreign picture turned into plain pixels: bounded, upright, and nothing else of the file left."""

import io
import struct
import warnings
import zlib

from PIL import Image

from ivaudit.domain.errors import RefusedFile
from ivaudit.pictures import formats
from ivaudit.pictures.formats import MOST_PIXELS, Format

_FIRST_ONLY = "MPO"
"""A photograph followed by others of the same scene (depth, brightness): the first is what people see."""
_WHITE = (255, 255, 255, 255)
_SIXTEEN_BITS = ("I;16", "I;16B", "I;16L", "I;16N", "I")


def read(data: bytes, name: str = "") -> Image.Image:
    """Return the pixels of a picture, upright, in RGB; what is transparent becomes white.

    Args:
        data: the whole file.
        name: its name, whose extension must not lie; empty for what was pasted.

    Raises:
        RefusedFile: too large, too many pixels, cut, mislabelled, of a format that is not read.
    """
    form = formats.checked(data, name)
    formats.check_picture(form)
    with warnings.catch_warnings():
        # A JPEG says so when its metadata makes no sense, which is no reason to lose it: none is kept.
        warnings.simplefilter("ignore" if form is Format.JPEG else "error")
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        try:
            return _upright(_opened(data, form))
        except RefusedFile:
            raise
        except (Image.DecompressionBombError, Image.DecompressionBombWarning):
            raise formats.too_many_pixels() from None
        except (OSError, ValueError, SyntaxError, EOFError, Warning, struct.error, zlib.error, MemoryError):
            raise formats.damaged() from None
        except (ArithmeticError, AttributeError, LookupError, TypeError, RuntimeError):
            # What decoders written in Python do with bytes that make no sense.
            raise formats.damaged() from None


def _opened(data: bytes, form: Format) -> Image.Image:
    # The bound of the library is only a warning up to twice its value: ours is checked before any pixel.
    image = Image.open(io.BytesIO(data), formats=[form.value])
    width, height = image.size
    if width * height > MOST_PIXELS:
        raise formats.too_many_pixels()
    if not width or not height:
        raise formats.damaged()
    if getattr(image, "n_frames", 1) > 1 and image.format != _FIRST_ONLY:
        raise formats.several_frames()
    image.load()
    return image


def _upright(image: Image.Image) -> Image.Image:
    plain = _plain(image)
    turn = _turn(image)
    return plain.transpose(turn) if turn is not None else plain


def _plain(image: Image.Image) -> Image.Image:
    """Return the same pixels in RGB, in a new picture that knows nothing else."""
    if image.mode in _SIXTEEN_BITS:
        flat = image.convert("I").point(lambda value: value * (1 / 256)).convert("L").convert("RGB")
    elif image.mode == "F":
        raise formats.damaged()
    elif image.has_transparency_data:
        above = image.convert("RGBA")
        flat = Image.alpha_composite(Image.new("RGBA", above.size, _WHITE), above).convert("RGB")
    else:
        flat = image.convert("RGB")
    return Image.frombytes("RGB", flat.size, flat.tobytes())


def _turn(image: Image.Image) -> Image.Transpose | None:
    """Return how to set a picture upright; a mark that makes no sense means that it already is."""
    try:
        mark = image.getexif().get(0x0112, 1)
    except Exception:  # noqa: BLE001 - whatever is wrong with the metadata, the pixels are whole
        return None
    return {
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_270,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_90,
    }.get(mark)
