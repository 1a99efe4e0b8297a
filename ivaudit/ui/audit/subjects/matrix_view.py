"""The table of points by subjects: one key per cell, Entrée for the next subject."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt, QTimer, Signal, Slot
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

from ivaudit.domain.scale import ScaleValue, Symbol
from ivaudit.ui import theme
from ivaudit.ui.audit.subjects.matrix_model import MatrixModel, Part
from ivaudit.ui.controls import called
from ivaudit.ui.digit_keys import digit_of
from ivaudit.ui.symbols import paint_symbol
from ivaudit.ui.theme import Look, Size, Space

Index = QModelIndex | QPersistentModelIndex
_HELD = (
    Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
)
_CENTRE = int(Qt.AlignmentFlag.AlignCenter)
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_WRAP = int(Qt.TextFlag.TextWordWrap)
_NARROWEST, _WIDEST, _POINTS = 76, 130, 300
_LINE = 46


class CellDelegate(QStyledItemDelegate):
    """Paints an answer as sign, word and colour; what is inherited has no colour and a dashed edge."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one cell."""
        look = theme.current()
        box = QRect(option.rect).adjusted(2, 2, -2, -2)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        value, inherited, title = (index.data(part) for part in (Part.VALUE, Part.INHERITED, Part.TITLE))
        if title:
            painter.fillRect(option.rect, look.colour("sunken"))
            painter.setFont(look.font(bold=True))
            painter.setPen(look.colour("text"))
            painter.drawText(box.adjusted(Space.SMALL, 0, 0, 0), _LEFT, str(title))
        elif index.data(Part.LATE):
            painter.setPen(look.colour("muted"))
            painter.drawText(box, _CENTRE, "…")
        elif value is not None:
            _paint_value(painter, box, value, look, review=bool(index.data(Part.REVIEW)))
        elif inherited is not None:
            _paint_inherited(painter, box, inherited, look)
        elif index.flags() & Qt.ItemFlag.ItemIsEnabled:
            side = painter.fontMetrics().height() - 4
            middle = QRectF(box.center().x() - side / 2, box.center().y() - side / 2, side, side)
            paint_symbol(painter, middle, Symbol.EMPTY, look.colour("border"))
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setPen(QPen(look.colour("focus"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(box), 4, 4)
        painter.restore()


def _paint_value(painter: QPainter, box: QRect, value: ScaleValue, look: Look, *, review: bool) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(look.fill(value.tone))
    painter.drawRoundedRect(QRectF(box), 4, 4)
    _paint_words(painter, box, value, look, f"{value.label} ?" if review else value.label)


def _paint_inherited(painter: QPainter, box: QRect, value: ScaleValue, look: Look) -> None:
    pen = QPen(look.colour("border"), 1)
    pen.setStyle(Qt.PenStyle.DashLine)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(QRectF(box), 4, 4)
    painter.setPen(look.colour("muted"))
    painter.setFont(look.font(Size.SMALL))
    text = painter.fontMetrics().elidedText(f"({value.label})", Qt.TextElideMode.ElideRight, box.width())
    painter.drawText(box, _CENTRE, text)


def _paint_words(painter: QPainter, box: QRect, value: ScaleValue, look: Look, text: str) -> None:
    """Paint the sign above the word: both stay readable in a narrow column."""
    painter.setFont(look.font(Size.SMALL, bold=True))
    metrics = painter.fontMetrics()
    side = metrics.ascent()
    top = box.center().y() - (side + metrics.height()) / 2
    ink = look.ink(value.tone)
    paint_symbol(painter, QRectF(box.center().x() - side / 2, top, side, side), value.symbol, ink)
    painter.setPen(ink)
    below = QRect(box.left() + 1, round(top + side), box.width() - 2, metrics.height())
    painter.drawText(below, _CENTRE, metrics.elidedText(text, Qt.TextElideMode.ElideRight, box.width() - 2))


class MatrixView(QTableView):
    """The table. `digit_pressed` answers the current cell; `moved` says that it is another one."""

    digit_pressed = Signal(int)
    next_wanted = Signal()
    section_wanted = Signal(int)
    escaped = Signal()
    moved = Signal()

    def __init__(self, model: MatrixModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        called(self, "matrix", "Réponses par point et par sujet")
        self._model = model
        self.setModel(model)
        self.setItemDelegate(CellDelegate(self))
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setCornerButtonEnabled(False)
        self.setStyleSheet(
            "QTableView#matrix::item:selected { background: transparent; }"
            "QTableView#matrix QHeaderView::section:vertical { font-weight: 400; padding: 2px 8px; }"
            "QTableView#matrix QHeaderView::section:horizontal { font-weight: 400; padding: 4px 1px; }"
        )
        for header in (self.horizontalHeader(), self.verticalHeader()):
            header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
            header.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            header.setHighlightSections(True)
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        self.verticalHeader().setDefaultAlignment(Qt.AlignmentFlag(left.value | _WRAP))
        self.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag(_CENTRE | _WRAP))
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.timeout.connect(self.fit)
        model.modelReset.connect(self.fit)
        theme.notice().changed.connect(self._later.start)

    # -- room

    @Slot()
    def fit(self) -> None:
        """Share the width among the subjects, and give each line the height of its question."""
        look, many = theme.current(), max(len(self._model.subjects), 1)
        points = min(look.px(_POINTS), self.width() * 2 // 5)
        bar = self.verticalScrollBar().sizeHint().width() + 2 * self.frameWidth() + Space.TINY
        wide = (self.width() - points - bar) // many
        wide = min(max(wide, look.px(_NARROWEST)), look.px(_WIDEST))
        self.verticalHeader().setFixedWidth(points)
        plain = QFontMetrics(look.font())
        column = QRect(0, 0, wide - Space.SMALL, 10_000)
        tall = plain.lineSpacing()
        for at in range(len(self._model.subjects)):
            self.setColumnWidth(at, wide)
            named = str(self._model.headerData(at, Qt.Orientation.Horizontal))
            tall = max(tall, plain.boundingRect(column, _WRAP, named).height())
        self.horizontalHeader().setFixedHeight(min(tall, 3 * plain.lineSpacing()) + Space.MEDIUM)
        room = QRect(0, 0, points - 2 * Space.MEDIUM, 10_000)
        self.clearSpans()
        for at, line in enumerate(self._model.lines):
            text = str(self._model.headerData(at, Qt.Orientation.Vertical) or "")
            high = plain.boundingRect(room, _WRAP, text).height() + Space.MEDIUM
            self.setRowHeight(at, max(high, theme.TARGET if line.title else look.px(_LINE)))
            if line.title and many > 1:
                self.setSpan(at, 0, 1, many)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the room anew."""
        super().resizeEvent(event)
        self._later.start()

    def minimumSizeHint(self) -> QSize:
        """Keep some lines in view: the page around scrolls in a low window."""
        return QSize(240, theme.current().px(170))

    # -- places

    def go_to(self, line: int, column: int) -> None:
        """Make a cell the current one."""
        index = self._model.index(line, column)
        if index.isValid() and self._model.row_at(index) is not None:
            self.setCurrentIndex(index)
            self.scrollTo(index)

    def first_line(self, start: int = 0) -> int:
        """Return the first point at or after a line, -1 when there is none."""
        lines = self._model.lines
        return next((at for at in range(start, len(lines)) if not lines[at].title), -1)

    def advance(self) -> None:
        """Go to the same subject of the next point of the section."""
        index = self.currentIndex()
        below = index.row() + 1
        if below < len(self._model.lines) and not self._model.lines[below].title:
            self.go_to(below, index.column())

    def section_start(self) -> int:
        """Return the first point of the section of the current cell."""
        at = max(self.currentIndex().row(), 0)
        while at > 0 and not self._model.lines[at - 1].title:
            at -= 1
        return self.first_line(at)

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Tell that another cell is the current one."""
        super().currentChanged(current, previous)
        self.moved.emit()

    # -- keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Answer by one key; Entrée goes to the next subject, Échap leaves."""
        key = Qt.Key(event.key())
        pages = {Qt.Key.Key_PageDown: 1, Qt.Key.Key_PageUp: -1}
        if event.modifiers() & _HELD:
            if key in pages and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                self.section_wanted.emit(pages[key])
            else:
                super().keyPressEvent(event)
            return
        digit = 0 if key in {Qt.Key.Key_Delete, Qt.Key.Key_Backspace} else digit_of(event)
        if digit is not None:
            self.digit_pressed.emit(digit)
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.next_wanted.emit()
        elif key == Qt.Key.Key_Escape or event.text().upper() == "M":
            self.escaped.emit()
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, _text: str) -> None:
        """Ignore: keys answer here."""
