"""Models and outlines for the writers."""

from collections.abc import Callable

import pytest
from support import audits

from ivaudit.content.library import Library
from ivaudit.domain.audit import AuditSheet
from ivaudit.domain.report import build
from ivaudit.domain.report_model import ReportModel
from ivaudit.domain.report_outline import ReportOutline


@pytest.fixture(scope="session")
def rapport() -> ReportOutline:
    return Library.find().outline("rapport")


@pytest.fixture(scope="session")
def classeur() -> ReportOutline:
    return Library.find().outline("classeur")


@pytest.fixture(scope="session")
def built(rapport: ReportOutline) -> Callable[..., ReportModel]:
    """Build a model from an audit."""

    def make(sheet: AuditSheet, *, with_notes: bool = False) -> ReportModel:
        return build(
            sheet,
            audits.VOCABULARY,
            audits.VISIT,
            rapport,
            generated="2026-11-21T17:40:00",
            program="ivaudit 0.0.0",
            with_notes=with_notes,
        )

    return make


@pytest.fixture(scope="session")
def full(built: Callable[..., ReportModel]) -> ReportModel:
    """A whole audit of 72 criteria, walked to the end."""
    grid = audits.checklist()
    return built(audits.sheet([grid], audits.walked(grid), synthesis=audits.written(grid)))
