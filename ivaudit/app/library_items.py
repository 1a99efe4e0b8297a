"""Everything published as one list: what each thing holds, what is searched in it, what concerns what."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import TypeAlias

from ivaudit.domain.adaptation import Adaptation
from ivaudit.domain.adapted import AppliedAdaptation
from ivaudit.domain.cases import Cases
from ivaudit.domain.checklist import Checklist, Confidence, Vocabulary
from ivaudit.domain.fiche import Fiche
from ivaudit.domain.found_codes import Found, PlacedCode
from ivaudit.domain.glossary import Glossary
from ivaudit.domain.observation import ObservationGrid
from ivaudit.domain.rules import Rules
from ivaudit.domain.wording import folded

Value: TypeAlias = Checklist | ObservationGrid | Fiche | Cases | Glossary | Rules | Adaptation


class Shelf(StrEnum):
    """The kinds of published things, in the order they are listed; the value is the title of the group."""

    CHECKLIST = "Grilles d'exigences"
    VISIT = "Grilles de visite"
    OBSERVATION = "Grilles d'observation"
    FICHE = "Fiches réflexes"
    CASES = "Cas pratiques"
    GLOSSARY = "Glossaire"
    RULES = "Règles des volets"
    ADAPTATION = "Adaptations locales"


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A part that one can go to: a point, an observed item, a step, a case, a word.

    `anchor` is its id, empty for the presentation of the whole; `part` the title it stands under; `words`
    its texts, folded for searching.
    """

    item: str
    anchor: str
    number: str
    title: str
    part: str = ""
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One published thing.

    `extent` says how much it holds («78 critères»); `sources` counts what it holds by how sure it is;
    `local` tells what this person added from what is shipped.
    """

    id: str
    shelf: Shelf
    title: str
    edition: str
    version: str
    published: str
    extent: str
    critical: int
    sources: Mapping[Confidence, int]
    value: Value
    passages: tuple[Passage, ...]
    local: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalogue:
    """Every item, with what is found in it; `refused` says why local files are set aside.

    `found` are the codes read in the official volumes, by rule; `codes` are the same by criterion;
    `applied` says what each local adaptation does, by checklist.
    """

    items: tuple[Item, ...]
    vocabulary: Vocabulary
    refused: tuple[str, ...] = ()
    found: Found = field(default_factory=dict)
    codes: Mapping[str, tuple[PlacedCode, ...]] = field(default_factory=dict)
    applied: Mapping[str, tuple[AppliedAdaptation, ...]] = field(default_factory=dict)

    def item(self, id: str) -> Item | None:  # noqa: A002 - ids are called ids here
        """Return the item of that id, or nothing."""
        return next((item for item in self.items if item.id == id), None)

    def passage(self, item: str, anchor: str) -> Passage | None:
        """Return a part of an item, or nothing."""
        found = self.item(item)
        return next((each for each in found.passages if each.anchor == anchor), None) if found else None


class Finder:
    """What is looked for in a catalogue: words, and what concerns a criterion. Built once."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue

    def find(self, text: str) -> tuple[Passage, ...]:
        """Return the parts that hold every word, in order.

        A criterion that several checklists ask is found once, where it is published.
        """
        words = folded(text).split()
        if not words:
            return ()
        return tuple(each for each in self._searched if all(word in each.words for word in words))

    def concerning(self, criterion: str) -> tuple[Passage, ...]:
        """Return the fiches, observed items and cases that concern a criterion, in order."""
        return tuple(self._concerning.get(criterion, ()))

    def asked(self, criterion: str) -> tuple[Passage, ...]:
        """Return the points of checklists that ask a criterion."""
        return tuple(self._asked.get(criterion, ()))

    @cached_property
    def _searched(self) -> tuple[Passage, ...]:
        seen: set[str] = set()
        kept = []
        for item in self.catalogue.items:
            for passage in item.passages:
                shared = isinstance(item.value, Checklist) and passage.anchor
                if shared and passage.anchor in seen:
                    continue
                if shared:
                    seen.add(passage.anchor)
                kept.append(passage)
        return tuple(kept)

    @cached_property
    def _asked(self) -> dict[str, list[Passage]]:
        found: dict[str, list[Passage]] = {}
        for item in self.catalogue.items:
            if isinstance(item.value, Checklist):
                for passage in item.passages:
                    found.setdefault(passage.anchor, []).append(passage)
        return found

    @cached_property
    def _concerning(self) -> dict[str, list[Passage]]:
        found: dict[str, list[Passage]] = {}
        for item in self.catalogue.items:
            of = {passage.anchor: passage for passage in item.passages}
            for anchor, criteria in _criteria(item.value):
                for criterion in criteria:
                    found.setdefault(criterion, []).append(of[anchor])
        return found


def _criteria(value: Value) -> Iterable[tuple[str, Sequence[str]]]:
    """Yield the parts of a value that concern criteria, with the ids of these."""
    match value:
        case Fiche():
            yield "", value.criteria
        case ObservationGrid():
            yield from ((item.id, item.criteria) for item in value.items)
        case Cases():
            yield from ((case.id, case.criteria) for case in value.cases)
