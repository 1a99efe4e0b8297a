"""The embedded fonts, and which characters they can draw."""

from bisect import bisect_right
from functools import cache

from reportlab.graphics.shapes import STATE_DEFAULTS
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont, TTFontFile

from ivaudit import resources
from ivaudit.domain.printable import typeset, visible

REGULAR = "DejaVuSansCondensed"
BOLD = "DejaVuSansCondensed-Bold"
OBLIQUE = "DejaVuSansCondensed-Oblique"
MONO = "DejaVuSansMono-Bold"


@cache
def register() -> None:
    """Make the fonts known to reportlab, once for the process."""
    for name in (REGULAR, BOLD, OBLIQUE, MONO):
        font = TTFont(name, str(resources.path(f"fonts/{name}.ttf")))
        _mend_widths(font.face)
        pdfmetrics.registerFont(font)
    STATE_DEFAULTS["fontName"] = REGULAR  # drawings name a font even where they have no text
    pdfmetrics.registerFontFamily(REGULAR, normal=REGULAR, bold=BOLD, italic=OBLIQUE, boldItalic=BOLD)


def _mend_widths(face: TTFontFile) -> None:
    """Give the glyphs that share the last width of a font that width in the units of the font.

    reportlab 5.1 keeps it in thousandths of the size for them, and so writes wrong widths into the subset it
    embeds: letters of a monospaced font run into one another in some readers.
    """
    last = 0
    for rank, (width, side) in enumerate(face.hmetrics):
        if isinstance(width, int):
            last = width
        else:
            face.hmetrics[rank] = (last, side)


@cache
def _code_points() -> frozenset[int]:
    files = (TTFontFile(str(resources.path(f"fonts/{name}.ttf"))) for name in (REGULAR, BOLD, OBLIQUE))
    return frozenset.intersection(*(frozenset(file.charToGlyph) for file in files))


def covers(code_point: int) -> bool:
    """Tell whether every text font draws a code point."""
    return code_point in _code_points()


def drawable(text: str) -> str:
    """Return the text as French wants it, with a visible replacement for what the fonts lack."""
    return visible(typeset(text), covers)


def width(text: str, font: str, size: float) -> float:
    """Return the width of a line, in points."""
    register()
    return float(pdfmetrics.stringWidth(text, font, size))


def wrapped(text: str, font: str, size: float, room: float, most: int = 3) -> list[str]:
    """Return the text in lines that fit in `room` points; what is beyond `most` lines ends with «…»."""
    lines: list[str] = []
    for word in drawable(text).replace("\n", " ").split(" "):
        joined = f"{lines[-1]} {word}" if lines else word
        if lines and width(joined, font, size) <= room:
            lines[-1] = joined
        else:
            lines.append(_cut(word, font, size, room))
    if len(lines) > most:
        lines = [*lines[: most - 1], _cut(f"{lines[most - 1]} …", font, size, room)]
    return lines


def _cut(word: str, font: str, size: float, room: float) -> str:
    if width(word, font, size) <= room:
        return word
    # By halves: a word as long as a page would otherwise be measured a thousand times, on every page.
    lengths = range(len(word))
    fits = bisect_right(lengths, room, key=lambda length: width(f"{word[:length]}…", font, size))
    return f"{word[: max(fits - 1, 0)].rstrip()}…"
