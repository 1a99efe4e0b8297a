"""Texts made comparable: for the identity of a question, and for searching."""

import hashlib
import re
import unicodedata

_SPACES = re.compile(r"\s+")
_PLAIN = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "“": '"', "”": '"', "«": '"', "»": '"'})
_MARKS = re.compile("[\u0300-\u036f]")
_OTHER_SCRIPTS = re.compile("[\u0370-\u1fff\u20d0-\u20ff\u2c00-\U0010ffff]")
"""Where further combining marks may stand."""
_GUILLEMETS = re.compile(r'"\s+|\s+"')


_NAMED = re.compile(r"\b(?:M\.|MM\.|Mmes?|Mlles?|Dr|Pr) [A-ZÀ-Þ][\w'’-]+")


def named(text: str) -> str:
    """Return the first person that a text names after a title («Dr Martin»), nothing when it names none."""
    found = _NAMED.search(text)
    return found.group() if found else ""


def normalised(text: str) -> str:
    """Return the text without what typography alone may change.

    NFC, any run of spaces (no-break ones included) as one space, apostrophes and quotes as ASCII, trimmed.
    Case is kept: it may carry meaning.
    """
    plain = unicodedata.normalize("NFC", text).translate(_PLAIN)
    return _SPACES.sub(" ", plain).strip()


def folded(text: str) -> str:
    """Return the text for searching: no case, no accent, one space between words."""
    apart = unicodedata.normalize("NFKD", text.translate(_PLAIN)).casefold()
    bare = _MARKS.sub("", apart)
    if _OTHER_SCRIPTS.search(bare):
        bare = "".join(c for c in bare if not unicodedata.combining(c))
    return _SPACES.sub(" ", bare.replace("œ", "oe").replace("æ", "ae")).strip()


def fingerprint(*texts: str) -> str:
    """Return the SHA-256, in hexadecimal, of normalised texts in order."""
    joined = "\x1f".join(_GUILLEMETS.sub('"', normalised(text)) for text in texts)
    return hashlib.sha256(joined.encode()).hexdigest()
