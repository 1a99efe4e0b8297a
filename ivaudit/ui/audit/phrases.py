"""The French of the audit pages: what is left, what is not kept, exact quantities."""

import re
from fractions import Fraction

from ivaudit.domain.scoring import Result
from ivaudit.ui.french import count, duration

_CLOSING = re.compile(r" (?=[?!;:»%])")
_OPENING = re.compile(r"« ")


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
    """Return «2 critiques non tenus», empty when there is none."""
    broken = sum(result.broken for result in results)
    return count(broken, "critique non tenu", "critiques non tenus") if broken else ""


def bound(text: str) -> str:
    """Return a text whose signs never start a line: no-break spaces where French puts a space."""
    return _OPENING.sub("«\u00a0", _CLOSING.sub("\u00a0", text))


def quantity(number: Fraction) -> str:
    """Return an exact number as people write it: «12», «12,5»."""
    if number.denominator == 1:
        return str(number.numerator)
    return f"{float(number):.2f}".rstrip("0").rstrip(".").replace(".", ",")
