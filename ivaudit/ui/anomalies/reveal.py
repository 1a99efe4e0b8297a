"""Bringing into sight what opens below what is seen of a page."""

from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QScrollArea, QWidget
from shiboken6 import isValid


def reveal(part: QWidget) -> None:
    """Scroll to a part of a page once it is laid out."""
    QTimer.singleShot(0, part, partial(_reveal, part))


def _reveal(part: QWidget) -> None:
    around = part.parentWidget() if isValid(part) else None
    while around is not None:
        if isinstance(around, QScrollArea):
            around.ensureWidgetVisible(part)
            return
        around = around.parentWidget()
