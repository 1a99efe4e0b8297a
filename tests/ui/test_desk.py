"""The open workspace: going about, notifications, locking and quitting without losing a word."""

import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QCheckBox, QPushButton
from pytestqt.qtbot import QtBot

from ivaudit.app import anomaly_reports, answers, audits, backups, facilities, notebook, settings, workspaces
from ivaudit.app.backups import BackupInfo
from ivaudit.app.session import Session
from ivaudit.domain.errors import DiskFull
from ivaudit.store.layout import TEMPORARY
from ivaudit.ui import main_window, theme
from ivaudit.ui.desk import Desk
from ivaudit.ui.main_window import MainWindow
from ivaudit.ui.page import Said
from ivaudit.ui.pages.actions import ActionsPage
from ivaudit.ui.pages.anomalies import AnomaliesPage
from ivaudit.ui.pages.audits import AuditsPage
from ivaudit.ui.pages.database import DatabasePage
from ivaudit.ui.pages.facilities import FacilitiesPage
from ivaudit.ui.pages.home import HomePage
from ivaudit.ui.pages.indicators import IndicatorsPage
from ivaudit.ui.pages.library import LibraryPage
from ivaudit.ui.pages.new_audit import NewAuditPage
from ivaudit.ui.pages.settings import SettingsPage
from ivaudit.ui.start.unlock import Unlock

CONTROL = Qt.KeyboardModifier.ControlModifier


def _settled(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: window.writer.pending == 0, timeout=10_000)


def _asked(window: MainWindow, work: Callable[[Session], object]) -> object:
    found: list[object] = []
    window.writer.submit(work, done=found.append)
    assert window.writer.drain(10)
    return found[0]


def _press(key: int, text: str, scan: int) -> None:
    focused = QApplication.focusWidget()
    assert focused is not None
    event = QKeyEvent(QKeyEvent.Type.KeyPress, key, CONTROL, scan, 0, 0, text)
    QCoreApplication.sendEvent(focused, event)


def test_the_rail_follows_the_digit_row_of_a_french_keyboard(
    window: MainWindow, desk: Desk, qtbot: QtBot
) -> None:
    _press(Qt.Key.Key_Eacute, "é", 11)
    assert isinstance(desk.current(), AuditsPage)
    _press(Qt.Key.Key_QuoteDbl, '"', 12)
    assert isinstance(desk.current(), AnomaliesPage)
    _press(Qt.Key.Key_Apostrophe, "'", 13)
    assert isinstance(desk.current(), ActionsPage)
    _press(Qt.Key.Key_ParenLeft, "(", 14)
    assert isinstance(desk.current(), IndicatorsPage)
    _press(Qt.Key.Key_Minus, "-", 15)
    assert isinstance(desk.current(), FacilitiesPage)
    _press(Qt.Key.Key_Ampersand, "&", 10)
    assert isinstance(desk.current(), HomePage)
    _settled(window, qtbot)


def test_the_rail_collapses_where_there_is_little_room(
    window: MainWindow, desk: Desk, qapp: QApplication
) -> None:
    assert desk.rail.buttons["home"].text() == "Accueil"
    window.resize(1024, 600)
    assert desk.rail.buttons["home"].text() == ""
    assert desk.rail.buttons["home"].accessibleName() == "Accueil"
    window.resize(1366, 768)
    assert desk.rail.buttons["home"].text() == "Accueil"
    theme.apply(qapp, 2.0, dark=False)
    assert desk.rail.buttons["home"].text() == ""


def test_home_resumes_the_audit_in_progress(window: MainWindow, desk: Desk, qtbot: QtBot) -> None:
    home = desk.current()
    assert isinstance(home, HomePage)
    assert "EHPAD Les Pins" in home.resume_title.text()
    assert "0 point traité sur" in home.resume_more.text()
    assert home.resume.hasFocus()
    qtbot.keyClick(home.resume, Qt.Key.Key_Space)
    _settled(window, qtbot)
    assert desk.here[0] == "audit"
    assert desk.audit is not None


def test_home_makes_the_backup_that_is_due(desk: Desk) -> None:
    home = desk.current()
    assert isinstance(home, HomePage)
    assert "aujourd'hui" in home.backup.text()


def _held(monkeypatch: pytest.MonkeyPatch) -> tuple[threading.Event, threading.Event]:
    """Hold backups; return what tells that one began, and what lets it go on."""
    began, go = threading.Event(), threading.Event()
    really = backups.back_up

    def back_up(session: Session, reason: str) -> BackupInfo:
        began.set()
        assert go.wait(10)
        return really(session, reason)

    monkeypatch.setattr(backups, "back_up", back_up)
    return began, go


@pytest.mark.parametrize("name", ["home", "database"])
def test_answers_do_not_wait_for_a_backup_and_leaving_does(
    window: MainWindow, desk: Desk, name: str, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    audit = _asked(window, audits.all_of)[0].audit.id
    sheet = _asked(window, lambda s: audits.sheet(s, audit))
    criterion = next(iter(sheet.checklists[0].points())).criterion.id
    desk.go(name)
    _settled(window, qtbot)
    page = desk.current()
    assert isinstance(page, HomePage | DatabasePage)
    made = len(backups.backups(window.folder))
    began, go = _held(monkeypatch)
    page.back_up.click()
    qtbot.waitUntil(began.is_set)
    told: list[object] = []
    window.writer.submit(lambda s: answers.answer(s, audit, criterion, "oui"), done=told.append)
    qtbot.waitUntil(lambda: bool(told))
    assert not page.back_up.isEnabled()
    monkeypatch.setattr(main_window, "_PATIENCE", 0.01)
    window.lock()
    assert window.desk is desk
    go.set()
    qtbot.waitUntil(lambda: isinstance(window.gate, Unlock), timeout=10_000)
    assert len(backups.backups(window.folder)) == made + 1
    assert not [path for path in window.folder.iterdir() if path.name.startswith(TEMPORARY)]


def test_a_new_audit_for_a_new_structure_in_a_few_keys(window: MainWindow, desk: Desk, qtbot: QtBot) -> None:
    desk.go("new_audit")
    _settled(window, qtbot)
    page = desk.current()
    assert isinstance(page, NewAuditPage)
    page.go.click()
    assert "grille" in page.problem.text()
    page.facility.setCurrentIndex(page.facility.findData(""))
    page.structure.name.setText("Clinique du Parc")
    qtbot.keyClick(page.findChild(QCheckBox, "input_new_profile_insi"), Qt.Key.Key_Space)
    box = page._boxes["flash"]
    box.setFocus()
    qtbot.keyClick(box, Qt.Key.Key_Space)
    assert "15 points" in page.total.text()
    page.go.click()
    qtbot.waitUntil(lambda: desk.here[0] == "audit", timeout=10_000)
    _settled(window, qtbot)
    found = _asked(window, audits.all_of)
    assert "Clinique du Parc" in {summary.audit.facility_name for summary in found}
    profiles = {each.name: each.profile for each in _asked(window, facilities.all_of)}
    assert profiles["Clinique du Parc"] == ("insi",)


def test_audits_are_searched_and_one_taken_off_comes_back(
    window: MainWindow, desk: Desk, qtbot: QtBot
) -> None:
    desk.go("audits")
    _settled(window, qtbot)
    page = desk.current()
    assert isinstance(page, AuditsPage)
    page.search.setText("LES PÍNS")
    assert len(page.list.values.rows) == 1
    page.search.setText("introuvable")
    assert page.list.values.rows == []
    assert not page.open.isEnabled()
    page.search.clear()
    page.remove.click()
    _settled(window, qtbot)
    assert page.list.values.rows == []
    assert desk.bar.back.isVisible()
    desk.bar.back.click()
    _settled(window, qtbot)
    assert len(page.list.values.rows) == 1


def test_a_structure_is_created_field_by_field_and_kept_while_an_audit_needs_it(
    window: MainWindow, desk: Desk, qtbot: QtBot
) -> None:
    desk.go("facilities")
    _settled(window, qtbot)
    page = desk.current()
    assert isinstance(page, FacilitiesPage)
    page.drop.click()
    _settled(window, qtbot)
    assert "audits portent sur cette structure" in desk.bar.sentence.text()
    page.new.click()
    assert page.editor is not None
    name = page.editor.editors["name"].focus_widget()
    assert name.hasFocus()
    qtbot.keyClicks(name, "Clinique du Parc")
    finess = page.editor.editors["finess_et"].focus_widget()
    finess.setFocus()
    qtbot.keyClicks(finess, "750000003")
    qtbot.keyClick(finess, Qt.Key.Key_Tab)
    _settled(window, qtbot)
    found = {each.name: each for each in _asked(window, facilities.all_of)}
    assert found["Clinique du Parc"].finess_et == "750000003"
    assert "clé de contrôle" in page.editor.editors["finess_et"].warning.text()
    page.drop.click()
    _settled(window, qtbot)
    assert "Clinique du Parc" not in {each.name for each in _asked(window, facilities.all_of)}
    desk.bar.back.click()
    _settled(window, qtbot)
    assert "Clinique du Parc" in {each.name for each in _asked(window, facilities.all_of)}


def test_the_library_says_what_points_rest_on_and_is_searched(desk: Desk, qtbot: QtBot) -> None:
    desk.go("library")
    page = desk.current()
    assert isinstance(page, LibraryPage)
    qtbot.waitUntil(lambda: bool(page.model.nodes), timeout=20_000)
    text = page.reader.text.toPlainText()
    assert "reposent sur" in text or "repose sur" in text
    assert "Niveaux" in text
    before = len(page.model.nodes)
    page.search.setText("naissance")
    qtbot.waitUntil(lambda: 0 < len(page.model.nodes) < before, timeout=5_000)
    qtbot.waitUntil(lambda: "Pourquoi" in page.reader.text.toPlainText(), timeout=5_000)
    text = page.reader.text.toPlainText()
    for title in ("Pourquoi", "Où regarder", "Ce qui vaut chaque réponse", "Références"):
        assert title in text


def test_a_list_leaves_the_keys_of_the_rail_to_the_window(desk: Desk, qtbot: QtBot) -> None:
    desk.go("settings")
    page = desk.current()
    assert isinstance(page, SettingsPage)
    page.lock.setFocus()
    qtbot.keyClick(page.lock, Qt.Key.Key_Egrave, CONTROL)  # 7 on AZERTY
    assert isinstance(desk.current(), LibraryPage)


def test_settings_change_the_window_at_once_and_at_the_next_start(
    window: MainWindow, desk: Desk, qtbot: QtBot
) -> None:
    desk.go("settings")
    _settled(window, qtbot)
    page = desk.current()
    assert isinstance(page, SettingsPage)
    page.theme.setFocus()
    qtbot.keyClick(page.theme, Qt.Key.Key_End)
    _settled(window, qtbot)
    assert theme.current().dark
    page.scale.setFocus()
    qtbot.keyClick(page.scale, Qt.Key.Key_End)
    _settled(window, qtbot)
    assert theme.current().scale == pytest.approx(2.0)
    page.author.setText("Cadre de santé")
    page.settle()
    _settled(window, qtbot)
    assert "Cadre de santé" in desk.rail.foot.text()
    kept = _asked(window, settings.get)
    assert (kept.theme, kept.text_scale, kept.author) == ("sombre", 200, "Cadre de santé")


def test_a_region_ticked_applies_its_circuits_until_it_is_unticked(
    window: MainWindow, desk: Desk, qtbot: QtBot
) -> None:
    desk.go("settings")
    _settled(window, qtbot)
    page = desk.current()
    assert isinstance(page, SettingsPage)
    box = page.regions.boxes["circuits-nouvelle-aquitaine"]
    assert not box.isChecked()
    for wanted in (("circuits-nouvelle-aquitaine",), ()):
        box.setFocus()
        qtbot.keyClick(box, Qt.Key.Key_Space)
        _settled(window, qtbot)
        assert _asked(window, anomaly_reports.regions) == wanted
        desk.go("home")
        desk.go("settings")
        _settled(window, qtbot)
        assert box.isChecked() == bool(wanted)


def test_the_diagnostic_is_copied_from_the_settings(window: MainWindow, desk: Desk, qtbot: QtBot) -> None:
    desk.go("settings")
    _settled(window, qtbot)
    page = desk.current()
    assert isinstance(page, SettingsPage)
    page.copy.click()
    assert "PySide6" in QApplication.clipboard().text()


def test_the_log_of_writes_is_folded_when_nobody_types(
    window: MainWindow, desk: Desk, made: Path, qtbot: QtBot
) -> None:
    window.writer.submit(lambda session: settings.change(session, advance_after_answer=True))
    _settled(window, qtbot)
    log = made / "ivaudit.db-wal"
    assert log.stat().st_size
    assert window.watch is not None
    window.watch.quiet.emit()
    _settled(window, qtbot)
    assert log.stat().st_size == 0
    assert desk.failures == 0


def test_errors_stay_in_the_bar_and_saves_are_dated(window: MainWindow, desk: Desk, qtbot: QtBot) -> None:
    window.writer.submit(_full)
    _settled(window, qtbot)
    assert "disque est plein" in desk.bar.sentence.text()
    desk.bar.close_button.click()
    assert desk.bar.sentence.text() == ""
    window.writer.submit(lambda session: settings.change(session, advance_after_answer=True))
    _settled(window, qtbot)
    assert desk.bar.state.text().startswith("Enregistré à ")


def _full(_session: object) -> None:
    raise DiskFull


def test_locking_settles_what_is_typed_and_comes_back_where_one_was(
    window: MainWindow, desk: Desk, passphrase: str, qtbot: QtBot
) -> None:
    desk.go("facilities")
    _settled(window, qtbot)
    page = desk.current()
    assert isinstance(page, FacilitiesPage)
    assert page.editor is not None
    city = page.editor.editors["city"].focus_widget()
    city.setFocus()
    qtbot.keyClick(city, Qt.Key.Key_A, CONTROL)
    qtbot.keyClicks(city, "Mayenne")
    window.lock()
    assert window.desk is None
    assert isinstance(window.gate, Unlock)
    window.gate.passphrase.put(passphrase)
    window.gate.unlock()
    qtbot.waitUntil(lambda: window.desk is not None, timeout=10_000)
    _settled(window, qtbot)
    assert window.desk.here[0] == "facilities"
    assert [each.city for each in _asked(window, facilities.all_of)] == ["Mayenne"]


def test_quitting_waits_for_what_is_queued(
    window: MainWindow, made: Path, passphrase: str, qtbot: QtBot
) -> None:
    for rank in range(30):
        window.writer.submit(
            lambda session, rank=rank: facilities.create(session, {"name": f"Structure {rank}"})
        )
    assert window.close()
    session = workspaces.open_with_passphrase(made, passphrase)
    assert len(facilities.all_of(session)) == 31
    session.close()
    del qtbot


def test_quitting_on_a_held_disk_says_so_and_leaves_once_it_answers(
    window: MainWindow, desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ivaudit.ui.main_window._PATIENCE", 0.01)
    go = threading.Event()
    window.writer.submit(lambda _session: go.wait(10))
    assert not window.close()
    assert "disque tarde" in desk.bar.sentence.text()
    go.set()
    qtbot.waitUntil(lambda: not window.isVisible(), timeout=10_000)


def test_a_failure_while_quitting_keeps_the_window_once(window: MainWindow, desk: Desk) -> None:
    window.writer.submit(_full)
    assert not window.close()
    assert "disque est plein" in desk.bar.sentence.text()
    assert window.close()


def test_a_sentence_may_carry_a_way_back(window: MainWindow, desk: Desk, qtbot: QtBot) -> None:
    with qtbot.waitSignal(desk.bar.back_asked) as told:
        desk.bar.show_said(Said(sentence="Fait.", back_label="Remettre", back=_full))
        desk.bar.findChild(QPushButton, "notification_back").click()
    assert told.args is not None
    assert told.args[0].back is _full
    _settled(window, qtbot)
    assert "disque est plein" in desk.bar.sentence.text()


def test_a_name_that_is_none_is_recorded_once_the_user_says_so(
    window: MainWindow, desk: Desk, qtbot: QtBot
) -> None:
    kept: list[object] = []
    title = "Visite de l'unité de M. Accueil, mardi"
    facility = _asked(window, lambda s: facilities.create(s, {"name": "Les Tilleuls"})[1])
    audit = _asked(window, lambda s: audits.create(s, str(facility), "externe", ["flash"], "2026-11-21")[1])

    def noted(session: Session) -> object:
        return notebook.note(session, str(audit), title)

    window.writer.submit(noted, done=kept.append)
    _settled(window, qtbot)
    assert kept == []
    assert desk.bar.back.text() == "Ce n'est l'identité de personne"
    desk.bar.back.click()
    _settled(window, qtbot)
    assert [line.text for line in _asked(window, lambda s: notebook.lines(s, str(audit)))] == [title]  # type: ignore[attr-defined]
    assert len(kept) == 1
    assert not _asked(window, lambda s: s.trusting)


def test_structures_lead_to_their_campaigns_and_back(desk: Desk, window: MainWindow, qtbot: QtBot) -> None:
    desk.go("facilities")
    _settled(window, qtbot)
    page = desk.current()
    page.campaigns.click()  # type: ignore[union-attr]
    _settled(window, qtbot)
    shown = desk.current()
    assert shown is not None
    assert shown.property("page") == "campaigns"
    assert desk.rail.buttons["facilities"].isChecked()
    shown.back.click()  # type: ignore[attr-defined]
    _settled(window, qtbot)
    assert desk.current() is page
