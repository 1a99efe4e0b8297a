"""Where the words of a search stand in a text as it is written, accents and capitals left aside."""

from collections.abc import Sequence
from functools import cache

from ivaudit.domain.wording import folded


def words_of(text: str) -> tuple[str, ...]:
    """Return the words of a search, folded."""
    return tuple(folded(text).split())


def matches(text: str, words: Sequence[str]) -> tuple[tuple[int, int], ...]:
    """Return (start, length) of each place where a word stands in a text, in order, none over another.

    Args:
        text: as it is shown.
        words: folded.
    """
    plain, at = _bare(text)
    found: list[tuple[int, int]] = []
    for word in words:
        start = plain.find(word) if word else -1
        while start >= 0:
            first, last = at[start], at[start + len(word) - 1]
            found.append((first, last + 1 - first))
            start = plain.find(word, start + len(word))
    return _apart(sorted(found, key=lambda each: (each[0], -each[1])))


def _bare(text: str) -> tuple[str, list[int]]:
    """Return the text folded letter by letter, with the place of each of its letters."""
    letters: list[str] = []
    at: list[int] = []
    for place, character in enumerate(text):
        for letter in _letters(character):
            letters.append(letter)
            at.append(place)
    return "".join(letters), at


@cache
def _letters(character: str) -> str:
    return folded(character) or (" " if character.isspace() else "")


def _apart(found: Sequence[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    kept: list[tuple[int, int]] = []
    end = 0
    for start, length in found:
        if start >= end:
            kept.append((start, length))
            end = start + length
    return tuple(kept)
