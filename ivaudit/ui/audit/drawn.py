"""A chart drawn beside the window once its figures are shown; words say the same for those who do not see."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from ivaudit.domain.progress import Progress
from ivaudit.ui import theme
from ivaudit.ui.controls import called
from ivaudit.ui.job import Job

_WIDTH = 560


class Drawn(QLabel):
    """A picture that a plain function of a width in pixels and of the theme returns as PNG.

    Args:
        name: its object name.
        accessible: what a screen reader says first.
        parent: the widget it is in.
        room: its width in logical pixels at 100 %.
    """

    def __init__(
        self, name: str, accessible: str, parent: QWidget | None = None, *, room: int = _WIDTH
    ) -> None:
        super().__init__(parent)
        called(self, name, accessible)
        self._room = room
        self._wanted: tuple[object, ...] = ()
        self._drawn: tuple[object, ...] = ()
        self._make: Callable[[int, bool], bytes] | None = None
        self._job: Job | None = None
        self.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.hide()
        theme.notice().changed.connect(self._on_look)

    def show_drawing(self, figures: object, words: str, make: Callable[[int, bool], bytes]) -> None:
        """Draw figures, if they changed since last drawn.

        Args:
            figures: what the drawing depends on.
            words: what it shows.
            make: draws them at a width in pixels, for a dark window or not; it holds no Qt object.
        """
        self.setAccessibleDescription(words)
        look = theme.current()
        self._make = make
        self._wanted = (figures, look.dark, look.px(self._room))
        self._draw()

    @Slot()
    def _on_look(self) -> None:
        """Draw the same figures again: a chart kept from a dark window is not read in a light one."""
        if self._make is not None:
            look = theme.current()
            self._wanted = (self._wanted[0], look.dark, look.px(self._room))
            self._draw()

    def _draw(self) -> None:
        if (self._job is not None and self._job.running) or self._wanted == self._drawn or self._make is None:
            return  # the end of a running job looks again
        self._drawn = self._wanted
        look = theme.current()
        width = round(look.px(self._room) * self.devicePixelRatioF())
        self._job = Job(self)
        self._job.done.connect(self._on_drawn)
        self._job.failed.connect(self._on_failed)
        self._job.start(partial(_made, self._make, width, look.dark))

    @Slot(object)
    def _on_drawn(self, data: bytes) -> None:
        picture = QPixmap()
        picture.loadFromData(data)
        picture.setDevicePixelRatio(self.devicePixelRatioF())
        self.setPixmap(picture)
        self.show()
        self._draw()

    @Slot(object)
    def _on_failed(self, _error: Exception) -> None:
        self.hide()  # words say the same beside


def _made(make: Callable[[int, bool], bytes], width: int, dark: bool, _progress: Progress) -> bytes:
    return make(width, dark)
