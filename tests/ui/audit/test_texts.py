"""Texts being typed: drafts, settling, and what comes back never disturbs the cursor."""

import threading

import pytest
from PySide6.QtCore import Qt
from support.audit_desk import CTRL, Desk

from ivaudit.app import answers
from ivaudit.domain.errors import DiskFull
from ivaudit.ui.audit import text_entry


def test_what_is_typed_is_a_draft_within_a_second(desk: Desk) -> None:
    panel = desk.page.grid.panel
    assert text_entry.DRAFT_AFTER <= 1_000
    key = desk.key
    desk.letter("n")
    with desk.qtbot.waitSignal(panel.constat.drafted, timeout=3_000):
        desk.type("en cours")
    desk.drain()
    assert desk.answer(key).constat == "", "not recorded yet"
    kept = desk.ask(lambda s: [draft.text for draft in s.workspace.drafts.all()])
    assert kept == ["en cours"]
    desk.press(Qt.Key.Key_Escape)
    desk.drain()
    assert desk.answer(key).constat == "en cours"
    assert desk.ask(lambda s: list(s.workspace.drafts.all())) == []


def test_moving_to_another_point_records_the_text(desk: Desk) -> None:
    key = desk.key
    desk.letter("n")
    desk.type("un constat")
    desk.page.grid.go_to(desk.page.audit.rows[2].key)
    desk.drain()
    assert desk.answer(key).constat == "un constat"
    assert desk.page.grid.panel.constat.text == ""


def test_a_rest_records_the_text(desk: Desk) -> None:
    key = desk.key
    desk.letter("n")
    desk.type("au repos")
    entry = desk.page.grid.panel.constat
    assert entry._rest_timer.interval() == 30_000
    entry._rest_timer.timeout.emit()
    desk.drain()
    assert desk.answer(key).constat == "au repos"
    assert desk.focus() is entry.editor, "the cursor stays"


def test_an_answer_coming_back_leaves_the_typing_alone(desk: Desk) -> None:
    gate = threading.Event()
    desk.writer.submit(lambda _: gate.wait(5))
    desk.digit(1)
    desk.letter("n")
    desk.type("pendant que le disque attend")
    gate.set()
    desk.drain()
    assert desk.page.grid.panel.constat.text == "pendant que le disque attend"
    desk.press(Qt.Key.Key_Escape)
    desk.drain()
    assert desk.answer(desk.key).constat == "pendant que le disque attend"


def test_undo_of_a_constat_comes_back_in_the_editor(desk: Desk) -> None:
    desk.letter("n")
    desk.type("premier")
    desk.press(Qt.Key.Key_Escape)
    desk.drain()
    desk.shortcut(Qt.Key.Key_Z, CTRL)
    desk.drain()
    assert desk.page.grid.panel.constat.text == ""
    assert desk.answer(desk.key).constat == ""


def test_a_refused_recording_keeps_the_text(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_args: object, **_others: object) -> object:
        raise DiskFull

    with monkeypatch.context() as patched:
        patched.setattr(answers, "write", full)
        desk.letter("n")
        desk.type("à ne pas perdre")
        desk.press(Qt.Key.Key_Escape)
        desk.drain()
    assert desk.page.grid.panel.constat.text == "à ne pas perdre"
    assert any("disque est plein" in sentence for sentence in desk.said)
    desk.page.settle()
    desk.drain()
    assert desk.answer(desk.key).constat == "à ne pas perdre"


def test_tab_leaves_the_text(desk: Desk) -> None:
    desk.letter("n")
    desk.shortcut(Qt.Key.Key_Tab)
    assert desk.focus() is not desk.page.grid.panel.constat.editor
