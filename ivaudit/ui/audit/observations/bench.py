"""Where campaigns are filled: in the audit that is open, or on their own."""

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal, Slot

from ivaudit.app import campaigns
from ivaudit.app.session import Session
from ivaudit.domain.audit import Changes
from ivaudit.domain.campaign import Campaign
from ivaudit.domain.errors import KnownError
from ivaudit.ui import french
from ivaudit.ui.audit.open_audit import OpenAudit
from ivaudit.ui.writer import Writer


class CampaignBench(QObject):
    """The campaigns of a structure, in an audit or not.

    `points` are the points that the campaign on view throws light on, in words. `entities_changed` names
    what was touched, by whomever; `refused` and `said` carry a sentence.
    """

    in_words = True
    """Points are said by number and question: there is no grid beside."""

    entities_changed = Signal(object)
    refused = Signal(str)
    said = Signal(str)

    def __init__(self, writer: Writer, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.writer = writer
        self.facility = ""
        self.audit = ""
        self.points: dict[str, str] = {}
        writer.changed.connect(self._on_changed)

    def listed(self, session: Session) -> tuple[Campaign, ...]:
        """Return the campaigns that are worked on, on the thread of the session."""
        return tuple(each for each in campaigns.all_of(session) if each.facility == self.facility)

    def named(self, campaign: Campaign) -> str:
        """Return what a campaign is called in the list."""
        day = f" — {french.short_date(campaign.start)}" if campaign.start else ""
        return f"{campaign.title}{day}{' (audit)' if campaign.audit and not self.audit else ''}"

    def number_of(self, criterion: str) -> str:
        """Return what people call a criterion: its number and the start of its question."""
        return self.points.get(criterion, criterion)

    def do(self, work: Callable[[Session], object], done: Callable[[Any], None] | None = None) -> None:
        """Do a gesture on a campaign.

        Args:
            work: returns its `Changes`, alone or first of a tuple.
            done: told what `work` returned, once it is recorded.
        """
        self.writer.submit(work, done=partial(_told, done), failed=self._on_refused)

    @Slot(object)
    def _on_changed(self, changes: Changes) -> None:
        if changes.entities:
            self.entities_changed.emit(changes.entities)

    def _on_refused(self, error: KnownError) -> None:
        self.refused.emit(error.sentence)


class AuditBench(CampaignBench):
    """The campaigns of the audit that is open: its gestures are undone with the others of the audit."""

    in_words = False

    def __init__(self, audit: OpenAudit, parent: QObject | None = None) -> None:
        super().__init__(audit.writer, parent)
        self._audit = audit
        self.audit = audit.audit_id
        self.facility = audit.loaded.sheet.facility.id
        self.said.connect(audit.said)
        audit.refused.connect(self.refused)

    def listed(self, session: Session) -> tuple[Campaign, ...]:
        """Return the campaigns of the audit."""
        return campaigns.of_audit(session, self.audit)

    def number_of(self, criterion: str) -> str:
        """Return the number of a criterion in the grid of the audit, empty when it is not asked there."""
        found = self._audit.row(criterion)
        return found.point.number if found is not None else ""

    def do(self, work: Callable[[Session], object], done: Callable[[Any], None] | None = None) -> None:
        """Do a gesture of the audit."""
        self._audit.do(work, done)


def _told(done: Callable[[Any], None] | None, result: object) -> None:
    if done is not None:
        done(result)
