"""What is due in a workspace: across its audits, and in its register."""

from collections.abc import Mapping
from datetime import date

from ivaudit.app import anomaly_reports, states
from ivaudit.app.session import Session
from ivaudit.domain import clock
from ivaudit.domain.anomalies import EntryLine
from ivaudit.domain.audit import AuditState
from ivaudit.domain.circuits import ReportDue
from ivaudit.domain.due import DueItem, Matter, due
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
    names = {each.id: each.name for each in stored_facilities.facilities(db)}
    read_back = [each for each in audits if each.state is AuditState.REVIEW]
    return due(
        audits,
        stored.all_findings(db),
        stored.actions(db),
        reviews={each.id: states.since(session, each) for each in read_back},
        facilities=names,
        today=today or clock.today(),
        reports=[_report(line, step, names) for line, step in anomaly_reports.due(session)],
    )


def _report(line: EntryLine, step: ReportDue, facilities: Mapping[str, str]) -> DueItem:
    circuit = step.proposed.circuit
    until = "" if step.at is None else f", avant le {step.at.astimezone():%d/%m/%Y à %H:%M}"
    return DueItem(
        matter=Matter.REPORT,
        facility=facilities.get(line.facility, ""),
        audit="",
        target=line.id,
        what=f"{line.number} – {circuit.title} : {step.step.title} ({step.step.delay.lower()}{until})",
        since=step.at.astimezone().date().isoformat() if step.at else line.known[:10] or line.found,
    )
