"""Local adaptations from «Nouvel audit» to the grid and the synthesis."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot
from support import adaptations as given

from ivaudit.app import audits, library
from ivaudit.ui.audit.page import AuditPage
from ivaudit.ui.audit.step import Tab
from ivaudit.ui.desk import Desk
from ivaudit.ui.library.contents import said
from ivaudit.ui.main_window import MainWindow
from ivaudit.ui.pages.library import LibraryPage
from ivaudit.ui.pages.new_audit import NewAuditPage

if TYPE_CHECKING:
    from ivaudit.domain.audit import AuditSheet

ELSEWHERE = "criv-ailleurs"


@pytest.fixture
def region() -> Iterator[None]:
    other = given.text(ELSEWHERE, finess="2B0000012").split("add:")[0]
    other += f"change:\n  - {{criterion: {given.off()}, minutes: 5}}\n"
    with given.installed(given.text(), other):
        yield


@pytest.fixture
def page(window: MainWindow, desk: Desk, qtbot: QtBot, region: None) -> NewAuditPage:
    del region
    desk.go("new_audit")
    qtbot.waitUntil(lambda: window.writer.pending == 0)
    found = desk.current()
    assert isinstance(found, NewAuditPage)
    qtbot.waitUntil(lambda: given.GRID in found._boxes, timeout=20_000)
    return found


def test_they_are_proposed_with_their_grid_only(page: NewAuditPage) -> None:
    assert not page.adaptations.isVisible()
    page._boxes[given.GRID].setChecked(True)
    assert page.adaptations.isVisible()
    assert list(page.adaptations.boxes) == [ELSEWHERE, "criv-essai"]
    assert page.adaptations.chosen() == ("criv-essai",)
    assert "1 adaptation locale, 1 point allégé" in page.total.text()
    assert "allège 1 point" in page.adaptations.boxes["criv-essai"].accessibleName()
    page._boxes[given.GRID].setChecked(False)
    assert page.adaptations.chosen() == ()


def test_what_was_unticked_stays_so(page: NewAuditPage) -> None:
    page._boxes[given.GRID].setChecked(True)
    page.adaptations.boxes["criv-essai"].setChecked(False)
    page._boxes["flash"].setChecked(True)
    assert page.adaptations.chosen() == ()


def test_those_that_disagree_are_refused_with_the_reason(page: NewAuditPage, qtbot: QtBot) -> None:
    page._boxes[given.GRID].setChecked(True)
    page.adaptations.boxes[ELSEWHERE].setChecked(True)
    page.go.click()
    qtbot.waitUntil(page.problem.isVisible, timeout=10_000)
    assert "ne vont pas ensemble" in page.problem.text()
    assert "criv-essai.yaml:" in page.problem.text()
    assert page.go.isEnabled()


def test_an_adapted_audit_says_so_in_the_grid_and_in_the_synthesis(
    page: NewAuditPage, window: MainWindow, desk: Desk, qtbot: QtBot
) -> None:
    page._boxes[given.GRID].setChecked(True)
    page.go.click()
    qtbot.waitUntil(lambda: isinstance(desk.current(), AuditPage), timeout=20_000)
    opened = desk.current()
    assert isinstance(opened, AuditPage)
    qtbot.waitUntil(lambda: opened.audit.is_open, timeout=20_000)
    rows = opened.audit.rows
    assert given.off() not in {row.criterion.id for row in rows}
    own = next(row for row in rows if row.criterion.id == "criv-essai-01")
    assert own.point.number not in {row.point.number for row in rows if row is not own}
    found: list[AuditSheet] = []
    window.writer.submit(lambda s: audits.sheet(s, opened.audit.audit_id), done=found.append)
    qtbot.waitUntil(lambda: bool(found))
    assert [each.id for each in found[0].checklists[0].adaptations] == ["criv-essai"]
    opened.show_tab(Tab.SYNTHESIS)
    told = opened.findChild(QLabel, f"adapted_{given.GRID}")
    assert told is not None
    assert "CRIV Exemple" in told.text()
    assert "Point critique allégé" in told.text()


def test_the_library_marks_what_is_adapted(desk: Desk, qtbot: QtBot, region: None) -> None:
    del region
    desk.go("library")
    page = desk.current()
    assert isinstance(page, LibraryPage)
    qtbot.waitUntil(lambda: page._finder is not None, timeout=20_000)
    page._on_reloaded()
    qtbot.waitUntil(lambda: page._finder is library.finder(), timeout=20_000)
    assert page.go(given.GRID)
    assert "Adaptations locales" in page.reader.text.toPlainText()
    assert page.go(given.GRID, given.off())
    assert "Adapté par CRIV Exemple : critère désactivé" in page.reader.text.toPlainText()
    assert page.go("criv-essai")
    shown = page.reader.text.toPlainText()
    for words in ("Critères désactivés", "Points adoptés comme critiques", "Point critique allégé."):
        assert words in shown
    assert page.go("criv-essai", "criv-essai-01")
    assert "Afficher la fiche." in page.reader.text.toPlainText()
    index = page.model.index_with("criv-essai", "")
    assert "3 changements" in said(page.model.nodes[index.internalId()])
