"""A folder of questionnaires in the window: read, sorted, imported, stopped, summed up."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from support.questionnaires import STRUCTURE, blank, fill

from ivaudit.app import audits, backups
from ivaudit.app.library import library
from ivaudit.app.library_catalogue import catalogue
from ivaudit.app.library_exports import file_name
from ivaudit.domain.returns import FileState
from ivaudit.ui import theme
from ivaudit.ui.desk import Desk
from ivaudit.ui.library.export_bar import ExportBar, _sent
from ivaudit.ui.main_window import MainWindow
from ivaudit.ui.pages.questionnaires import QuestionnairesPage
from ivaudit.ui.table import Table


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("retours")
    empty = blank(tmp_path_factory.mktemp("vide") / "vide.xlsx")
    for rank in range(4):
        names = {**STRUCTURE, "Nom de la structure": f"Maison {rank}", "FINESS ET (site)": None}
        fill(empty, place / f"{rank}.xlsx", "Oui" if rank % 2 else "Non", names)
    last = {**STRUCTURE, "Nom de la structure": "Maison 0", "FINESS ET (site)": None}
    fill(empty, place / "4-doublon.xlsx", "Oui", {**last, "Date des réponses": "01/01/2020"})
    (place / "5-abime.xlsx").write_bytes(b"rien")
    return place


@pytest.fixture
def page(desk: Desk, window: MainWindow, qtbot: QtBot) -> QuestionnairesPage:
    desk.go("audits")
    found = desk.current()
    found.returns.click()  # type: ignore[union-attr]
    shown = desk.current()
    assert isinstance(shown, QuestionnairesPage)
    qtbot.waitUntil(lambda: window.writer.pending == 0, timeout=10_000)
    return shown


@pytest.fixture
def read(page: QuestionnairesPage, folder: Path, qtbot: QtBot) -> QuestionnairesPage:
    page.folder.read(folder)
    assert page.folder.bar.running
    qtbot.waitUntil(lambda: page.folder._sorted is not None and not page.folder.bar.running, timeout=30_000)
    return page


def _asked(window: MainWindow, work: Callable[..., object]) -> object:
    found: list[object] = []
    window.writer.submit(work, done=found.append)
    assert window.writer.drain(10)
    return found[0]


def test_the_page_starts_with_what_it_does(page: QuestionnairesPage) -> None:
    assert page.folder.choose.isVisible()
    assert not page.folder.table.isVisible()
    assert not page.folder.go.isVisible()


def test_files_are_sorted_and_chosen_by_the_keyboard(read: QuestionnairesPage, qtbot: QtBot) -> None:
    view = read.folder
    assert [file.state for file in view.table.values.rows] == [
        *[FileState.COMPLETE] * 4,
        FileState.DUPLICATE,
        FileState.UNREADABLE,
    ]
    assert view.table.hasFocus()
    assert view.go.text() == "Importer 4 questionnaires"
    qtbot.keyClick(view.table, Qt.Key.Key_Space)
    assert view.go.text() == "Importer 3 questionnaires"
    assert view.turn.text().startswith("Prendre")
    qtbot.keyClick(view.table, Qt.Key.Key_Return)
    assert view.go.text() == "Importer 4 questionnaires"
    view.table.choose(5)
    assert not view.turn.isEnabled()
    assert "Rien n'a été modifié" in view.detail.text()


def test_a_duplicate_can_be_preferred(read: QuestionnairesPage, qtbot: QtBot) -> None:
    view = read.folder
    view.table.choose(4)
    assert view.prefer.isEnabled()
    view.prefer.click()
    qtbot.waitUntil(lambda: view.table.values.rows[4].usable, timeout=20_000)
    assert view.table.values.rows[0].state is FileState.DUPLICATE


def test_importing_makes_a_backup_then_the_audits_once(
    read: QuestionnairesPage, window: MainWindow, qtbot: QtBot
) -> None:
    view = read.folder
    for created in (4, 0):
        view.go.setFocus()
        view.go.click()
        assert not view.go.isEnabled()
        qtbot.waitUntil(lambda: not view._importing, timeout=30_000)
        assert view.summary.hasFocus()
        assert f"{created} auto-évaluation" in view.bar.result.text()
    listed = _asked(window, audits.all_of)
    assert isinstance(listed, tuple)
    assert len(listed) == 5
    words = [view._taken(file) for file in view.table.values.rows]
    assert words == [*["déjà importé"] * 4, "non", "non"]
    place = _asked(window, lambda session: session.workspace.folder)
    assert isinstance(place, Path)
    assert [each.reason for each in backups.backups(place)][:2] == ["avant l'import de questionnaires"] * 2


def test_stopping_keeps_what_is_done_and_says_what_is_left(
    read: QuestionnairesPage, window: MainWindow, qtbot: QtBot
) -> None:
    view = read.folder
    view.go.click()
    assert view.stop.isVisible()
    view.stop.click()
    qtbot.waitUntil(lambda: not view._importing, timeout=30_000)
    assert "4 non importés" in view.bar.result.text()
    listed = _asked(window, audits.all_of)
    assert isinstance(listed, tuple)
    assert len(listed) == 1


def test_the_summary_shows_structures_in_no_rank(
    read: QuestionnairesPage, qtbot: QtBot, tmp_path: Path
) -> None:
    view = read.summary
    read.folder.summary.click()
    qtbot.waitUntil(lambda: not view.bar.running and bool(view._found), timeout=20_000)
    table = view.findChild(Table, "summary_structures")
    assert table is not None
    assert [row.name for row in table.values.rows] == [f"Maison {rank}" for rank in range(4)]
    assert not table.isSortingEnabled()
    assert "déclaratif" in view.what.text().lower()
    view.hide_names.click()
    qtbot.waitUntil(lambda: not view.bar.running and view._found[0].hidden, timeout=20_000)
    assert {row.name for row in view._found[0].rows} == {f"Structure {rank}" for rank in range(1, 5)}
    view.write(tmp_path / "s.xlsx")
    qtbot.waitUntil(lambda: "Écrit" in view.bar.result.text(), timeout=20_000)
    assert (tmp_path / "s.xlsx").exists()
    view.back.click()
    assert read.stack.currentWidget() is read.folder


def test_a_folder_without_a_workbook_says_so(page: QuestionnairesPage, tmp_path: Path, qtbot: QtBot) -> None:
    rien = tmp_path / "rien"
    rien.mkdir()
    page.folder.read(rien)
    qtbot.waitUntil(lambda: bool(page.folder.bar.result.text()), timeout=20_000)
    assert "aucun classeur" in page.folder.bar.result.text()


def test_it_fits_a_small_screen_with_large_text(read: QuestionnairesPage, qapp: QApplication) -> None:
    theme.apply(qapp, 2.0, dark=True)
    for view in (read.folder, read.summary):
        assert view.minimumSizeHint().width() <= 1024 - 80
        assert view.minimumSizeHint().height() <= 300


def test_the_library_offers_a_questionnaire_for_grids_only(qtbot: QtBot, tmp_path: Path) -> None:
    bar = ExportBar()
    qtbot.addWidget(bar)
    bar.show()
    items = catalogue(library()).items
    grid = next(item for item in items if item.id == "flash")
    fiche = next(item for item in items if item.id.startswith("fiche-"))
    bar.show_item(grid)
    assert bar.sheet.isVisible()
    path = tmp_path / file_name(grid.title, "xlsx", "questionnaire")
    bar.write(_sent("flash"), path)
    qtbot.waitUntil(lambda: "Écrit" in bar.bar.result.text(), timeout=20_000)
    assert path.exists()
    bar.show_item(fiche)
    assert not bar.sheet.isVisible()
