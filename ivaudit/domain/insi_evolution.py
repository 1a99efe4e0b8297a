"""How INSi usage evolves month after month; a month that was not received stays empty, never zero."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ivaudit.domain.insi import BOTH, Channel
from ivaudit.domain.insi_follow_up import Link
from ivaudit.domain.insi_perimeter import Perimeter, in_force
from ivaudit.domain.months import said, shifted

READING = (
    "Dans une structure d'hébergement, beaucoup d'appels tant que les identités se qualifient, puis moins : "
    "c'est normal une fois les identités qualifiées. Une baisse se lit avec le taux d'identités qualifiées "
    "déclaré, à côté ; elle n'est pas un échec."
)
"""How a fall is to be read (context.md and the regional minutes of March 2023)."""

UNIQUE = (
    "Les utilisateurs uniques valent pour un mois, un fichier, une structure : ils ne s'additionnent pas."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthFigures:
    """What the files of a month say: who called, and the sums of what can be added."""

    month: str
    channels: frozenset[Channel]
    callers: frozenset[str]
    calls: int
    retrievals: int
    checks: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthPoint:
    """One month of the evolution.

    `expected` structures of the perimeter, of which `called` under their own number and `via` under another;
    nothing where no perimeter is defined. `received` is empty where no file of the month was imported: the
    figures then mean nothing.
    """

    month: str
    received: frozenset[Channel]
    expected: int | None
    called: int
    via: int
    calls: int
    retrievals: int
    checks: int

    @property
    def whole(self) -> bool:
        """Tell whether both files were received."""
        return self.received >= BOTH

    @property
    def percent(self) -> int | None:
        """Return the share of the perimeter that called, in whole points, half up; nothing when unsure."""
        if not self.whole or not self.expected:
            return None
        return (200 * (self.called + self.via) + self.expected) // (2 * self.expected)


@dataclass(frozen=True, slots=True, kw_only=True)
class Evolution:
    """Months in order, none left out."""

    months: tuple[MonthPoint, ...]


def evolve(
    found: Iterable[MonthFigures],
    first: str,
    last: str,
    perimeters: Sequence[Perimeter],
    links: Sequence[Link],
) -> Evolution:
    """Return every month from the first to the last.

    Args:
        found: the months received.
        first: «2026-01».
        last: «2026-09».
        perimeters: those frozen; each month has the one in force.
        links: who calls under another number.
    """
    known = {each.month: each for each in found}
    points = []
    month = last
    while month >= first:
        points.append(_point(month, known.get(month), in_force(perimeters, month), links))
        month = shifted(month, -1)
    return Evolution(months=tuple(reversed(points)))


def _point(
    month: str, found: MonthFigures | None, perimeter: Perimeter | None, links: Sequence[Link]
) -> MonthPoint:
    expected = {each.finess for each in perimeter.counted(month)} if perimeter is not None else None
    callers = found.callers if found is not None else frozenset()
    called = callers & expected if expected is not None else callers
    via = {
        link.finess
        for link in links
        if link.holds(month) and link.target in callers and link.finess not in callers
    }
    return MonthPoint(
        month=month,
        received=found.channels if found is not None else frozenset(),
        expected=len(expected) if expected is not None else None,
        called=len(called),
        via=len(via & expected) if expected is not None else 0,
        calls=found.calls if found is not None else 0,
        retrievals=found.retrievals if found is not None else 0,
        checks=found.checks if found is not None else 0,
    )


def described(evolution: Evolution) -> str:
    """Return what the evolution shows, in words, for those who do not see the chart."""
    return " ; ".join(map(_said, evolution.months))


def _said(point: MonthPoint) -> str:
    month = said(point.month)
    if not point.received:
        return f"{month} : non reçu"
    share = "" if point.percent is None else f", {point.percent} % du périmètre"
    half = "" if point.whole else ", un seul fichier reçu"
    return f"{month} : {point.retrievals} récupérations, {point.checks} vérifications{share}{half}"
