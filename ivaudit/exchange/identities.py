"""What comes from outside is masked where it looks like an identity: nobody is there to decide meanwhile."""

from collections.abc import Callable
from dataclasses import replace

from ivaudit.domain import clock
from ivaudit.domain.identity import alerts, masked
from ivaudit.domain.questionnaire import Cell
from ivaudit.domain.sheet_problems import SheetProblem

MASKED = "ce texte ressemblait à une identité : il est repris masqué."


def without_identities(cell: Cell, title: str, tell: Callable[[SheetProblem], None]) -> Cell:
    """Return a cell with its possible identities masked, and tell where.

    Args:
        cell: a text that somebody typed.
        title: of its column.
        tell: takes the problem.
    """
    text = masked_text(cell.text)
    if text == cell.text:
        return cell
    tell(cell.problem(MASKED, title=title))
    return replace(cell, text=text)


def masked_text(text: str, known: str = "") -> str:
    """Return a text with its possible identities masked, but those that a known text holds already."""
    found = alerts(text, clock.today())
    return masked(text, [each for each in found if text[each.start : each.end] not in known])
