"""Numbers of entries: said aloud, typed into another software, unique without asking anybody.

`26-K7Q-0042`: two figures of the year, the series of this copy of the workspace, a rank in it. The series is
three signs drawn at random among 19 683, never one that the register already knows; a copy that was carried
to another computer, duplicated or restored from a backup draws a new one, so that no number is given twice.
Letters that look like figures, and vowels, are left out.
"""

import re
import secrets
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace

ALPHABET = "BCDFGHJKMNPQRSTVWXZ23456789"
SERIES = 3
_RANK = 4
_NUMBER = re.compile(rf"(\d\d)-([{ALPHABET}]{{{SERIES}}})-(\d{{{_RANK},7}})")


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbering:
    """What a copy remembers: a `mark` of where it lives, its series, the last rank given in each year."""

    mark: str
    series: str
    ranks: Mapping[int, int] = field(default_factory=dict)


def is_number(text: str) -> bool:
    """Tell whether a text is a number as we give them."""
    return _NUMBER.fullmatch(text) is not None


def settled(now: Numbering | None, mark: str, known: Collection[str]) -> Numbering:
    """Return what a copy numbers with: what it remembers, or a new series where it lives elsewhere now.

    Args:
        now: what this copy remembers, nothing the first time.
        mark: of where it lives now.
        known: series that the register holds.
    """
    if now is not None and now.mark == mark:
        return now
    return Numbering(mark=mark, series=drawn(known))


def next_number(now: Numbering, year: int) -> tuple[str, Numbering]:
    """Return the next number of a year, and what to remember."""
    rank = now.ranks.get(year, 0) + 1
    number = f"{year % 100:02d}-{now.series}-{rank:0{_RANK}d}"
    return number, replace(now, ranks={**now.ranks, year: rank})


def drawn(known: Collection[str]) -> str:
    """Return a series drawn at random that is not known yet."""
    while True:
        series = "".join(secrets.choice(ALPHABET) for _ in range(SERIES))
        if series not in known:
            return series
