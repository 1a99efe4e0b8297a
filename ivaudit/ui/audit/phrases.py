"""The French of the audit pages: counts, durations, days, hours, key names."""

from datetime import UTC, date, datetime
from fractions import Fraction

from ivaudit.domain.scoring import Result

_MONTHS = (
    "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split()  # noqa: SIM905 - reads as one line
)
NBSP = "\u00a0"


def count(number: int, one: str, several: str) -> str:
    """Return a number with its noun; French uses the plural from two."""
    return f"{number}{NBSP}{several if number >= 2 else one}"  # noqa: PLR2004 - grammar


def duration(minutes: int) -> str:
    """Return «45 min», «2 h» or «1 h 10»."""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return f"{rest}{NBSP}min"
    return f"{hours}{NBSP}h{NBSP}{rest:02d}" if rest else f"{hours}{NBSP}h"


def long_date(day: str) -> str:
    """Return «21 novembre 2026» for `2026-11-21`, and any other text as it is."""
    try:
        found = date.fromisoformat(day)
    except ValueError:
        return day
    rank = "1er" if found.day == 1 else str(found.day)
    return f"{rank}{NBSP}{_MONTHS[found.month - 1]}{NBSP}{found.year}"


def clock(at: str) -> str:
    """Return the local hour, «14:32», of a UTC time in ISO 8601."""
    try:
        moment = datetime.fromisoformat(at)
    except ValueError:
        return ""
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return moment.astimezone().strftime("%H:%M")


def what_is_left(results: tuple[Result, ...], *, with_critical: bool) -> str:
    """Return «reste 1 h 10 · 18 points à voir, dont 4 critiques» over all checklists.

    «À voir» rather than «non vus»: «Non vu» is an answer, and a point so answered is no longer to be seen.
    """
    to_see = sum(result.to_see for result in results)
    if not to_see:
        return "tous les points sont traités"
    minutes = sum(result.minutes_left for result in results)
    text = f"reste {duration(minutes)} · {count(to_see, 'point à voir', 'points à voir')}"
    critical = sum(result.critical_to_see for result in results)
    if with_critical and critical:
        text += f", dont {count(critical, 'critique', 'critiques')}"
    return text


def broken_points(results: tuple[Result, ...]) -> str:
    """Return «2 points critiques non tenus», empty when there is none."""
    broken = sum(result.broken for result in results)
    return count(broken, "point critique non tenu", "points critiques non tenus") if broken else ""


def quantity(number: Fraction) -> str:
    """Return an exact number as people write it: «12», «12,5»."""
    if number.denominator == 1:
        return str(number.numerator)
    return f"{float(number):.2f}".rstrip("0").rstrip(".").replace(".", ",")
