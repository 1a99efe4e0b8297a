"""Short papers about one entry: what they say, whatever they are printed with; their words are content."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class LeafletKind(StrEnum):
    """The papers, by the key their texts are published under."""

    CORRECTION = "fiche-correction"
    SHARED = "retour-experience"
    DECLARATION = "declaration"
    RECEIPT = "accuse-reception"


@dataclass(frozen=True, slots=True, kw_only=True)
class LeafletTexts:
    """The published words of a paper: `texts` by key, with `{number}` and the like where values stand."""

    id: str
    version: str
    title: str
    licence: str
    page: LeafletKind
    texts: Mapping[str, str]

    def text(self, key: str, **values: str) -> str:
        """Return a text with its values."""
        found = self.texts[key]
        for name, value in values.items():
            found = found.replace(f"{{{name}}}", value)
        return found


KEYS: Mapping[LeafletKind, Mapping[str, frozenset[str]]] = {
    LeafletKind.CORRECTION: {
        "title": frozenset(),
        "object": frozenset({"number", "type"}),
        "letter": frozenset({"number", "type", "facility", "recipient"}),
        "facts": frozenset(),
        "nominative": frozenset(),
        "nominative_help": frozenset(),
        "nominative_fields": frozenset(),
        "asked": frozenset(),
        "asked_actions": frozenset(),
        "propagation": frozenset(),
        "answer": frozenset(),
        "answer_text": frozenset({"number"}),
        "answer_fields": frozenset(),
        "foot": frozenset({"number", "facility"}),
        "warning": frozenset(),
    },
    LeafletKind.SHARED: {
        "title": frozenset(),
        "lead": frozenset(),
        "facts": frozenset(),
        "foot": frozenset(),
        "questions": frozenset(),
        "questions_text": frozenset(),
    },
    LeafletKind.DECLARATION: {
        "title": frozenset(),
        "lead": frozenset(),
        "who": frozenset(),
        "what": frozenset(),
        "kinds": frozenset(),
        "done": frozenset(),
        "return": frozenset({"facility"}),
        "number": frozenset(),
        "warning": frozenset(),
        "foot": frozenset({"facility"}),
        "sheet": frozenset(),
        "sheet_help": frozenset(),
    },
    LeafletKind.RECEIPT: {
        "title": frozenset(),
        "text": frozenset({"number", "day", "type", "unit", "facility"}),
        "next": frozenset({"number"}),
        "foot": frozenset({"number", "facility"}),
    },
}
"""The texts that each paper needs, and the values that may stand in each of them."""


class PartKind(StrEnum):
    """What a part of a paper is."""

    FACTS = "facts"
    TEXT = "text"
    CALLOUT = "callout"
    BLANK = "blank"
    GRID = "grid"
    LINES = "lines"
    BOXES = "boxes"


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A part of a paper under its title, which may be empty.

    FACTS are labels with their values; TEXT paragraphs; BLANK labels to write after, `room` points each and
    `last` points for the last one; GRID a table whose `columns` take `shares` of the width; LINES a list;
    BOXES words each with a box to tick.
    """

    kind: PartKind
    title: str = ""
    text: str = ""
    columns: tuple[str, ...] = ()
    shares: tuple[float, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    room: float = 0.0
    last: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaflet:
    """One paper: `subtitle` under its title, `foot` on each page with `warning`, what not to write on it."""

    title: str
    subtitle: str = ""
    foot: str = ""
    warning: str = ""
    parts: tuple[Part, ...] = ()


def listed(text: str) -> tuple[str, ...]:
    """Return the lines of a published list, one a line."""
    return tuple(line.strip() for line in text.splitlines() if line.strip())
