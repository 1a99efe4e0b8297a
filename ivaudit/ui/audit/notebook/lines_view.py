"""The list of lines on screen: words, and below who said them, about what; edited in place."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from ivaudit.domain.tone import Tone
from ivaudit.ui import theme
from ivaudit.ui.audit.notebook.lines_model import LinesModel, Part, ShownLine
from ivaudit.ui.audit.notebook.words import UNATTACHED
from ivaudit.ui.audit.phrases import bound
from ivaudit.ui.controls import Line, called
from ivaudit.ui.digit_keys import digit_of
from ivaudit.ui.symbols import paint_symbol
from ivaudit.ui.theme import Look, Size, Space

Index = QModelIndex | QPersistentModelIndex
_HELD = (
    Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
)
_WRAP = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
_PAD = 6


class LineDelegate(QStyledItemDelegate):
    """Paints a line on as much height as its words need."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._heights: dict[tuple[str, str, str, int, float], int] = {}

    def height(self, shown: ShownLine, heading: str, width: int) -> int:
        """Return how high a line is at a width; measured once."""
        key = (shown.line.text, shown.words, heading, width, theme.current().scale)
        if key not in self._heights:
            self._heights[key] = _measure(shown, heading, width)
        return self._heights[key]

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the size of a line."""
        width = option.rect.width()
        return QSize(width, self.height(index.data(Part.SHOWN), index.data(Part.HEADING), width))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint a line."""
        look, shown, heading = theme.current(), index.data(Part.SHOWN), index.data(Part.HEADING)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRect(option.rect)
        if heading:
            painter.setFont(look.font(Size.SMALL, bold=True))
            painter.setPen(look.colour("muted"))
            high = painter.fontMetrics().height()
            painter.drawText(box.adjusted(_PAD, _PAD // 2, 0, 0), _WRAP, heading)
            box.setTop(box.top() + high + _PAD // 2)
        if option.state & QStyle.StateFlag.State_Selected:
            focused = bool(option.state & QStyle.StateFlag.State_HasFocus)
            painter.setPen(QPen(look.colour("focus" if focused else "border"), 2 if focused else 1))
            painter.setBrush(look.colour("accent_soft"))
            painter.drawRoundedRect(QRectF(box).adjusted(1, 1, -1, -1), 4, 4)
        _paint(painter, box.adjusted(_PAD, _PAD, -_PAD, -_PAD), shown, look)
        painter.restore()

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        """Return the field to type over a line in."""
        del option, index
        made = Line("notebook_line_edit", "Texte de la ligne", parent)
        made.setMaxLength(2_000)
        return made

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        """Give the field the height of a target."""
        del index
        editor.setGeometry(QRect(option.rect.topLeft(), QSize(option.rect.width(), theme.TARGET + 2)))


def _measure(shown: ShownLine, heading: str, width: int) -> int:
    look = theme.current()
    room = QRect(0, 0, max(width - 2 * _PAD, 60), 10_000)
    words = QFontMetrics(look.font()).boundingRect(room, _WRAP, bound(shown.line.text)).height()
    small = QFontMetrics(look.font(Size.SMALL))
    taken = _chip(shown, look)
    below = small.boundingRect(room.adjusted(0, 0, -taken, 0), _WRAP, shown.words).height()
    above = QFontMetrics(look.font(Size.SMALL, bold=True)).height() + _PAD // 2 if heading else 0
    return max(words + below + 2 * _PAD + 2, theme.TARGET) + above


def _chip(shown: ShownLine, look: Look) -> int:
    if shown.value is None:
        return 0
    metrics = QFontMetrics(look.font(Size.SMALL, bold=True))
    return metrics.horizontalAdvance(shown.value.label) + metrics.height() + 2 * Space.SMALL


def _paint(painter: QPainter, box: QRect, shown: ShownLine, look: Look) -> None:
    painter.setFont(look.font())
    painter.setPen(look.colour("text"))
    text = bound(shown.line.text)
    taken = painter.fontMetrics().boundingRect(QRect(0, 0, box.width(), 10_000), _WRAP, text).height()
    painter.drawText(box, _WRAP, text)
    below = box.adjusted(0, taken + 2, -_chip(shown, look), 0)
    painter.setFont(look.font(Size.SMALL))
    unattached = shown.words.endswith(UNATTACHED)
    painter.setPen(look.ink(Tone.WAITING) if unattached else look.colour("muted"))
    painter.drawText(below, _WRAP, shown.words)
    if shown.value is None:
        return
    painter.setFont(look.font(Size.SMALL, bold=True))
    metrics = painter.fontMetrics()
    chip = QRect(below.right() + 1, below.top() - 1, _chip(shown, look), metrics.height() + 2)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(look.fill(shown.value.tone))
    painter.drawRoundedRect(QRectF(chip), 4, 4)
    ink, side = look.ink(shown.value.tone), metrics.ascent() - 2
    sign = QRectF(chip.left() + Space.SMALL, chip.center().y() - side / 2 + 0.5, side, side)
    paint_symbol(painter, sign, shown.value.symbol, ink)
    painter.setPen(ink)
    words = chip.adjusted(Space.SMALL + side + Space.TINY, 0, 0, 0)
    painter.drawText(
        words, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), shown.value.label
    )


class LinesView(QTableView):
    """The list. `attach_wanted(id)`, `valued(id, digit)`, `detach_wanted(id)`, `removed(id)`: by one key."""

    attach_wanted = Signal(str)
    valued = Signal(str, int)
    detach_wanted = Signal(str)
    removed = Signal(str)
    opened = Signal(str)
    escaped = Signal()

    def __init__(self, name: str, accessible: str, *, fitted: bool = False) -> None:
        super().__init__()
        called(self, name, accessible)
        self.lines = LinesModel(self)
        self._fitted = fitted
        self._delegate = LineDelegate(self)
        self.setModel(self.lines)
        self.setItemDelegate(self._delegate)
        self.horizontalHeader().hide()
        self.verticalHeader().hide()
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setShowGrid(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        trigger = QAbstractItemView.EditTrigger
        self.setEditTriggers(trigger.DoubleClicked | trigger.EditKeyPressed)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setStyleSheet("QTableView::item:selected { background: transparent; }")
        self.lines.modelReset.connect(self.fit)
        theme.notice().changed.connect(self.fit)

    def current(self) -> str:
        """Return the id of the current line, or nothing."""
        index = self.currentIndex()
        return self.lines.shown[index.row()].line.id if index.isValid() else ""

    def go_to(self, line: str) -> None:
        """Make a line the current one; the last where it is not listed."""
        at = self.lines.place_of(line)
        at = at if at >= 0 else self.lines.rowCount() - 1
        if at >= 0:
            self.setCurrentIndex(self.lines.index(at, 0))
            self.scrollTo(self.currentIndex())

    @Slot()
    def fit(self) -> None:
        """Give each line its height; and take the height of all, where asked, within reason."""
        width = self.viewport().width()
        total = 0
        for at, shown in enumerate(self.lines.shown):
            heading = str(self.lines.index(at, 0).data(Part.HEADING))
            high = self._delegate.height(shown, heading, width)
            self.setRowHeight(at, high)
            total += high
        if self._fitted:
            most = theme.current().px(260)
            self.setFixedHeight(min(total, most) + 2 * self.frameWidth() + 2)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Wrap the words anew."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.fit()

    def minimumSizeHint(self) -> QSize:
        """Let the list be low."""
        return QSize(160, 90)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Attach, say what it amounts to, detach, edit, remove: by one key."""
        line, key = self.current(), Qt.Key(event.key())
        if key == Qt.Key.Key_Escape:
            self.escaped.emit()
            return
        if not line or event.modifiers() & _HELD:
            super().keyPressEvent(event)
            return
        digit = digit_of(event)
        if digit:
            self.valued.emit(line, digit)
        elif digit == 0:
            self.detach_wanted.emit(line)
        elif event.text().upper() == "A":
            self.attach_wanted.emit(line)
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.opened.emit(line)
        elif key == Qt.Key.Key_Delete:
            self.removed.emit(line)
        else:
            super().keyPressEvent(event)

    def edit_current(self) -> None:
        """Type over the current line."""
        if self.currentIndex().isValid():
            self.edit(self.currentIndex())

    def keyboardSearch(self, _text: str) -> None:
        """Ignore: letters are gestures here."""
