"""Base de données: checked beside the work, put right; copies described, made elsewhere, put back."""

import shutil
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from ui.conftest import asked, settled

from ivaudit.app import audits, backups, checks, copies, settings, workspaces
from ivaudit.app.session import Session
from ivaudit.domain.progress import Progress
from ivaudit.store import layout
from ivaudit.ui.desk import Desk
from ivaudit.ui.keeping import Keeper
from ivaudit.ui.main_window import MainWindow
from ivaudit.ui.pages.database import DatabasePage
from ivaudit.ui.pages.home import HomePage
from ivaudit.ui.start.first_start import FirstStart
from ivaudit.ui.start.restore import Restore
from ivaudit.ui.start.unlock import Unlock


@pytest.fixture
def page(window: MainWindow, desk: Desk, qtbot: QtBot) -> DatabasePage:
    desk.go("database")
    settled(window, qtbot)
    found = desk.current()
    assert isinstance(found, DatabasePage)
    return found


def lie(session: Session) -> None:
    session.workspace.db.execute("UPDATE audit SET title = 'autre'")


def forge(session: Session) -> None:
    session.workspace.db.execute("DROP TRIGGER change_fixed")
    session.workspace.db.execute("""UPDATE change SET body = '[1,"autre"]' WHERE field = 'date'""")


def test_everything_is_checked_with_progress(page: DatabasePage, window: MainWindow, qtbot: QtBot) -> None:
    told: list[float] = []
    page.check._aside.progressed.connect(lambda done, total, _text: told.append(done / total))
    page.check.go.click()
    assert page.check.progress.isVisibleTo(page)
    qtbot.waitUntil(lambda: "Tout est intact" in page.check.found.text(), timeout=10_000)
    assert told[-1] == 1
    settled(window, qtbot)
    assert "tout était intact" in page.check.last.text()
    assert not page.check.progress.isVisibleTo(page)


def test_a_check_is_stopped(
    page: DatabasePage, window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def long(_session: Session, progress: Progress) -> None:
        while True:
            progress(0, 1, "Journal")

    monkeypatch.setattr(checks, "check_beside", long)
    page.check.go.click()
    qtbot.waitUntil(lambda: page.check.doing.text() == "Journal", timeout=10_000)
    page.check.stop_button.click()
    qtbot.waitUntil(lambda: "est arrêtée" in page.check.found.text(), timeout=10_000)
    page.check.go.click()
    qtbot.waitUntil(lambda: page.check.doing.text() == "Journal", timeout=10_000)
    window.lock()
    assert isinstance(window.gate, Unlock)


def test_what_can_be_put_right_is(page: DatabasePage, window: MainWindow, qtbot: QtBot) -> None:
    asked(window, lie)
    page.check.go.click()
    qtbot.waitUntil(lambda: "audit" in page.check.found.text(), timeout=10_000)
    assert "se répare sans rien perdre" in page.check.advice.text()
    page.check.mend.click()
    qtbot.waitUntil(lambda: "Tout est intact" in page.check.found.text(), timeout=10_000)
    assert not page.check.mend.isVisibleTo(page)
    settled(window, qtbot)
    assert "avant réparation" in [row.info.reason for row in page.list.values.rows]


def test_a_repair_is_stopped_by_the_button_that_says_so(
    page: DatabasePage, window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def long(_session: Session, _report: object, progress: Progress) -> None:
        while True:
            progress(0, 1, "Sauvegarde avant réparation")

    asked(window, lie)
    page.check.go.click()
    qtbot.waitUntil(lambda: page.check.mend.isVisibleTo(page), timeout=10_000)
    monkeypatch.setattr(checks, "repair", long)
    page.check.mend.click()
    qtbot.waitUntil(lambda: "Sauvegarde" in page.check.doing.text(), timeout=10_000)
    page.check.stop_button.click()
    qtbot.waitUntil(lambda: "C'est arrêté" in page.check.found.text(), timeout=10_000)
    assert page.check.go.isEnabled()


def test_what_cannot_is_said_exactly_with_the_best_copy(
    page: DatabasePage, window: MainWindow, qtbot: QtBot
) -> None:
    asked(window, forge)
    page.check.go.click()
    qtbot.waitUntil(lambda: bool(page.check.advice.text()), timeout=10_000)
    assert "EHPAD Les Pins" in page.check.advice.text()
    assert "La copie la plus récente qui est intacte" in page.check.advice.text()
    settled(window, qtbot)
    assert "un défaut a été trouvé" in page.check.last.text()


def test_each_copy_says_what_it_contains_and_what_would_be_lost(
    page: DatabasePage, window: MainWindow, desk: Desk, qtbot: QtBot
) -> None:
    assert "1 audit, 1 structure" in page.details.contents.text()
    assert "par Référente" in page.details.contents.text()
    assert "Rien ne serait perdu" in page.details.lost.text()
    window.writer.submit(lambda session: settings.change(session, advance_after_answer=True))
    desk.go("home")
    desk.go("database")
    qtbot.waitUntil(lambda: "1 geste sur les réglages" in page.details.lost.text(), timeout=10_000)
    assert page.list.values.index(0, 2).data() == "1"


def test_a_copy_on_another_drive_is_made_and_the_reminder_goes(
    page: DatabasePage, window: MainWindow, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "Aucune" in page.copied.text()
    target = tmp_path / "clé"
    target.mkdir()
    page.copy_to(str(target))
    qtbot.waitUntil(lambda: "même disque" in page.message.text(), timeout=10_000)
    assert asked(window, backups.last_copy) == ""
    monkeypatch.setattr(backups, "same_drive", lambda *_: False)
    page.copy_to(str(target))
    qtbot.waitUntil(lambda: "La dernière a été faite" in page.copied.text(), timeout=10_000)
    assert len(list(target.iterdir())) == 2
    page.copy_to(str(tmp_path / "absente"))
    qtbot.waitUntil(lambda: "n'est plus là" in page.message.text(), timeout=10_000)


def test_home_reminds_of_a_copy_that_is_late(
    window: MainWindow, desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = desk.current()
    assert isinstance(home, HomePage)
    assert not home.copy.isVisibleTo(home)
    monkeypatch.setattr(backups, "copy_late", lambda _session: True)
    desk.go("home")
    settled(window, qtbot)
    assert "autre disque" in home.late.text()
    home.copy.click()
    assert desk.here[0] == "database"


def test_a_lost_machine_comes_back_from_a_copy_on_a_stick(
    page: DatabasePage, window: MainWindow, tmp_path: Path, passphrase: str, qtbot: QtBot
) -> None:
    made = window.folder
    (tmp_path / "clé").mkdir()
    page.copy_to(str(tmp_path / "clé"))
    qtbot.waitUntil(lambda: "est faite et relue" in page.message.text(), timeout=10_000)
    window.close()
    shutil.rmtree(made)
    other = MainWindow(made)
    qtbot.addWidget(other)
    assert isinstance(other.gate, FirstStart)
    other.gate.restore.click()
    gate = other.gate
    assert isinstance(gate, Restore)
    gate.take_folder(str(tmp_path))
    assert "ne contient pas" in gate.problem.text()
    gate.take_folder(str(tmp_path / "clé"))
    gate.secret.put(passphrase)
    gate.look()
    with qtbot.waitSignal(gate.looked, timeout=10_000):
        pass
    assert "rien ne serait perdu" in gate.details.lost.text()
    gate.proceed()
    qtbot.waitUntil(lambda: other.desk is not None, timeout=10_000)
    assert len(asked(other, audits.all_of)) == 1  # type: ignore[arg-type]
    other.close()


def test_a_damaged_workspace_leads_to_its_copies(
    window: MainWindow, made: Path, passphrase: str, qtbot: QtBot
) -> None:
    settled(window, qtbot)
    window.lock()
    file = made / layout.DATABASE
    file.write_bytes(file.read_bytes()[:5000])
    gate = window.gate
    assert isinstance(gate, Unlock)
    gate.passphrase.put(passphrase)
    gate.unlock()
    qtbot.waitUntil(gate.restore.hasFocus, timeout=10_000)
    gate.restore.click()
    restore = window.gate
    assert isinstance(restore, Restore)
    restore.secret.put("une autre phrase")
    restore.proceed()
    qtbot.waitUntil(lambda: "n'ouvre pas" in restore.problem.text(), timeout=10_000)
    restore.secret.put(passphrase)
    restore.proceed()
    qtbot.waitUntil(lambda: restore.go.text() == "Restaurer quand même", timeout=10_000)
    assert "ne se lit pas" in restore.details.lost.text()
    restore.proceed()
    qtbot.waitUntil(lambda: window.desk is not None, timeout=10_000)
    assert len(asked(window, audits.all_of)) == 1  # type: ignore[arg-type]


def test_the_keeper_backs_up_and_checks_wherever_one_is(
    window: MainWindow, desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.go("library")
    settled(window, qtbot)
    made = len(backups.backups(window.folder))
    monkeypatch.setattr(backups, "due", lambda _session: True)
    desk.keeper.look()
    settled(window, qtbot)
    assert len(backups.backups(window.folder)) == made + 1
    asked(window, lie)
    desk.keeper.check()
    qtbot.waitUntil(lambda: "Base de données" in desk.bar.sentence.text(), timeout=10_000)
    assert not asked(window, checks.last)[1]  # type: ignore[index]
    assert not asked(window, checks.due)


def test_a_sudden_stop_is_told_once(made: Path, passphrase: str, tmp_path: Path, qtbot: QtBot) -> None:
    first = workspaces.open_with_passphrase(made, passphrase)
    stopped = tmp_path / "arrêté"
    shutil.copytree(made, stopped)
    first.close()
    window = MainWindow(stopped)
    qtbot.addWidget(window)
    gate = window.gate
    assert isinstance(gate, Unlock)
    said: list[object] = []
    original = Keeper.start

    def start(keeper: Keeper) -> None:
        keeper.said.connect(said.append)
        original(keeper)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Keeper, "start", start)
        gate.passphrase.put(passphrase)
        gate.unlock()
        qtbot.waitUntil(lambda: bool(said), timeout=10_000)
    assert "arrêté brutalement" in str(said[0])
    settled(window, qtbot)
    window.close()


def test_reading_copies_before_a_restoration_is_stopped(
    window: MainWindow, passphrase: str, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def long(*_: object, progress: Progress, **__: object) -> None:
        while True:
            progress(0, 3, "Lecture des copies")

    monkeypatch.setattr(copies, "look_locked", long)
    settled(window, qtbot)
    window.lock()
    window.show_gate("restore")
    gate = window.gate
    assert isinstance(gate, Restore)
    gate.secret.put(passphrase)
    gate.read.click()
    qtbot.waitUntil(lambda: "0 sur 3" in gate.problem.text(), timeout=10_000)
    assert not gate.go.isEnabled()
    gate.stop.click()
    qtbot.waitUntil(lambda: "est arrêtée" in gate.problem.text(), timeout=10_000)
    assert gate.go.isEnabled()
