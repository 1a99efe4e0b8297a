"""Charts drawn beside the window: always in the look that the window has now."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ivaudit.ui import theme
from ivaudit.ui.audit.drawn import Drawn


def _png(colour: str) -> bytes:
    image = QImage(8, 8, QImage.Format.Format_RGB32)
    image.fill(QColor(colour))
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")
    return data.data()


@pytest.fixture
def _own_look(qapp: QApplication) -> Iterator[None]:
    before = theme.current()
    theme.apply(qapp, 1.0, dark=True)
    yield
    theme.apply(qapp, before.scale, before.dark)


@pytest.mark.usefixtures("_own_look")
def test_a_chart_is_drawn_again_when_the_look_changes(qtbot: QtBot, qapp: QApplication) -> None:
    made = {True: _png("black"), False: _png("white")}
    drawn = Drawn("chart", "Graphique")
    qtbot.addWidget(drawn)
    drawn.show_drawing((1, 2), "1, 2", lambda _width, dark: made[dark])

    def lightness() -> int:
        picture = drawn.pixmap()
        return -1 if picture.isNull() else picture.toImage().pixelColor(2, 2).lightness()

    qtbot.waitUntil(lambda: lightness() == 0)
    theme.apply(qapp, 1.0, dark=False)
    qtbot.waitUntil(lambda: lightness() == 255)
