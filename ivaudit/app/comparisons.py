"""Audits of one structure beside each other: which to compare, and what came of them."""

from collections.abc import Sequence

from ivaudit.app import audits
from ivaudit.app.session import Session
from ivaudit.domain.audit import Audit
from ivaudit.domain.comparison import FEWEST, MOST, SELF, Comparison, comparisons
from ivaudit.domain.errors import InvalidValue
from ivaudit.store import audits as stored


def compare(session: Session, keys: Sequence[str]) -> tuple[Comparison, ...]:
    """Return what changed from one audit to the next, checklist by checklist.

    Args:
        session: the open workspace.
        keys: ids of audits of one structure, in any order.

    Raises:
        NotFound: no such audit.
        InvalidValue: too few, too many, or audits of two structures.
    """
    chosen = tuple(dict.fromkeys(keys))
    if not FEWEST <= len(chosen) <= MOST:
        raise InvalidValue(f"Choisissez de {FEWEST} à {MOST} audits à comparer.")
    sheets = [audits.sheet(session, key) for key in chosen]
    if len({sheet.audit.facility for sheet in sheets}) > 1:
        raise InvalidValue("Seuls des audits d'une même structure se comparent : aucun classement ici.")
    return comparisons(sheets)


def earlier(session: Session, key: str) -> tuple[Audit, ...]:
    """Return the other audits of the structure that share a checklist with this one, the latest first.

    Raises:
        NotFound: no such audit.
    """
    audit = session.audit(key)
    grids = {checklist for checklist, _, _ in audit.checklists}
    found = [
        each
        for each in stored.audits(session.workspace.db)
        if each.facility == audit.facility
        and each.id != key
        and (each.date, each.created) <= (audit.date, audit.created)
        and grids & {checklist for checklist, _, _ in each.checklists}
    ]
    return tuple(sorted(found, key=lambda each: (each.date, each.created), reverse=True))


def beside(session: Session, key: str) -> tuple[Audit, ...]:
    """Return the audits worth showing beside each criterion: the last external one, the last self-assessment.

    Raises:
        NotFound: no such audit.
    """
    found = earlier(session, key)
    external = next((each for each in found if each.kind != SELF), None)
    own = next((each for each in found if each.kind == SELF), None)
    return tuple(each for each in (external, own) if each is not None)
