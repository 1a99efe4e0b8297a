"""Months as `AAAA-MM`, and the periods that end in one of them."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from enum import StrEnum

from ivaudit.domain.wording import folded

_NAMES = (
    "janvier", "février", "mars", "avril", "mai", "juin",
    "juillet", "août", "septembre", "octobre", "novembre", "décembre",
)  # fmt: skip
_SHORT = ("janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc.")
_ELIDED = ("a", "o")
_DIGITS = re.compile(r"(\d{4})\s*[-/. ]?\s*(\d{1,2})|(\d{1,2})\s*[-/. ]\s*(\d{4})")
_WORDS = re.compile(r"([^\W\d]+)\.?\s+(\d{4})")
_LEAST = 3
"""Letters by which a month is known: «juil», «sep»."""


class Rhythm(StrEnum):
    """How often something is read, and so which span a reading covers."""

    MONTH = "mensuelle"
    QUARTER = "trimestrielle"
    YEAR = "annuelle"
    AUDIT = "à chaque audit"

    @property
    def months(self) -> int:
        """Return how many months a reading covers."""
        return {Rhythm.QUARTER: 3, Rhythm.YEAR: 12}.get(self, 1)


def month_of(day: date) -> str:
    """Return the month of a day."""
    return f"{day.year:04d}-{day.month:02d}"


def first_day(month: str) -> date:
    """Return the first day of a month."""
    return date(int(month[:4]), int(month[5:]), 1)


def last_day(month: str) -> date:
    """Return the last day of a month."""
    return first_day(shifted(month, 1)) - timedelta(days=1)


def shifted(month: str, by: int) -> str:
    """Return the month that comes `by` months after, or before where it is negative."""
    rank = _rank(month) + by
    return f"{rank // 12:04d}-{rank % 12 + 1:02d}"


def span(first: str, last: str, step: int = 1) -> tuple[str, ...]:
    """Return the months from one to another, both included, one in `step`; none when they are reversed."""
    return tuple(shifted(first, by) for by in range(0, _rank(last) - _rank(first) + 1, step))


def closes(month: str, rhythm: Rhythm) -> bool:
    """Tell whether a period of that rhythm ends with a month: June closes a quarter, December a year."""
    return int(month[5:]) % rhythm.months == 0


def bounds(month: str, rhythm: Rhythm) -> tuple[date, date]:
    """Return the first and last day of the period that ends with a month."""
    first = shifted(month, 1 - rhythm.months)
    return first_day(first), last_day(month)


def said(month: str) -> str:
    """Return «septembre 2026», as sentences, tables and exports say a month; empty when there is none."""
    return f"{_NAMES[int(month[5:]) - 1]} {month[:4]}" if month else ""


def of(month: str) -> str:
    """Return «de septembre 2026», «d'octobre 2026»."""
    name = said(month)
    return f"d'{name}" if name[:1] in _ELIDED else f"de {name}"


def short(month: str) -> str:
    """Return «sept. 26», where there is no room for more: a header of many columns, the axis of a chart."""
    return f"{_SHORT[int(month[5:]) - 1]} {month[2:4]}"


def period(month: str, rhythm: Rhythm) -> str:
    """Return the period that ends with a month, as people say it: «3e trimestre 2026», «année 2026»."""
    match rhythm:
        case Rhythm.QUARTER if closes(month, rhythm):
            rank = int(month[5:]) // 3
            return f"{rank}{'er' if rank == 1 else 'e'} trimestre {month[:4]}"
        case Rhythm.YEAR if closes(month, rhythm):
            return f"année {month[:4]}"
        case _:
            return said(month)


def typed(text: str) -> str | None:
    """Return the month of «2026-09», «202609», «09/2026», «septembre 2026» or «sept. 2026», or nothing."""
    plain = text.strip()
    if found := _DIGITS.fullmatch(plain):
        year, month = (found[1], found[2]) if found[1] else (found[4], found[3])
        return f"{year}-{int(month):02d}" if 1 <= int(month) <= len(_NAMES) else None
    if found := _WORDS.fullmatch(plain):
        ranks = list(_called(folded(found[1])))
        return f"{found[2]}-{ranks[0]:02d}" if len(ranks) == 1 else None
    return None


def _called(word: str) -> Iterator[int]:
    for rank, name in enumerate(_NAMES, 1):
        whole = folded(name)
        if word == whole or (len(word) >= _LEAST and whole.startswith(word)):
            yield rank


def _rank(month: str) -> int:
    return int(month[:4]) * 12 + int(month[5:]) - 1
