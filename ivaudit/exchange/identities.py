"""What comes from outside is masked where it looks like an identity: nobody is there to decide meanwhile."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from ivaudit.domain.identity import alerts, masked
from ivaudit.domain.questionnaire import Cell
from ivaudit.domain.sheet_problems import SheetProblem

_SAID = "ce texte ressemblait à une identité : il est repris masqué."


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
    tell(cell.problem(_SAID, title=title))
    return replace(cell, text=text)


def masked_text(text: str) -> str:
    """Return a text with its possible identities masked."""
    return masked(text, alerts(text, date.today()))  # noqa: DTZ011 - the local day
