"""A constat that looks like an identity waits for a decision, wherever one goes meanwhile."""

from PySide6.QtCore import Qt
from support.audit_desk import Desk

NAMED = "Mme DUPONT attend."


def _type(desk: Desk, text: str) -> str:
    desk.press(Qt.Key.Key_N, "n")
    key = desk.key
    desk.page.grid.panel.constat.editor.setPlainText(text)
    desk.page.grid.panel.constat.settle()
    desk.drain()
    return key


def test_it_is_said_and_masked_by_one_button(desk: Desk) -> None:
    key = _type(desk, NAMED)
    entry = desk.page.grid.panel.constat
    assert entry.identity.isVisible()
    assert "« DUPONT »" in entry.identity.words.text()
    assert desk.answer(key).constat == ""
    entry.identity.masking.click()
    desk.drain()
    assert desk.answer(key).constat == "Mme [nom masqué] attend."
    assert not entry.identity.isVisible()


def test_what_is_nobody_is_recorded_as_typed(desk: Desk) -> None:
    key = _type(desk, "Le poste « Monsieur Propre ».")
    desk.page.grid.panel.constat.identity.nobody.click()
    desk.drain()
    assert desk.answer(key).constat == "Le poste « Monsieur Propre »."


def test_left_undecided_it_is_found_again(desk: Desk) -> None:
    key = _type(desk, NAMED)
    desk.page.grid.focus_list()
    desk.shortcut(Qt.Key.Key_Down)
    desk.drain()
    assert desk.page.grid.panel.constat.text == ""
    desk.shortcut(Qt.Key.Key_Up)
    desk.drain()
    assert desk.key == key
    assert desk.page.grid.panel.constat.text == NAMED
    assert desk.page.grid.panel.constat.identity.isVisible()
    assert desk.answer(key).constat == ""
    desk.page.audit.reload()
    desk.drain()
    assert desk.page.audit.held == {("structure", key, "constat"): NAMED}


def test_an_ordinary_constat_is_not_held_up(desk: Desk) -> None:
    key = _type(desk, "Charte du 12/03/2009 affichée, FINESS 750000018.")
    assert not desk.page.grid.panel.constat.identity.isVisible()
    assert desk.answer(key).constat.startswith("Charte")
