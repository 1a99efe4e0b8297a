"""A row of widgets that goes to the next line when there is no room: nothing is cut at 200 % text."""

from PySide6.QtCore import QEvent, QRect, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

_MOST_COLUMNS = 3


class Flow(QWidget):
    """Places its widgets from left to right, then below; `stretch` shares the width among a line.

    With `even`, what does not fit on one line goes in aligned columns.

    A widget that places its own: no Python layout is asked for its items at each pass.
    """

    def __init__(
        self, parent: QWidget | None = None, *, spacing: int = 8, stretch: bool = False, even: bool = False
    ) -> None:
        super().__init__(parent)
        self._parts: list[QWidget] = []
        self._spacing = spacing
        self._stretch = stretch
        self._even = even
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def add(self, part: QWidget) -> None:
        """Take a widget at the end."""
        part.setParent(self)
        self._parts.append(part)
        self._replace()

    @property
    def parts(self) -> tuple[QWidget, ...]:
        """Return the widgets, in order."""
        return tuple(self._parts)

    def take_all(self) -> None:
        """Give the widgets up and let Qt delete them."""
        for part in self._parts:
            part.hide()
            part.deleteLater()
        self._parts = []

    # -- Qt

    def hasHeightForWidth(self) -> bool:
        """Depend on the width."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height the lines need."""
        lines = self._lines(width)
        high = sum(max(part.sizeHint().height() for part in line) for line in lines)
        return high + self._spacing * max(len(lines) - 1, 0)

    def sizeHint(self) -> QSize:
        """Return the size of one line, as high as the present width asks."""
        hints = [part.sizeHint().width() for part in self._shown()]
        return QSize(sum(hints) + self._spacing * max(len(hints) - 1, 0), self.heightForWidth(self.width()))

    def minimumSizeHint(self) -> QSize:
        """Return the width of the widest widget, at the height of the present width."""
        wide = max((part.minimumSizeHint().width() for part in self._shown()), default=0)
        return QSize(wide, self.heightForWidth(self.width()))

    def event(self, event: QEvent) -> bool:
        """Place again when a widget changes size, comes or goes."""
        if event.type() == QEvent.Type.LayoutRequest:
            self._replace()
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Place at the new width."""
        super().resizeEvent(event)
        self._place()
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()

    def _replace(self) -> None:
        self._place()
        self.updateGeometry()

    def _shown(self) -> list[QWidget]:
        return [part for part in self._parts if not part.isHidden()]

    def _lines(self, width: int) -> list[list[QWidget]]:
        if self._even and (columns := self._columns(width)):
            shown = self._shown()
            return [shown[at : at + len(columns)] for at in range(0, len(shown), len(columns))]
        lines: list[list[QWidget]] = []
        used = 0
        for part in self._shown():
            wide = part.sizeHint().width()
            if not lines or used + self._spacing + wide > width:
                lines.append([])
                used = -self._spacing
            used += self._spacing + wide
            lines[-1].append(part)
        return lines

    def _columns(self, width: int) -> list[int]:
        """Return the widths of the columns; none when all fits on one line, or nothing fits."""
        wide = [part.sizeHint().width() for part in self._shown()]
        if not wide or sum(wide) + self._spacing * (len(wide) - 1) <= width:
            return []
        for many in range(_MOST_COLUMNS, 0, -1):
            columns = [max(wide[at::many]) for at in range(min(many, len(wide)))]
            spare = width - sum(columns) - self._spacing * (len(columns) - 1)
            if spare >= 0:
                return [each + spare // len(columns) for each in columns]
        return []

    def _place(self) -> None:
        top = 0
        for line in self._lines(self.width()):
            high = max(part.sizeHint().height() for part in line)
            self._place_line(line, top, high)
            top += high + self._spacing

    def _place_line(self, line: list[QWidget], top: int, high: int) -> None:
        columns = self._columns(self.width()) if self._even else []
        wide = columns[: len(line)] or [min(part.sizeHint().width(), self.width()) for part in line]
        spare = self.width() - sum(wide) - self._spacing * (len(line) - 1)
        more = spare // len(line) if self._stretch and spare > 0 and not columns else 0
        left = 0
        for part, width in zip(line, wide, strict=True):
            part.setGeometry(QRect(left, top, width + more, high))
            left += width + more + self._spacing
