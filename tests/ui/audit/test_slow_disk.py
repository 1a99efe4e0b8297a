"""A disk that stalls: keys queue in order, nothing is shown before it is recorded, the window says so."""

import threading

import pytest
from PySide6.QtCore import Qt
from support.audit_desk import CTRL, Desk

from ivaudit.app import answers, audits
from ivaudit.app.session import Session
from ivaudit.domain.audit import AuditSheet
from ivaudit.ui.audit import lateness
from ivaudit.ui.audit.criteria_model import Role


def test_keys_typed_meanwhile_queue_in_order(desk: Desk) -> None:
    gate = threading.Event()
    desk.writer.submit(lambda _: gate.wait(10))
    listed = [row for row in desk.page.audit.rows if row.concerned][:3]
    for digit in (1, 3, 5):
        desk.digit(digit)
        desk.press(Qt.Key.Key_Down)
    assert [row.answer.value for row in listed] == [None, None, None], "shown only once on disk"
    desk.qtbot.waitUntil(lambda: {row.key for row in listed} <= desk.page.audit.late)
    model = desk.page.grid.model
    assert model.index(0, 0).data(Role.LATE) is True
    assert desk.page.header.saved.text() == "Enregistrement…"
    gate.set()
    desk.drain()
    assert [row.answer.value for row in listed] == ["oui", "non", "non_vu"]
    assert model.index(0, 0).data(Role.LATE) is False
    assert desk.page.header.saved.text().startswith("Enregistré")
    assert [desk.answer(row.key).value for row in listed] == ["oui", "non", "non_vu"]


def test_undo_waits_its_turn_behind_the_answers(desk: Desk) -> None:
    gate = threading.Event()
    desk.writer.submit(lambda _: gate.wait(10))
    key = desk.key
    desk.digit(1)
    desk.digit(3)
    desk.shortcut(Qt.Key.Key_Z, CTRL)
    gate.set()
    desk.drain()
    assert desk.answer(key).value == "oui"


def test_a_fast_commit_shows_no_waiting_sign(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lateness, "LATE", 60_000)  # whatever this machine does meanwhile, the commit is fast
    late: list[object] = []
    desk.page.audit.late_changed.connect(late.append)
    key = desk.key
    desk.digit(1)
    desk.drain()
    assert desk.answer(key).value == "oui"
    monkeypatch.setattr(lateness, "LATE", 0)  # its time comes: what came back is waited for no more
    desk.page.audit.lateness._on_late()
    assert late == []
    assert not desk.page.audit.late


def test_an_answer_reads_nothing_but_itself(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.digit(1)
    desk.drain()
    read: list[str] = []
    real = audits.sheet

    def sheet(session: Session, key: str) -> AuditSheet:
        read.append(key)
        return real(session, key)

    monkeypatch.setattr(audits, "sheet", sheet)
    for digit in (3, 1, 5):
        desk.digit(digit)
    desk.drain()
    assert read == [], "the audit is not read again at each answer"
    assert desk.page.audit._own == []


def test_what_another_page_did_is_shown(desk: Desk) -> None:
    key = desk.key
    desk.ask(lambda s: answers.answer(s, desk.audit, key, "non"))
    desk.drain()
    row = desk.page.audit.row(key)
    assert row is not None
    assert row.answer.value == "non"
    assert desk.key == key
    assert desk.focus() is desk.page.grid.list
