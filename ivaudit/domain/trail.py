"""What the journal tells people: one line a field changed, with words instead of ids."""

from dataclasses import dataclass
from enum import StrEnum

from ivaudit.domain.trail_words import HOLDING


class Gesture(StrEnum):
    """What kind of gesture changed something, as one filters it; the values are those of the journal."""

    MODIFY = "modifier"
    UNDO = "annuler"
    ERASE = "effacer"
    RECOVER = "reprendre"
    MOVE = "changer de version"
    CONFIRM = "reconfirmer"
    IMPORT = "importer"
    REOPEN = "rouvrir"
    PURGE = "purger"


GESTURE_LABELS = {
    Gesture.MODIFY: "Modification",
    Gesture.UNDO: "Annulation ou rétablissement",
    Gesture.ERASE: "Effacement",
    Gesture.RECOVER: "Reprise",
    Gesture.MOVE: "Nouvelle version de grille",
    Gesture.CONFIRM: "Reconfirmation",
    Gesture.IMPORT: "Import",
    Gesture.REOPEN: "Réouverture",
    Gesture.PURGE: "Purge",
}


def gesture_label(kind: str) -> str:
    """Return what people call a kind of gesture; one of a later version keeps its own word."""
    known = kind in Gesture.__members__.values()
    return GESTURE_LABELS[Gesture(kind)] if known else kind[:1].upper() + kind[1:]


@dataclass(frozen=True, slots=True, kw_only=True)
class TrailFilter:
    """Which lines are wanted; what is empty is any.

    `since` and `until` are UTC, ISO 8601, the first included and the second not; `place` is a place of
    `places`; `entity` is a name in the journal; `words` are searched in what changed, the new value, who
    did it and why.
    """

    since: str = ""
    until: str = ""
    author: str = ""
    gesture: str = ""
    place: str = ""
    entity: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Erased:
    """Who erased a value, when (UTC), and why."""

    by: str
    at: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TrailLine:
    """A field that changed, or a gesture that names others.

    `where` is the structure and the audit, `what` the field in words, `old` and `new` the values in words;
    `erased` is there when the new value is no more, `old_erased` when the old one is no more. `op` and
    `index` name the change, `index` −1 for a gesture without one. `scope`, `entity` and `field` are names in
    the journal; `at` is UTC, ISO 8601.
    """

    op: bytes
    index: int
    at: str
    author: str
    gesture: str
    where: str
    what: str
    old: str
    new: str
    scope: str
    entity: str
    field: str
    reason: str = ""
    erased: Erased | None = None
    old_erased: bool = False

    @property
    def erasable(self) -> bool:
        """Tell whether it holds a typed content that may be erased."""
        return self.index >= 0 and self.erased is None and bool(self.new) and self.field not in HOLDING


@dataclass(frozen=True, slots=True, kw_only=True)
class TrailPage:
    """Some lines, the newest first; `total` is how many gestures there are.

    `left` is how many gestures are still to be looked at: none when it is over.
    """

    lines: tuple[TrailLine, ...]
    left: int
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TrailPlace:
    """A place one may filter by: the register, a structure, an audit."""

    id: str
    label: str
