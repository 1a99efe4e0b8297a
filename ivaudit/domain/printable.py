"""Texts made fit to be printed: French spaces, nothing that vanishes or comes out as a black square."""

import re
import unicodedata
from collections.abc import Callable, Iterator

NBSP = "\u00a0"
_INVISIBLE = {"\u00ad", "\u200b", "\u200c", "\u200d", "\u2060", "\ufeff", "\ufe0e", "\ufe0f"}
_LINES = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_UNSTORABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
"""Controls but ends of line and tabs, lone surrogates, and the two code points that no XML file holds."""
_BEFORE = re.compile(r"(?<=\S)[ \u00a0\u202f]+(?=(?:[:;?!»%€]|[.?!]{2,})(?:\s|$|[,.)\]]))")
_GLUED = re.compile(r"(?<=[\w)»\]])(?=[:?!»](?:\s|$))")
_AFTER = re.compile(r"«[ \u00a0\u202f]*(?=\S)")
_UNIT = re.compile(r"(?<=\d)[ \u202f](?=\d{3}\b)|(?<=\b[nN]°) (?=\d)")


def typeset(text: str) -> str:
    """Return the text with no-break spaces where French wants them; its words are unchanged.

    Where there is none, a space is added before « : ? ! » at the end of a word only, so that addresses and
    hours stay whole.
    The wide no-break space is used everywhere: reportlab breaks lines at the narrow one.
    """
    spaced = _GLUED.sub(NBSP, _BEFORE.sub(NBSP, text))
    return _UNIT.sub(NBSP, _AFTER.sub(f"«{NBSP}", spaced))


def visible(text: str, covers: Callable[[int], bool]) -> str:
    r"""Return the text with every character that cannot be drawn replaced by its code («[U+1F600]»).

    Ends of line become `\n`, tabs four spaces; characters that are invisible by nature go away.

    Args:
        text: any text, lone surrogates included.
        covers: tells whether the font has a code point.
    """
    plain = unicodedata.normalize("NFC", _LINES.sub("\n", text)).expandtabs(4)
    return "".join(_shown(character, covers) for character in plain if character not in _INVISIBLE)


def without_controls(text: str) -> str:
    """Return the text with control characters and lone surrogates replaced by their code."""
    return _UNSTORABLE.sub(lambda found: _code(found[0]), _LINES.sub("\n", text))


def chunks(text: str, size: int, line: int = 40) -> tuple[str, ...]:
    """Return the text in parts of about `size` characters at most, cut at a space wherever there is one.

    Args:
        text: any text, several lines included.
        size: characters per part.
        line: what an end of line counts for, since a short line takes as much height as a full one.
    """
    parts: list[str] = [""]
    left = size
    for piece in _pieces(text.strip(), size):
        cost = max(len(piece), line)
        if parts[-1] and cost > left:
            parts.append("")
            left = size
        parts[-1] += f"\n{piece}" if parts[-1] else piece
        left -= cost
    return tuple(parts)


def _pieces(text: str, size: int) -> Iterator[str]:
    """Yield the lines of a text, those that are too long in several pieces."""
    for whole in text.split("\n"):
        rest = whole
        while len(rest) > size:
            cut = rest.rfind(" ", size // 2, size)
            cut = cut if cut > 0 else size
            yield rest[:cut].rstrip()
            rest = rest[cut:].lstrip()
        yield rest


def _shown(character: str, covers: Callable[[int], bool]) -> str:
    if character in {"\n", NBSP, "\u202f"}:
        return character
    drawable = unicodedata.category(character) not in {"Cc", "Cf", "Cs", "Co", "Cn"}
    return character if drawable and covers(ord(character)) else _code(character)


def _code(character: str) -> str:
    return f"[U+{ord(character):04X}]"
