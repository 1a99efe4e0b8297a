"""Locking by hand, by idleness and after a sleep: nothing is seen any more, and nothing typed is lost."""

import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget
from pytestqt.qtbot import QtBot
from ui.conftest import asked, settled, unlock

from ivaudit.app import answers, audits, texts
from ivaudit.app.session import Session
from ivaudit.domain.errors import DiskFull
from ivaudit.ui import main_window
from ivaudit.ui.audit.text_entry import TextEntry
from ivaudit.ui.desk import Desk
from ivaudit.ui.main_window import MainWindow
from ivaudit.ui.start.cover import Cover
from ivaudit.ui.start.unlock import Unlock


def constat(window: MainWindow) -> TextEntry:
    assert window.desk is not None
    assert window.desk.audit is not None
    return window.desk.audit.grid.panel.constat


@pytest.fixture
def audit(window: MainWindow, desk: Desk, qtbot: QtBot) -> str:
    """The one audit, open on its grid, with the constat of its first point under the cursor."""
    found = asked(window, lambda session: audits.all_of(session)[0].audit.id)
    assert isinstance(found, str)
    desk.go("audit", found)
    settled(window, qtbot)
    constat(window).editor.setFocus()
    return found


def sleep_and_wake(window: MainWindow) -> None:
    assert window.watch is not None
    window.watch._seen_wall -= 3600
    window.watch.tick()


def test_after_a_sleep_the_window_is_locked_and_the_text_is_there_once_unlocked(
    window: MainWindow, audit: str, passphrase: str, qtbot: QtBot
) -> None:
    assert constat(window).editor.hasFocus()
    constat(window).editor.insertPlainText("Vu au poste d'accueil, en cours de")
    sleep_and_wake(window)
    assert isinstance(window.gate, Unlock)
    assert window.desk is None
    unlock(window, passphrase, qtbot)
    assert window.desk is not None
    assert window.desk.here == ("audit", audit)
    qtbot.waitUntil(lambda: constat(window).text == "Vu au poste d'accueil, en cours de", timeout=10_000)


def test_a_text_with_an_open_alert_is_a_draft_that_comes_back(
    window: MainWindow, audit: str, passphrase: str, qtbot: QtBot
) -> None:
    constat(window).editor.insertPlainText("Mme DUPONT attend.")
    window.lock()
    unlock(window, passphrase, qtbot)
    qtbot.waitUntil(lambda: constat(window).text == "Mme DUPONT attend.", timeout=10_000)
    sheet = asked(window, lambda session: audits.sheet(session, audit))
    assert isinstance(sheet, audits.AuditSheet)
    criterion = next(iter(sheet.checklists[0].points())).criterion.id
    recorded = asked(window, lambda session: answers.current(session, audit, criterion).constat)
    assert recorded == ""


def test_idleness_locks_as_chosen(window: MainWindow, desk: Desk) -> None:
    assert desk.isVisible()
    assert window.watch is not None
    window.watch.lock_after = 5
    window.watch._touched -= 6 * 60
    window.watch.tick()
    assert isinstance(window.gate, Unlock)


def test_nothing_is_seen_while_the_disk_holds_and_it_locks_once_it_answers(
    window: MainWindow, desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(main_window, "_PATIENCE", 0.01)
    go = threading.Event()
    window.writer.submit(lambda _session: go.wait(10))
    window.lock()
    assert isinstance(window.stack.currentWidget(), Cover)
    assert not desk.isVisible()
    assert "tarde à répondre" in window.cover.problem.text()  # type: ignore[union-attr]
    window.lock()
    go.set()
    qtbot.waitUntil(lambda: isinstance(window.gate, Unlock), timeout=10_000)
    assert window.cover is None


@pytest.fixture
def refusing(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """A disk that takes no text, until what is returned is called."""

    def full(*_: object, **__: object) -> None:
        raise DiskFull

    patch = pytest.MonkeyPatch()
    for name in ("write", "draft"):
        patch.setattr(answers, name, full)
    patch.setattr(texts, "record", full)
    monkeypatch.setattr(main_window, "_PATIENCE", 10)
    return patch.undo


def test_what_the_disk_refuses_stays_behind_the_cover_until_the_passphrase_is_typed(
    window: MainWindow, audit: str, passphrase: str, refusing: Callable[[], None], qtbot: QtBot
) -> None:
    constat(window).editor.insertPlainText("Refusé par le disque")
    desk = window.desk
    sleep_and_wake(window)
    cover = window.cover
    assert isinstance(cover, Cover)
    assert "disque est plein" in cover.problem.text()
    assert not desk.isVisible()  # type: ignore[union-attr]
    cover.passphrase.put("une autre phrase")
    cover.back.click()
    qtbot.waitUntil(lambda: "n'ouvre pas" in cover.problem.text(), timeout=10_000)
    cover.passphrase.put(passphrase)
    cover.back.click()
    qtbot.waitUntil(lambda: window.cover is None, timeout=10_000)
    assert window.desk is desk
    assert desk.isVisible()  # type: ignore[union-attr]
    assert window.windowTitle() != "ivaudit"
    assert constat(window).text == "Refusé par le disque"
    refusing()
    constat(window).settle()
    settled(window, qtbot)
    assert "Refusé par le disque" in asked(window, lambda session: _constats(session, audit))  # type: ignore[operator]


def test_one_may_leave_without_what_was_refused(
    window: MainWindow, audit: str, refusing: Callable[[], None], made: Path
) -> None:
    assert audit
    assert made.exists()
    constat(window).editor.insertPlainText("Refusé par le disque")
    window.lock()
    assert window.cover is not None
    window.cover.leave.click()
    assert isinstance(window.gate, Unlock)
    refusing()


def _constats(session: Session, audit: str) -> set[str]:
    sheet = audits.sheet(session, audit)
    points = [point.criterion.id for point in sheet.checklists[0].points()]
    return {answers.current(session, audit, criterion).constat for criterion in points}


def test_windows_that_stand_over_the_desk_close_with_the_lock(
    window: MainWindow, desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A page that is hidden does not hide the windows it owns: findings in large letters, a file."""
    monkeypatch.setattr(main_window, "_PATIENCE", 0.01)
    page = desk.current()
    shown = QWidget(page, Qt.WindowType.Window)
    asking = QFileDialog(page)
    asking.setOption(QFileDialog.Option.DontUseNativeDialog)
    for over in (shown, asking):
        over.show()
        qtbot.waitExposed(over)
    go = threading.Event()
    window.writer.submit(lambda _session: go.wait(10))
    window.lock()
    assert isinstance(window.stack.currentWidget(), Cover)
    assert not shown.isVisible()
    assert not asking.isVisible()
    go.set()
    qtbot.waitUntil(lambda: isinstance(window.gate, Unlock), timeout=10_000)


def test_quitting_without_a_text_that_the_disk_refuses_is_said_then_done(
    window: MainWindow, audit: str, refusing: Callable[[], None]
) -> None:
    """Asked again, it leaves, and hands nothing over to a workspace that is closed: no crash is logged."""
    assert audit
    constat(window).editor.insertPlainText("Refusé par le disque")
    assert not window.close()
    assert window.desk is not None
    said = window.desk.bar.sentence.text()
    assert "disque est plein" in said
    assert "Fermez encore une fois pour quitter sans ce qui a été refusé" in said
    assert window.close()
    refusing()
