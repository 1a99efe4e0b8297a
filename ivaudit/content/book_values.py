"""Cells as nodes: texts, numbers, choices and lists, mistakes noted and filled in."""

import re
from collections.abc import Iterable, Mapping

from ivaudit.content.book_table import Cell, Notes
from ivaudit.content.reading import enumeration, near
from ivaudit.content.yaml_nodes import Mapping as MappingNode
from ivaudit.content.yaml_nodes import Node, Scalar, Sequence
from ivaudit.domain.checklist import Condition
from ivaudit.domain.wording import folded

EMPTY = "à remplir"

_WHOLE = re.compile(r"\d{1,6}")


def text(cell: Cell, value: str | None = None) -> Scalar:
    """Return a text; an empty one is for the rules to refuse."""
    said = cell.text if value is None else value
    return Scalar(*cell.place, said, said)


def blank_or(cell: Cell) -> Scalar | None:
    """Return a text that may be missing."""
    return text(cell) if cell.text else None


def number(cell: Cell, title: str, notes: Notes, *, optional: bool = False, filler: int = 1) -> Scalar | None:
    """Return a whole number."""
    if not cell.text and optional:
        return None
    if _WHOLE.fullmatch(cell.text):
        return Scalar(*cell.place, cell.text, int(cell.text))
    notes.say(cell, title, EMPTY if not cell.text else f"un nombre entier attendu, {_quoted(cell)} trouvé")
    return Scalar(*cell.place, str(filler), filler)


def one_of(cell: Cell, title: str, choices: Iterable[str], notes: Notes) -> Scalar:
    """Return one of a few words, whatever its capitals and accents."""
    words = {folded(each): str(each) for each in choices}
    found = words.get(folded(cell.text))
    if found is None:
        listed = enumeration(words.values())
        hint = near(cell.text, words.values())
        said = EMPTY if not cell.text else f"{listed} attendu, {_quoted(cell)} trouvé{hint}"
        notes.say(cell, title, said)
    return text(cell, found or next(iter(words.values())))


def several(cell: Cell, labels: Mapping[str, str]) -> Sequence:
    """Return a list written one item per line, or with semicolons where its items are labels.

    Args:
        cell: where it is.
        labels: folded labels and their keys; what is neither a label nor a key is kept as it is.
    """
    pieces = re.split(r"[\n;]" if labels else r"\n", cell.text)
    items = [piece.strip() for piece in pieces if piece.strip()]
    return Sequence(*cell.place, [text(cell, labels.get(folded(item), item)) for item in items])


def yes_or_no(cell: Cell, title: str, notes: Notes, *, optional: bool = False) -> Scalar | None:
    """Return a « oui » or a « non »."""
    if not cell.text and optional:
        return None
    found = {"oui": True, "non": False, "vrai": True, "faux": False}.get(folded(cell.text))
    if found is None:
        notes.say(
            cell, title, EMPTY if not cell.text else f"« oui » ou « non » attendu, {_quoted(cell)} trouvé"
        )
    return Scalar(*cell.place, cell.text, bool(found))


def condition_node(condition: Condition, cell: Cell) -> MappingNode:
    """Return a condition, every part of it at the same cell."""
    node = MappingNode(*cell.place)

    def put(key: str, value: Node) -> None:
        node.values[key], node.places[key] = value, cell.place

    if condition.profile:
        put("profile", _texts(cell, condition.profile))
    if condition.criterion is not None:
        put("criterion", text(cell, condition.criterion))
    if condition.values:
        put("in", _texts(cell, condition.values))
    for key, inside in (("all", condition.every), ("any", condition.some)):
        if inside:
            put(key, Sequence(*cell.place, [condition_node(each, cell) for each in inside]))
    return node


def _texts(cell: Cell, texts: Iterable[str]) -> Sequence:
    return Sequence(*cell.place, [text(cell, each) for each in texts])


def _quoted(cell: Cell) -> str:
    plain = " ".join(cell.text.split())
    return f"« {plain if len(plain) <= 40 else plain[:39] + '…'} »"  # noqa: PLR2004
