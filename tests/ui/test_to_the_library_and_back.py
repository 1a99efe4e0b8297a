"""From a point of an audit to the library, and back to the same point."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from ivaudit.app import audits
from ivaudit.app.further import further
from ivaudit.app.library import finder
from ivaudit.app.library_items import Shelf
from ivaudit.ui.audit import further as links
from ivaudit.ui.audit.page import AuditPage
from ivaudit.ui.desk import Desk
from ivaudit.ui.main_window import MainWindow
from ivaudit.ui.pages.library import LibraryPage


@pytest.fixture
def page(window: MainWindow, desk: Desk, qtbot: QtBot) -> AuditPage:
    found: list[str] = []
    window.writer.submit(lambda s: audits.all_of(s)[0].audit.id, done=found.append)
    qtbot.waitUntil(lambda: bool(found))
    desk.go("audit", found[0])
    assert desk.audit is not None
    audit = desk.audit.audit
    qtbot.waitUntil(lambda: audit.is_open and links.reading().value is not None, timeout=10_000)
    return desk.audit


def library_of(desk: Desk, qtbot: QtBot) -> LibraryPage:
    page = desk.current()
    assert isinstance(page, LibraryPage)
    qtbot.waitUntil(lambda: bool(page.model.nodes), timeout=20_000)
    return page


def test_a_case_shows_its_question_and_the_way_back_leads_to_the_same_point(
    page: AuditPage, desk: Desk, qtbot: QtBot
) -> None:
    desk.go("library")
    library = library_of(desk, qtbot)
    library.go("cas-pratiques")
    library.reader._on_mode()
    assert library.reader.as_text, "the answers are on show"
    library.search.setText("carte vitale")
    library._search()
    desk.go("audit", page.audit.audit_id)
    page.audit.set_interview(True)
    row, case = next(
        (row, each)
        for row in page.audit.rows
        if row.concerned
        for each in further(finder(), row.key)
        if each.shelf is Shelf.CASES
    )
    page.grid.go_to(row.key)
    page.grid.panel.further.wanted.emit(f"{case.item}/{case.anchor}")
    library = library_of(desk, qtbot)
    quiz = library.reader.quiz
    assert library.reader.stack.currentWidget() is quiz
    assert quiz._cases[quiz.at].id == case.anchor
    assert not quiz.answer.isVisibleTo(quiz)
    assert quiz.hasFocus()
    assert library.way_back.isVisible()
    qtbot.keyClick(quiz, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert desk.current() is page
    shown = page.grid.current_row()
    assert shown is not None
    assert shown.key == row.key
    assert page.grid.list.hasFocus(), "the keys answer again at once"
    assert page.audit.interview


def test_the_way_back_is_offered_only_to_who_came_from_an_audit(
    page: AuditPage, desk: Desk, qtbot: QtBot
) -> None:
    page.asked.emit("library", "fiche-doublon")
    library = library_of(desk, qtbot)
    assert library.way_back.isVisible()
    qtbot.waitUntil(library.reader.fiche.hasFocus)
    desk.go("library")
    assert not library.way_back.isVisible()
    qtbot.keyClick(library.contents, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert desk.current() is library
