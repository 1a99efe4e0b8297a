"""A picture on which rectangles are drawn, by mouse or by keyboard: what they cover is never kept."""

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from ivaudit.app.pictures import Mask
from ivaudit.ui import theme
from ivaudit.ui.controls import called

_STEP = 0.02
_FINE = 0.004
_LEAST = 4
_ARROWS = {
    Qt.Key.Key_Left: QPoint(-1, 0),
    Qt.Key.Key_Right: QPoint(1, 0),
    Qt.Key.Key_Up: QPoint(0, -1),
    Qt.Key.Key_Down: QPoint(0, 1),
}
_UNDO = {Qt.Key.Key_Backspace, Qt.Key.Key_Delete}


class MaskView(QWidget):
    """Shows a picture and the rectangles over it, counted in pixels of the picture as it was given.

    By keyboard: the arrows move the corner (Maj for less), Espace sets it, then the other one; Échap gives
    up the rectangle under way; Retour arrière and Ctrl+Z take the last one off. `changed()` follows each.
    """

    changed = Signal()

    def __init__(self, name: str, accessible: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        called(self, name, accessible)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._picture = QPixmap()
        self._scaled = QPixmap()
        self._given = QSize(1, 1)
        self._masks: list[QRect] = []
        self._start: QPoint | None = None
        self._corner = QPoint(0, 0)
        self._drawing = False
        self._editable = True

    # -- content

    def show_picture(
        self, picture: QImage, given: QSize, masks: list[Mask] | None = None, *, editable: bool = True
    ) -> None:
        """Show a picture.

        Args:
            picture: what is seen.
            given: the size that rectangles are counted in.
            masks: those there are already.
            editable: whether more can be drawn.
        """
        self._picture = QPixmap.fromImage(picture)
        self._given = given
        self._masks = [QRect(*mask) for mask in masks or []]
        self._start, self._drawing, self._editable = None, False, editable
        self._corner = QPoint(given.width() // 2, given.height() // 2)
        self.setCursor(Qt.CursorShape.CrossCursor if editable else Qt.CursorShape.ArrowCursor)
        self._fit()
        self._say()

    @property
    def masks(self) -> list[Mask]:
        """Return the rectangles drawn: left, top, width, height."""
        return [(mask.x(), mask.y(), mask.width(), mask.height()) for mask in self._masks]

    @property
    def under_way(self) -> bool:
        """Tell whether a rectangle has its first corner only."""
        return self._start is not None

    def take_off_last(self) -> None:
        """Take the last rectangle off, or give up the one under way."""
        if self._start is not None:
            self._start = None
        elif self._masks:
            self._masks.pop()
        self._tell()

    # -- mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Set the first corner."""
        if self._editable and event.button() == Qt.MouseButton.LeftButton:
            self._corner = self._start = self._to_given(event.position())
            self._drawing = True
            self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Move the other corner."""
        if self._drawing:
            self._corner = self._to_given(event.position())
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Set the other corner."""
        if self._drawing and event.button() == Qt.MouseButton.LeftButton:
            self._drawing = False
            self._corner = self._to_given(event.position())
            self._close_rectangle()

    # -- keyboard

    def event(self, event: QEvent) -> bool:
        """Keep Ctrl+Z and Échap for the rectangles."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and self._editable
            and (_is_undo(event) or (event.key() == Qt.Key.Key_Escape and self.under_way))
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move the corner, set it, give up, take off."""
        if not self._editable:
            super().keyPressEvent(event)
            return
        key = Qt.Key(event.key())
        if key in _ARROWS:
            self._move(_ARROWS[key], fine=bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
        elif key == Qt.Key.Key_Space:
            self._set_corner()
        elif _is_undo(event) or (key == Qt.Key.Key_Escape and self.under_way):
            self.take_off_last()
        else:
            super().keyPressEvent(event)

    def _move(self, step: QPoint, *, fine: bool) -> None:
        length = max(1, round(max(self._given.width(), self._given.height()) * (_FINE if fine else _STEP)))
        self._corner = self._bounded(self._corner + step * length)
        self._say()
        self.update()

    def _set_corner(self) -> None:
        if self._start is None:
            self._start = QPoint(self._corner)
            self._tell()
        else:
            self._close_rectangle()

    def _close_rectangle(self) -> None:
        box = self._under_way()
        self._start = None
        least = max(1, round(_LEAST * self._given.width() / max(1, self._shown().width())))
        if box is not None and box.width() >= least and box.height() >= least:
            self._masks.append(box)
        self._tell()

    def _under_way(self) -> QRect | None:
        if self._start is None:
            return None
        one, other = self._start, self._corner
        left, top = min(one.x(), other.x()), min(one.y(), other.y())
        return QRect(left, top, abs(one.x() - other.x()), abs(one.y() - other.y()))

    def _tell(self) -> None:
        self._say()
        self.update()
        self.changed.emit()

    def _say(self) -> None:
        """Say to the ear where the corner is and how many rectangles there are."""
        x = round(100 * self._corner.x() / max(1, self._given.width()))
        y = round(100 * self._corner.y() / max(1, self._given.height()))
        count = len(self._masks)
        way = ", rectangle commencé" if self.under_way else ""
        self.setAccessibleDescription(
            f"{count} rectangle{'s' if count > 1 else ''}, coin à {x} % de la gauche et {y} % du haut{way}"
        )

    # -- places

    def _shown(self) -> QRect:
        """Return where the picture is seen."""
        room = self.rect().adjusted(4, 4, -4, -4)
        size = self._given.scaled(room.size(), Qt.AspectRatioMode.KeepAspectRatio)
        place = QRect(QPoint(0, 0), size.expandedTo(QSize(1, 1)))
        place.moveCenter(room.center())
        return place

    def _to_given(self, at: QPointF) -> QPoint:
        place = self._shown()
        x = round((at.x() - place.left()) * self._given.width() / place.width())
        y = round((at.y() - place.top()) * self._given.height() / place.height())
        return self._bounded(QPoint(x, y))

    def _to_view(self, box: QRect) -> QRectF:
        place = self._shown()
        across, down = place.width() / self._given.width(), place.height() / self._given.height()
        return QRectF(
            place.left() + box.x() * across,
            place.top() + box.y() * down,
            box.width() * across,
            box.height() * down,
        )

    def _bounded(self, at: QPoint) -> QPoint:
        return QPoint(min(max(at.x(), 0), self._given.width()), min(max(at.y(), 0), self._given.height()))

    def _fit(self) -> None:
        """Scale the picture once for the size there is: painting is then a copy."""
        if self._picture.isNull():
            return
        ratio = self.devicePixelRatioF()
        self._scaled = self._picture.scaled(
            self._shown().size() * ratio,
            Qt.AspectRatioMode.IgnoreAspectRatio,
            Qt.TransformationMode.SmoothTransformation,
        )
        self._scaled.setDevicePixelRatio(ratio)
        self.update()

    # -- Qt

    def sizeHint(self) -> QSize:
        """Ask for some room."""
        return QSize(480, 240)

    def minimumSizeHint(self) -> QSize:
        """Be usable on a low window."""
        return QSize(240, 160)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Scale anew."""
        super().resizeEvent(event)
        self._fit()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the corner that the keys move."""
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Hide it."""
        super().focusOutEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the picture, the rectangles over it, the corner."""
        del event
        look = theme.current()
        painter = QPainter(self)
        painter.fillRect(self.rect(), look.colour("sunken"))
        place = self._shown()
        painter.drawPixmap(place.topLeft(), self._scaled)
        outline = QPen(look.colour("focus"), 1.5)
        for mask in self._masks:
            box = self._to_view(mask)
            painter.fillRect(box, QColor(0, 0, 0))
            painter.setPen(outline)
            painter.drawRect(box)
        if (way := self._under_way()) is not None:
            painter.fillRect(self._to_view(way), QColor(0, 0, 0, 160))
            painter.setPen(QPen(look.colour("focus"), 1.5, Qt.PenStyle.DashLine))
            painter.drawRect(self._to_view(way))
        if self.hasFocus():
            self._paint_focus(painter)
        painter.end()

    def _paint_focus(self, painter: QPainter) -> None:
        look = theme.current()
        painter.setPen(QPen(look.colour("focus"), 2))
        painter.drawRect(self.rect().adjusted(1, 1, -2, -2))
        if not self._editable or self._drawing:
            return
        at = self._to_view(QRect(self._corner, QSize(0, 0))).topLeft()
        half = look.px(12)
        for colour, width in ((QColor(255, 255, 255), 4), (look.colour("focus"), 2)):
            painter.setPen(QPen(colour, width))
            painter.drawLine(at + QPointF(-half, 0), at + QPointF(half, 0))
            painter.drawLine(at + QPointF(0, -half), at + QPointF(0, half))


def _is_undo(event: QKeyEvent) -> bool:
    control = event.modifiers() == Qt.KeyboardModifier.ControlModifier
    return event.key() in _UNDO or (control and event.key() == Qt.Key.Key_Z)
