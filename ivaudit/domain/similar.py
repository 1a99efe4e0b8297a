"""Entries that look alike: the same reference, or the same type, unit and software a few days apart."""

from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from ivaudit.domain.anomalies import Entry, Nature
from ivaudit.domain.wording import folded


class Likeness(StrEnum):
    """Why two entries look alike."""

    REFERENCE = "même référence"
    CIRCUMSTANCES = "même type, même unité, même logiciel, à quelques jours près"


@dataclass(frozen=True, slots=True, kw_only=True)
class Alike:
    """What an entry is compared by; texts are folded, `found` is a local day, `AAAA-MM-JJ`."""

    id: str
    facility: str = ""
    type: str = ""
    unit: str = ""
    application: str = ""
    found: str = ""
    references: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Resemblance:
    """An entry that looks like the one asked about, and why."""

    id: str
    reasons: tuple[Likeness, ...]


def alike(entry: Entry) -> Alike:
    """Return what an entry is compared by; a room is no reference of a person."""
    given = (each for each in entry.references if each.nature is not Nature.ROOM)
    return Alike(
        id=entry.id,
        facility=entry.facility,
        type=entry.type,
        unit=folded(entry.unit),
        application=folded(entry.application),
        found=entry.found,
        references=frozenset(filter(None, (folded(each.value) for each in given))),
    )


class Lookalikes:
    """An index of entries: those that look like one are found without going through all of them.

    Structures never mix: a local number means nothing elsewhere. Without a unit nor a software, type and day
    alone say too little.
    """

    def __init__(self, known: Iterable[Alike], days: int) -> None:
        self._days = timedelta(days=days)
        self._references: dict[tuple[str, str], list[str]] = {}
        self._places: dict[tuple[str, ...], list[tuple[str, str]]] = {}
        for each in known:
            self.add(each)

    def add(self, entry: Alike) -> None:
        """Take one more entry in."""
        for reference in entry.references:
            self._references.setdefault((entry.facility, reference), []).append(entry.id)
        if _placed(entry):
            insort(self._places.setdefault(_place(entry), []), (entry.found, entry.id))

    def of(self, entry: Alike) -> tuple[Resemblance, ...]:
        """Return the entries that look like one, itself left out, by id."""
        found: dict[str, list[Likeness]] = {}
        for reference in sorted(entry.references):
            for key in self._references.get((entry.facility, reference), ()):
                _say(found, key, Likeness.REFERENCE)
        for key in self._near(entry):
            _say(found, key, Likeness.CIRCUMSTANCES)
        found.pop(entry.id, None)
        return tuple(Resemblance(id=key, reasons=tuple(why)) for key, why in sorted(found.items()))

    def _near(self, entry: Alike) -> list[str]:
        if not _placed(entry):
            return []
        day, days = date.fromisoformat(entry.found), self._places.get(_place(entry), [])
        start = bisect_left(days, ((day - self._days).isoformat(), ""))
        end = bisect_right(days, ((day + self._days).isoformat(), "\uffff"))
        return [key for _, key in days[start:end]]


def _placed(entry: Alike) -> bool:
    return bool(entry.type and entry.found and (entry.unit or entry.application))


def _place(entry: Alike) -> tuple[str, ...]:
    return (entry.facility, entry.type, entry.unit, entry.application)


def _say(found: dict[str, list[Likeness]], key: str, why: Likeness) -> None:
    reasons = found.setdefault(key, [])
    if why not in reasons:
        reasons.append(why)
