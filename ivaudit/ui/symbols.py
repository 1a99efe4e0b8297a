"""The signs of answers, painted as shapes: no font decides how they look."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPixmap

from ivaudit.domain.scale import Symbol


def paint_symbol(painter: QPainter, rect: QRectF, symbol: Symbol, colour: QColor) -> None:
    """Paint a sign centred in a rectangle, as large as the smaller side."""
    side = min(rect.width(), rect.height())
    box = QRectF(0, 0, side, side)
    box.moveCenter(rect.center())
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    pen = QPen(colour, max(1.5, side * 0.13))
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    _draw(painter, box.adjusted(side * 0.12, side * 0.12, -side * 0.12, -side * 0.12), symbol, colour)
    painter.restore()


def symbol_pixmap(symbol: Symbol, colour: QColor, size: int, ratio: float = 2.0) -> QPixmap:
    """Return a sign as a picture of `size` logical pixels, sharp up to a pixel ratio."""
    pixmap = QPixmap(QSize(round(size * ratio), round(size * ratio)))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    paint_symbol(painter, QRectF(0, 0, size, size), symbol, colour)
    painter.end()
    return pixmap


def _draw(painter: QPainter, box: QRectF, symbol: Symbol, colour: QColor) -> None:
    match symbol:
        case Symbol.FULL:
            painter.setBrush(colour)
            painter.drawEllipse(box)
        case Symbol.HALF:
            painter.drawEllipse(box)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour)
            painter.drawPie(box, 90 * 16, 180 * 16)
        case Symbol.CROSS:
            painter.drawLine(box.topLeft(), box.bottomRight())
            painter.drawLine(box.topRight(), box.bottomLeft())
        case Symbol.DASH:
            painter.drawLine(QPointF(box.left(), box.center().y()), QPointF(box.right(), box.center().y()))
        case Symbol.EYE:
            _draw_eye(painter, box, colour)
        case Symbol.QUESTION:
            _draw_question(painter, box, colour)
        case Symbol.EMPTY:
            painter.drawEllipse(box)


def _draw_eye(painter: QPainter, box: QRectF, colour: QColor) -> None:
    """Draw a crossed-out eye: the point was not seen."""
    middle = box.center().y()
    lid = QPainterPath(QPointF(box.left(), middle))
    lid.quadTo(QPointF(box.center().x(), middle - box.height() * 0.75), QPointF(box.right(), middle))
    lid.quadTo(QPointF(box.center().x(), middle + box.height() * 0.75), QPointF(box.left(), middle))
    painter.drawPath(lid)
    painter.drawLine(QPointF(box.left(), box.bottom()), QPointF(box.right(), box.top()))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawEllipse(box.center(), box.width() * 0.14, box.height() * 0.14)


def _draw_question(painter: QPainter, box: QRectF, colour: QColor) -> None:
    middle = box.center().x()
    hook = QPainterPath(QPointF(box.left() + box.width() * 0.2, box.top() + box.height() * 0.25))
    hook.cubicTo(
        QPointF(box.left() + box.width() * 0.25, box.top() - box.height() * 0.1),
        QPointF(box.right(), box.top() - box.height() * 0.05),
        QPointF(box.right() - box.width() * 0.2, box.top() + box.height() * 0.35),
    )
    hook.quadTo(
        QPointF(middle, box.top() + box.height() * 0.45), QPointF(middle, box.top() + box.height() * 0.68)
    )
    painter.drawPath(hook)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawEllipse(
        QPointF(middle, box.bottom() - box.height() * 0.04), box.width() * 0.09, box.height() * 0.09
    )
