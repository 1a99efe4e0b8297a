"""What our mistakes leave behind: no user text, shown once at the next start."""

import faulthandler
import sys
import threading
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from ivaudit.domain.errors import BugError, InvalidValue
from ivaudit.ui import crash_log
from ivaudit.ui.crash_dialog import CrashDialog

CANARY = "Madame Durand"


def _raised(error: Exception) -> Exception:
    try:
        raise error
    except type(error) as caught:
        return caught


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    folder = tmp_path / "espace"
    folder.mkdir()
    return folder


def test_messages_of_other_classes_stay_out(workspace: Path) -> None:
    log = crash_log.CrashLog(workspace)
    hooks = sys.excepthook, threading.excepthook
    log.arm()
    try:
        error = _raised(KeyError(CANARY))
        error.__cause__ = _raised(BugError("writer: closed"))
        error.__cause__.__cause__ = _raised(InvalidValue(CANARY))
        sys.excepthook(type(error), error, error.__traceback__)
    finally:
        log.disarm()
        sys.excepthook, threading.excepthook = hooks
    text = crash_log.left_behind(workspace)
    assert CANARY not in text
    assert "builtins.KeyError" in text
    assert "BugError: writer: closed" in text
    assert "ivaudit.domain.errors.InvalidValue\n" in text
    assert "test_crash_log.py" in text


def test_it_is_shown_once(workspace: Path) -> None:
    assert crash_log.left_behind(workspace) == ""
    log = crash_log.CrashLog(workspace)
    (workspace / crash_log.FOLDER).mkdir()
    error = _raised(ValueError("x"))
    log.on_exception(type(error), error, error.__traceback__)
    assert crash_log.left_behind(workspace)
    crash_log.mark_read(workspace)
    assert crash_log.left_behind(workspace) == ""
    assert list((workspace / crash_log.FOLDER).glob("lu-*.txt"))


def test_the_dialog_copies(qtbot: QtBot) -> None:
    dialog = CrashDialog("builtins.KeyError")
    qtbot.addWidget(dialog)
    dialog.findChild(QPushButton, "crash_copy").click()
    assert QApplication.clipboard().text() == "builtins.KeyError"
    with qtbot.waitSignal(dialog.finished):
        dialog.findChild(QPushButton, "crash_continue").click()


def test_a_workspace_that_takes_no_file_still_gets_its_window(
    workspace: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """A folder in read only: the window opens, to say so; a crash goes to the error stream."""
    (workspace / crash_log.FOLDER).touch()  # no folder can be made there, whoever asks
    log = crash_log.CrashLog(workspace)
    hooks = sys.excepthook, threading.excepthook
    was = faulthandler.is_enabled()
    log.arm()
    try:
        error = _raised(KeyError(CANARY))
        sys.excepthook(type(error), error, error.__traceback__)
    finally:
        log.disarm()
        sys.excepthook, threading.excepthook = hooks
        if was:
            faulthandler.enable()
    said = capfd.readouterr().err
    assert "builtins.KeyError" in said
    assert CANARY not in said


def test_a_log_that_another_program_holds_does_not_keep_the_window_from_opening(
    workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (workspace / crash_log.FOLDER).mkdir()
    (workspace / crash_log.FOLDER / "defaillances.txt").write_text("x", encoding="utf-8")
    (workspace / crash_log.FOLDER / "ivaudit-arret-1.txt").write_text("x", encoding="utf-8")

    def held(*_: object) -> Path:
        raise PermissionError

    monkeypatch.setattr(Path, "replace", held)
    crash_log.mark_read(workspace)
    assert crash_log.left_behind(workspace) == "x\nx"
