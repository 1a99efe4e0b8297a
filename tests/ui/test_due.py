"""What is due on Accueil, and two keys to get there."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ivaudit.app import actions, audits, facilities, findings
from ivaudit.app.session import Session
from ivaudit.domain.findings import Grade, Urgency
from ivaudit.ui.audit.findings.step import Findings
from ivaudit.ui.desk import Desk
from ivaudit.ui.main_window import MainWindow
from ivaudit.ui.pages.actions import ActionsPage
from ivaudit.ui.pages.home import HomePage


def asked(window: MainWindow, work: Callable[[Session], object]) -> object:
    found: list[object] = []
    window.writer.submit(work, done=found.append)
    assert window.writer.drain(10)
    return found[0]


def settled(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: window.writer.pending == 0, timeout=10_000)
    QApplication.processEvents()


def _make(session: Session) -> tuple[str, str]:
    _, facility = facilities.create(session, {"name": "EHPAD Les Tilleuls"})
    _, audit = audits.create(session, facility, "externe", ["flash"], "2026-11-21")
    _, finding = findings.create(session, audit, "Deux résidents sans bracelet.", Grade.CRITICAL_GAP)
    findings.urgent(session, audit, finding, Urgency(told="IDEC"))
    actions.create(session, facility, "Afficher la règle.", audit=audit, due="2020-01-31")
    return audit, finding


@pytest.fixture
def placed(window: MainWindow, desk: Desk, qtbot: QtBot) -> tuple[str, str]:
    found = asked(window, _make)
    desk.go("home")
    settled(window, qtbot)
    return found  # type: ignore[return-value]


def home(desk: Desk) -> HomePage:
    found = desk.current()
    assert isinstance(found, HomePage)
    return found


def press(qtbot: QtBot, key: Qt.Key) -> None:
    focused = QApplication.focusWidget()
    assert focused is not None
    qtbot.keyClick(focused, key)


def test_nothing_due_shows_nothing(desk: Desk, window: MainWindow, qtbot: QtBot) -> None:
    desk.go("home")
    settled(window, qtbot)
    assert not home(desk).due_card.isVisible()


def test_what_is_due_is_told_and_two_keys_open_the_first(
    desk: Desk, window: MainWindow, placed: tuple[str, str], qtbot: QtBot
) -> None:
    page = home(desk)
    assert page.due_title.text() == "À traiter : 1 constat sans attendre, 1 action en retard"
    press(qtbot, Qt.Key.Key_T)
    assert page.due.hasFocus()
    press(qtbot, Qt.Key.Key_Return)
    settled(window, qtbot)
    qtbot.waitUntil(lambda: desk.audit is not None and desk.audit.audit.is_open, timeout=10_000)
    settled(window, qtbot)
    assert desk.audit is not None
    step = desk.audit.stack.currentWidget()
    assert isinstance(step, Findings)
    assert step.list.value().id == placed[1]


def test_a_late_action_opens_where_actions_are(
    desk: Desk, window: MainWindow, placed: tuple[str, str], qtbot: QtBot
) -> None:
    assert placed
    press(qtbot, Qt.Key.Key_T)
    press(qtbot, Qt.Key.Key_Down)
    press(qtbot, Qt.Key.Key_Return)
    settled(window, qtbot)
    page = desk.current()
    assert isinstance(page, ActionsPage)
    assert page.list.value().what == "Afficher la règle."


def test_what_was_done_is_no_more_due(
    desk: Desk, window: MainWindow, placed: tuple[str, str], qtbot: QtBot
) -> None:
    audit, finding = placed
    done = Urgency(told="IDEC", done="Bracelets posés.")
    asked(window, lambda session: findings.urgent(session, audit, finding, done))
    settled(window, qtbot)
    assert home(desk).due_title.text() == "À traiter : 1 action en retard"
