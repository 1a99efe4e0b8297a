"""Actions followed across audits."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from ivaudit.app import actions, facilities, workspaces
from ivaudit.domain.actions import ActionState
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
