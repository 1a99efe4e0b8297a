"""A new audit from the last one of the structure, and the follow-up of an audit from its list."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from ivaudit.app import answers, audits, facilities, versions, workspaces
from ivaudit.app.session import Session
from ivaudit.domain.audit import AuditSheet
from ivaudit.store.keys import KdfCost
from ivaudit.ui.desk import Desk
from ivaudit.ui.main_window import MainWindow
from ivaudit.ui.pages.audits import AuditsPage
from ivaudit.ui.pages.new_audit import NewAuditPage
from ivaudit.ui.pages.start_from import Start

UNMET = "rec-ant-02"


@pytest.fixture
def made(place: Path, passphrase: str, cheap_cost: KdfCost) -> Path:
    """A workspace with one structure, its audit with something to follow, and a structure without audit."""
    session, _ = workspaces.create(place, passphrase, "Référente", cost=cheap_cost)
    _, facility = facilities.create(session, {"name": "EHPAD Les Pins", "city": "Laval"})
    facilities.create(session, {"name": "HAD du Lac"})
    _, audit = audits.create(session, facility, "flash", ["flash"], "2026-11-21")
    answers.answer(session, audit, UNMET, "non")
    session.close()
    return place


def settled(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: window.writer.pending == 0, timeout=10_000)


def opened(window: MainWindow, desk: Desk, qtbot: QtBot) -> AuditSheet:
    """Return the audit that is shown, once it is."""
    qtbot.waitUntil(lambda: desk.audit is not None and desk.audit.audit.is_open, timeout=10_000)
    settled(window, qtbot)
    assert desk.audit is not None
    found: list[AuditSheet] = []
    key = desk.audit.audit.audit_id
    window.writer.submit(lambda session: audits.sheet(session, key), done=found.append)
    settled(window, qtbot)
    return found[0]


def page_of(window: MainWindow, desk: Desk, qtbot: QtBot) -> NewAuditPage:
    desk.go("new_audit")
    page = desk.current()
    assert isinstance(page, NewAuditPage)
    settled(window, qtbot)
    return page


def test_a_structure_without_audit_starts_from_nothing(window: MainWindow, desk: Desk, qtbot: QtBot) -> None:
    page = page_of(window, desk, qtbot)
    names = [page.facility.itemText(at) for at in range(page.facility.count())]
    page.facility.setCurrentIndex(names.index("HAD du Lac"))
    assert page.start.isHidden()
    assert not page.grids.isHidden()
    page.facility.setCurrentIndex(next(at for at, name in enumerate(names) if "Les Pins" in name))
    assert not page.start.isHidden()
    assert page.start.choice.count() == 4
    assert "21/11/2026" in page.start.choice.itemText(1)


STARTS = {
    Start.GRIDS: ((), "flash", "flash"),
    Start.ANSWERS: ((UNMET,), "flash", "flash"),
    Start.FOLLOW_UP: ((UNMET,), "suivi", "suivi-cible"),
}
"""By what is chosen: what waits to be confirmed, the kind of audit and its grid."""


@pytest.mark.parametrize("start", STARTS)
def test_starting_from_the_last_audit_by_keyboard(
    window: MainWindow, desk: Desk, qtbot: QtBot, start: Start
) -> None:
    waiting, kind, grid = STARTS[start]
    page = page_of(window, desk, qtbot)
    names = [page.facility.itemText(at) for at in range(page.facility.count())]
    page.facility.setCurrentIndex(next(at for at, name in enumerate(names) if "Les Pins" in name))
    page.kind.setCurrentIndex(page.kind.findData("flash"))
    page.start.choice.setFocus()
    for _ in range(list(Start).index(start)):
        QTest.keyClick(page.start.choice, Qt.Key.Key_Down)
    assert page.start.start is start
    assert page.start.help.text()
    assert page.grids.isHidden()
    page.go.setFocus()
    QTest.keyClick(page.go, Qt.Key.Key_Return)
    sheet = opened(window, desk, qtbot)
    assert (sheet.audit.kind, sheet.checklists[0].id) == (kind, grid)

    def left(session: Session) -> tuple[str, ...]:
        return versions.waiting(session, sheet.audit.id)

    found: list[tuple[str, ...]] = []
    window.writer.submit(left, done=found.append)
    settled(window, qtbot)
    assert found == [waiting]


def test_the_list_of_audits_makes_a_follow_up(window: MainWindow, desk: Desk, qtbot: QtBot) -> None:
    desk.go("audits")
    page = desk.current()
    assert isinstance(page, AuditsPage)
    settled(window, qtbot)
    page.follow.setFocus()
    QTest.keyClick(page.follow, Qt.Key.Key_Space)
    sheet = opened(window, desk, qtbot)
    assert sheet.checklists[0].id == "suivi-cible"
    assert sheet.audit.source
