"""A chart on the clipboard as a picture: drawn beside the window, on a light ground."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QPushButton

from ivaudit.domain.progress import Progress
from ivaudit.ui.job import Job

_WIDTH = 1600
"""Pixels: enough for a slide."""
_WHAT = "Copier le graphique comme une image, pour un diaporama ou un courrier"
_COPIED = "Le graphique est copié comme image : collez-le dans un diaporama ou un courrier."


class ChartCopy(QObject):
    """What a button «Copier le graphique» does; `said(sentence)` once the picture is on the clipboard.

    Args:
        button: the button.
        keys: what else copies, as its tool tip says it: «Ctrl+C».
    """

    said = Signal(str)

    def __init__(self, button: QPushButton, keys: str = "") -> None:
        super().__init__(button)
        self._make: Callable[[int, bool], bytes] | None = None
        self._job: Job | None = None
        button.setToolTip(f"{_WHAT} ({keys})" if keys else _WHAT)
        button.clicked.connect(self.copy)

    def show_chart(self, make: Callable[[int, bool], bytes] | None) -> None:
        """Know what to copy: a plain function of a width in pixels and of the theme, or nothing."""
        self._make = make

    @Slot()
    def copy(self) -> None:
        """Draw the chart and put it on the clipboard."""
        if self._make is None or (self._job is not None and self._job.running):
            return
        self._job = Job(self)
        self._job.done.connect(self._on_drawn)
        self._job.start(partial(_drawn, self._make))

    @Slot(object)
    def _on_drawn(self, data: bytes) -> None:
        QGuiApplication.clipboard().setImage(QImage.fromData(data))
        self.said.emit(_COPIED)


def _drawn(make: Callable[[int, bool], bytes], _progress: Progress) -> bytes:
    return make(_WIDTH, False)
