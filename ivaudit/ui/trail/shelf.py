"""A part of a page that scrolls, exactly as high as its texts are at its width."""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget


class Shelf(QWidget):
    """Asks for no height of its own: Qt would ask for that of its texts at their narrowest."""

    def minimumSizeHint(self) -> QSize:
        """Ask for a width only; the page asks for the height that goes with it."""
        return QSize(super().minimumSizeHint().width(), 0)
