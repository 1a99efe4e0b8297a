"""A real page on a real workspace: the writer, the session and the shipped grid are the true ones."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from support.audit_desk import Desk

from ivaudit.app import audits, facilities, workspaces
from ivaudit.app.session import Session
from ivaudit.store.keys import KdfCost
from ivaudit.ui.audit.page import AuditPage
from ivaudit.ui.writer import Writer

GRID = "rniv-1-principes-communs"


@pytest.fixture
def writer(tmp_path: Path, passphrase: str, cheap_cost: KdfCost, qtbot: QtBot) -> Iterator[Writer]:
    made = Writer()
    opened: list[object] = []
    made.open(
        lambda: workspaces.create(tmp_path / "dossier", passphrase, "Cellule régionale", cost=cheap_cost),
        done=opened.append,
    )
    qtbot.waitUntil(lambda: bool(opened))
    yield made
    made.close()


@pytest.fixture
def audit(writer: Writer, qtbot: QtBot) -> str:
    return new_audit(writer, qtbot, GRID)


def new_audit(writer: Writer, qtbot: QtBot, *grids: str) -> str:
    """Create a facility and an audit on some grids."""
    found: list[str] = []

    def work(session: Session) -> str:
        values = {"name": "EHPAD Les Tilleuls", "setting": "ehpad", "profile": ["insi"]}
        _, facility = facilities.create(session, values)
        return audits.create(session, facility, "externe", grids, "2026-11-21")[1]

    writer.submit(work, done=found.append)
    qtbot.waitUntil(lambda: bool(found))
    return found[0]


@pytest.fixture
def desk(qtbot: QtBot, writer: Writer, audit: str) -> Iterator[Desk]:
    said: list[str] = []
    page = AuditPage(writer, audit, said.append)
    qtbot.addWidget(page)
    made = Desk(qtbot, writer, audit, page, said)
    with qtbot.waitExposed(page):
        page.resize(1300, 728)
        page.show()
    page.activateWindow()
    qtbot.waitUntil(lambda: page.audit.is_open)
    made.drain()
    yield made
    page.settle()
    made.drain()
