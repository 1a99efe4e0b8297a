"""A returned questionnaire in an audit: sent, previewed, chosen answer by answer, imported, undone."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.modeltest import ModelTester
from support.audit_desk import Desk
from support.questionnaires import STRUCTURE, fill, written

from ivaudit.app import backups, questionnaires
from ivaudit.domain.questionnaire_comparison import Outcome
from ivaudit.ui import theme
from ivaudit.ui.audit.preparation import Preparation
from ivaudit.ui.audit.questionnaire_page import QuestionnairePage

OURS = {**STRUCTURE, "FINESS ET (site)": None}


@pytest.fixture
def preparation(desk: Desk) -> Preparation:
    desk.page.show_tab(0)
    desk.drain()
    found = desk.page._steps[0]
    assert isinstance(found, Preparation)
    return found


@pytest.fixture
def keys(desk: Desk) -> list[str]:
    return [row.key for row in desk.page.audit.rows]


@pytest.fixture
def empty(desk: Desk, tmp_path: Path) -> Path:
    prepared = desk.ask(lambda s: questionnaires.prepare_for(s, desk.audit))
    assert isinstance(prepared, questionnaires.Prepared)
    return written(prepared, tmp_path / "vide.xlsx")


def _previewed(desk: Desk, preparation: Preparation, path: Path) -> QuestionnairePage:
    preparation.questionnaire.read(path)
    desk.qtbot.waitUntil(
        lambda: isinstance(desk.page.stack.currentWidget(), QuestionnairePage), timeout=20_000
    )
    desk.drain()
    shown = desk.page.stack.currentWidget()
    assert isinstance(shown, QuestionnairePage)
    return shown


def _import(desk: Desk, page: QuestionnairePage) -> None:
    page.go.click()
    desk.qtbot.waitUntil(lambda: not page.isVisible(), timeout=20_000)
    desk.drain()


def test_the_card_writes_a_questionnaire(desk: Desk, preparation: Preparation, tmp_path: Path) -> None:
    card = preparation.questionnaire
    card._prepared = desk.ask(lambda s: questionnaires.prepare_for(s, desk.audit))  # type: ignore[assignment]
    card.write(tmp_path / "q.xlsx")
    assert not card.send.isEnabled()
    desk.qtbot.waitUntil(lambda: "Écrit" in card.bar.result.text(), timeout=20_000)
    assert card.send.isEnabled()
    assert (tmp_path / "q.xlsx").read_bytes().startswith(b"PK")


def test_new_answers_are_imported_as_one_gesture(
    desk: Desk, preparation: Preparation, empty: Path, keys: list[str], tmp_path: Path
) -> None:
    page = _previewed(desk, preparation, fill(empty, tmp_path / "q.xlsx", "Oui", OURS))
    assert page.remarks.text() == ""
    assert page.go.text() == f"Importer {len(keys)} réponses"
    assert not page.turn.isVisible()
    _import(desk, page)
    assert "sauvegarde" in desk.said[-1]
    assert {desk.answer(key).value for key in keys} == {"oui"}
    assert all(row.answer.value == "oui" for row in desk.page.audit.rows)
    folder = desk.ask(lambda s: s.workspace.folder)
    assert isinstance(folder, Path)
    assert backups.backups(folder)[0].reason == questionnaires.BEFORE
    desk.page.audit.undo()
    desk.drain()
    assert {desk.answer(key).value for key in keys} == {None}


def test_different_answers_are_kept_or_taken_by_the_keyboard(
    desk: Desk, preparation: Preparation, empty: Path, keys: list[str], tmp_path: Path
) -> None:
    for key in keys[:3]:
        desk.page.audit.answer(key, "non")
    desk.drain()
    path = fill(empty, tmp_path / "q.xlsx", dict.fromkeys(keys[:4], "Oui"), OURS)
    page = _previewed(desk, preparation, path)
    assert page.answers.hasFocus()
    assert page.go.text() == "Importer 1 réponse"
    assert [row.outcome for row in page.answers.values.rows] == [Outcome.DIFFERENT] * 3 + [Outcome.NEW]
    desk.qtbot.keyClick(page.answers, Qt.Key.Key_Down)
    desk.qtbot.keyClick(page.answers, Qt.Key.Key_Space)
    assert page.go.text() == "Importer 2 réponses"
    assert page.turn.text().startswith("Garder")
    page.take_all.click()
    assert page.go.text() == "Importer 4 réponses"
    page.keep_all.click()
    desk.qtbot.keyClick(page.answers, Qt.Key.Key_Return)
    _import(desk, page)
    assert [desk.answer(key).value for key in keys[:4]] == ["non", "oui", "non", "oui"]


def test_both_answers_are_side_by_side_with_their_texts(
    desk: Desk, preparation: Preparation, empty: Path, keys: list[str], tmp_path: Path
) -> None:
    desk.page.audit.answer(keys[0], "non")
    desk.page.audit.write(keys[0], "constat", "Vu au poste.")
    desk.drain()
    texts = {"Réponse": "Partiel", "Constat": "Affiché depuis mars."}
    page = _previewed(desk, preparation, fill(empty, tmp_path / "q.xlsx", {keys[0]: texts}, OURS))
    assert page.mine.text() == "Non\nVu au poste."
    assert page.theirs.text() == "Partiel\nAffiché depuis mars."


def test_remarks_are_listed_and_another_structure_is_said(
    desk: Desk, preparation: Preparation, empty: Path, keys: list[str], tmp_path: Path
) -> None:
    other = {**OURS, "Nom de la structure": "Une autre maison"}
    page = _previewed(desk, preparation, fill(empty, tmp_path / "q.xlsx", {keys[0]: "peut-être"}, other))
    assert "autre structure" in page.remarks.text()
    assert page.stack.currentWidget() is page.empty
    assert not page.go.isEnabled()
    assert page.view.isVisible()
    page._on_view(1)
    assert page.stack.currentWidget() is page.problems
    assert len(page.problems.values.rows) == 1


def test_a_file_that_is_no_questionnaire_says_so_and_stays(
    desk: Desk, preparation: Preparation, tmp_path: Path
) -> None:
    (tmp_path / "q.xlsx").write_bytes(b"rien")
    card = preparation.questionnaire
    card.read(tmp_path / "q.xlsx")
    desk.qtbot.waitUntil(lambda: bool(card.bar.result.text()), timeout=20_000)
    assert "Rien n'a été modifié" in card.bar.result.text()
    assert desk.page.stack.currentWidget() is preparation


def test_escape_and_interview_leave_without_importing(
    desk: Desk, preparation: Preparation, empty: Path, keys: list[str], tmp_path: Path
) -> None:
    path = fill(empty, tmp_path / "q.xlsx", "Oui", OURS)
    page = _previewed(desk, preparation, path)
    desk.shortcut(Qt.Key.Key_Escape)
    assert desk.page.stack.currentWidget() is preparation
    page = _previewed(desk, preparation, path)
    desk.page.audit.set_interview(True)
    assert not page.isVisible()
    assert desk.answer(keys[0]).value is None


def test_the_tables_keep_the_rules_of_qt_and_fit_a_small_screen(  # noqa: PLR0917 - fixtures
    desk: Desk,
    preparation: Preparation,
    empty: Path,
    tmp_path: Path,
    qtmodeltester: ModelTester,
    qapp: QApplication,
) -> None:
    page = _previewed(desk, preparation, fill(empty, tmp_path / "q.xlsx", "bof", OURS))
    for table in (page.answers, page.problems):
        qtmodeltester.check(table.values)
    theme.apply(qapp, 2.0, dark=True)
    assert page.minimumSizeHint().width() <= 1024 - 80
    assert page.minimumSizeHint().height() <= 300
