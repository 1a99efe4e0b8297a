"""What the register counts for indicators: cases found, delays of what was closed, events looked back on.

A period counts once it is over, from the first entry of the structure on: before, nobody kept the register.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from ivaudit.domain.months import Rhythm, bounds, closes, month_of, said, shifted, span
from ivaudit.domain.readings import Computed, Counts
from ivaudit.domain.report_figures import plural

_DAY = 24 * 60
_HALF = Fraction(1, 2)
HELD = frozenset({"crex-tenu", "rmm-tenue"})
"""What the form of an event says of a review that took place; «autre» counts once it has a date."""

PLANNED = frozenset({"crex-prevu", "rmm-prevue", "autre"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Closed:
    """Entries closed in a month: how many, the days from finding to closing, the minutes others took."""

    entries: int
    days: int
    waited: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Reviewed:
    """What an event says of looking back on it; `found` is a local day."""

    found: str
    review: str
    day: str


def cases(found: Mapping[str, int], since: str, rhythm: Rhythm, today: date) -> Mapping[str, Computed]:
    """Return the cases of each period that is over; a period without any is zero, not missing.

    Args:
        found: cases by month.
        since: local day of the first entry of the structure, empty when it has none.
        rhythm: how long a period is.
        today: the local day.
    """
    kept = f"Registre tenu depuis {said(since[:7])}." if since else ""
    made = {
        month: sum(found.get(each, 0) for each in _months(month, rhythm))
        for month in _over(since, rhythm, today)
    }
    return {
        month: Computed(
            counts=Counts(numerator=count),
            explanation=(
                f"{count} cas au registre, d'après la date de découverte ; les cas non confirmés ne comptent "
                f"pas. {kept}"
            ),
        )
        for month, count in made.items()
    }


def delays(closed: Mapping[str, Closed], rhythm: Rhythm, today: date) -> Mapping[str, Computed]:
    """Return the days from finding to closing of what was closed in each period that is over."""
    first = min(closed, default="")
    made = {month: _together(closed, month, rhythm) for month in _over(f"{first}-01", rhythm, today)}
    return {month: _delay(each) for month, each in made.items() if each.entries}


def reviewed(events: Iterable[Reviewed], rhythm: Rhythm, today: date) -> Mapping[str, Computed]:
    """Return, of the events found in each period that is over, how many reviews took place of those meant."""
    periods: dict[str, Counter[str]] = {}
    for each in events:
        month = _closing(month_of(date.fromisoformat(each.found)), rhythm)
        if bounds(month, rhythm)[1] < today:
            periods.setdefault(month, Counter())[_standing(each)] += 1
    found = {month: _review(tally) for month, tally in sorted(periods.items())}
    return {month: computed for month, computed in found.items() if computed.counts.denominator}


def _delay(found: Closed) -> Computed:
    said_ = (
        f"{plural(found.entries, 'anomalie close')} dans la période, {plural(found.days, 'jour')} en tout "
        f"de la découverte à la clôture, dont {plural(_days(found.waited), 'jour')} en attente d'un tiers."
    )
    return Computed(counts=Counts(numerator=found.days, denominator=found.entries), explanation=said_)


def _review(tally: "Counter[str]") -> Computed:
    held, meant = tally["held"], tally["held"] + tally["planned"]
    left = tally["none"] + tally["untold"]
    aside = f" Hors du compte : {plural(left, 'événement')} sans retour d'expérience prévu." if left else ""
    said_ = (
        f"{plural(meant, 'événement')} à analyser d'après leur fiche, {held} avec un retour d'expérience "
        f"tenu.{aside}"
    )
    return Computed(counts=Counts(numerator=held, denominator=meant), explanation=said_)


def _standing(event: Reviewed) -> str:
    if event.review in HELD or (event.review == "autre" and event.day):
        return "held"
    if event.review in PLANNED:
        return "planned"
    return "none" if event.review else "untold"


def _together(closed: Mapping[str, Closed], month: str, rhythm: Rhythm) -> Closed:
    found = [closed[each] for each in _months(month, rhythm) if each in closed]
    return Closed(
        entries=sum(each.entries for each in found),
        days=sum(each.days for each in found),
        waited=sum(each.waited for each in found),
    )


def _over(since: str, rhythm: Rhythm, today: date) -> Iterator[str]:
    """Yield the months that close the periods from a day on that are over."""
    if len(since) < len("2026-01-01"):
        return
    for month in span(_closing(since[:7], rhythm), month_of(today), rhythm.months):
        if bounds(month, rhythm)[1] < today:
            yield month


def _closing(month: str, rhythm: Rhythm) -> str:
    return next(each for by in range(rhythm.months) if closes(each := shifted(month, by), rhythm))


def _months(month: str, rhythm: Rhythm) -> tuple[str, ...]:
    return span(shifted(month, 1 - rhythm.months), month)


def _days(minutes: int) -> int:
    return int(Fraction(minutes, _DAY) + _HALF)
