"""Which structures are expected to call INSi in a month: frozen, or a rate would move when FINESS moves."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from ivaudit.domain.months import first_day, last_day
from ivaudit.domain.wording import folded

_CODE = re.compile(r"\s*(\d{2,4}|\d[a-b]|9[a-j])\b", re.IGNORECASE)


class Outside(StrEnum):
    """Why a structure that is listed does not count in a month."""

    CATEGORY = "catégorie hors du périmètre"
    DEPARTMENT = "département hors du périmètre"
    NOT_YET = "pas encore ouverte"
    CLOSED = "fermée"
    EXCLUDED = "exclue"


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """A structure of the list; `opened` and `closed` are days in ISO 8601, empty when not known."""

    finess: str
    name: str
    department: str = ""
    category: str = ""
    opened: str = ""
    closed: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Perimeter:
    """The perimeter of a month.

    `month` is the one it was frozen for; empty `categories` or `departments` keep all of them; `exclusions`
    gives the reason for each structure set aside by its FINESS number.
    """

    month: str
    structures: tuple[Expected, ...]
    categories: tuple[str, ...] = ()
    departments: tuple[str, ...] = ()
    exclusions: Mapping[str, str]
    conflict: bool = False

    def outside(self, structure: Expected, month: str) -> Outside | None:
        """Return why a structure of the list does not count in a month, nothing when it counts.

        Open one day of the month is open that month.
        """
        if structure.finess in self.exclusions:
            return Outside.EXCLUDED
        if not _kept(structure.category, self.categories):
            return Outside.CATEGORY
        if not _kept(structure.department, self.departments):
            return Outside.DEPARTMENT
        if structure.opened and structure.opened > last_day(month).isoformat():
            return Outside.NOT_YET
        if structure.closed and structure.closed < first_day(month).isoformat():
            return Outside.CLOSED
        return None

    def counted(self, month: str) -> tuple[Expected, ...]:
        """Return the structures that count in a month."""
        return tuple(each for each in self.structures if self.outside(each, month) is None)


def code_of(label: str) -> str:
    """Return what two ways of writing a category or a department have in common: its code, else its words.

    «500 - EHPAD», «500» and «[500] Ehpad» are one category.
    """
    plain = folded(label).lstrip("[( ")
    found = _CODE.match(plain)
    return found[1] if found else plain


def in_force(perimeters: Iterable[Perimeter], month: str) -> Perimeter | None:
    """Return the perimeter of a month, or the last one frozen before it, or the first there is."""
    listed = sorted(perimeters, key=lambda each: each.month)
    earlier = [each for each in listed if each.month <= month]
    return earlier[-1] if earlier else listed[0] if listed else None


def together(*lists: Sequence[Expected]) -> tuple[Expected, ...]:
    """Return several lists as one, by FINESS number: what an earlier list leaves empty, a later one fills."""
    found: dict[str, Expected] = {}
    for each in (structure for listed in lists for structure in listed):
        known = found.get(each.finess)
        found[each.finess] = each if known is None else _filled(known, each)
    return tuple(found[finess] for finess in sorted(found))


def _filled(known: Expected, other: Expected) -> Expected:
    return Expected(
        finess=known.finess,
        name=known.name or other.name,
        department=known.department or other.department,
        category=known.category or other.category,
        opened=known.opened or other.opened,
        closed=known.closed or other.closed,
    )


def _kept(label: str, wanted: Sequence[str]) -> bool:
    return not wanted or code_of(label) in {code_of(each) for each in wanted}
