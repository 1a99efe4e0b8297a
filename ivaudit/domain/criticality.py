"""How often a type comes back, and what that makes of an entry: computed from the register, never asked.

The frequency of an entry is how many anomalies of its type, in its structure, were found in the twelve months
that end on the day it was found, itself included; what was not confirmed is left out, a batch counts for what
it stands for. Criticality is potential severity × rank of the class of frequency.
"""

from dataclasses import dataclass
from datetime import date

from ivaudit.domain.register_terms import RegisterTerms, Threshold, reached


@dataclass(frozen=True, slots=True, kw_only=True)
class Criticality:
    """What a criticality is made of: `potential` × rank of `frequency` = `value`, in the class `level`.

    `count` is the number of anomalies; without potential severity there is a frequency and no value.
    """

    potential: int | None
    count: int
    frequency: Threshold
    value: int | None
    level: Threshold | None


def criticality(potential: int | None, count: int, terms: RegisterTerms) -> Criticality:
    """Return what a potential severity and a count make.

    Args:
        potential: 1 to 5, nothing when it was not told.
        count: anomalies of the type over twelve months.
        terms: the thresholds.
    """
    frequency = reached(terms.frequency, count) or terms.frequency[0]
    value = None if potential is None else potential * frequency.rank
    level = None if value is None else reached(terms.criticality, value)
    return Criticality(potential=potential, count=count, frequency=frequency, value=value, level=level)


def a_year_before(day: date) -> date:
    """Return the same day of the year before; 28 February for a 29."""
    return day.replace(year=day.year - 1, day=28 if (day.month, day.day) == (2, 29) else day.day)
