"""Observation campaigns: one grid filled line by line, and what the lines say together."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from ivaudit.domain.observation import ObservationGrid, ObservedItem, ObservedValue, Row
from ivaudit.domain.sampling import Counts, Interval, interval


class Draw(StrEnum):
    """How the lines were chosen."""

    EXHAUSTIVE = "exhaustif"
    RANDOM = "aléatoire"
    CONVENIENCE = "convenance"


@dataclass(frozen=True, slots=True, kw_only=True)
class Campaign:
    """A grid filled in a structure over a period, within an audit or not.

    `grid` is (id, version, SHA-256) of the frozen definition; `start` and `end` are local days, `AAAA-MM-JJ`;
    `observers` are functions, never names; `present` is how many there were to observe, by unit, under the
    empty name when units are not told apart.
    """

    id: str
    facility: str
    audit: str = ""
    grid: tuple[str, str, str]
    title: str
    start: str = ""
    end: str = ""
    units: tuple[str, ...] = ()
    observers: tuple[str, ...] = ()
    present: Mapping[str, int] = field(default_factory=dict)
    draw: Draw = Draw.CONVENIENCE

    def population(self, units: Iterable[str] = ()) -> int | None:
        """Return how many were present in all; nothing when nobody counted, or not everywhere.

        Args:
            units: where lines were noted, beside the units of the campaign: each must have been counted.
        """
        if "" in self.present:
            return self.present[""] or None
        if not {*self.units, *units} <= set(self.present):
            return None
        return sum(self.present.values()) or None


@dataclass(frozen=True, slots=True, kw_only=True)
class ObservedRow:
    """One line: a person, an act, a record… told by its number, never by an identity.

    `professional` is a mark («P1») that tells apart those observed; `reason` is the id of a reason for not
    observing, empty when it was observed; `context` and `values` are by column and item id.
    """

    id: str
    number: int
    unit: str = ""
    date: str = ""
    time: str = ""
    professional: str = ""
    reason: str = ""
    context: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, ObservedValue] = field(default_factory=dict)

    @property
    def empty(self) -> bool:
        """Tell whether nothing was noted on it yet."""
        return not (self.values or self.reason)


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemResult:
    """What was found of one fact: counts, and the interval of its rate where there is one to give."""

    item: ObservedItem
    counts: Counts
    interval: Interval | None


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitResult:
    """What was found in one unit."""

    unit: str
    rows: int
    items: tuple[ItemResult, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CampaignResult:
    """What the lines say together.

    `observed` lines were filled, `reasons` count the others by reason; `population` is how many there were to
    observe, when it is known; `wanted` is the target, fewer when fewer were present; `remarks` are the
    sentences that keep figures from being overread.
    """

    observed: int
    population: int | None
    wanted: int
    reasons: Mapping[str, int]
    professionals: int
    items: tuple[ItemResult, ...]
    units: tuple[UnitResult, ...]
    remarks: tuple[str, ...]

    @property
    def census(self) -> bool:
        """Tell whether everything there was to see was seen."""
        return self.population is not None and self.observed >= self.population


def campaign_result(campaign: Campaign, grid: ObservationGrid, rows: Sequence[ObservedRow]) -> CampaignResult:
    """Return what the lines of a campaign say together, per unit and pooled by adding counts."""
    filled = [row for row in rows if not row.empty]
    observed = [row for row in filled if not row.reason]
    names = tuple(dict.fromkeys(row.unit for row in filled))
    population = _population(campaign, filled)
    parts = names if len(names) > 1 else ()
    units = tuple(_unit(campaign, grid, name, filled, population) for name in parts)
    professionals = {row.professional for row in observed if row.professional}
    return CampaignResult(
        observed=len(observed),
        population=population,
        wanted=min(grid.target, population) if population else grid.target,
        reasons=Counter(row.reason for row in filled if row.reason),
        professionals=len(professionals),
        items=_items(grid, filled, population),
        units=units,
        remarks=tuple(_remarks(campaign, grid, observed, len(units), len(professionals))),
    )


def counts_of(item: ObservedItem, rows: Iterable[ObservedRow]) -> Counts:
    """Return what some lines note of one fact; a line that was not observed counts as such."""
    noted = Counter(_noted(item, row) for row in rows)
    return Counts(
        yes=noted[ObservedValue.YES],
        no=noted[ObservedValue.NO],
        not_applicable=noted[ObservedValue.NOT_APPLICABLE],
        refused=noted[ObservedValue.REFUSED],
        not_observed=noted[ObservedValue.NOT_OBSERVED],
    )


def _noted(item: ObservedItem, row: ObservedRow) -> ObservedValue | None:
    return ObservedValue.NOT_OBSERVED if row.reason else row.values.get(item.id)


def _unit(
    campaign: Campaign, grid: ObservationGrid, unit: str, rows: Sequence[ObservedRow], whole: int | None
) -> UnitResult:
    """Return what was found in a unit; `whole` is how many there were to observe in all units."""
    inside = [row for row in rows if row.unit == unit]
    observed = sum(not row.reason for row in inside)
    counted = campaign.present.get(unit) if unit else None
    if counted:
        population: int | None = max(counted, len(inside))
    else:
        population = len(inside) if whole is not None and len(rows) >= whole else None
    return UnitResult(unit=unit, rows=observed, items=_items(grid, inside, population))


def _items(
    grid: ObservationGrid, rows: Sequence[ObservedRow], population: int | None
) -> tuple[ItemResult, ...]:
    found = ((item, counts_of(item, rows)) for item in grid.items)
    return tuple(
        ItemResult(item=item, counts=counts, interval=interval(counts, population)) for item, counts in found
    )


def _population(campaign: Campaign, rows: Sequence[ObservedRow]) -> int | None:
    """Return how many there were to observe: as counted, or every line where all were taken."""
    counted = campaign.population(row.unit for row in rows)
    if counted is not None:
        return max(counted, len(rows))
    return len(rows) if campaign.draw is Draw.EXHAUSTIVE and rows else None


def _remarks(
    campaign: Campaign,
    grid: ObservationGrid,
    observed: Sequence[ObservedRow],
    units: int,
    professionals: int,
) -> Iterable[str]:
    if campaign.draw is Draw.CONVENIENCE:
        yield "Échantillon de convenance : les taux décrivent ce qui a été vu, pas toute la structure."
    if units > 1:
        yield "Cumul des observations, non pondéré par la taille des unités."
    if grid.row is Row.ACT and 0 < professionals < len(observed):
        yield (
            f"{len(observed)} actes de {professionals} professionnel{'s' if professionals > 1 else ''} : "
            "les actes d'une même personne se ressemblent, l'intervalle est donc trop étroit."
        )
