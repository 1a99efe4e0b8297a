"""Numbers of entries: said aloud, typed into another software, unique without asking anybody.

`26-K7Q-0042`: two figures of the year, the series of this copy of the workspace, a rank in it. The series is
three signs drawn at random among 19 683, never one that the register already knows; a copy that was carried
to another computer, duplicated or restored from a backup draws a new one, so that no number is given twice.
Letters that look like figures, and vowels, are left out.
"""

import re
import secrets
from collections.abc import Collection
from dataclasses import dataclass

ALPHABET = "BCDFGHJKMNPQRSTVWXZ23456789"
SERIES = 3
_RANK = 4
_NUMBER = re.compile(rf"(\d\d)-([{ALPHABET}]{{{SERIES}}})-(\d{{{_RANK},7}})")


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbering:
    """What a copy remembers: a `mark` of where it lives, its series, the last rank given in `year`."""

    mark: str
    series: str
    year: int
    last: int

    @property
    def number(self) -> str:
        """Return the last number given."""
        return f"{self.year % 100:02d}-{self.series}-{self.last:0{_RANK}d}"


def is_number(text: str) -> bool:
    """Tell whether a text is a number as we give them."""
    return _NUMBER.fullmatch(text) is not None


def series_of(number: str) -> str:
    """Return the series of a number, empty when it is none of ours."""
    found = _NUMBER.fullmatch(number)
    return found[2] if found else ""


def next_number(now: Numbering | None, mark: str, year: int, known: Collection[str]) -> Numbering:
    """Return the numbering with one more number given.

    Args:
        now: what this copy remembers, nothing the first time.
        mark: of where it lives now; another than the one remembered begins a new series.
        year: of the declaration.
        known: series that the register holds.
    """
    if now is None or now.mark != mark:
        return Numbering(mark=mark, series=drawn(known), year=year, last=1)
    last = now.last + 1 if now.year == year else 1
    return Numbering(mark=mark, series=now.series, year=year, last=last)


def drawn(known: Collection[str]) -> str:
    """Return a series drawn at random that is not known yet."""
    while True:
        series = "".join(secrets.choice(ALPHABET) for _ in range(SERIES))
        if series not in known:
            return series
