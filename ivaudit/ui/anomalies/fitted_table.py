"""A short table inside a page that scrolls: as high as its rows, up to some."""

from collections.abc import Sequence

from PySide6.QtCore import QSize

from ivaudit.ui.table import Column, Table

_MOST = 8


class FittedTable(Table):
    """Hidden while it has no row."""

    CAP = 130

    def __init__(self, name: str, accessible: str, columns: Sequence[Column], *, flat: bool = False) -> None:
        super().__init__(name, accessible, columns, flat=flat)
        self.hide()

    def show_rows(self, rows: Sequence[object], at: int = 0) -> None:
        """Show values, and make one of them the current one."""
        self.values.show_values(rows)
        self.choose(max(0, min(at, len(rows) - 1)))
        self.setVisible(bool(rows))

    def sizeHint(self) -> QSize:
        """Ask for the height of the rows."""
        return QSize(super().sizeHint().width(), self.height())

    def _fit(self) -> None:
        super()._fit()
        rows = min(len(self.values.rows), _MOST)
        high = sum(map(self.rowHeight, range(rows))) + self.horizontalHeader().height()
        if self.horizontalScrollBar().maximum() > 0:
            high += self.horizontalScrollBar().sizeHint().height()
        if rows and high + 2 * self.frameWidth() + 2 != self.height():
            self.setFixedHeight(high + 2 * self.frameWidth() + 2)
