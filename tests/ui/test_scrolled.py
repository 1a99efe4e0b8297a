"""What scrolls ends where its content ends."""

from PySide6.QtWidgets import QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ivaudit.ui.controls import scrolling


def _shown(qtbot: QtBot, *parts: QWidget) -> QScrollArea:
    content = QWidget()
    column = QVBoxLayout(content)
    for part in parts:
        column.addWidget(part)
    column.addStretch(1)
    area = scrolling(content, "area", "Essai")
    qtbot.addWidget(area)
    area.resize(600, 300)
    area.show()
    return area


def _text() -> QLabel:
    made = QLabel("Une phrase assez longue pour aller à la ligne. " * 12)
    made.setWordWrap(True)
    return made


def _buttons(count: int) -> list[QPushButton]:
    return [QPushButton("Ouvrir") for _ in range(count)]


def test_texts_that_fit_at_this_width_leave_nothing_to_scroll(qtbot: QtBot) -> None:
    area = _shown(qtbot, _text(), *_buttons(1))
    qtbot.wait_until(lambda: area.verticalScrollBar().maximum() == 0)
    assert area.widget().height() == area.viewport().height()


def test_longer_contents_scroll_to_their_end_and_no_further(qtbot: QtBot) -> None:
    area = _shown(qtbot, _text(), *_buttons(20))
    layout = area.widget().layout()
    assert layout is not None
    needed = layout.totalHeightForWidth(area.viewport().width())
    qtbot.wait_until(lambda: area.verticalScrollBar().maximum() == needed - area.viewport().height())


def test_a_content_without_texts_is_never_squeezed(qtbot: QtBot) -> None:
    text = _text()
    area = _shown(qtbot, text, *_buttons(20))
    text.hide()
    least = area.widget().minimumSizeHint().height
    qtbot.wait_until(lambda: area.widget().height() >= least() > area.viewport().height())
