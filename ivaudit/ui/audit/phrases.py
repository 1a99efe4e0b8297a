"""The French of the audit pages: what is left, what is not kept, exact quantities."""

import re
from collections.abc import Iterable
from fractions import Fraction

from ivaudit.domain.checklist import Checklist
from ivaudit.domain.scoring import Result
from ivaudit.ui.french import count, duration

_CLOSING = re.compile(r" (?=[?!;:»%])")
_OPENING = re.compile(r"« ")


def budget_of(checklists: Iterable[Checklist]) -> int:
    """Return the minutes a visit has over all its grids; nothing when one of them has no budget."""
    budgets = [checklist.minutes_budget for checklist in checklists]
    return sum(each or 0 for each in budgets) if all(budgets) else 0


def what_is_left(results: tuple[Result, ...], *, with_critical: bool, budget: int = 0) -> str:
    """Return «reste 1 h 10 sur 2 h 25 prévues · 18 points à voir, dont 4 critiques» over all checklists.

    The minutes are those of the points left; the budget, of the whole visit, is told where there is one.
    «À voir» rather than «non vus»: «Non vu» is an answer, and a point so answered is no longer to be seen.
    """
    to_see = sum(result.to_see for result in results)
    if not to_see:
        return "tous les points sont traités"
    minutes = sum(result.minutes_left for result in results)
    planned = f" sur {duration(budget)} prévues" if budget else ""
    text = f"reste {duration(minutes)}{planned} · {count(to_see, 'point à voir', 'points à voir')}"
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
