"""The page of the cross table: what is listed, where a row leads, what comes in, with little room."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot
from support.found import code, fill, no_codes

from ivaudit.app import rules
from ivaudit.domain.codes_import import CodesPreview
from ivaudit.domain.sheet_problems import SheetProblem
from ivaudit.ui import theme
from ivaudit.ui.library.markup import link
from ivaudit.ui.library.rule_rows import Which, columns, searched
from ivaudit.ui.library.rules_view import RulesView
from ivaudit.ui.pages.library import LibraryPage
from ivaudit.ui.table import TableModel


@pytest.fixture(autouse=True)
def folder() -> Iterator[Path]:
    with no_codes() as place:
        yield place


@pytest.fixture
def view(page: LibraryPage, qtbot: QtBot) -> RulesView:
    page.show_tool("rules")
    shown = page.stack.currentWidget()
    assert isinstance(shown, RulesView)
    qtbot.waitUntil(lambda: shown.list.values.total > 0, timeout=10_000)
    return shown


def _settled(view: RulesView, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not view.bar.running and view._reading is None, timeout=20_000)


def test_the_model_keeps_the_rules_of_qt(qtmodeltester: ModelTester) -> None:
    model = TableModel(columns(), searched)
    qtmodeltester.check(model)
    model.show_values(rules.table().rows)
    qtmodeltester.check(model)
    model.search("bracelet")
    qtmodeltester.check(model)
    assert 0 < model.rowCount() < model.total


def test_every_rule_is_listed_and_counted(view: RulesView) -> None:
    total = view.list.values.total
    assert total == len(rules.table().rows)
    assert view.note.text().startswith(f"{total} règles · 0 sans critère · ")
    assert view.list.value().rule.volume == "rniv-1"
    assert view.list.value().rule.statement.split(",")[0] in view.detail.toPlainText()


def test_filters_keep_a_volume_and_what_is_to_be_settled(view: RulesView) -> None:
    view.volume.setCurrentIndex(view.volume.findData("rniv-4"))
    assert {row.volume.id for row in view.list.values.rows} == {"rniv-4"}
    view.which.setCurrentIndex(view.which.findData(Which.WAITED_FOR))
    assert all(row.waited_for for row in view.list.values.rows)
    view.which.setCurrentIndex(view.which.findData(Which.UNCOVERED))
    assert view.list.values.rows == []
    assert view.note.text() == "Chaque règle est vérifiée par au moins un critère."
    assert view.detail.toPlainText() == ""
    view.which.setCurrentIndex(view.which.findData(Which.FOUND))
    assert "Aucun code relevé" in view.note.text()


def test_a_search_looks_at_codes_statements_and_criteria(view: RulesView, qtbot: QtBot) -> None:
    for words, key in (("EXI SI 04", "r1-si-04"), ("gou-pol-01", "r1-pp-15"), ("denominateur", None)):
        view.search.clear()
        qtbot.keyClicks(view.search, words)
        found = {row.rule.id for row in view.list.values.rows}
        assert (key in found) if key else (found == set())
    assert "essayez un autre mot" in view.note.text()


def test_a_supposed_rule_is_never_shown_as_a_reference(view: RulesView) -> None:
    row = next(each for each in view.list.values.rows if each.rule.supposed)
    view.list.choose(view.list.values.rows.index(row))
    said = view.detail.toPlainText()
    assert "Règle supposée, à vérifier" in said
    assert "RNIV" not in said.split("Critères qui la vérifient")[0]


def test_return_and_links_go_to_the_criterion(view: RulesView, page: LibraryPage, qtbot: QtBot) -> None:
    view.list.setFocus()
    cover = view.list.value().covers[0]
    qtbot.keyClick(view.list, Qt.Key.Key_Return)
    assert page.stack.currentWidget() is page.split
    assert page.reader._shown[0] == cover.criterion
    page.show_tool("rules")
    _settled(view, qtbot)
    with qtbot.waitSignal(view.wanted) as wanted:
        view.detail.link_wanted.emit(link(cover.checklist, cover.criterion, "").split('"')[1])
    assert wanted.args == [cover.about]


def test_escape_goes_back_to_the_library(view: RulesView, page: LibraryPage, qtbot: QtBot) -> None:
    qtbot.keyClick(view.list, Qt.Key.Key_Escape)
    assert page.stack.currentWidget() is page.split


def test_a_table_is_written_and_its_completed_copy_previewed_then_kept(
    view: RulesView, page: LibraryPage, qtbot: QtBot, tmp_path: Path
) -> None:
    path = tmp_path / "tableau.xlsx"
    view.export.click()
    dialog = view.findChild(QFileDialog, "rules_job_dialog")
    assert dialog is not None
    dialog.close()
    view.write_table(path)
    qtbot.waitUntil(lambda: "Écrit : tableau.xlsx" in view.bar.result.text(), timeout=20_000)
    shared = {"Édition": "2.0", "Vérifié": "référent régional", "Date": "2026-11-20"}
    rows = {"r1-si-04": {"Code relevé": "EXI SI 04"}, "r1-pp-17": {"Code relevé": "PP 17"}}
    fill(path, "RNIV 1", rows, **shared)
    view.take_back(path)
    qtbot.waitUntil(lambda: view.stack.currentWidget() is view.preview, timeout=20_000)
    assert "1 code nouveau" in view.preview.note.text()
    assert [line.what for line in view.preview.lines.values.rows] == ["Refusé", "Nouveau"]
    assert "RNIV 1!E" in view.preview.lines.values.rows[0].rule
    assert view.preview.accept.text() == "Enregistrer 1 code"
    assert rules.codes() == {}
    with qtbot.waitSignal(view.reloaded, timeout=10_000):
        view.preview.accept.click()
    _settled(view, qtbot)
    assert "1 code enregistré" in view.bar.result.text()
    qtbot.waitUntil(lambda: not view.give.isHidden(), timeout=10_000)
    qtbot.waitUntil(lambda: page._finder is not None, timeout=20_000)
    page.go("rniv-1-principes-communs", "cre-tra-02")
    assert "code EXI SI 04 relevé par référent régional le 20/11/2026" in page.reader.text.toPlainText()
    view.write_codes(tmp_path / "codes.yaml")
    qtbot.waitUntil((tmp_path / "codes.yaml").is_file, timeout=10_000)
    _settled(view, qtbot)


def test_a_preview_given_up_keeps_nothing(view: RulesView, folder: Path) -> None:
    problem = SheetProblem(sheet="RNIV 1", row=9, column="L", message="Code relevé : …")
    view.preview.show_preview(CodesPreview(problems=(problem,), older=(code(),)), "tableau.xlsx")
    view.stack.setCurrentWidget(view.preview)
    assert view.preview.accept.isHidden()
    view.preview.give_up.click()
    assert view.stack.currentIndex() == 0
    assert view.bar.result.text() == "Rien n'a été enregistré."
    assert not folder.exists()


def test_what_cannot_be_read_is_told_in_a_sentence(view: RulesView, qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "autre.xlsx"
    path.write_bytes(b"rien")
    view.take_back(path)
    qtbot.waitUntil(lambda: "Rien n'a été modifié" in view.bar.result.text(), timeout=10_000)
    assert view.stack.currentIndex() == 0
    assert view.export.isEnabled()


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_the_list_keeps_its_room(
    view: RulesView, page: LibraryPage, qapp: QApplication, scale: float
) -> None:
    theme.apply(qapp, scale, dark=True)
    page.resize(round(700 * scale), 420)
    qapp.processEvents()
    assert view.detail.isHidden()
    page.resize(round(1000 * scale), round(760 * scale))
    qapp.processEvents()
    assert not view.detail.isHidden()
    assert view.list.height() > view.detail.height()
    page.resize(1280, 720)
