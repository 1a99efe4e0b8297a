"""Actions followed across audits."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot
from support.sheets import fill

from ivaudit.app import actions, facilities, workspaces
from ivaudit.domain.actions import Action, ActionState
from ivaudit.store.keys import KdfCost
from ivaudit.ui.pages.actions import ActionsPage
from ivaudit.ui.writer import Writer


@pytest.fixture
def page(tmp_path: Path, passphrase: str, cheap_cost: KdfCost, qtbot: QtBot) -> Iterator[ActionsPage]:
    writer = Writer()
    writer.open(lambda: workspaces.create(tmp_path / "d", passphrase, "Moi", cost=cheap_cost))
    made = ActionsPage(writer)
    qtbot.addWidget(made)
    writer.changed.connect(made.refresh)  # as the desk does
    made.resize(1150, 700)
    made.show()
    yield made
    writer.close()


@pytest.fixture
def filled(page: ActionsPage) -> ActionsPage:
    def fill(session: object) -> None:
        _, first = facilities.create(session, {"name": "EHPAD Les Tilleuls"})  # type: ignore[arg-type]
        _, other = facilities.create(session, {"name": "Clinique du Parc"})  # type: ignore[arg-type]
        for facility, what, due, editor in (
            (first, "Former les arrivants.", "2020-01-01", ""),
            (first, "Corriger l'interface.", "2099-01-01", "DUI Plus"),
            (other, "Afficher la règle.", "", ""),
        ):
            actions.create(session, facility, what, due=due, editor=editor)  # type: ignore[arg-type]

    page.writer.submit(fill)
    page.enter()
    page.writer.drain()
    return page


def _shown(page: ActionsPage) -> list[str]:
    return [each.what for each in page.list.values.rows]


def test_an_empty_page_says_where_actions_come_from(page: ActionsPage) -> None:
    page.enter()
    page.writer.drain()
    assert "Constats et actions" in page.note.text()
    assert not page.new.isEnabled()
    assert not page.side.isVisible()


def test_the_late_ones_come_first_and_filters_narrow(filled: ActionsPage) -> None:
    assert _shown(filled) == ["Former les arrivants.", "Corriger l'interface.", "Afficher la règle."]
    assert filled.note.text() == "3 actions sur 3 · 1 en retard"
    filled.due.setCurrentIndex(filled.due.findText("En retard"))
    filled.due.activated.emit(1)
    assert _shown(filled) == ["Former les arrivants."]
    filled.due.setCurrentIndex(0)
    filled.facility.setCurrentIndex(filled.facility.findText("Clinique du Parc"))
    filled.facility.activated.emit(1)
    assert _shown(filled) == ["Afficher la règle."]
    filled.facility.setCurrentIndex(0)
    filled.search.setText("interface")
    assert _shown(filled) == ["Corriger l'interface."]


def test_an_action_is_closed_and_undone(filled: ActionsPage) -> None:
    state = filled.editor.choices["state"]
    state.setCurrentIndex(state.findData(ActionState.DONE.value))
    state.activated.emit(2)
    filled.writer.drain()
    assert _shown(filled) == ["Corriger l'interface.", "Afficher la règle."]
    filled._on_undo()
    filled.writer.drain()
    assert _shown(filled)[0] == "Former les arrivants."


def test_an_action_is_born_here_too(filled: ActionsPage) -> None:
    filled.new.click()
    filled.writer.drain()
    assert filled.editor.action is not None
    assert filled.editor.action.what == "À décrire."
    filled.editor.texts["what"].setPlainText("Réunir la cellule.")
    filled.settle()
    filled.writer.drain()
    assert "Réunir la cellule." in _shown(filled)
    filled.editor.remove.click()
    filled.writer.drain()
    assert "Réunir la cellule." not in _shown(filled)


# -- the plan out and back ---------------------------------------------------------------------------------


def _plan(page: ActionsPage, tmp_path: Path, qtbot: QtBot) -> Path:
    page.plan.export.click()
    page.writer.drain()
    page.plan.bar.findChild(QFileDialog).reject()  # type: ignore[union-attr]
    path = tmp_path / "plan.xlsx"
    page.plan.write(path)
    qtbot.waitUntil(lambda: path.exists() and not page.plan.bar.running, timeout=20_000)
    return path


def _show_back(page: ActionsPage, path: Path, qtbot: QtBot) -> None:
    page.plan.read(path)
    qtbot.waitUntil(lambda: page.stack.currentWidget() is page.preview, timeout=20_000)


def test_the_plan_that_is_listed_goes_out_and_its_progress_comes_back(
    filled: ActionsPage, tmp_path: Path, qtbot: QtBot
) -> None:
    filled.search.setText("former")
    assert filled.plan.export.text() == "Exporter le plan (1)…"
    sent = _plan(filled, tmp_path, qtbot)
    key = _only(filled).id
    back = fill(sent, tmp_path / "retour.xlsx", {key: {"État": "Réalisée", "Avancement": "Deux sessions."}})
    _show_back(filled, back, qtbot)
    preview = filled.preview
    assert not filled.search.isVisible()
    assert filled.focusWidget() is preview.changes
    assert [preview.changes.values.index(at, 4).data() for at in range(2)] == ["réalisée", "Deux sessions."]
    assert preview.go.text() == "Importer 2 valeurs"
    preview.changes.choose(0)
    qtbot.keyClick(preview.changes, Qt.Key.Key_Space)
    assert preview.go.text() == "Importer 1 valeur"
    qtbot.keyClick(preview.changes, Qt.Key.Key_Space)
    said: list[str] = []
    filled.said.connect(lambda each: said.append(each.sentence))
    preview.go.click()
    qtbot.waitUntil(lambda: filled.stack.currentWidget() is filled.split, timeout=20_000)
    filled.writer.drain()
    assert said == ["Avancement importé (1 action). Une sauvegarde a été faite juste avant."]
    filled.due.setCurrentIndex(filled.due.findText("Toutes"))
    filled.due.activated.emit(0)
    done = _only(filled)
    assert (done.state, done.progress) == (ActionState.DONE, "Deux sessions.")
    _show_back(filled, back, qtbot)
    assert preview.stack.currentWidget() is preview.empty
    assert not preview.go.isEnabled()
    filled.activateWindow()
    qtbot.waitUntil(filled.isActiveWindow)
    qtbot.keyClick(preview.back, Qt.Key.Key_Escape)
    assert filled.stack.currentWidget() is filled.split


def test_what_cannot_be_read_is_said_with_its_cell(filled: ActionsPage, tmp_path: Path, qtbot: QtBot) -> None:
    sent = _plan(filled, tmp_path, qtbot)
    key = filled.list.values.rows[0].id
    back = fill(sent, tmp_path / "retour.xlsx", {key: {"État": "Presque", "N° ivaudit": "absente"}})
    _show_back(filled, back, qtbot)
    assert filled.preview.view.itemText(1).startswith("Remarques sur le fichier (1)")
    filled.preview.view.setCurrentIndex(1)
    filled.preview.view.activated.emit(1)
    assert filled.preview.stack.currentWidget() is filled.preview.problems


def test_a_file_that_is_no_plan_is_said_beside_the_buttons(
    filled: ActionsPage, tmp_path: Path, qtbot: QtBot
) -> None:
    path = tmp_path / "autre.xlsx"
    path.write_text("bonjour", encoding="utf-8")
    filled.plan.read(path)
    qtbot.waitUntil(lambda: "pas un classeur" in filled.plan.bar.result.text(), timeout=20_000)
    assert filled.stack.currentWidget() is filled.split


def _only(page: ActionsPage) -> Action:
    (found,) = page.list.values.rows
    assert isinstance(found, Action)
    return found
