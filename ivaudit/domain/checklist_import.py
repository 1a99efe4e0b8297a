"""What a workbook would bring into the library: looked at before anything is written."""

from dataclasses import dataclass
from enum import StrEnum

from ivaudit.domain.sheet_problems import SheetProblem, blocking


class Model(StrEnum):
    """How a workbook says a checklist."""

    OURS = "ivaudit"
    TWO_SHEETS = "autodiag"


class ChangeKind(StrEnum):
    """What becomes of a criterion."""

    NEW = "nouveau"
    CHANGED = "modifié"
    REMOVED = "retiré"


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldChange:
    """A field whose text changes."""

    title: str
    old: str
    new: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CriterionChange:
    """A criterion that comes, changes or goes; `was` is its former id when it takes another."""

    kind: ChangeKind
    id: str
    was: str = ""
    question: str
    fields: tuple[FieldChange, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ComingFile:
    """A file to write in the local folder; `place` is below that folder."""

    place: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Examined:
    """A workbook looked at.

    `compared` names the checklist the changes are told against, empty when it is a new one; `shared` counts
    the criteria taken over from other checklists; `notes` are sentences to be known before accepting; `files`
    is what accepting writes, nothing while a problem prevents it; `replaces` tells that a local checklist of
    that id gives way.
    """

    model: Model
    id: str
    version: str
    title: str
    points: int = 0
    shared: int = 0
    compared: str = ""
    replaces: bool = False
    problems: tuple[SheetProblem, ...] = ()
    header: tuple[FieldChange, ...] = ()
    changes: tuple[CriterionChange, ...] = ()
    unchanged: int = 0
    notes: tuple[str, ...] = ()
    files: tuple[ComingFile, ...] = ()

    @property
    def ready(self) -> bool:
        """Tell whether it may be accepted."""
        return bool(self.files) and not blocking(self.problems)

    @property
    def identical(self) -> bool:
        """Tell whether it would change nothing."""
        return bool(self.compared) and not (self.header or self.changes)

    def count(self, kind: ChangeKind) -> int:
        """Return how many criteria come, change or go."""
        return sum(each.kind is kind for each in self.changes)
