"""A card whose contents scroll over a foot, and that something else may take the place of."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QFrame, QScrollArea, QWidget

from ivaudit.ui.controls import column_in


class CoveredPanel(QFrame):
    """Shows its contents, or what covers them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("card", True)
        self._area = QScrollArea()
        self._outer = column_in(self, 1)
        self._column: QBoxLayout = self._outer
        self._cover: QWidget | None = None
        self.inserted: tuple[QWidget, ...] = ()

    def set_contents(self, inside: QWidget, column: QBoxLayout, foot: QWidget) -> None:
        """Take what it shows in a column, and the line below that never scrolls."""
        self._column = column
        area = self._area
        area.setObjectName("panel_scroll")
        area.setWidget(inside)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._outer.addWidget(area, 1)
        self._outer.addWidget(foot)

    def insert_after(self, before: QWidget, widget: QWidget, stops: tuple[QWidget, ...]) -> None:
        """Show something more just below a part of the contents; `inserted` are its stops for Tab."""
        self._column.insertWidget(self._column.indexOf(before) + 1, widget)
        self.inserted = (*stops, *self.inserted)  # the last one put there is the first read

    def cover(self, other: QWidget | None) -> None:
        """Show something else in the place of the contents, or the contents again."""
        if other is not None and other.parent() is not self:
            self._outer.insertWidget(0, other, 1)
        if self._cover is not None:
            self._cover.hide()
        self._cover = other
        self._area.setVisible(other is None)
        if other is not None:
            other.show()

    def reveal(self, widget: QWidget) -> None:
        """Scroll until something of the contents is seen."""
        self._area.ensureWidgetVisible(widget)

    def to_top(self) -> None:
        """Scroll back to the start."""
        self._area.verticalScrollBar().setValue(0)
