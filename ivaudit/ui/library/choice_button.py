"""A button whose words wrap, with the key that presses it painted as a cap."""

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Slot
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from ivaudit.ui import theme
from ivaudit.ui.controls import called
from ivaudit.ui.theme import Space

_WRAP = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_TALL = 10_000


class ChoiceButton(QAbstractButton):
    """One answer; `key` is what its cap shows."""

    def __init__(self, name: str, text: str, key: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        called(self, name, f"{key}. {text}" if key.isdigit() else text)
        self.setText(text)
        self._key = key
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        theme.notice().changed.connect(self._dress)
        self._dress()

    def hasHeightForWidth(self) -> bool:
        """Wrap."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height of the wrapped words, at least a target high."""
        room = QRect(0, 0, max(60, width - self._cap() - 3 * Space.SMALL), _TALL)
        height = self.fontMetrics().boundingRect(room, _WRAP, self.text()).height()
        return max(height + Space.MEDIUM, theme.TARGET, self._cap() + Space.SMALL)

    def sizeHint(self) -> QSize:
        """Return a fair width, and its height."""
        width = theme.current().px(320)
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """Let the page be narrow."""
        return QSize(theme.current().px(120), self.heightForWidth(max(self.width(), 120)))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the surface, the cap of the key and the words."""
        del event
        look = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        hot = self.underMouse() or self.isDown()
        edge, width = ("focus", 2) if self.hasFocus() else ("edge", 1)
        painter.setPen(QPen(look.colour(edge), width))
        painter.setBrush(look.colour("accent_soft" if hot else "surface"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 6, 6)
        side = self._cap()
        cap = QRectF(Space.SMALL, (self.height() - side) / 2, side, side)
        painter.setPen(QPen(look.colour("edge"), 1))
        painter.setBrush(look.colour("sunken"))
        painter.drawRoundedRect(cap, 4, 4)
        painter.setPen(look.colour("text"))
        painter.setFont(look.font(bold=True))
        painter.drawText(cap, Qt.AlignmentFlag.AlignCenter, self._key)
        painter.setFont(self.font())
        area = self.rect().adjusted(round(cap.right()) + Space.SMALL, 0, -Space.SMALL, 0)
        painter.drawText(area, _WRAP, self.text())
        painter.end()

    def _cap(self) -> int:
        return max(theme.current().px(22), self.fontMetrics().height() + Space.TINY)

    @Slot()
    def _dress(self) -> None:
        self.setFont(theme.current().font())
        self.updateGeometry()
        self.update()
