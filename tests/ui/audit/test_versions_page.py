"""A newer version of the grid, by keyboard: told in Préparation, looked at, moved to, confirmed, undone."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton
from support.audit_desk import CTRL, Desk
from support.versions import NEXT, reworded, with_new_version

from ivaudit.app import answers, follow_up
from ivaudit.app.session import Session
from ivaudit.domain.checklist import Checklist
from ivaudit.ui import theme
from ivaudit.ui.audit.preparation import Preparation
from ivaudit.ui.audit.rows import Filter
from ivaudit.ui.audit.step import Tab
from ivaudit.ui.audit.synthesis import Synthesis
from ivaudit.ui.audit.versions_page import VersionsPage

ID = "rniv-1-principes-communs"
TOLD, TOLD_TOO, ELSEWHERE, GONE = "rec-ant-02", "rec-ant-03", "gou-pol-01", "rec-ant-04"
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def newer(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Checklist:
    """Answer, then let the library have a newer version; the page is on Grille."""

    def work(session: Session) -> Checklist:
        for key in (TOLD, TOLD_TOO, ELSEWHERE, GONE):
            answers.answer(session, desk.audit, key, "non")
        answers.write(session, desk.audit, TOLD, "constat", "Recherche par le nom <b>de naissance</b>.")
        new = reworded(
            session.library.checklist(ID),
            told_anew=(TOLD, TOLD_TOO, ELSEWHERE),
            withdrawn=(GONE,),
            added=("rec-ant-99",),
        )
        with_new_version(monkeypatch, session, new)
        return new

    found = desk.ask(work)
    desk.page.audit.reload()
    desk.drain()
    assert isinstance(found, Checklist)
    return found


def shown(desk: Desk) -> VersionsPage:
    """Open the page from Préparation, by its button."""
    desk.page.show_tab(Tab.PREPARATION)
    desk.drain()
    preparation = desk.page.stack.currentWidget()
    assert isinstance(preparation, Preparation)
    preparation.versions_open.setFocus()
    desk.press(Qt.Key.Key_Space, " ")
    desk.drain()
    page = desk.page.stack.currentWidget()
    assert isinstance(page, VersionsPage)
    assert desk.focus() is page.list
    return page


def spoken(desk: Desk) -> str:
    """Return what a screen reader says of the current point of the grid."""
    row = desk.page.grid.current_row()
    assert row is not None
    return desk.page.grid.model.spoken(row)


def moved(desk: Desk) -> VersionsPage:
    page = shown(desk)
    page.move_button.setFocus()
    desk.press(Qt.Key.Key_Space, " ")
    desk.drain()
    desk.drain()
    return page


def test_nothing_is_said_while_nothing_is_newer(desk: Desk) -> None:
    desk.page.show_tab(Tab.PREPARATION)
    desk.drain()
    preparation = desk.page.stack.currentWidget()
    assert isinstance(preparation, Preparation)
    assert preparation.versions_card.isHidden()
    desk.page.show_versions()
    desk.drain()
    page = desk.page.stack.currentWidget()
    assert isinstance(page, VersionsPage)
    assert "versions de la bibliothèque" in page.what.text()
    assert [each for each in page.tools.parts if not each.isHidden()] == []


@pytest.mark.usefixtures("newer")
def test_preparation_says_so_and_the_page_shows_four_groups(desk: Desk) -> None:
    page = shown(desk)
    assert NEXT in page.what.text()
    assert "3 reformulés, 1 nouveau, 1 retiré" in page.counts.text()
    assert page.list.count() == 3
    html = page.detail.toPlainText()
    assert "Question, avant" in html
    assert "Question, maintenant" in html
    assert "En plus : « dans tous les services »" in html
    for group, many in (("new", 1), ("withdrawn", 1)):
        chip = page.findChild(type(page._chip[page._fate]), f"versions_{group}")
        assert chip is not None
        chip.setFocus()
        desk.press(Qt.Key.Key_Space, " ")
        assert page.list.count() == many
    assert "La réponse restera dans le journal" in page.detail.toPlainText()
    assert desk.sheet().checklists[0].version != NEXT, "looking changes nothing"


@pytest.mark.usefixtures("newer")
def test_what_the_auditor_wrote_is_shown_as_written(desk: Desk) -> None:
    page = shown(desk)
    page.list.setCurrentRow(1)
    assert "Constat : Recherche par le nom <b>de naissance</b>." in page.detail.toPlainText()
    assert "Réponse : Non" in page.detail.toPlainText()


@pytest.mark.usefixtures("newer")
def test_moving_then_confirming_one_by_one_and_by_section(desk: Desk) -> None:
    page = moved(desk)
    assert desk.sheet().checklists[0].version == NEXT
    assert page.move_button.isHidden()
    assert "3 réponses à reconfirmer" in page.what.text()
    assert desk.focus() is page.list
    desk.letter("v")
    desk.drain()
    assert desk.answer(ELSEWHERE).carried is None
    assert desk.answer(TOLD).carried is not None
    assert page.list.currentRow() == 1
    desk.press(Qt.Key.Key_V, "V", SHIFT)
    desk.drain()
    assert desk.answer(TOLD).carried is None
    assert desk.answer(TOLD_TOO).carried is None
    assert "rien n'est à reconfirmer" in page.what.text()
    desk.shortcut(Qt.Key.Key_Z, CTRL)
    desk.drain()
    assert desk.answer(TOLD).carried is not None
    assert "2 réponses à reconfirmer" in page.what.text()


@pytest.mark.usefixtures("newer")
def test_the_whole_move_is_undone_by_ctrl_z(desk: Desk) -> None:
    page = moved(desk)
    desk.shortcut(Qt.Key.Key_Z, CTRL)
    desk.drain()
    desk.drain()
    assert desk.sheet().checklists[0].version != NEXT
    assert desk.answer(TOLD).carried is None
    assert not page.move_button.isHidden()
    assert any(said.startswith("Annulé : passage à la version") for said in desk.said)


@pytest.mark.usefixtures("newer")
def test_other_steps_follow_the_version(desk: Desk) -> None:
    desk.page.show_tab(Tab.SYNTHESIS)
    desk.drain()
    before = desk.page.stack.currentWidget()
    moved(desk)
    desk.press(Qt.Key.Key_Escape)
    desk.drain()
    preparation = desk.page.stack.currentWidget()
    assert isinstance(preparation, Preparation)
    assert preparation.versions_open.text() == "Reconfirmer…"
    assert any(NEXT in each.text() for each in preparation.findChildren(type(preparation.versions_text)))
    desk.page.show_tab(Tab.SYNTHESIS)
    desk.drain()
    synthesis = desk.page.stack.currentWidget()
    assert isinstance(synthesis, Synthesis)
    assert synthesis is not before
    assert "3 réponses reprises, à reconfirmer" in synthesis.blocks[0].carried.text().replace("\u00a0", " ")


@pytest.mark.usefixtures("newer")
def test_the_grid_marks_filters_and_confirms(desk: Desk) -> None:
    moved(desk)
    desk.page.show_tab(Tab.GRID)
    grid = desk.page.grid
    grid.filters.choose(Filter.CARRIED)
    assert grid.model.rowCount() == 3
    grid.focus_list()
    grid.go_to(TOLD)
    assert "à reconfirmer" in spoken(desk)
    assert grid.panel.carried.mark.text().startswith("À reconfirmer\u00a0: Non")
    assert not any(each.isChecked() for each in grid.panel.choice.buttons.buttons)
    desk.letter("v")
    desk.drain()
    assert desk.answer(TOLD).carried is None
    assert grid.panel.carried.isHidden()
    desk.letter("v")
    assert desk.said[-1] == "Aucune réponse à reconfirmer ici."
    grid.go_to(TOLD_TOO)
    desk.press(Qt.Key.Key_V, "V", SHIFT)
    desk.drain()
    assert desk.answer(TOLD_TOO).carried is None
    assert desk.answer(ELSEWHERE).carried is not None
    grid.go_to(ELSEWHERE)
    desk.digit(1)
    desk.drain()
    assert (desk.answer(ELSEWHERE).value, desk.answer(ELSEWHERE).carried) == ("oui", None)


@pytest.mark.usefixtures("newer")
def test_interview_mode_hides_what_came_from_before(desk: Desk) -> None:
    page = moved(desk)
    desk.page.audit.set_interview(True)
    assert desk.page.stack.currentWidget() is not page
    desk.page.show_tab(Tab.GRID)
    grid = desk.page.grid
    grid.go_to(TOLD)
    assert grid.panel.carried.isHidden()
    assert spoken(desk).endswith("sans réponse, constat")


def test_a_follow_up_shows_what_was_said_before(desk: Desk) -> None:
    def work(session: Session) -> str:
        answers.answer(session, desk.audit, TOLD, "non")
        answers.write(session, desk.audit, TOLD, "constat", "Recherche par le nom.")
        return follow_up.create_follow_up(session, desk.audit, "2027-05-21")[1]

    key = desk.ask(work)
    page = type(desk.page)(desk.writer, str(key), desk.said.append)
    desk.qtbot.addWidget(page)
    page.resize(1300, 728)
    page.show()
    desk.qtbot.waitUntil(lambda: page.audit.is_open)
    desk.drain()
    page.grid.go_to(TOLD)
    box = page.grid.panel.carried
    assert box.mark.text() == "À reconfirmer\u00a0: Non"
    beside = page.grid.beside
    assert beside.earlier.text().replace("\u00a0", " ") == (
        "Audit externe du 21/11/2026 : Non\nConstat d'alors : Recherche par le nom."
    )
    box.button.click()
    desk.drain()
    assert page.grid.panel.constat.editor.toPlainText() == "Recherche par le nom."
    assert not beside.earlier.isHidden()
    page.settle()
    desk.drain()


@pytest.fixture
def large(qapp: QApplication) -> Iterator[None]:
    theme.apply(qapp, 2.0, dark=True)
    yield
    theme.apply(qapp, 1.0, dark=False)


@pytest.mark.usefixtures("large", "newer")
def test_everything_holds_at_twice_the_text_on_a_small_screen(desk: Desk) -> None:
    desk.page.resize(1024, 600)
    page = moved(desk)
    assert page.width() <= 1024
    for part in page.findChildren(QPushButton):
        if part.isVisible():
            assert part.width() >= part.minimumSizeHint().width() - 1, part.objectName()
            right = part.mapTo(page, part.rect().topRight()).x()
            assert right <= page.width(), part.objectName()
    assert page.list.height() > 60
    assert page.area.height() > 60
