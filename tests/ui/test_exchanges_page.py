"""Échanges: files received one by one or from a folder, the register and contents sent, the keys shown."""

from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot
from support.bundles import PASSPHRASE, Forger, honest, op
from ui.conftest import asked, settled

from ivaudit.app import audits, bundle_import, bundle_opening, facilities, own_keys, workspaces
from ivaudit.exchange import age_keys
from ivaudit.store.keys import FLOOR
from ivaudit.ui.desk import Desk
from ivaudit.ui.main_window import MainWindow
from ivaudit.ui.pages.audits import AuditsPage
from ivaudit.ui.pages.exchanges import ExchangesPage
from ivaudit.ui.pages.settings import SettingsPage


@pytest.fixture
def page(window: MainWindow, desk: Desk, qtbot: QtBot) -> ExchangesPage:
    desk.go("settings")
    settled(window, qtbot)
    settings = desk.current()
    assert isinstance(settings, SettingsPage)
    settings.exchanges.click()
    settled(window, qtbot)
    found = desk.current()
    assert isinstance(found, ExchangesPage)
    return found


def forger(window: MainWindow) -> Forger:
    found = asked(window, Forger.of)
    assert isinstance(found, Forger)
    return found


def test_the_keys_of_the_copy_are_shown_and_copied(page: ExchangesPage) -> None:
    assert page.mark.text().startswith("Empreinte de signature :")
    page.copy.click()
    assert len(age_keys.understood(QGuiApplication.clipboard().text())) == 32


def test_a_folder_is_read_file_after_file_and_a_bad_one_is_told(
    page: ExchangesPage, window: MainWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    folder = tmp_path / "recus"
    folder.mkdir()
    page.read_folder(folder / "debranchee")
    settled(window, qtbot)
    assert "débranchée" in page.bar.result.text()
    page.read_folder(folder)
    settled(window, qtbot)
    assert "aucun fichier" in page.bar.result.text()
    made = forger(window)
    made.file(folder / "a.ivaudit", honest([op("audit:a1", "answer:a1/structure/c1", "oui")]))
    made.file(folder / "b.ivaudit", honest([op("audit:a1", "answer:a1/structure/c1", "oui")], format=[9, 0]))
    page.read_folder(folder)
    preview = page.preview
    qtbot.waitUntil(lambda: preview.isVisible() and preview.go.isEnabled(), timeout=10_000)
    assert "a.ivaudit" in preview.title.text()
    assert "1 champ nouveau" in preview.changed.text()
    preview.go.click()
    qtbot.waitUntil(lambda: "plus récente" in preview.result.text(), timeout=10_000)
    assert not preview.go.isEnabled()
    preview.back.click()
    assert page.stack.currentWidget() is page.cards
    count = "SELECT count(*) FROM op WHERE scope = 'audit:a1'"
    assert asked(window, lambda s: s.workspace.db.execute(count).fetchone()[0]) == 1


def test_the_register_is_sent_to_a_key(
    page: ExchangesPage, window: MainWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    page.register.click()
    settled(window, qtbot)
    assert "Personne d'autre" in page.out.result.text()
    other, _ = workspaces.create(tmp_path / "autre", PASSPHRASE, "B", cost=FLOOR, with_recovery=False)
    page.reader.setText(own_keys.own_keys(other).address)
    page.register.click()
    settled(window, qtbot)
    page.out.write_file(tmp_path / "registre.ivaudit")
    qtbot.waitUntil(lambda: "Écrit" in page.out.result.text(), timeout=10_000)
    opened = bundle_opening.open_file(other, tmp_path / "registre.ivaudit")
    assert "références locales" in bundle_import.preview(other, opened).head.left_out[0]
    other.close()


def test_several_audits_are_sent_in_one_file(
    page: ExchangesPage, window: MainWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    facility = asked(window, lambda s: facilities.create(s, {"name": "EHPAD Les Tilleuls"}))[1]
    for day in ("2026-11-20", "2026-11-23", "2026-11-22"):
        asked(window, lambda s, day=day: audits.create(s, facility, "externe", ["flash"], day))
    page.audits.click()
    settled(window, qtbot)
    view = page.send
    assert view is not None
    assert (view.chosen.text(), view.go.isEnabled()) == ("", False)
    for at, choice in enumerate(view.list.values.rows):
        if choice.detail.startswith(("20/11/2026", "22/11/2026")):
            view.list.choose(at)
            view.turn.click()
    assert view.chosen.text() == "Part : 2 audits."
    other, _ = workspaces.create(tmp_path / "autre", PASSPHRASE, "B", cost=FLOOR, with_recovery=False)
    view.reader.setText(own_keys.own_keys(other).address)
    view.go.click()
    settled(window, qtbot)
    view.out.write_file(tmp_path / "audits.ivaudit")
    qtbot.waitUntil(lambda: "Écrit" in view.out.result.text(), timeout=10_000)
    bundle_import.accept(other, bundle_opening.open_file(other, tmp_path / "audits.ivaudit"))
    assert {each.audit.date for each in audits.all_of(other)} == {"2026-11-20", "2026-11-22"}
    other.close()
    view.back.click()
    assert page.stack.currentWidget() is page.cards


def test_the_page_is_reached_from_the_audits(desk: Desk, window: MainWindow, qtbot: QtBot) -> None:
    desk.go("audits")
    settled(window, qtbot)
    listed = desk.current()
    assert isinstance(listed, AuditsPage)
    listed.exchange.click()
    assert isinstance(desk.current(), ExchangesPage)
