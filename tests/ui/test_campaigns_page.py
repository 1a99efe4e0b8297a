"""Campaigns that live without an audit."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from support.sheets import fill, written

from ivaudit.app import campaigns, facilities, observation_sheets, workspaces
from ivaudit.app.campaigns import CampaignSheet
from ivaudit.app.session import Session
from ivaudit.domain.exchange_sheet import ExchangeSheet
from ivaudit.store.keys import KdfCost
from ivaudit.ui import theme
from ivaudit.ui.pages.campaigns import CampaignsPage
from ivaudit.ui.writer import Writer


@pytest.fixture
def page(tmp_path: Path, passphrase: str, cheap_cost: KdfCost, qtbot: QtBot) -> Iterator[CampaignsPage]:
    writer = Writer()
    writer.open(lambda: workspaces.create(tmp_path / "d", passphrase, "Moi", cost=cheap_cost))
    made = CampaignsPage(writer)
    qtbot.addWidget(made)
    made.resize(1150, 700)
    made.show()
    yield made
    writer.close()


def _ask(page: CampaignsPage, work: object) -> object:
    found: list[object] = []
    page.writer.submit(work, done=found.append)  # type: ignore[arg-type]
    page.writer.drain()
    return found[0]


def _drain(page: CampaignsPage) -> None:
    for _ in range(3):
        page.writer.drain()


def _sheet(page: CampaignsPage) -> CampaignSheet:
    def read(session: Session) -> CampaignSheet:
        (campaign,) = campaigns.all_of(session)
        return campaigns.sheet(session, campaign.id)

    found = _ask(page, read)
    assert isinstance(found, CampaignSheet)
    return found


@pytest.fixture
def filled(page: CampaignsPage) -> CampaignsPage:
    """A campaign made through the form, with one line."""
    _ask(page, lambda session: facilities.create(session, {"name": "EHPAD Les Tilleuls"}))
    page.enter()
    _drain(page)
    page.view.new.click()
    _drain(page)
    form = page.view.form
    form.grid.setCurrentIndex(form.grid.findData("obs-bracelet"))
    form.ok.click()
    _drain(page)
    page.view.add.click()
    _drain(page)
    return page


def test_without_a_structure_the_page_says_what_is_missing(page: CampaignsPage) -> None:
    page.enter()
    _drain(page)
    assert "Aucune structure" in page.none.text()
    assert not page.view.isVisible()


def test_a_campaign_is_made_filled_and_undone_without_an_audit(filled: CampaignsPage, qtbot: QtBot) -> None:
    qtbot.keyClick(filled.view.table, Qt.Key.Key_O)
    _drain(filled)
    sheet = _sheet(filled)
    assert (sheet.campaign.audit, len(sheet.rows), len(sheet.rows[0].values)) == ("", 1, 1)
    filled._on_undo()
    _drain(filled)
    assert _sheet(filled).rows[0].values == {}
    filled._on_redo()
    _drain(filled)
    assert len(_sheet(filled).rows[0].values) == 1


def test_a_proposed_answer_says_its_point_by_number_and_question(filled: CampaignsPage, qtbot: QtBot) -> None:
    view = filled.view
    for _ in range(5):
        view.table.setFocus()
        view.table.go_to(view.model.rowCount() - 1)
        qtbot.keyClicks(view.table, "o")
        _drain(filled)
        qtbot.keyClick(view.table, Qt.Key.Key_Return)
        _drain(filled)
    shown = view.results.proposals.values
    assert shown.rows
    criterion = shown.rows[0].criterion
    said = str(shown.index(0, 0).data())
    library = _ask(filled, lambda session: session.library.checklists())
    numbers = {
        (point.number, point.criterion.question[:20])
        for checklist in library  # type: ignore[attr-defined]
        for point in checklist.points()
        if point.criterion.id == criterion
    }
    number, _, question = said.partition(" – ")
    assert (number, question[:20]) in numbers
    assert len(question) <= 71


def test_each_structure_shows_its_own(filled: CampaignsPage) -> None:
    _, other = _ask(filled, lambda session: facilities.create(session, {"name": "Clinique du Parc"}))  # type: ignore[misc]
    filled.enter(other)
    _drain(filled)
    assert filled.facility.currentText() == "Clinique du Parc"
    assert filled.view.empty.isVisible()
    assert not filled.view.sheets.export.isVisible()
    filled.facility.setCurrentIndex(filled.facility.findText("EHPAD Les Tilleuls (1)"))
    filled.facility.activated.emit(0)
    _drain(filled)
    assert filled.view.model.rowCount() == 1


def test_lines_come_back_from_a_workbook_with_a_preview(
    filled: CampaignsPage, tmp_path: Path, qtbot: QtBot
) -> None:
    key = _sheet(filled).campaign.id
    sent = _ask(filled, lambda session: observation_sheets.prepare(session, key, blank=3))
    assert isinstance(sent, ExchangeSheet)
    fact = next(column.title for column in sent.columns if column.field.startswith("item."))
    path = written(sent, tmp_path / "s.xlsx")
    back = fill(path, tmp_path / "r.xlsx", {1: {fact: "Oui"}, 2: {fact: "Non", "Unité": "Accueil"}})
    view = filled.view
    view.sheets.read(back)
    qtbot.waitUntil(lambda: view.stack.currentWidget() is view.preview, timeout=20_000)
    assert not view.tools.isVisible()
    shown = view.preview.changes.values
    assert {shown.index(at, 4).data() for at in range(3)} == {"Oui", "Non", "Accueil"}
    assert "1 ligne nouvelle" in view.preview.counts.text()
    view.preview.go.click()
    qtbot.waitUntil(lambda: view.stack.currentWidget() is view.split, timeout=20_000)
    _drain(filled)
    assert [row.unit for row in _sheet(filled).rows] == ["", "Accueil"]
    assert view.model.rowCount() == 2
    assert view.tools.isVisible()


def test_the_lines_are_written_for_a_spreadsheet(filled: CampaignsPage, tmp_path: Path, qtbot: QtBot) -> None:
    key = _sheet(filled).campaign.id
    filled.view.sheets._sheet = _ask(filled, lambda s: observation_sheets.prepare(s, key))  # type: ignore[assignment]
    filled.view.sheets.write(tmp_path / "o.csv")
    qtbot.waitUntil(lambda: not filled.view.sheets.bar.running, timeout=20_000)
    assert (tmp_path / "o.csv").read_bytes().startswith(b"\xef\xbb\xbf")


def test_results_go_under_the_lines_then_in_turn(filled: CampaignsPage) -> None:
    view = filled.view
    filled.resize(1250, 760)
    assert view.split.orientation() is Qt.Orientation.Horizontal
    filled.resize(800, 900)
    assert view.split.orientation() is Qt.Orientation.Vertical
    assert view.results.isVisible()
    assert view.filling.isVisible()
    filled.resize(800, 600)
    assert view.filling.isVisible()
    assert not view.results.isVisible()
    view.results_only.click()
    assert view.results.isVisible()
    assert not view.filling.isVisible()
    theme.notice().changed.emit()
    filled.resize(1250, 760)
    assert view.filling.isVisible()
    assert not view.results_only.isVisible()
