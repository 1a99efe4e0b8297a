"""The directory in the window, by keyboard: imported after a preview, searched, made into structures."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from support.directories import BOURG, LAVAL, etalab, line

from ivaudit.app import directory, facilities, workspaces
from ivaudit.domain.audit import Facility
from ivaudit.store.keys import KdfCost
from ivaudit.ui.desk import Desk
from ivaudit.ui.directory import search
from ivaudit.ui.main_window import MainWindow
from ivaudit.ui.pages.directory import DirectoryPage
from ivaudit.ui.pages.facilities import FacilitiesPage
from ivaudit.ui.pages.new_audit import NewAuditPage

Key = Qt.Key


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return etalab(tmp_path / "a.csv", [line(), line(BOURG, name="HAD DU LAC", department="01")])


@pytest.fixture
def known(made: Path, passphrase: str, file: Path, cheap_cost: KdfCost) -> Path:
    """The workspace of `made`, with a directory of two lines."""
    del cheap_cost
    session = workspaces.open_with_passphrase(made, passphrase)
    directory.accept(session, directory.prepare(directory.place(session), file))
    session.close()
    return made


def settled(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: window.writer.pending == 0, timeout=10_000)


def structures(window: MainWindow) -> tuple[Facility, ...]:
    found: list[tuple[Facility, ...]] = []
    window.writer.submit(facilities.all_of, done=found.append)
    assert window.writer.drain(10)
    return found[0]


def page_of(desk: Desk, name: str) -> QWidget:
    desk.go(name)
    page = desk.current()
    assert page is not None
    return page


def press(widget: QWidget, *keys: Qt.Key) -> None:
    """Press keys, each on what has the focus by then."""
    for key in keys:
        QTest.keyClick(widget.window().focusWidget(), key)


@pytest.mark.usefixtures("known")
class TestSearching:
    """A directory is there."""

    def test_down_and_return_make_the_structure_of_a_line_and_undo_takes_it_back(
        self, window: MainWindow, desk: Desk, qtbot: QtBot
    ) -> None:
        page = page_of(desk, "facilities")
        assert isinstance(page, FacilitiesPage)
        settled(window, qtbot)
        page.new.click()
        assert page.directory.line.hasFocus()
        QTest.keyClicks(page.directory.line, "laval pins")
        settled(window, qtbot)
        assert [each.finess for each in page.directory.lines.values.rows] == [LAVAL]
        press(page, Key.Key_Down, Key.Key_Return)
        settled(window, qtbot)
        made = [each for each in structures(window) if each.finess_et == LAVAL]
        assert [each.name for each in made] == ["EHPAD LES PINS"]
        assert page.list.value().id == made[0].id
        assert not page.directory.isVisible()
        assert "EHPAD LES PINS" in desk.bar.sentence.text()
        desk.bar.back.click()
        settled(window, qtbot)
        assert [each.finess_et for each in structures(window)] == [""]
        QTest.keyClick(page, Key.Key_Y, Qt.KeyboardModifier.ControlModifier)
        settled(window, qtbot)
        assert len(structures(window)) == 2

    def test_a_structure_that_exists_is_shown_instead(
        self, window: MainWindow, desk: Desk, qtbot: QtBot
    ) -> None:
        values = {"name": "Les Pins", "finess_et": LAVAL}
        window.writer.submit(lambda session: facilities.create(session, values))
        page = page_of(desk, "directory")
        assert isinstance(page, DirectoryPage)
        settled(window, qtbot)
        page.search.line.setText("pins")
        settled(window, qtbot)
        page.search.line.setFocus()
        press(page, Key.Key_Down, Key.Key_Return)
        settled(window, qtbot)
        shown = desk.current()
        assert isinstance(shown, FacilitiesPage)
        assert shown.list.value().name == "Les Pins"
        assert "existe déjà" in desk.bar.sentence.text()
        assert len(structures(window)) == 2

    def test_a_new_audit_takes_its_structure_from_the_directory(
        self, window: MainWindow, desk: Desk, qtbot: QtBot
    ) -> None:
        page = page_of(desk, "new_audit")
        assert isinstance(page, NewAuditPage)
        settled(window, qtbot)
        page.label.setText("Visite")
        page.facility.setCurrentIndex(page.facility.count() - 1)
        page.directory.line.setText("had")
        settled(window, qtbot)
        page.directory.line.setFocus()
        press(page, Key.Key_Down, Key.Key_Return)
        settled(window, qtbot)
        assert "HAD DU LAC" in page.facility.currentText()
        assert not page.directory.isVisible()
        assert page.label.text() == "Visite"

    def test_only_the_last_text_typed_is_looked_for(
        self, window: MainWindow, desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        asked: list[str] = []
        find = directory.find
        monkeypatch.setattr(
            directory, "find", lambda session, text, limit: asked.append(text) or find(session, text, limit)
        )
        page = page_of(desk, "directory")
        assert isinstance(page, DirectoryPage)
        settled(window, qtbot)
        QTest.keyClicks(page.search.line, "had du lac")
        settled(window, qtbot)
        assert asked[0] == "h"
        assert asked[-1] == "had du lac"
        assert len(asked) <= 10
        assert [each.finess for each in page.search.lines.values.rows] == [BOURG]
        page.search.line.setText("introuvable")
        settled(window, qtbot)
        assert page.search.note.text() == search._NOTHING
        assert not page.search.lines.isVisible()


def test_importing_shows_what_it_would_do_then_does_it(
    window: MainWindow, desk: Desk, qtbot: QtBot, file: Path
) -> None:
    page = page_of(desk, "directory")
    assert isinstance(page, DirectoryPage)
    settled(window, qtbot)
    assert page.search.dated.text() == "Aucun annuaire FINESS n'est importé."
    assert page.first_focus() is page.import_button
    assert not page.search.line.isVisible()
    page.read(file)
    qtbot.waitUntil(lambda: page.stack.currentWidget() is page.preview, timeout=20_000)
    assert [page.preview.departments.values.index(at, 0).data() for at in range(2)] == [
        "01 MAYENNE",
        "53 MAYENNE",
    ]
    press(page, Key.Key_Escape)
    assert page.stack.currentWidget() is page.search
    page.read(file)
    qtbot.waitUntil(lambda: page.stack.currentWidget() is page.preview, timeout=20_000)
    assert page.preview.go.hasFocus()
    press(page, Key.Key_Return)
    settled(window, qtbot)
    assert "Annuaire FINESS du 4 mai 2026, 2 établissements." in page.search.dated.text()
    assert page.search.line.hasFocus()


def test_a_file_that_is_refused_is_said_on_the_page(
    window: MainWindow, desk: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    page = page_of(desk, "directory")
    assert isinstance(page, DirectoryPage)
    wrong = tmp_path / "faux.csv"
    wrong.write_text("nom;ville\n", encoding="utf-8")
    page.read(wrong)
    qtbot.waitUntil(lambda: "pas un annuaire" in page.bar.result.text(), timeout=20_000)
    settled(window, qtbot)
    assert page.import_button.isEnabled()
    assert page.stack.currentWidget() is page.search


def test_where_there_is_no_directory_a_structure_begins_with_its_name(
    window: MainWindow, desk: Desk, qtbot: QtBot
) -> None:
    page = page_of(desk, "facilities")
    assert isinstance(page, FacilitiesPage)
    settled(window, qtbot)
    page.new.click()
    focused = page.window().focusWidget()
    assert page.editor is not None
    assert focused is not None
    assert page.editor.isAncestorOf(focused)
