"""The keys while buttons rest: on «Arrêter», then where they were."""

import pytest
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from ivaudit.ui.resting import Resting


@pytest.fixture
def buttons(qtbot: QtBot) -> tuple[QWidget, QPushButton, QPushButton, QPushButton]:
    window = QWidget()
    qtbot.addWidget(window)
    made, stop, other = QPushButton("Exporter"), QPushButton("Arrêter"), QPushButton("Autre")
    row = QHBoxLayout(window)
    for each in (made, stop, other):
        row.addWidget(each)
    stop.hide()
    with qtbot.waitExposed(window):
        window.show()
    return window, made, stop, other


def test_the_keys_wait_on_stop_and_come_back(
    buttons: tuple[QWidget, QPushButton, QPushButton, QPushButton],
) -> None:
    window, made, stop, other = buttons
    resting = Resting((made,), stop)
    made.setFocus()
    resting.show(running=True)
    assert window.focusWidget() is stop
    assert not made.isEnabled()
    resting.show(running=False)
    assert window.focusWidget() is made
    assert not stop.isVisible()
    assert other.isEnabled()


def test_who_went_elsewhere_stays_there(
    buttons: tuple[QWidget, QPushButton, QPushButton, QPushButton],
) -> None:
    window, made, stop, other = buttons
    resting = Resting((made,), stop)
    made.setFocus()
    resting.show(running=True)
    other.setFocus()
    resting.show(running=False)
    assert window.focusWidget() is other
    resting.show(running=True)
    assert window.focusWidget() is other
