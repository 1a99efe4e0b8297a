"""The real window on a workspace yet to be made, with the cheapest key derivation that is accepted."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from support.azerty import Azerty
from support.visitor import Visitor

from ivaudit.app import workspaces
from ivaudit.store.keys import KdfCost
from ivaudit.ui import preferences, theme
from ivaudit.ui.main_window import MainWindow
from ivaudit.ui.start import first_start


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "espace"


@pytest.fixture
def window(
    qtbot: QtBot,
    place: Path,
    tmp_path: Path,
    cheap_cost: KdfCost,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[MainWindow]:
    """A window that has just been opened for the first time."""
    monkeypatch.setattr(first_start, "_create", partial(workspaces.create, cost=cheap_cost))
    for home in ("HOME", "USERPROFILE"):
        monkeypatch.setenv(home, str(tmp_path))
    preferences._kept().clear()
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    theme.apply(application, 1.0, dark=False)
    window = MainWindow(place)
    window.resize(1366, 768)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    yield window
    window.close()
    window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def keys(qtbot: QtBot, window: MainWindow) -> Azerty:
    """A French keyboard, and no mouse."""
    return Azerty(qtbot, window)


@pytest.fixture
def visitor(qtbot: QtBot, window: MainWindow) -> Visitor:
    """A French keyboard and a mouse."""
    return Visitor(qtbot, window)
