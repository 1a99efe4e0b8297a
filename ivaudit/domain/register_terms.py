"""The words and the thresholds of the register, as content: an expert may change them."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from ivaudit.domain.checklist import Term


class TypeFamily(StrEnum):
    """Where the error was made: at the desk and in the identity base, or at the act and in the record."""

    PRIMARY = "primaire"
    SECONDARY = "secondaire"


@dataclass(frozen=True, slots=True, kw_only=True)
class AnomalyType:
    """A type of anomaly. `step` is the key of the step of the pathway where it usually happens."""

    id: str
    label: str
    help: str = ""
    family: TypeFamily
    step: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Threshold:
    """A class of counts, of criticality or of days, from a whole number on; the first one starts lowest."""

    rank: int
    start: int
    label: str


@dataclass(frozen=True, kw_only=True)
class RegisterTerms:
    """The closed lists of the register and its thresholds, which `chosen_by` chose: no national value.

    `harms` are the levels of severity, 0 (sans atteinte) to 5; `frequency` counts anomalies of one type over
    twelve months; `criticality` is potential severity × rank of frequency; `delays` are days of the team's
    own. An entry is serious from `serious_from` on, or from `serious_potential_from` on. Entries that look
    alike are at most `similar_days` apart.
    """

    id: str
    version: str
    title: str
    licence: str
    authors: tuple[str, ...]
    published: str
    note: str
    chosen_by: str
    serious_from: int
    serious_potential_from: int
    similar_days: int
    frequency: tuple[Threshold, ...]
    criticality: tuple[Threshold, ...]
    delays: tuple[Threshold, ...]
    types: tuple[AnomalyType, ...]
    errors: tuple[Term, ...]
    traits: tuple[Term, ...]
    statuses: tuple[Term, ...]
    steps: tuple[Term, ...]
    channels: tuple[Term, ...]
    functions: tuple[Term, ...]
    applications: tuple[Term, ...]
    recipients: tuple[Term, ...]
    vigilances: tuple[Term, ...]
    causes: tuple[Term, ...]
    harms: tuple[Term, ...]
    potentials: tuple[Term, ...]
    states: tuple[Term, ...]
    awaited: tuple[Term, ...]
    roles: tuple[Term, ...]
    natures: tuple[Term, ...]
    answers: tuple[Term, ...]

    @cached_property
    def by_type(self) -> dict[str, AnomalyType]:
        """Return the types by their code."""
        return {each.id: each for each in self.types}

    @cached_property
    def _keys(self) -> dict[str, tuple[str, ...]]:
        return {}

    def keys(self, family: str) -> tuple[str, ...]:
        """Return the keys of a family («traits»…), in order."""
        found = self._keys.get(family)
        if found is None:
            terms: Sequence[Term | AnomalyType] = getattr(self, family)
            found = self._keys.setdefault(family, tuple(term.id for term in terms))
        return found

    def label(self, family: str, key: str) -> str:
        """Return the label of `key` in a family («traits»…), or the key itself."""
        terms: Sequence[Term | AnomalyType] = getattr(self, family)
        return next((term.label for term in terms if term.id == key), key)

    def type_label(self, key: str) -> str:
        """Return a type as people read it: «P01 – Doublon potentiel», or the key itself."""
        found = self.by_type.get(key)
        return f"{key} – {found.label}" if found else key

    def family(self, key: str) -> TypeFamily | None:
        """Return the family of a type, nothing for a code that is not known."""
        found = self.by_type.get(key)
        return found.family if found else None


def reached(classes: Sequence[Threshold], value: int) -> Threshold | None:
    """Return the highest class that a value reaches, nothing below the first."""
    return next((each for each in reversed(classes) if value >= each.start), None)
