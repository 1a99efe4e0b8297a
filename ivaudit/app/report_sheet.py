"""What a report needs beside the answers of an audit, read on the thread of the session."""

from ivaudit.app import actions, campaigns, comparisons, evidence, findings, notebook, review
from ivaudit.app.session import Session
from ivaudit.domain import clock
from ivaudit.domain.comparison import Comparison
from ivaudit.domain.errors import NotFound
from ivaudit.domain.report_field import FieldSheet
from ivaudit.domain.report_model import ReportModel
from ivaudit.domain.report_observations import Observed


def field_sheet(session: Session, audit: str, *, with_notebook: bool = False) -> FieldSheet:
    """Return everything of an audit that is no answer.

    Args:
        session: the open workspace.
        audit: its id.
        with_notebook: also give the lines of the notebook.
    """
    return FieldSheet(
        findings=findings.of_audit(session, audit),
        actions=actions.of_audit(session, audit),
        campaigns=_campaigns(session, audit),
        comparisons=_comparisons(session, audit),
        comments=review.comments(session, audit),
        persons=notebook.persons(session, audit),
        lines=notebook.lines(session, audit),
        today=clock.today().isoformat(),
        with_notebook=with_notebook,
    )


def pictures(session: Session, model: ReportModel) -> tuple[tuple[str, bytes], ...]:
    """Return the photographs of a report by digest; one that was erased since is left out."""
    found: dict[str, bytes] = {}
    for photo in model.field.photos:
        try:
            found[photo.digest] = evidence.body(session, photo.digest).body
        except NotFound:
            continue
    return tuple(found.items())


def _campaigns(session: Session, audit: str) -> tuple[Observed, ...]:
    """Return the campaigns of an audit that were begun, the oldest first."""
    sheets = [campaigns.sheet(session, each.id) for each in reversed(campaigns.of_audit(session, audit))]
    return tuple(
        Observed(campaign=each.campaign, grid=each.grid, rows=each.rows, result=each.result)
        for each in sheets
        if any(not row.empty for row in each.rows)
    )


def _comparisons(session: Session, audit: str) -> tuple[Comparison, ...]:
    """Return this audit against the last external one, then against the last self-assessment."""
    found = (
        comparison
        for earlier in comparisons.beside(session, audit)
        for comparison in comparisons.compare(session, [earlier.id, audit])
    )
    return tuple(each for each in found if each.rows)
