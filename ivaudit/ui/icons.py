"""Pictograms of the rail and of buttons, painted with lines: no font, no file."""

from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPainterPath, QPen, QPixmap

_GRID = 20.0
_TEETH = 8


def icon(name: str, colour: QColor, checked: QColor | None = None, size: int = 20) -> QIcon:
    """Return a pictogram; `checked` is its colour on a checked button."""
    made = QIcon()
    made.addPixmap(_pixmap(name, colour, size), QIcon.Mode.Normal, QIcon.State.Off)
    made.addPixmap(_pixmap(name, checked or colour, size), QIcon.Mode.Normal, QIcon.State.On)
    return made


def _pixmap(name: str, colour: QColor, size: int, ratio: float = 2.0) -> QPixmap:
    pixmap = QPixmap(QSize(round(size * ratio), round(size * ratio)))
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(size * ratio / _GRID, size * ratio / _GRID)
    pen = QPen(colour, 1.6)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    _DRAWINGS[name](painter)
    painter.end()
    pixmap.setDevicePixelRatio(ratio)
    return pixmap


def _lines(painter: QPainter, *points: tuple[float, float]) -> None:
    painter.drawPolyline([QPointF(x, y) for x, y in points])


def _home(painter: QPainter) -> None:
    _lines(painter, (2.5, 10), (10, 3.5), (17.5, 10))
    _lines(painter, (4.5, 9), (4.5, 16.5), (15.5, 16.5), (15.5, 9))
    _lines(painter, (8.2, 16.5), (8.2, 11.5), (11.8, 11.5), (11.8, 16.5))


def _audits(painter: QPainter) -> None:
    painter.drawRoundedRect(QRectF(4, 3.5, 12, 14), 1.5, 1.5)
    painter.drawRoundedRect(QRectF(7.5, 2, 5, 3), 1, 1)
    _lines(painter, (6.5, 9), (7.5, 10), (9.2, 8))
    _lines(painter, (11, 9.2), (13.5, 9.2))
    _lines(painter, (6.5, 13.3), (7.5, 14.3), (9.2, 12.3))
    _lines(painter, (11, 13.5), (13.5, 13.5))


def _anomalies(painter: QPainter) -> None:
    """Draw two overlapping records: one person, two files."""
    painter.drawRoundedRect(QRectF(3, 3, 10, 11), 1.5, 1.5)
    _lines(painter, (13, 6.5), (17, 6.5), (17, 17), (7, 17), (7, 14))
    _lines(painter, (5.5, 7), (10.5, 7))
    _lines(painter, (5.5, 10), (8.5, 10))


def _actions(painter: QPainter) -> None:
    painter.drawEllipse(QPointF(10, 10), 7, 7)
    _lines(painter, (6.8, 10.2), (9.2, 12.6), (13.4, 7.6))


def _indicators(painter: QPainter) -> None:
    _lines(painter, (3, 3), (3, 17), (17.5, 17))
    _lines(painter, (5.5, 13), (9, 9.2), (12, 11.2), (16.5, 5))
    painter.drawEllipse(QPointF(9, 9.2), 0.9, 0.9)
    painter.drawEllipse(QPointF(12, 11.2), 0.9, 0.9)


def _facilities(painter: QPainter) -> None:
    painter.drawRect(QRectF(4, 3, 8, 14))
    _lines(painter, (12, 8), (16.5, 8), (16.5, 17), (2.5, 17))
    for y in (6.0, 9.0, 12.0):
        _lines(painter, (6.5, y), (7, y))
        _lines(painter, (9.2, y), (9.7, y))
    _lines(painter, (14.2, 11), (14.4, 11))
    _lines(painter, (14.2, 14), (14.4, 14))


def _library(painter: QPainter) -> None:
    path = QPainterPath(QPointF(10, 5))
    path.cubicTo(QPointF(8, 3.5), QPointF(5, 3.2), QPointF(2.5, 3.8))
    path.lineTo(2.5, 15.5)
    path.cubicTo(QPointF(5, 15), QPointF(8, 15.2), QPointF(10, 16.7))
    path.cubicTo(QPointF(12, 15.2), QPointF(15, 15), QPointF(17.5, 15.5))
    path.lineTo(17.5, 3.8)
    path.cubicTo(QPointF(15, 3.2), QPointF(12, 3.5), QPointF(10, 5))
    path.lineTo(10, 16.5)
    painter.drawPath(path)


def _settings(painter: QPainter) -> None:
    painter.drawEllipse(QPointF(10, 10), 4.8, 4.8)
    painter.drawEllipse(QPointF(10, 10), 1.8, 1.8)
    for tooth in range(_TEETH):
        painter.save()
        painter.translate(10, 10)
        painter.rotate(360 / _TEETH * tooth)
        painter.drawLine(QPointF(0, -4.8), QPointF(0, -7.3))
        painter.restore()


def _lock(painter: QPainter) -> None:
    painter.drawRoundedRect(QRectF(4.5, 9, 11, 8), 1.5, 1.5)
    path = QPainterPath(QPointF(7, 9))
    path.lineTo(7, 6.5)
    path.arcTo(QRectF(7, 3.5, 6, 6), 180, -180)
    path.lineTo(13, 9)
    painter.drawPath(path)
    _lines(painter, (10, 12), (10, 14))


def _close(painter: QPainter) -> None:
    _lines(painter, (5.5, 5.5), (14.5, 14.5))
    _lines(painter, (14.5, 5.5), (5.5, 14.5))


def _warning(painter: QPainter) -> None:
    _lines(painter, (10, 3), (18, 17), (2, 17), (10, 3))
    _lines(painter, (10, 8), (10, 12))
    _lines(painter, (10, 14.6), (10, 14.7))


def _eye(painter: QPainter) -> None:
    path = QPainterPath(QPointF(2, 10))
    path.quadTo(QPointF(10, 1.5), QPointF(18, 10))
    path.quadTo(QPointF(10, 18.5), QPointF(2, 10))
    painter.drawPath(path)
    painter.drawEllipse(QPointF(10, 10), 2.4, 2.4)


_DRAWINGS: dict[str, Callable[[QPainter], None]] = {
    "home": _home,
    "audits": _audits,
    "anomalies": _anomalies,
    "actions": _actions,
    "indicators": _indicators,
    "facilities": _facilities,
    "library": _library,
    "settings": _settings,
    "lock": _lock,
    "close": _close,
    "warning": _warning,
    "eye": _eye,
}
