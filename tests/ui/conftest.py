"""A window on a workspace of its own, with the cheapest key derivation that is accepted."""

import gc
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ivaudit.app import audits, facilities, workspaces
from ivaudit.app.library import library
from ivaudit.app.session import Session
from ivaudit.store.keys import KdfCost
from ivaudit.ui import preferences, theme
from ivaudit.ui.desk import Desk
from ivaudit.ui.main_window import MainWindow
from ivaudit.ui.start import first_start
from ivaudit.ui.start.unlock import Unlock


@pytest.fixture(autouse=True)
def _plain_look(qapp: QApplication) -> Iterator[None]:
    preferences._kept().clear()
    theme.apply(qapp, 1.0, dark=False)
    # A collection that starts on the writer's thread would destroy windows of former tests there, and wait
    # for the interpreter while Qt waits for it.
    gc.disable()
    yield
    # What was closed is deleted now, not in the middle of another test.
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect(1)
    gc.enable()


@pytest.fixture(autouse=True, scope="session")
def _read_once() -> None:
    """Read the grids before any test: a page that reads them beside the window outlives no test."""
    library().checklists()


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "espace"


@pytest.fixture
def cheap(monkeypatch: pytest.MonkeyPatch, cheap_cost: KdfCost) -> None:
    monkeypatch.setattr(first_start, "_create", partial(workspaces.create, cost=cheap_cost))


@pytest.fixture
def made(place: Path, passphrase: str, cheap_cost: KdfCost) -> Path:
    """A workspace with one structure and one audit, closed."""
    session, _ = workspaces.create(place, passphrase, "Référente", cost=cheap_cost)
    _, facility = facilities.create(session, {"name": "EHPAD Les Pins", "city": "Laval"})
    audits.create(session, facility, "flash", ["flash"], "2026-11-21")
    session.close()
    return place


@pytest.fixture
def open_window(qtbot: QtBot) -> Iterator[Callable[[Path], MainWindow]]:
    opened: list[MainWindow] = []

    def opening(folder: Path) -> MainWindow:
        window = MainWindow(folder)
        opened.append(window)
        window.resize(1366, 768)
        window.show()
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        return window

    yield opening
    for window in opened:
        window.close()
        window.deleteLater()


@pytest.fixture
def window(
    made: Path, passphrase: str, open_window: Callable[[Path], MainWindow], qtbot: QtBot
) -> MainWindow:
    """The window, unlocked, on Accueil."""
    window = open_window(made)
    unlock(window, passphrase, qtbot)
    return window


@pytest.fixture
def desk(window: MainWindow) -> Desk:
    assert window.desk is not None
    return window.desk


def unlock(window: MainWindow, passphrase: str, qtbot: QtBot) -> None:
    gate = window.gate
    assert isinstance(gate, Unlock)
    gate.passphrase.put(passphrase)
    gate.unlock()
    qtbot.waitUntil(lambda: window.desk is not None, timeout=10_000)
    settled(window, qtbot)


def settled(window: MainWindow, qtbot: QtBot) -> None:
    """Wait until everything submitted came back."""
    qtbot.waitUntil(lambda: window.writer.pending == 0, timeout=10_000)


def asked(window: MainWindow, work: Callable[[Session], object]) -> object:
    """Return what a use case returns, on the thread of the writer."""
    found: list[object] = []
    window.writer.submit(work, done=found.append)
    assert window.writer.drain(10)
    return found[0]
