"""What is due: events to report, urgent findings nobody closed, late actions, readings-back that last."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from ivaudit.domain.actions import Action, Due
from ivaudit.domain.audit import Audit
from ivaudit.domain.findings import Finding
from ivaudit.domain.review import REVIEW_DAYS


class Matter(StrEnum):
    """What is due, the most pressing first."""

    REPORT = "signalement à faire"
    URGENT = "à traiter sans attendre"
    LATE = "action en retard"
    REVIEW = "relecture qui dure"


@dataclass(frozen=True, slots=True, kw_only=True)
class DueItem:
    """One thing that is due.

    `since` is the local day it was raised, due or sent, `AAAA-MM-JJ`; `target` is the finding, the action or
    the entry of the register it is about, empty for a reading-back; `audit` may be empty for an action, and
    is for an entry.
    """

    matter: Matter
    facility: str
    audit: str
    target: str
    what: str
    since: str


def due(
    audits: Sequence[Audit],
    findings: Iterable[Finding],
    actions: Sequence[Action],
    *,
    reviews: Mapping[str, date],
    facilities: Mapping[str, str],
    today: date,
    reports: Sequence[DueItem] = (),
) -> tuple[DueItem, ...]:
    """Return what is due, by matter, the oldest first.

    Args:
        audits: those of the workspace.
        findings: those of every audit.
        actions: every action.
        reviews: since when each audit that is being read back is, by id.
        facilities: names of the structures, by id.
        today: the local day.
        reports: what is to be reported of the register.
    """
    known = {each.id: each for each in audits}
    late_from = today - timedelta(days=REVIEW_DAYS)
    waiting = (each for each in findings if each.audit in known and _open(each, actions))
    lasting = ((key, since) for key, since in reviews.items() if key in known and since < late_from)
    found = [
        *reports,
        *(_urgent(each, known[each.audit]) for each in waiting),
        *(_late(each, facilities) for each in actions if each.standing(today) is Due.LATE),
        *(_review(known[key], since) for key, since in lasting),
    ]
    matters = list(Matter)
    return tuple(sorted(found, key=lambda each: (matters.index(each.matter), each.since, each.target)))


def _open(finding: Finding, actions: Iterable[Action]) -> bool:
    """Tell whether a finding that does not wait is still waiting.

    It is closed by what was done at once, or by actions that are all closed.
    """
    if finding.urgency is None or finding.urgency.done.strip():
        return False
    answering = [each for each in actions if each.finding == finding.id]
    return not answering or any(each.state.open for each in answering)


def _urgent(finding: Finding, audit: Audit) -> DueItem:
    raised = finding.urgency.at[:10] if finding.urgency and finding.urgency.at else audit.date
    return DueItem(
        matter=Matter.URGENT,
        facility=audit.facility_name,
        audit=audit.id,
        target=finding.id,
        what=finding.text,
        since=raised,
    )


def _late(action: Action, facilities: Mapping[str, str]) -> DueItem:
    return DueItem(
        matter=Matter.LATE,
        facility=facilities.get(action.facility, ""),
        audit=action.audit,
        target=action.id,
        what=action.what,
        since=action.due,
    )


def _review(audit: Audit, since: date) -> DueItem:
    return DueItem(
        matter=Matter.REVIEW,
        facility=audit.facility_name,
        audit=audit.id,
        target="",
        what=audit.title or f"Audit du {date.fromisoformat(audit.date):%d/%m/%Y}",
        since=since.isoformat(),
    )
