"""The «bilan à chaud» read on the thread of the session, then opened over the whole screen."""

from functools import partial

from PySide6.QtWidgets import QWidget

from ivaudit.app import reports
from ivaudit.app.session import Session
from ivaudit.domain.debrief import Debrief
from ivaudit.domain.errors import KnownError
from ivaudit.ui.audit.debrief_view import DebriefView
from ivaudit.ui.audit.open_audit import OpenAudit
from ivaudit.ui.audit.report import Report


def open_debrief(page: QWidget, audit: OpenAudit, report: QWidget | None) -> None:
    """Open the debrief of an audit; scores are said only where they were ticked.

    Args:
        page: what it belongs to.
        audit: the audit that is open.
        report: the step *Rapport*, where it was looked at.
    """
    score = isinstance(report, Report) and report.choices.score.isChecked()

    def show(said: Debrief) -> None:
        view = DebriefView(said, page)
        view.setGeometry(page.screen().geometry())  # where no window manager hears of full screens
        view.showFullScreen()

    def refuse(error: KnownError) -> None:
        audit.refused.emit(error.sentence)

    audit.writer.submit(partial(_read, audit=audit.audit_id, score=score), done=show, failed=refuse)


def _read(session: Session, *, audit: str, score: bool) -> Debrief:
    return reports.debrief_of(session, audit, score=score)
