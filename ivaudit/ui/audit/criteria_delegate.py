"""How one criterion looks in the list: number, question, marks, and the answer as sign, word and colour."""

from dataclasses import dataclass, replace

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ivaudit.domain.scale import ScaleValue, Symbol
from ivaudit.domain.tone import Tone
from ivaudit.ui import theme
from ivaudit.ui.audit.criteria_model import CRITICAL, DISPUTED, CriteriaModel, Role, marks
from ivaudit.ui.audit.phrases import bound
from ivaudit.ui.audit.rows import Row
from ivaudit.ui.symbols import paint_symbol
from ivaudit.ui.theme import Look, Size, Space

_WRAP = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
_LINE = int(Qt.TextFlag.TextSingleLine | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_WAITING = "…"
_NARROW = 400
_GAP = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class _Boxes:
    """Where the parts of a row lie, from its top left corner."""

    heading: QRect
    card: QRect
    number: QRect
    question: QRect
    marks: QRect
    chip: QRect
    height: int


class CriteriaDelegate(QStyledItemDelegate):
    """Paints rows as cards; the height follows the question, which is never cut."""

    def height(self, row: Row, heading: str, width: int, marked: bool) -> int:
        """Return how high a row is at a width, in pixels; `marked` where words stand under its question."""
        return _boxes(row, heading, width, marked).height

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Return the size of a row at the width it is given."""
        row, heading, words = _asked(index)
        width = option.rect.width()
        return QSize(width, self.height(row, heading, width, bool(words)))

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Paint one row."""
        row, heading, words = _asked(index)
        area: QRect = option.rect
        state: QStyle.StateFlag = option.state
        boxes = _boxes(row, heading, area.width(), bool(words))
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(area.topLeft())
        look = theme.current()
        if heading:
            painter.setFont(look.font(Size.SMALL, bold=True))
            painter.setPen(look.colour("muted"))
            painter.drawText(boxes.heading, _WRAP, heading)
        _paint_card(painter, boxes.card, look, state)
        _paint_words(painter, boxes, row, look, words)
        shown = _shown(row, _interview(index))
        _paint_answer(painter, boxes.chip, shown, look, late=bool(index.data(Role.LATE)))
        painter.restore()


def _asked(index: QModelIndex | QPersistentModelIndex) -> tuple[Row, str, list[str]]:
    row = index.data(Role.ROW)
    words = (
        index.data(Role.MARKS) if isinstance(index.model(), CriteriaModel) else marks(row, interview=False)
    )
    return row, index.data(Role.HEADING), words


def _interview(index: QModelIndex | QPersistentModelIndex) -> bool:
    model = index.model()
    return model.interview if isinstance(model, CriteriaModel) else False


def _shown(row: Row, interview: bool) -> ScaleValue | None:
    """Return the answer as it is shown: one to confirm looks like it waits, and is nobody else's to see."""
    value = row.value
    if value is None or not row.carried:
        return value
    return None if interview else replace(value, symbol=Symbol.QUESTION, tone=Tone.WAITING)


def _chip_size(value: ScaleValue | None, look: Look) -> QSize:
    metrics = QFontMetrics(look.font(bold=True))
    side = metrics.height()
    text = value.label if value else ""
    words = metrics.horizontalAdvance(text) + Space.TINY if text else 0
    return QSize(words + side + 2 * look.px(Space.SMALL), side + look.px(Space.SMALL))


def _text_height(text: str, width: int, size: Size, look: Look, *, bold: bool = False) -> int:
    metrics = QFontMetrics(look.font(size, bold=bold))
    return metrics.boundingRect(QRect(0, 0, max(width, 40), 10_000), _WRAP, text).height()


def _boxes(row: Row, heading: str, width: int, marked: bool) -> _Boxes:
    look = theme.current()
    pad, inner = Space.SMALL, look.px(Space.SMALL)
    top = 0
    title = QRect()
    if heading:
        high = _text_height(heading, width - 2 * pad, Size.SMALL, look, bold=True)
        title = QRect(pad, pad, width - 2 * pad, high)
        top = title.bottom() + Space.TINY
    chip = _chip_size(row.value, look)
    below = width < look.px(_NARROW)
    number = QFontMetrics(look.font()).horizontalAdvance("10.10") + inner
    left = pad + inner + number
    taken = inner if below else chip.width() + 2 * inner
    words = max(width - pad - left - taken, 60)
    line = QFontMetrics(look.font(Size.SMALL)).height() + 2 if marked else 0
    question = QRect(
        left, top + inner + 2, words, _text_height(bound(row.criterion.question), words, Size.BODY, look)
    )
    under = QRect(left, question.bottom() + 2, words, line)
    bottom = under.bottom() if marked else question.bottom()
    if below:
        chip_box = QRect(QRect(left, bottom + Space.TINY, *chip.toTuple()))
        bottom = chip_box.bottom()
    height = max(bottom + inner - top, chip.height() + 2 * inner, theme.TARGET)
    card = QRect(pad // 2, top + 1, width - pad, height)
    if not below:
        chip_box = QRect(
            card.right() - inner - chip.width(), card.center().y() - chip.height() // 2, *chip.toTuple()
        )
    return _Boxes(
        heading=title,
        card=card,
        number=QRect(pad + inner, question.top(), number, question.height()),
        question=question,
        marks=under,
        chip=chip_box,
        height=card.bottom() + _GAP,
    )


def _paint_card(painter: QPainter, card: QRect, look: Look, state: QStyle.StateFlag) -> None:
    selected = bool(state & QStyle.StateFlag.State_Selected)
    active = bool(state & QStyle.StateFlag.State_HasFocus)
    width = 2 if selected else 1
    edge = look.colour("focus" if active else "accent" if selected else "border")
    painter.setPen(QPen(edge, width + active))
    painter.setBrush(look.colour("accent_soft" if selected else "surface"))
    painter.drawRoundedRect(QRectF(card).adjusted(1, 1, -1, -1), 6, 6)


def _paint_words(painter: QPainter, boxes: _Boxes, row: Row, look: Look, words: list[str]) -> None:
    painter.setFont(look.font())
    painter.setPen(look.colour("muted"))
    painter.drawText(boxes.number, _WRAP, row.point.number)
    painter.setPen(look.colour("text" if row.concerned else "muted"))
    painter.drawText(boxes.question, _WRAP, bound(row.criterion.question))
    painter.setFont(look.font(Size.SMALL))
    left = list(words)
    box = QRect(boxes.marks)
    for word, tone in ((CRITICAL, Tone.BAD), (DISPUTED, Tone.MIDDLE)):
        if word in left:
            left.remove(word)
            box = _paint_mark(painter, box, word, look.ink(tone), sign=word is CRITICAL)
    painter.setPen(look.colour("muted"))
    text = painter.fontMetrics().elidedText(" · ".join(left), Qt.TextElideMode.ElideRight, box.width())
    painter.drawText(box, _LINE, text)


def _paint_mark(painter: QPainter, box: QRect, word: str, ink: QColor, *, sign: bool) -> QRect:
    """Paint a word in its colour, after a triangle where it has no sign; return what is left of the line."""
    metrics = painter.fontMetrics()
    side = metrics.ascent() if sign else 0
    if sign:
        paint_triangle(painter, QRectF(box.left(), box.center().y() - side / 2 + 1, side, side), ink)
        side += Space.TINY
    painter.setPen(ink)
    painter.drawText(box.adjusted(side, 0, 0, 0), _LINE, word)
    return box.adjusted(side + metrics.horizontalAdvance(word) + Space.SMALL, 0, 0, 0)


def paint_triangle(painter: QPainter, box: QRectF, ink: QColor) -> None:
    """Paint the sign of a critical point."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ink)
    tip = QPointF(box.center().x(), box.top() + box.height() * 0.12)
    base = box.bottom() - box.height() * 0.12
    painter.drawPolygon(QPolygonF([tip, QPointF(box.right(), base), QPointF(box.left(), base)]))
    painter.restore()


def _paint_answer(painter: QPainter, box: QRect, value: ScaleValue | None, look: Look, *, late: bool) -> None:
    painter.setFont(look.font(bold=True))
    if late:
        painter.setPen(look.colour("muted"))
        painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), _WAITING)
        return
    side = painter.fontMetrics().height()
    inner = look.px(Space.SMALL)
    sign = QRectF(box.left() + inner, box.center().y() - side / 2 + 2.5, side - 4, side - 4)
    if value is None:
        paint_symbol(painter, sign, Symbol.EMPTY, look.colour("edge"))
        return
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(look.fill(value.tone))
    painter.drawRoundedRect(QRectF(box), 6, 6)
    ink = look.ink(value.tone)
    paint_symbol(painter, sign, value.symbol, ink)
    painter.setPen(ink)
    painter.drawText(
        box.adjusted(inner + side + Space.TINY - 2, 0, 0, 0),
        int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft),
        value.label,
    )
