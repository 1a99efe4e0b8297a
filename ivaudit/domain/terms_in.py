"""Where the words of a glossary stand in a text: whole words, whatever their case and accents."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from ivaudit.domain.glossary import GlossaryTerm
from ivaudit.domain.wording import folded

_WORD = re.compile(r"[\w\u0300-\u036f]+")
_BETWEEN = re.compile(r"[ \t\u00a0\u202f]+")
_APOSTROPHES = {"'", "’", "ʼ", "‘"}
_HYPHENS = {"-", "\u2010", "\u2011"}


@dataclass(frozen=True, slots=True)
class Found:
    """A term at its place in a text."""

    start: int
    length: int
    term: GlossaryTerm


@dataclass(slots=True)
class _Node:
    """What follows a word: the next words of longer terms, and the term that ends here."""

    after: dict[str, "_Node"] = field(default_factory=dict)
    term: GlossaryTerm | None = None


class Terms:
    """The terms of a glossary and their other forms (`also`), made ready to be found in texts."""

    def __init__(self, terms: Iterable[GlossaryTerm]) -> None:
        self.terms = tuple(terms)
        self._root = _Node()
        for term in self.terms:
            for form in (term.term, *term.also):
                self._add(form, term)
        self._of = {term.id: term for term in self.terms}

    def term(self, id: str) -> GlossaryTerm | None:  # noqa: A002 - ids are called ids here
        """Return the term of that id, or nothing."""
        return self._of.get(id)

    def every(self, text: str) -> Iterator[Found]:
        """Yield each place where a term stands, in order: the longest one, none inside another."""
        words = _words(text)
        at = 0
        while at < len(words):
            longest, term = self._longest(words, at)
            if term is None:
                at += 1
                continue
            last = words[at + longest - 1]
            yield Found(words[at].start, last.end - words[at].start, term)
            at += longest

    def first(self, text: str, seen: set[str] | None = None) -> tuple[Found, ...]:
        """Return where each term stands first.

        Args:
            text: as it is shown.
            seen: ids of the terms that texts before it had; they are left out, and those found are added.
        """
        met = set() if seen is None else seen
        kept = []
        for found in self.every(text):
            if found.term.id not in met:
                met.add(found.term.id)
                kept.append(found)
        return tuple(kept)

    def _add(self, form: str, term: GlossaryTerm) -> None:
        node = self._root
        for word in _words(form):
            node = node.after.setdefault(word.key, _Node())
        if node is not self._root and node.term is None:
            node.term = term

    def _longest(self, words: "list[_Word]", at: int) -> tuple[int, GlossaryTerm | None]:
        """Return how many words the longest term takes from a word on, and that term.

        The first word of a text follows nothing: what stands before it does not count.
        """
        node = self._root.after.get(words[at].bare)
        length, term, taken = 1, None, 1
        while node is not None:
            if node.term is not None:
                length, term = taken, node.term
            if at + taken >= len(words):
                break
            node = node.after.get(words[at + taken].key)
            taken += 1
        return length, term


@dataclass(frozen=True, slots=True)
class _Word:
    """A word folded, with what joins it to the word before: a space, an apostrophe, a hyphen, or a stop."""

    bare: str
    join: str
    start: int
    end: int

    @property
    def key(self) -> str:
        """Return the word as it follows another."""
        return self.join + self.bare


def _words(text: str) -> list[_Word]:
    found: list[_Word] = []
    end = 0
    for match in _WORD.finditer(text):
        join = _join(text[end : match.start()]) if found else ""
        found.append(_Word(folded(match.group()), join, match.start(), match.end()))
        end = match.end()
    return found


def _join(between: str) -> str:
    if between in _APOSTROPHES:
        return "'"
    if between in _HYPHENS:
        return "-"
    return " " if _BETWEEN.fullmatch(between) else "|"
