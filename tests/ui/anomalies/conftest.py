"""The page of the register in the whole window, on a workspace of its own, driven by a French keyboard."""

from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from support.anomaly_desk import settle
from support.azerty import Azerty

from ivaudit.app import anomalies, facilities, workspaces
from ivaudit.app.session import Session
from ivaudit.domain.anomalies import EntryKind
from ivaudit.store.keys import KdfCost
from ivaudit.ui.desk import Desk
from ivaudit.ui.main_window import MainWindow
from ivaudit.ui.pages.anomalies import AnomaliesPage


@pytest.fixture
def made(place: Path, passphrase: str, cheap_cost: KdfCost) -> Path:
    """A workspace with one structure and three entries, closed."""
    session, _ = workspaces.create(place, passphrase, "Référente", cost=cheap_cost)
    _, facility = facilities.create(session, {"name": "EHPAD Les Pins", "setting": "ehpad"})
    for type_, unit, found in (
        ("P01", "Unité Lilas", "2026-11-18"),
        ("P06", "Unité Rose", "2026-11-19"),
        ("S03", "Unité Lilas", "2026-11-20"),
    ):
        values = {"type": type_, "unit": unit, "found": found, "application": "NetSoins"}
        anomalies.declare(session, EntryKind.ANOMALY, values, facility=facility, at=f"{found}T09:00")
    session.close()
    return place


@pytest.fixture
def keys(qtbot: QtBot, window: MainWindow, desk: Desk) -> Azerty:
    """The keyboard, on the page of the register."""
    found = Azerty(qtbot, window)
    desk.go("anomalies")
    settle(found)
    return found


@pytest.fixture
def page(desk: Desk, keys: Azerty) -> AnomaliesPage:
    del keys
    found = desk.current()
    assert isinstance(found, AnomaliesPage)
    return found


@pytest.fixture
def asked(window: MainWindow) -> Callable[[Callable[[Session], object]], object]:
    """Ask a use case, on the thread of the writer."""

    def ask(work: Callable[[Session], object]) -> object:
        found: list[object] = []
        window.writer.submit(work, done=found.append)
        assert window.writer.drain(10)
        return found[0]

    return ask
