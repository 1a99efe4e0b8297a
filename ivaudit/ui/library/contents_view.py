"""The tree of everything published, painted: titles that wrap, facts, how sure they are as a bar."""

from collections.abc import Callable, Mapping
from functools import lru_cache

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeView,
    QWidget,
)

from ivaudit.domain.checklist import Confidence
from ivaudit.ui import theme
from ivaudit.ui.controls import called
from ivaudit.ui.library.contents import ContentsModel, Node, Part, extent, facts
from ivaudit.ui.theme import Size, Space

Index = QModelIndex | QPersistentModelIndex
_WRAP = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
_BAR, _TALL = 6, 10_000
_KEPT = 20_000
_SEGMENTS = {
    Confidence.READ: ("accent", Qt.BrushStyle.SolidPattern),
    Confidence.QUOTED: ("accent", Qt.BrushStyle.Dense4Pattern),
    Confidence.SUMMARISED: ("edge", Qt.BrushStyle.BDiagPattern),
    Confidence.TO_CHECK: ("border", Qt.BrushStyle.SolidPattern),
}


def paint_shares(painter: QPainter, rect: QRectF, sources: Mapping[Confidence, int]) -> None:
    """Paint how sure an item is: one segment per confidence, told apart by colour and by pattern."""
    look, total = theme.current(), sum(sources.values())
    if not total:
        return
    painter.save()
    painter.setPen(Qt.PenStyle.NoPen)
    left = rect.left()
    for kind, (role, pattern) in _SEGMENTS.items():
        width = rect.width() * sources.get(kind, 0) / total
        box = QRectF(left, rect.top(), width, rect.height())
        painter.fillRect(box, look.colour("sunken"))
        colour = look.colour(role)
        painter.setBrush(colour)
        brush = painter.brush()
        brush.setStyle(pattern)
        painter.fillRect(box, brush)
        left += width
    painter.setPen(QPen(look.colour("edge"), 1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(rect)
    painter.restore()


class ContentsDelegate(QStyledItemDelegate):
    """Paints one line of the tree; the view gives the width."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the height of the wrapped texts, at least a target high."""
        node = _node(index)
        view = self.parent()
        width = option.rect.width()
        if isinstance(view, ContentsView):
            width = view.viewport().width() - view.indentation() * (node.depth + 1)
        room = max(width - 2 * Space.SMALL, 60)
        height = _height(node.title, _title_font(node), room) + 2 * Space.TINY + 2
        for text in _below(node):
            height += _height(text, _small(), room)
        if node.is_item and node.item is not None and any(node.item.sources.values()):
            height += theme.current().px(_BAR) + Space.TINY
        return QSize(width, max(height, theme.TARGET))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one line."""
        node, look = _node(index), theme.current()
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        focused = bool(option.state & QStyle.StateFlag.State_HasFocus)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if selected or focused:
            painter.setPen(QPen(look.colour("focus"), 2) if focused else Qt.PenStyle.NoPen)
            painter.setBrush(look.colour("accent_soft") if selected else Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(option.rect.adjusted(1, 1, -1, -1), 4, 4)
        area = option.rect.adjusted(Space.SMALL, Space.TINY, -Space.SMALL, -Space.TINY)
        self._paint_texts(painter, area, node)
        painter.restore()

    def _paint_texts(self, painter: QPainter, area: QRect, node: Node) -> None:
        look, top = theme.current(), area.top()
        if not node.is_item:
            top += max(0, (area.height() - _height(node.title, _title_font(node), area.width())) // 2)
        painter.setFont(_title_font(node))
        painter.setPen(look.colour("muted" if node.is_group else "text"))
        top = _paint_text(painter, area, top, node.title)
        painter.setFont(_small())
        painter.setPen(look.colour("muted"))
        for text in _below(node):
            top = _paint_text(painter, area, top, text)
        if node.is_item and node.item is not None:
            bar = QRectF(area.left(), top + Space.TINY, min(area.width(), look.px(160)), look.px(_BAR))
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
            paint_shares(painter, bar, node.item.sources)


def _paint_text(painter: QPainter, area: QRect, top: int, text: str) -> int:
    """Paint a text that wraps, and return where it ends."""
    height = _height(text, painter.font(), area.width())
    painter.drawText(QRect(area.left(), top, area.width(), height), _WRAP, text)
    return top + height


def _node(index: Index) -> Node:
    node: Node = index.data(Part.NODE)
    return node


def _below(node: Node) -> tuple[str, ...]:
    """Return the quiet lines under a title."""
    if node.is_item and node.item is not None:
        return (facts(node.item), extent(node.item))
    return ()


def _title_font(node: Node) -> QFont:
    return _font(Size.BODY, node.is_item or node.is_group, theme.current().scale)


def _small() -> QFont:
    return _font(Size.SMALL, False, theme.current().scale)


@lru_cache(maxsize=16)
def _font(size: Size, bold: bool, _scale: float) -> QFont:
    """Return a font of the present look, made once per text size."""
    return theme.current().font(size, bold=bold)


_heights: dict[tuple[str, float, bool, int], int] = {}
"""The heights of texts already wrapped: the same lines come back at each key of a search."""


def _height(text: str, font: QFont, width: int) -> int:
    key = (text, font.pointSizeF(), font.bold(), width)
    found = _heights.get(key)
    if found is None:
        if len(_heights) >= _KEPT:
            _heights.clear()
        found = QFontMetrics(font).boundingRect(QRect(0, 0, width, _TALL), _WRAP, text).height()
        _heights[key] = found
    return found


class ContentsView(QTreeView):
    """The tree. `chosen(node)` when the current line changes, `opened(node)` on Return or a double click."""

    chosen = Signal(object)
    opened = Signal(object)

    def __init__(self, model: ContentsModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        called(self, "library_contents", "Tout ce que contient la bibliothèque")
        self.contents = model
        self.setModel(model)
        self.setItemDelegate(ContentsDelegate(self))
        self.setHeaderHidden(True)
        self.setStyleSheet(
            "QTreeView#library_contents { selection-background-color: transparent; }"
            "QTreeView#library_contents::item:selected { background: transparent; }"
        )
        self.setIndentation(18)
        self.setExpandsOnDoubleClick(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTextElideMode(Qt.TextElideMode.ElideNone)
        self.setTabKeyNavigation(False)
        self.selectionModel().currentChanged.connect(self._on_current)
        self.doubleClicked.connect(self._on_double)
        theme.notice().changed.connect(self.scheduleDelayedItemsLayout)

    def node(self) -> Node | None:
        """Return the current line."""
        return self.contents.node_at(self.currentIndex())

    def choose(self, index: QModelIndex) -> None:
        """Make a line current and visible, what holds it opened."""
        if not index.isValid():
            return
        above = index.parent()
        while above.isValid():
            self.expand(above)
            above = above.parent()
        self.setCurrentIndex(index)
        self.scrollTo(index)

    def choose_first(self) -> None:
        """Make the first item the current line."""
        self._choose_first(lambda node: node.is_item)

    def choose_first_passage(self) -> None:
        """Make the first passage the current line, or the first item when there is none."""
        if not self._choose_first(lambda node: node.passage is not None):
            self.choose_first()
        self.scrollToTop()

    def _choose_first(self, wanted: Callable[[Node], bool]) -> bool:
        at = next((at for at, node in enumerate(self.contents.nodes) if wanted(node)), -1)
        if at >= 0:
            self.choose(self.contents.index_of(at))
        return at >= 0

    def minimumSizeHint(self) -> QSize:
        """Let the tree be narrow: its texts wrap."""
        return QSize(200, 120)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open the current line on Return; a title only folds and unfolds."""
        node = self.node()
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and node is not None:
            if node.is_group:
                self.setExpanded(self.currentIndex(), not self.isExpanded(self.currentIndex()))
            else:
                self.opened.emit(node)
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Wrap the texts anew."""
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()

    @Slot(QModelIndex, QModelIndex)
    def _on_current(self, now: QModelIndex, _before: QModelIndex) -> None:
        node = self.contents.node_at(now)
        if node is not None:
            self.chosen.emit(node)

    @Slot(QModelIndex)
    def _on_double(self, index: QModelIndex) -> None:
        node = self.contents.node_at(index)
        if node is not None:
            self.opened.emit(node)
