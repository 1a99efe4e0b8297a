"""What two copies say differently of one field, with what both started from."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from ivaudit.domain.audit import STRUCTURE
from ivaudit.domain.journal import Json


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One of the values a field has: who gave it, when (UTC, ISO 8601), and the change it is.

    `absent` tells that the value was erased, or was left out of the bundle it came in.
    """

    change: bytes
    author: str
    at: str
    value: Json
    absent: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """A field with several values.

    Attributes:
        entity: where it stands.
        field: its name.
        sides: its values, the one shown meanwhile last.
        base: what all of them started from; `None` also where there was nothing.
    """

    entity: str
    field: str
    sides: tuple[Side, ...]
    base: Json = None

    @property
    def id(self) -> str:
        """Return what tells it apart."""
        return f"{self.entity} {self.field}"

    @property
    def about_structure(self) -> bool:
        """Tell whether it is an answer for the whole structure: those are to be settled first."""
        kind, _, rest = self.entity.partition(":")
        return kind == "answer" and rest.split("/")[1:2] == [STRUCTURE]

    @property
    def texts(self) -> bool:
        """Tell whether every value is a text that can be kept beside the others."""
        return self.field in KEPT_TOGETHER and all(isinstance(side.value, str) for side in self.sides)


KEPT_TOGETHER = frozenset(
    {"constat", "note", "appreciation", "text", "recommendation", "caption", "progress", "what", "result"}
)
"""Fields whose texts may follow one another."""

_JOIN = "\n\n"


class Choice(StrEnum):
    """How a disagreement is settled without keeping one of its values alone."""

    BOTH = "les deux"
    BASE = "avant"
    OTHER = "autre"


@dataclass(frozen=True, slots=True)
class Kept:
    """One of the values is kept: it is named by the change it is, as its rank among the others may change."""

    change: bytes


Settling: TypeAlias = Kept | Choice
"""What is kept of a disagreement."""


def in_order(conflicts: Iterable[Conflict]) -> tuple[Conflict, ...]:
    """Return conflicts as a team settles them: answers for the structure first, then by place."""
    return tuple(sorted(conflicts, key=lambda each: (not each.about_structure, each.entity, each.field)))


def settled(conflict: Conflict, choice: Settling, other: Json = None) -> Json:
    """Return the value that a choice gives a field.

    Args:
        conflict: the field.
        choice: what was chosen.
        other: the value, where none of those there is taken.

    Raises:
        LookupError: the value to keep is not, or no more, one of them.
        ValueError: both, or another text, are wanted and they are no texts.
    """
    match choice:
        case Kept(change):
            return _side(conflict, change).value
        case Choice.BASE:
            return conflict.base
        case _ if not conflict.texts:
            raise ValueError(conflict.field)
        case Choice.OTHER:
            return other
        case Choice.BOTH:
            return joined([str(side.value) for side in conflict.sides])


def _side(conflict: Conflict, change: bytes) -> Side:
    for side in conflict.sides:
        if side.change == change:
            return side
    raise LookupError(conflict.field)


def joined(texts: Sequence[str]) -> str:
    """Return texts one after the other, each once, none that another holds already."""
    kept: list[str] = []
    for text in filter(None, (each.strip() for each in texts)):
        if not any(text in other for other in kept):
            kept = [each for each in kept if each not in text]
            kept.append(text)
    return _JOIN.join(kept)
