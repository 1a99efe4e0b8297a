"""Logs in and out in the window: a menu, a progress that can be stopped, previews before anything is kept."""

from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot
from support.anomaly_desk import settle
from support.azerty import Azerty
from support.logs import human_log

from ivaudit.app import anomalies, backups
from ivaudit.app.session import Session
from ivaudit.ui.anomalies import log_menu
from ivaudit.ui.pages.anomalies import AnomaliesPage

Ask = Callable[[Callable[[Session], object]], object]


def _idle(qtbot: QtBot, page: AnomaliesPage) -> None:
    qtbot.waitUntil(lambda: not page.logs.bar.running and page.logs._export is None, timeout=30_000)


def test_the_menu_offers_what_can_be_done(page: AnomaliesPage) -> None:
    page.logs.menu.opening.emit()
    assert all(action.isEnabled() for action in page.logs.menu.entries.values())
    page.logs.menu.offer(listed=False, chosen=False, busy=False)
    enabled = {key for key, action in page.logs.menu.entries.items() if action.isEnabled()}
    assert enabled == {log_menu.IMPORT, log_menu.BLANK}


def test_what_is_listed_goes_out(page: AnomaliesPage, keys: Azerty, qtbot: QtBot, tmp_path: Path) -> None:
    page.filters.search.setText("Lilas")
    keys.settled()
    qtbot.waitUntil(lambda: len(page.list.lines.rows) == 2, timeout=5_000)
    page.logs.export(tmp_path / "journal.xlsx")
    qtbot.waitUntil((tmp_path / "journal.xlsx").is_file, timeout=30_000)
    _idle(qtbot, page)
    assert load_workbook(tmp_path / "journal.xlsx").worksheets[0].max_row == 3
    assert "Écrit" in page.logs.bar.result.text()


def test_a_foreign_log_is_shown_column_by_column_then_row_by_row_then_recorded(
    page: AnomaliesPage, keys: Azerty, qtbot: QtBot, tmp_path: Path, asked: Ask
) -> None:
    path = human_log(tmp_path / "journal 2026.xlsx")
    page.logs.take_in(path)
    mapping = page.logs.coming.mapping
    qtbot.waitUntil(lambda: mapping.isVisible() and bool(mapping.columns.values.rows), timeout=30_000)
    assert "« Nom Prénom », « DDN »" in mapping.dropped.text().replace("\u00a0", " ")
    taken = {each.title: mapping._taken(each) for each in mapping.columns.values.rows}
    assert taken["Date"] == "Découverte le"
    assert taken["Nom Prénom"].startswith("Jamais reprise")
    mapping.columns.choose(1)
    assert not mapping.target.isEnabled()
    mapping.view.setCurrentIndex(1)
    mapping._on_view(1)
    mapping.target.setCurrentIndex(mapping.target.findData("P06"))
    mapping._on_target(mapping.target.currentIndex())
    mapping.go.click()
    preview = page.logs.coming.preview
    qtbot.waitUntil(lambda: preview.isVisible() and bool(preview.changes.values.rows), timeout=30_000)
    assert asked(lambda session: len(anomalies.lines(session))) == 3
    page.logs.coming.lines.setChecked(True)
    preview.go.click()
    qtbot.waitUntil(lambda: page.stack.currentWidget() is not page.logs.coming, timeout=30_000)
    settle(keys)
    found = asked(lambda session: [each.type for each in anomalies.lines(session)])
    assert isinstance(found, list)
    assert (len(found), found.count("P06")) == (8, 2)
    assert len(page.list.lines.rows) == 8
    assert (tmp_path / "journal 2026_numeros.csv").is_file()
    assert asked(lambda session: backups.backups(session.workspace.folder))


def test_leaving_the_preview_records_nothing(
    page: AnomaliesPage, qtbot: QtBot, tmp_path: Path, asked: Ask
) -> None:
    page.logs.take_in(human_log(tmp_path / "journal.xlsx"))
    mapping = page.logs.coming.mapping
    qtbot.waitUntil(lambda: mapping.isVisible() and bool(mapping.columns.values.rows), timeout=30_000)
    mapping.back.click()
    assert page.stack.currentWidget() is not page.logs.coming
    assert asked(lambda session: len(anomalies.lines(session))) == 3


def test_what_is_no_log_is_refused_with_a_sentence(page: AnomaliesPage, qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "photo.xlsx"
    path.write_bytes(b"\x89PNG\r\n\x1a\n")
    page.logs.take_in(path)
    qtbot.waitUntil(lambda: "modifié" in page.logs.bar.result.text(), timeout=30_000)
    assert page.stack.currentWidget() is not page.logs.coming


@pytest.mark.parametrize("suffix", ["pdf", "docx"])
def test_a_sheet_of_correction_is_written(
    page: AnomaliesPage, qtbot: QtBot, tmp_path: Path, suffix: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / f"fiche.{suffix}"
    monkeypatch.setattr(page.logs.bar, "ask_where", lambda _name, picked, **_: picked(path))
    page.logs.do(log_menu.CORRECTION)
    qtbot.waitUntil(path.is_file, timeout=30_000)
    _idle(qtbot, page)


def test_the_acknowledgement_is_copied_with_the_number(page: AnomaliesPage, qtbot: QtBot) -> None:
    page.logs.do(log_menu.COPY_RECEIPT)
    clipboard = QGuiApplication.clipboard()
    qtbot.waitUntil(lambda: page.side.number in clipboard.text(), timeout=10_000)


def test_an_event_that_is_not_to_share_says_so(page: AnomaliesPage, qtbot: QtBot) -> None:
    page.logs.do(log_menu.SHARED)
    qtbot.waitUntil(lambda: "partageable" in page.logs.bar.result.text(), timeout=10_000)
