"""What people call the points that a campaign throws light on: a number, the start of a question."""

from collections.abc import Iterable, Mapping

from ivaudit.app.session import Numbered, Session
from ivaudit.domain.campaign import Campaign
from ivaudit.domain.debrief import shortened
from ivaudit.store import audits as stored_audits

_LONGEST = 70


def points(session: Session, campaign: Campaign, criteria: Iterable[str]) -> dict[str, str]:
    """Return the points of criteria in words; those that no grid asks any more are left out.

    The numbers are those of the audit of the campaign, where it has one; otherwise those of the first grid of
    the library that asks the point.
    """
    wanted = frozenset(criteria)
    audit = stored_audits.audit(session.workspace.db, campaign.audit) if campaign.audit else None
    index = session.frozen(audit).index if audit is not None else _in_library(session, wanted)
    found = {criterion: index[criterion] for criterion in wanted if criterion in index}
    return {criterion: _said(each) for criterion, each in found.items()}


def _in_library(session: Session, wanted: frozenset[str]) -> Mapping[str, Numbered]:
    found: dict[str, Numbered] = {}
    for checklist in session.library.checklists() if wanted else ():
        for point in checklist.points():
            if point.criterion.id in wanted:
                found.setdefault(point.criterion.id, (point.number, checklist, point.criterion))
    return found


def _said(found: Numbered) -> str:
    number, _, criterion = found
    return f"{number} – {shortened(criterion.question, _LONGEST)}"
