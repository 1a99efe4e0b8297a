"""The look: contrast of every pair of roles, scales, shapes."""

import pytest
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from ivaudit.domain.scale import Symbol
from ivaudit.domain.tone import Tone
from ivaudit.ui import theme
from ivaudit.ui.palette import DARK, LIGHT, Palette, contrast
from ivaudit.ui.symbols import symbol_pixmap

TEXT_RATIO = 4.5
OUTLINE_RATIO = 3.0


def test_contrast_is_the_one_of_wcag() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_every_text_can_be_read_on_every_background(palette: Palette) -> None:
    weak = {name: round(contrast(a, b), 2) for name, a, b in palette.pairs() if contrast(a, b) < TEXT_RATIO}
    assert weak == {}


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_outlines_and_focus_stand_out(palette: Palette) -> None:
    weak = {n: round(contrast(a, b), 2) for n, a, b in palette.outlines() if contrast(a, b) < OUTLINE_RATIO}
    assert weak == {}


def test_every_tone_has_its_colours() -> None:
    assert set(LIGHT.tones) == set(DARK.tones) == set(Tone)


@pytest.mark.parametrize("scale", theme.SCALES)
def test_targets_are_large_enough(qtbot: QtBot, qapp: QApplication, scale: float) -> None:
    theme.apply(qapp, scale, dark=False)
    for widget in (QPushButton("Oui"), QLineEdit()):
        qtbot.addWidget(widget)
        widget.ensurePolished()
        assert widget.sizeHint().height() >= theme.TARGET
        assert widget.font().pointSizeF() == pytest.approx(theme.Size.BODY * scale)


def test_a_change_of_look_is_told_once(qtbot: QtBot, qapp: QApplication) -> None:
    theme.apply(qapp, 1.0, dark=False)
    with qtbot.waitSignal(theme.notice().changed):
        theme.apply(qapp, 1.0, dark=True)
    assert theme.current().palette is DARK
    with qtbot.assertNotEmitted(theme.notice().changed):
        theme.apply(qapp, 1.0, dark=True)


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("symbol", list(Symbol))
def test_each_symbol_is_its_own_shape(symbol: Symbol) -> None:
    shapes = {other: symbol_pixmap(other, QColor("black"), 24).toImage() for other in Symbol}
    same = [other for other, image in shapes.items() if image == shapes[symbol]]
    assert same == [symbol]
