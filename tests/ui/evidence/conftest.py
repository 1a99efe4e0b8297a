"""The page of an audit on a real workspace, as for the other steps."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from support.audit_desk import Desk
from support.photos import photo

from ivaudit.app import audits, facilities, workspaces
from ivaudit.app.session import Session
from ivaudit.store.keys import KdfCost
from ivaudit.ui.audit.page import AuditPage
from ivaudit.ui.writer import Writer


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
def desk(qtbot: QtBot, writer: Writer) -> Iterator[Desk]:
    found: list[str] = []

    def work(session: Session) -> str:
        _, facility = facilities.create(session, {"name": "EHPAD Les Tilleuls", "setting": "ehpad"})
        return audits.create(session, facility, "externe", ["flash"], "2026-11-21")[1]

    writer.submit(work, done=found.append)
    qtbot.waitUntil(lambda: bool(found))
    said: list[str] = []
    page = AuditPage(writer, found[0], said.append)
    qtbot.addWidget(page)
    made = Desk(qtbot, writer, found[0], page, said)
    with qtbot.waitExposed(page):
        page.resize(1300, 728)
        page.show()
    page.activateWindow()
    qtbot.waitUntil(lambda: page.audit.is_open)
    made.drain()
    yield made
    page.settle()
    made.drain()


@pytest.fixture
def shot(tmp_path: Path) -> Path:
    path = tmp_path / "bracelet.jpg"
    path.write_bytes(photo("JPEG", (1200, 800)))
    return path
