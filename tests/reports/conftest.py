"""Models and outlines for the writers."""

from collections.abc import Callable
from typing import Any

import pytest
from support import audits, field

from ivaudit.content.library import Library
from ivaudit.domain.audit import AuditSheet
from ivaudit.domain.report import build
from ivaudit.domain.report_model import ReportModel
from ivaudit.domain.report_outline import ReportOutline


@pytest.fixture(scope="session")
def rapport() -> ReportOutline:
    return Library.find().outline("rapport")


@pytest.fixture(scope="session")
def bilan() -> ReportOutline:
    return Library.find().outline("bilan")


@pytest.fixture(scope="session")
def classeur() -> ReportOutline:
    return Library.find().outline("classeur")


@pytest.fixture(scope="session")
def built(rapport: ReportOutline) -> Callable[..., ReportModel]:
    """Build a model from an audit."""

    def make(sheet: AuditSheet, **others: Any) -> ReportModel:  # noqa: ANN401 - those of `build`
        return build(
            sheet,
            audits.VOCABULARY,
            audits.VISIT,
            rapport,
            generated="2026-11-21T17:40:00",
            program="ivaudit 0.0.0",
            **others,
        )

    return make


@pytest.fixture(scope="session")
def full(built: Callable[..., ReportModel]) -> ReportModel:
    """A whole audit of 72 criteria, walked to the end."""
    grid = audits.checklist()
    return built(audits.sheet([grid], audits.walked(grid), synthesis=audits.written(grid)))


@pytest.fixture(scope="session")
def worked(built: Callable[..., ReportModel]) -> ReportModel:
    """An audit with findings, photographs, observations, documents, actions, comparisons, a notebook."""
    grid = audits.checklist(24)
    return built(field.sheet(grid), field=field.gathered(grid, with_notebook=True))
