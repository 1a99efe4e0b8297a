"""Clés et secours: nothing is changed by who does not know the passphrase; each secret does what is said."""

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from ui.conftest import settled

from ivaudit.app import facility_keys, workspaces
from ivaudit.domain.errors import NotAllowedNow, WrongPassphrase
from ivaudit.ui.desk import Desk
from ivaudit.ui.main_window import MainWindow
from ivaudit.ui.pages.keys import KeysPage
from ivaudit.ui.start.recovery import Recovery

NEW = "huit mots tout neufs pour rouvrir ce dossier"


@pytest.fixture
def page(window: MainWindow, desk: Desk, qtbot: QtBot) -> KeysPage:
    desk.go("keys")
    settled(window, qtbot)
    found = desk.current()
    assert isinstance(found, KeysPage)
    return found


@pytest.fixture
def allowed(page: KeysPage, passphrase: str, qtbot: QtBot) -> KeysPage:
    page.present.put(passphrase)
    page.allow.click()
    qtbot.waitUntil(page.change.isEnabled, timeout=10_000)
    return page


def test_who_does_not_know_the_passphrase_changes_nothing(page: KeysPage, qtbot: QtBot) -> None:
    page.present.put("une autre phrase")
    page.allow.click()
    qtbot.waitUntil(lambda: "n'ouvre pas" in page.message.text(), timeout=10_000)
    assert not page.change.isEnabled()
    assert not page.renewal.go.isEnabled()
    assert not page.key.add.isEnabled()


def test_the_page_is_guarded_again_once_left(allowed: KeysPage, desk: Desk) -> None:
    allowed.new.first.put("secret")
    desk.go("home")
    desk.go("keys")
    assert not allowed.change.isEnabled()
    assert allowed.new.text() == ""


def test_the_passphrase_is_changed(
    allowed: KeysPage, window: MainWindow, made: Path, passphrase: str, qtbot: QtBot
) -> None:
    allowed.new.first.put("trop court")
    allowed.change.click()
    assert "sept mots" in allowed.changed.text()
    allowed.new.first.put(NEW)
    allowed.new.again.put(NEW)
    allowed.change.click()
    qtbot.waitUntil(lambda: "est changée" in allowed.changed.text(), timeout=10_000)
    assert allowed.new.text() == ""
    window.close()
    with pytest.raises(WrongPassphrase):
        workspaces.open_with_passphrase(made, passphrase)
    workspaces.open_with_passphrase(made, NEW).close()


def test_the_recovery_sheet_is_renewed_once_warned(
    allowed: KeysPage, window: MainWindow, desk: Desk, made: Path, qtbot: QtBot
) -> None:
    renewal = allowed.renewal
    renewal.go.click()
    assert "l'ancienne n'ouvre plus" in renewal.message.text()
    renewal.cancel.click()
    assert not renewal.message.text()
    renewal.go.click()
    renewal.go.click()
    qtbot.waitUntil(lambda: bool(renewal.saver.shown.text()), timeout=10_000)
    code = renewal.saver.shown.text()
    desk.go("home")
    assert not renewal.saver.shown.text()
    window.close()
    workspaces.open_with_recovery(made, code).close()


def test_the_key_of_the_facility_is_made_added_used_and_removed(
    allowed: KeysPage, window: MainWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    (tmp_path / "clés").mkdir()
    card = allowed.key
    card.make_in(str(tmp_path / "clés"))
    qtbot.waitUntil(lambda: "est fabriquée" in card.message.text(), timeout=10_000)
    private, public = sorted((tmp_path / "clés").iterdir())
    card.make_in(str(tmp_path / "clés"))
    assert "déjà une clé" in card.message.text()
    card.add_from(str(private))
    qtbot.waitUntil(lambda: "partie privée" in card.message.text(), timeout=10_000)
    card.holder.setText("DSI")
    card.add_from(str(public))
    qtbot.waitUntil(lambda: "gardée par DSI" in card.state.text(), timeout=10_000)
    window.lock()
    window.show_gate("recovery")
    gate = window.gate
    assert isinstance(gate, Recovery)
    gate.key_file.take(str(tmp_path / "absente.txt"))
    assert "ne se lit pas" in gate.problem.text()
    gate.key_file.take(str(private))
    qtbot.waitUntil(gate.new.isVisible, timeout=10_000)
    window.writer.submit(facility_keys.remove)
    settled(window, qtbot)
    window.close()
    with pytest.raises(NotAllowedNow):
        workspaces.open_with_recovery(window.folder, private.read_text(encoding="utf-8-sig"))
