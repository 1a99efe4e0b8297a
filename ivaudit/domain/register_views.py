"""The views of the register that everybody needs: a line is in a view or it is not."""

from collections.abc import Collection
from enum import StrEnum

from ivaudit.domain.anomalies import EntryLine, State
from ivaudit.domain.register_terms import RegisterTerms


class View(StrEnum):
    """What the referent looks at on Monday morning."""

    TO_DO = "à traiter"
    WAITING = "en attente"
    LATE = "en retard"
    SERIOUS = "graves"
    TO_REPORT = "à signaler"


def in_view(
    line: EntryLine, view: View, *, today: str, terms: RegisterTerms, to_report: Collection[str] = ()
) -> bool:
    """Tell whether a line is in a view.

    Args:
        line: the line.
        view: the view.
        today: the local day, `AAAA-MM-JJ`.
        terms: from which levels an entry is serious.
        to_report: ids of the entries that a circuit still waits for.
    """
    match view:
        case View.TO_DO:
            return line.open and line.state != State.WAITING
        case View.WAITING:
            return line.state == State.WAITING
        case View.LATE:
            return line.late(today)
        case View.SERIOUS:
            return line.severity >= terms.serious_from or line.potential >= terms.serious_potential_from
        case View.TO_REPORT:
            return line.id in to_report
