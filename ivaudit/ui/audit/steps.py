"""The steps of an audit, made and tied to their page when first looked at: opening one shows the grid."""

from typing import TYPE_CHECKING, assert_never

from PySide6.QtWidgets import QWidget

from ivaudit.ui.audit.step import Tab

if TYPE_CHECKING:
    from ivaudit.ui.audit.page import AuditPage


def make(page: "AuditPage", tab: Tab) -> QWidget:
    """Return a step of the audit of a page."""
    match tab:
        case Tab.PREPARATION:
            return _preparation(page)
        case Tab.GRID:
            return page.grid
        case Tab.OBSERVATIONS:
            return _observations(page)
        case Tab.FINDINGS:
            return _findings(page)
        case Tab.SYNTHESIS:
            return _synthesis(page)
        case Tab.REPORT:
            return _report(page)
        case _:
            assert_never(tab)


def _preparation(page: "AuditPage") -> QWidget:
    from ivaudit.ui.audit.preparation import Preparation  # noqa: PLC0415 - made when looked at

    made = Preparation(page.audit, page.evidence.book, page.team, page.stack)
    made.versions_wanted.connect(page.show_versions)
    made.trail.clicked.connect(page.trail.show_audit)
    made.questionnaire.previewed.connect(page.show_questionnaire)
    return made


def _observations(page: "AuditPage") -> QWidget:
    from ivaudit.ui.audit.observations.bench import AuditBench  # noqa: PLC0415 - made when looked at
    from ivaudit.ui.audit.observations.step import Observations  # noqa: PLC0415 - idem

    made = Observations(AuditBench(page.audit, page), page.stack)
    made.criterion_wanted.connect(page.reveal)
    return made


def _findings(page: "AuditPage") -> QWidget:
    from ivaudit.ui.audit.findings.step import Findings  # noqa: PLC0415 - made when looked at

    made = Findings(page.audit, page.stack)
    made.criterion_wanted.connect(page.reveal)
    page.review.beside_findings(made)
    return made


def _synthesis(page: "AuditPage") -> QWidget:
    from ivaudit.ui.audit.synthesis import Synthesis  # noqa: PLC0415 - made when looked at

    made = Synthesis(page.audit, page.notebook.book, page.stack)
    made.criterion_wanted.connect(page.reveal)
    return made


def _report(page: "AuditPage") -> QWidget:
    from ivaudit.ui.audit.report import Report  # noqa: PLC0415 - made when looked at

    made = Report(page.audit)
    card = page.review.card()
    made.add_card(card, card.open)
    made.criterion_wanted.connect(page.reveal)
    made.synthesis_wanted.connect(page.show_synthesis)
    made.preparation_wanted.connect(page.show_preparation)
    made.debrief_wanted.connect(page.show_debrief)
    return made
