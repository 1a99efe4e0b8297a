"""Indicators as they are defined: what is counted, over what, how often, and which way is good."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from ivaudit.domain.anomalies import EntryKind
from ivaudit.domain.checklist import Confidence
from ivaudit.domain.months import Rhythm


class Nature(StrEnum):
    """What a reading is a picture of; the three are never treated alike.

    A stock counts the same persons month after month, a flow what happened in the period, a sample some of
    what there was to see.
    """

    STOCK = "stock"
    FLOW = "flux"
    SAMPLE = "échantillon"


class Measure(StrEnum):
    """What numerator and denominator make: a share of one whole, a ratio of two counts, a mean."""

    SHARE = "part"
    RATIO = "rapport"
    MEAN = "moyenne"


class Unit(StrEnum):
    """What a value is told in."""

    PERCENT = "%"
    PER_THOUSAND = "‰"
    DAYS = "jours"

    @property
    def scale(self) -> int:
        """Return by how much numerator over denominator is multiplied."""
        return {Unit.PERCENT: 100, Unit.PER_THOUSAND: 1000}.get(self, 1)


class Direction(StrEnum):
    """Which way is good; with the last two no rise and no fall is ever shown as bad."""

    UP = "hausse favorable"
    DOWN = "baisse favorable"
    WATCHED = "à surveiller"
    NONE = "sans sens favorable"

    @property
    def aims(self) -> bool:
        """Tell whether a structure may set itself a target."""
        return self in {Direction.UP, Direction.DOWN}


class Counted(StrEnum):
    """What this program can count by itself."""

    OBSERVATIONS = "observations"
    ACTIONS = "actions échues"
    CASES = "registre : cas"
    DELAYS = "registre : délais"
    REVIEWS = "registre : retours d'expérience"

    @property
    def in_register(self) -> bool:
        """Tell whether entries of the register are counted."""
        return self in {Counted.CASES, Counted.DELAYS, Counted.REVIEWS}


@dataclass(frozen=True, slots=True, kw_only=True)
class ObservedFacts:
    """Facts of an observation grid that must all be « Oui » for a line to count."""

    grid: str
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Computation:
    """How an indicator is computed here: what is counted, and over what.

    `facts` are for observations; `entries` are the kinds of entries of the register that count, `types` their
    types, any when there are none.
    """

    counts: Counted
    facts: tuple[ObservedFacts, ...] = ()
    entries: tuple[EntryKind, ...] = ()
    types: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator:
    """One indicator.

    `excluded` names those of the denominator without whom the value is published as well, empty where there
    are none; `active_file` tells that the denominator is the «file active», defined by setting; `aim` is what
    is usually aimed at, in words and without national value; `rare` events are told by the days since the
    last one, `event` naming one of them.
    """

    id: str
    title: str
    nature: Nature
    measure: Measure
    unit: Unit
    rhythm: Rhythm
    direction: Direction
    numerator: str
    denominator: str
    excluded: str = ""
    active_file: bool = False
    aim: str
    note: str = ""
    report: str
    rare: bool = False
    event: str = ""
    computed: Computation | None = None
    origin: str
    confidence: Confidence


@dataclass(frozen=True, slots=True, kw_only=True)
class ActiveFile:
    """What «file active» means in some settings, by id; without settings, in all the others."""

    settings: tuple[str, ...] = ()
    definition: str


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorSet:
    """A published set of indicators.

    `small` is the denominator under which a value is said to rest on few cases, chosen by `chosen_by`.
    """

    id: str
    version: str
    title: str
    summary: str
    licence: str
    authors: tuple[str, ...]
    published: str
    chosen_by: str
    small: int
    active_files: tuple[ActiveFile, ...]
    indicators: tuple[Indicator, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalogue:
    """Every indicator of every set, shipped ones first."""

    indicators: tuple[Indicator, ...] = ()
    active_files: tuple[ActiveFile, ...] = ()
    small: int = 0

    def get(self, key: str) -> Indicator | None:
        """Return an indicator by its id, or nothing."""
        return next((each for each in self.indicators if each.id == key), None)

    def active_file(self, setting: str) -> str:
        """Return what «file active» means in a setting, empty when nobody said."""
        named = (each for each in self.active_files if setting and setting in each.settings)
        others = (each for each in self.active_files if not each.settings)
        found = next(named, None) or next(others, None)
        return found.definition if found else ""


def gathered(sets: Iterable[IndicatorSet]) -> Catalogue:
    """Return the indicators of several sets; the first set decides what a small denominator is."""
    every = tuple(sets)
    return Catalogue(
        indicators=tuple(each for one in every for each in one.indicators),
        active_files=tuple(each for one in every for each in one.active_files),
        small=every[0].small if every else 0,
    )
