"""Observation grids: one short sheet repeated over persons, acts, records, documents or interviews."""

from dataclasses import dataclass
from enum import StrEnum

from ivaudit.domain.checklist import Reference


class Row(StrEnum):
    """What one line of the grid is."""

    PERSON = "personne"
    ACT = "acte"
    RECORD = "dossier"
    DOCUMENT = "document"
    INTERVIEW = "entretien"


class ObservedValue(StrEnum):
    """What may be noted of one fact, in the order of the keys."""

    YES = "oui"
    NO = "non"
    NOT_APPLICABLE = "sans_objet"
    REFUSED = "refus"
    NOT_OBSERVED = "non_observe"


@dataclass(frozen=True, slots=True, kw_only=True)
class NotObserved:
    """A reason for not observing a person or an act that was there."""

    id: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ContextColumn:
    """A column that is noted and not rated: a choice from a closed list, never free text."""

    id: str
    label: str
    choices: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ObservedItem:
    """One fact seen, affirmative: « Oui » is always the good practice.

    `values` are those that may be noted; a « Non » to an item that `stops` is dealt with at once, before the
    next line; `criteria` are the ids of the criteria that it informs.
    """

    id: str
    question: str
    help: str
    values: tuple[ObservedValue, ...]
    stops: bool = False
    criteria: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ObservationGrid:
    """A published observation grid.

    `target` is the number of lines wanted: when fewer are present, all of them. `stance` tells how to stand,
    `words` what to say first. `places` and `interlocutors` are keys of the vocabulary.
    """

    id: str
    version: str
    title: str
    summary: str
    licence: str
    authors: tuple[str, ...]
    published: str
    row: Row
    target: int
    target_note: str
    period: str
    places: tuple[str, ...]
    interlocutors: tuple[str, ...]
    inclusion: tuple[str, ...]
    exclusion: tuple[str, ...]
    stance: str
    words: str
    not_observed: tuple[NotObserved, ...]
    context: tuple[ContextColumn, ...] = ()
    items: tuple[ObservedItem, ...]
    references: tuple[Reference, ...]

    @property
    def criteria(self) -> frozenset[str]:
        """Return the ids of the criteria that its items inform."""
        return frozenset(criterion for item in self.items for criterion in item.criteria)
