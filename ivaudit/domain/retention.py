"""How long what may identify somebody is kept once its use is over; nothing is ever purged by default."""

import calendar
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Held(StrEnum):
    """What has a duration of its own; the values are those of the settings."""

    REFERENCES = "references"
    NOTES = "notes"
    PERSONS = "personnes"
    EVIDENCE = "preuves"
    DRAFTS = "brouillons"


@dataclass(frozen=True, slots=True, kw_only=True)
class RetentionKind:
    """A kind of data: what it is, when its time begins, what stays, and a duration to discuss, in months."""

    id: Held
    label: str
    begins: str
    goes: str
    stays: str
    proposed: int
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RetentionProposals:
    """The published proposals; `notice` says who decides."""

    id: str
    version: str
    title: str
    licence: str
    notice: str
    kinds: tuple[RetentionKind, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """Something whose time is over: where it is, what it is, since when (local day), how many values go."""

    held: Held
    where: str
    what: str
    closed: str
    amount: int
    places: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PurgePlan:
    """What a purge would take away on a day, with the durations it follows; nothing is done yet."""

    day: str
    months: tuple[tuple[Held, int], ...]
    due: tuple[Due, ...]

    def amount(self, held: Held | None = None) -> int:
        """Return how many values go, of a kind or of all."""
        return sum(each.amount for each in self.due if held in {None, each.held})


def months_before(day: date, months: int) -> date:
    """Return the day so many months before, or the last of its month where there is none."""
    rank = day.year * 12 + day.month - 1 - months
    year, month = divmod(rank, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))


def over(closed: str, day: date, months: int) -> bool:
    """Tell whether what was closed on a local day, `AAAA-MM-JJ`, is past its months; none is for ever."""
    return bool(months and closed) and closed[:10] <= months_before(day, months).isoformat()
