"""What is due across the audits of a workspace."""

from datetime import date

from ivaudit.app import states
from ivaudit.app.session import Session
from ivaudit.domain.audit import AuditState
from ivaudit.domain.due import DueItem, due
from ivaudit.store import audits as stored_audits
from ivaudit.store import facilities as stored_facilities
from ivaudit.store import findings as stored


def of_workspace(session: Session, today: date | None = None) -> tuple[DueItem, ...]:
    """Return what is due, the most pressing first.

    Args:
        session: the open workspace.
        today: the local day; the present one unless told.
    """
    db = session.workspace.db
    audits = stored_audits.audits(db)
    read_back = [each for each in audits if each.state is AuditState.REVIEW]
    return due(
        audits,
        stored.all_findings(db),
        stored.actions(db),
        reviews={each.id: states.since(session, each) for each in read_back},
        facilities={each.id: each.name for each in stored_facilities.facilities(db)},
        today=today or date.today(),  # noqa: DTZ011 - the local day
    )
