"""Readings of indicators: counts for a period, the value they make, and how values are said and typed."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import TypeAlias

from ivaudit.domain.errors import InvalidValue
from ivaudit.domain.indicators import Indicator, Measure, Unit
from ivaudit.domain.months import Rhythm, closes, month_of, period, said

MOST = 1_000_000_000
"""The largest count that is taken."""

NBSP, NARROW = "\u00a0", "\u202f"
_COUNT = re.compile(r"\d[\d\s\u00a0\u202f]*")
_BETWEEN = re.compile(r"[/;\t]")
_FIELDS = 3
_LONGEST = 24
_TENTH = 10
_HALF = Fraction(1, 2)

NO_TARGET = (
    "Cet indicateur n'a pas de cible : une hausse peut dire qu'on déclare ou qu'on cherche davantage. "
    "Regardez sa tendance."
)

Place: TypeAlias = tuple[str, str]
"""A cell: (indicator, month)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """What was counted in one period; a denominator is missing where only cases were counted."""

    numerator: int | None = None
    denominator: int | None = None
    excluded: int | None = None

    @property
    def empty(self) -> bool:
        """Tell whether nothing was counted."""
        return self.numerator is None and self.denominator is None and self.excluded is None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """Counts written by hand for one indicator and month.

    `source` names the report of the software they come from; `date` is the local day they were read on.
    """

    indicator: str
    month: str
    counts: Counts
    source: str = ""
    date: str = ""
    conflict: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Computed:
    """Counts made by this program, with the sentence that says what was counted."""

    counts: Counts
    explanation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """What a structure aims at, in the unit of the indicator, with one decimal at most."""

    indicator: str
    value: Fraction


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """Everything known of one indicator in one structure; `occurrences` are days of rare events, in order."""

    readings: Mapping[str, Reading] = field(default_factory=dict)
    computed: Mapping[str, Computed] = field(default_factory=dict)
    target: Target | None = None
    occurrences: tuple[str, ...] = ()


def value_of(indicator: Indicator, counts: Counts) -> Fraction | None:
    """Return the value in the unit of the indicator, nothing without numerator or denominator."""
    if counts.numerator is None or not counts.denominator:
        return None
    return Fraction(counts.numerator * indicator.unit.scale, counts.denominator)


def value_without(indicator: Indicator, counts: Counts) -> Fraction | None:
    """Return the value without those that are excluded, nothing where nobody counted them."""
    if counts.numerator is None or counts.denominator is None or counts.excluded is None:
        return None
    left = counts.denominator - counts.excluded
    return Fraction(counts.numerator * indicator.unit.scale, left) if left > 0 else None


def rounded(value: Fraction) -> Fraction:
    """Return a value as it is displayed: one decimal, rounded half up."""
    return Fraction(int(value * _TENTH + _HALF), _TENTH)


def decimal(value: Fraction) -> str:
    """Return «3,2» or «1 250,0»: one decimal, rounded half up."""
    whole, tenth = divmod(int(rounded(value) * _TENTH), _TENTH)
    return f"{number(whole)},{tenth}"


def shown(unit: Unit, value: Fraction) -> str:
    """Return «97,4 %», «2,3 ‰» or «1,5 jour»."""
    word = unit.value
    if unit is Unit.DAYS and rounded(value) < 2:  # noqa: PLR2004 - where the plural begins in French
        word = "jour"
    return f"{decimal(value)}{NBSP}{word}"


def number(count: int) -> str:
    """Return «1 250», with a no-break space between thousands."""
    return f"{count:,}".replace(",", NARROW)


def typed_counts(text: str, known: Counts) -> Counts:
    """Return what a typed cell counts.

    «12/340» is numerator and denominator, «12/340/15» adds those excluded, «12» keeps what is already known
    of the others, an empty text clears all.

    Args:
        text: as it was typed or pasted.
        known: what the cell held.

    Raises:
        InvalidValue: it is no count.
    """
    plain = text.strip()
    if not plain:
        return Counts()
    parts = [each.strip() for each in _BETWEEN.split(plain)]
    if len(parts) > _FIELDS:
        raise InvalidValue("Un relevé s'écrit « numérateur / dénominateur », par exemple 12/340.")
    found = [typed_count(each) for each in parts]
    if len(found) == 1:
        return Counts(numerator=found[0], denominator=known.denominator, excluded=known.excluded)
    excluded = found[2] if len(found) == _FIELDS else known.excluded
    return Counts(numerator=found[0], denominator=found[1], excluded=excluded)


def typed_count(text: str) -> int | None:
    """Return the whole number of «1 250», nothing for an empty text.

    Raises:
        InvalidValue: it is no whole number, or an absurd one.
    """
    plain = text.strip()
    if not plain:
        return None
    if not _COUNT.fullmatch(plain):
        raise InvalidValue("Un relevé est un nombre entier, sans virgule ni signe : 12, 340, 1 250.")
    found = int(re.sub(r"\D", "", plain)) if len(plain) <= _LONGEST else MOST + 1
    if found > MOST:
        raise InvalidValue("Ce nombre est trop grand pour un relevé.")
    return found


def typed_target(indicator: Indicator, text: str) -> Fraction:
    """Return the target of «98», «98,5 %» or «0,5».

    Raises:
        InvalidValue: it is no number with one decimal at most, or the indicator takes no target.
    """
    if not indicator.direction.aims:
        raise InvalidValue(NO_TARGET)
    plain = re.sub(r"[\s%‰\u00a0\u202f]|jours?", "", text).replace(",", ".")
    if not re.fullmatch(r"\d{1,6}(\.\d)?", plain):
        raise InvalidValue("La cible est un nombre, avec une décimale au plus : 98 ou 0,5.")
    value = Fraction(plain)
    if indicator.measure is Measure.SHARE and value > indicator.unit.scale:
        raise InvalidValue("Une part ne peut pas dépasser le tout : la cible est trop haute.")
    return value


def checked_place(indicator: Indicator, month: str, today: date) -> str:
    """Return a month that the indicator may have a reading for.

    Raises:
        InvalidValue: it is to come, or no period ends with it.
    """
    if month > month_of(today):
        raise InvalidValue(f"{said(month).capitalize()} n'est pas encore commencé.")
    if not closes(month, indicator.rhythm):
        ends = "décembre" if indicator.rhythm is Rhythm.YEAR else "mars, juin, septembre ou décembre"
        raise InvalidValue(f"Ce relevé est de périodicité {indicator.rhythm} : il se note en {ends}.")
    return month


def checked_counts(indicator: Indicator, month: str, counts: Counts) -> Counts:
    """Return counts that go together.

    Raises:
        InvalidValue: an absurd number, a part larger than the whole, or something excluded that is not.
    """
    where = f"{indicator.title}, {period(month, indicator.rhythm)}"
    numerator, denominator, excluded = counts.numerator, counts.denominator, counts.excluded
    if any(each is not None and each > MOST for each in (numerator, denominator, excluded)):
        raise InvalidValue(f"{where} : ce nombre est trop grand pour un relevé.")
    if excluded is not None and not indicator.excluded:
        raise InvalidValue(f"{where} : cet indicateur n'a que deux nombres.")
    whole = None if denominator is None else denominator - (excluded or 0)
    if whole is not None and whole < 0:
        raise InvalidValue(f"{where} : les exclus sont plus nombreux que le dénominateur.")
    if indicator.measure is Measure.SHARE and None not in {numerator, whole} and numerator > whole:  # type: ignore[operator]
        raise InvalidValue(
            f"{where} : le numérateur ({number(numerator or 0)}) dépasse ce dont il est une partie "
            f"({number(whole or 0)}). Vérifiez l'ordre des deux nombres."
        )
    return counts
