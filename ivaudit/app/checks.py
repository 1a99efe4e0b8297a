"""Proofs that what is stored is whole: the journal, and the database beneath it."""

from ivaudit.app import anomaly_erasure, names
from ivaudit.app.session import Session
from ivaudit.domain.audit import Changes
from ivaudit.domain.entry_fold import DECLARED
from ivaudit.domain.errors import NotFound
from ivaudit.store import check
from ivaudit.store.check import CheckReport
from ivaudit.store.journal import Recorded, Verification

__all__ = ["CheckReport", "Verification", "erase", "erase_field", "full_check", "verify"]


def verify(session: Session) -> Verification:
    """Recompute every digest of the journal."""
    return session.workspace.journal.verify()


def full_check(session: Session) -> CheckReport:
    """Check the database, its triggers, the journal, and that the state is the fold of the journal."""
    return check.full_check(session.workspace)


def erase(session: Session, entity: str, field: str, reason: str) -> Changes:
    """Erase for good every content a field ever had; the journal still verifies.

    Args:
        session: the open workspace.
        entity: name in the journal, e.g. `answer:<audit>/structure/<criterion>`.
        field: name of the field.
        reason: why, without the value itself.

    Raises:
        NotFound: this field never had a content.
    """
    with session.workspace.gesture():
        recorded = erase_field(session, entity, field, reason)
    if recorded is None:
        raise NotFound("Ce champ n'a aucun contenu à effacer.")
    session.rest()
    return names.changes({entity}, done="Contenu effacé", at=recorded.at)


def erase_field(session: Session, entity: str, field: str, reason: str) -> Recorded | None:
    """Erase every content a field ever had, inside a gesture; return the last erasure, if any."""
    journal = session.workspace.journal
    recorded, entry = None, entity.startswith(names.anomaly(""))
    if entry:
        recorded = anomaly_erasure.forget(session, entity, field, reason)
    if entry and field == DECLARED:
        return recorded  # its declarations were erased just now, the rest recorded again
    left = [(each.op, each.index) for each in journal.history(entity, field) if not each.erased]
    done = journal.erase_all(left, author=session.author, reason=reason)
    return done[-1] if done else recorded
