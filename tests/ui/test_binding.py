"""The Qt binding itself: a release that loses references kills the window after a few hundred signals."""

import sys

import pytest
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QFont

CALLS = 50


class Sender(QObject):
    """Sends."""

    sent = Signal()


@pytest.mark.usefixtures("qapp")
def test_the_binding_keeps_its_references_to_none_and_true() -> None:
    # Seen with PySide6 6.12.0 on Python 3.11, where None and True are not immortal: one lost a call, until
    # «Fatal Python error: none_dealloc». 6.11.3 and 6.10.3 are sound.
    sender, font = Sender(), QFont()
    before = sys.getrefcount(None), sys.getrefcount(True)
    for _ in range(CALLS):
        font.setBold(True)
        sender.sent.emit()
    lost = before[0] - sys.getrefcount(None), before[1] - sys.getrefcount(True)
    assert max(lost) < CALLS // 2
