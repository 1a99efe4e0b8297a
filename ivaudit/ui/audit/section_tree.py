"""The parts of the walk, with how far each is: a tree, or a drop-down where there is no room."""

from collections.abc import Sequence
from enum import IntEnum

from PySide6.QtCore import (
    QAbstractItemModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QSize,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QAction, QColor, QFont, QFontMetrics, QKeySequence, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeView,
    QWidget,
)

from ivaudit.domain.tone import Tone
from ivaudit.ui import theme, tool_tips
from ivaudit.ui.audit.rows import Group, Order, Row
from ivaudit.ui.controls import Combo, button, column_in
from ivaudit.ui.theme import Space

_WRAP = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_NOWHERE = QModelIndex()
_ORDERS = {
    Order.REFERENTIAL: "Par domaine",
    Order.PLACE: "Par lieu",
    Order.INTERLOCUTOR: "Par interlocuteur",
}


class Part(IntEnum):
    """What the delegate asks for."""

    DONE = Qt.ItemDataRole.UserRole
    TOTAL = Qt.ItemDataRole.UserRole + 1
    DEPTH = Qt.ItemDataRole.UserRole + 2
    OUTER = Qt.ItemDataRole.UserRole + 3


class SectionModel(QAbstractItemModel):
    """The parts of the walk as a tree; `internalId` is the position of a part."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._groups: Sequence[Group] = ()
        self._parents: list[int] = []
        self._children: dict[int, list[int]] = {}
        self._progress: list[tuple[int, int]] = []

    def load(self, groups: Sequence[Group], rows: Sequence[Row]) -> None:
        """Take the parts of the walk, the parents before their children."""
        self.beginResetModel()
        self._groups = groups
        self._parents, self._children = [], {}
        above: list[int] = []
        for at, group in enumerate(groups):
            del above[group.depth :]
            parent = above[-1] if above else -1
            self._parents.append(parent)
            self._children.setdefault(parent, []).append(at)
            above.append(at)
        self._progress = [_progress(group, rows) for group in groups]
        self.endResetModel()

    def refresh(self, rows: Sequence[Row]) -> None:
        """Count again, and show the parts whose counts changed."""
        for at, group in enumerate(self._groups):
            found = _progress(group, rows)
            if found != self._progress[at]:
                self._progress[at] = found
                index = self.index_of(at)
                self.dataChanged.emit(
                    index, index, [Part.DONE, Part.TOTAL, Qt.ItemDataRole.AccessibleTextRole]
                )

    def group_at(self, index: QModelIndex | QPersistentModelIndex) -> Group | None:
        """Return the part under an index."""
        return self._groups[index.internalId()] if index.isValid() else None

    def index_of(self, at: int) -> QModelIndex:
        """Return the index of a part by its position."""
        return self.createIndex(self._children[self._parents[at]].index(at), 0, at)

    def index_with(self, row: int) -> QModelIndex:
        """Return the index of the innermost part that has a row of the grid."""
        found = next((at for at, g in enumerate(self._groups) if g.leaf and row in g.rows), None)
        return QModelIndex() if found is None else self.index_of(found)

    def titles(self) -> list[tuple[str, int, int]]:
        """Return what a drop-down lists: indented title with counts, depth, position."""
        return [
            ("   " * group.depth + f"{group.title}  {done}/{total}", group.depth, at)
            for at, (group, (done, total)) in enumerate(zip(self._groups, self._progress, strict=True))
        ]

    # -- Qt

    def index(
        self, row: int, column: int, parent: QModelIndex | QPersistentModelIndex = _NOWHERE
    ) -> QModelIndex:
        """Return the index of a child."""
        members = self._children.get(parent.internalId() if parent.isValid() else -1, [])
        if column or not 0 <= row < len(members):
            return QModelIndex()
        return self.createIndex(row, 0, members[row])

    def parent(self, index: QModelIndex | QPersistentModelIndex = _NOWHERE) -> QModelIndex:  # type: ignore[override]
        """Return the index of the part above."""
        above = self._parents[index.internalId()] if index.isValid() else -1
        return QModelIndex() if above < 0 else self.index_of(above)

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = _NOWHERE) -> int:
        """Return how many parts there are below."""
        return len(self._children.get(parent.internalId() if parent.isValid() else -1, []))

    def columnCount(self, _parent: QModelIndex | QPersistentModelIndex = _NOWHERE) -> int:
        """Return one."""
        return 1

    def data(
        self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """Return the title, the counts, or what a screen reader says."""
        group = self.group_at(index)
        if group is None:
            return None
        done, total = self._progress[index.internalId()]
        values: dict[int, object] = {
            Qt.ItemDataRole.DisplayRole: group.title,
            Qt.ItemDataRole.ToolTipRole: tool_tips.plain(group.title),
            Qt.ItemDataRole.AccessibleTextRole: f"{group.title}, {done} points traités sur {total}",
            Part.DONE: done,
            Part.TOTAL: total,
            Part.DEPTH: group.depth,
            Part.OUTER: not group.leaf,
        }
        return values.get(role)


def _progress(group: Group, rows: Sequence[Row]) -> tuple[int, int]:
    concerned = [rows[at] for at in group.rows if rows[at].concerned]
    return sum(row.treated for row in concerned), len(concerned)


class SectionDelegate(QStyledItemDelegate):
    """Paints a title on as many lines as it needs, and its counts."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Return the height of the wrapped title, at least a target high."""
        view = self.parent()
        width = option.rect.width()
        if isinstance(view, SectionView):
            width = view.viewport().width() - view.indentation() * index.data(Part.DEPTH)
        font = _font(index)
        room = QRect(0, 0, max(width - _count_width(index, font) - 3 * Space.TINY, 60), 10_000)
        height = QFontMetrics(font).boundingRect(room, _WRAP, str(index.data())).height()
        return QSize(width, max(height + Space.SMALL + 2, theme.TARGET))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint one part."""
        look, font = theme.current(), _font(index)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        focused = bool(option.state & QStyle.StateFlag.State_HasFocus)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if selected or focused:
            painter.setPen(QPen(look.colour("focus"), 2) if focused else Qt.PenStyle.NoPen)
            painter.setBrush(look.colour("accent_soft") if selected else Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(option.rect.adjusted(1, 1, -1, -1), 4, 4)
        counts = _count_width(index, font)
        area = option.rect.adjusted(Space.TINY, 0, -Space.TINY, 0)
        painter.setFont(font)
        painter.setPen(look.colour("text"))
        painter.drawText(area.adjusted(0, 0, -counts - Space.TINY, 0), _WRAP, str(index.data()))
        self._paint_counts(painter, QRect(area.right() - counts, area.top(), counts, area.height()), index)
        painter.restore()

    def _paint_counts(
        self, painter: QPainter, box: QRect, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        look = theme.current()
        done, total = index.data(Part.DONE), index.data(Part.TOTAL)
        side = painter.fontMetrics().ascent()
        complete = bool(total) and done == total
        painter.setPen(look.ink(Tone.GOOD) if complete else look.colour("muted"))
        text = box.adjusted(0, 0, -side - 2, 0)
        painter.drawText(
            text,
            int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter),
            f"{done}/{total}" if total else "—",
        )
        if complete:
            _paint_tick(
                painter,
                QRect(box.right() - side, box.center().y() - side // 2, side, side),
                look.ink(Tone.GOOD),
            )


def _font(index: QModelIndex | QPersistentModelIndex) -> QFont:
    return theme.current().font(bold=bool(index.data(Part.OUTER)))


def _count_width(index: QModelIndex | QPersistentModelIndex, font: QFont) -> int:
    metrics = QFontMetrics(font)
    text = f"{index.data(Part.TOTAL)}/{index.data(Part.TOTAL)}"
    return metrics.horizontalAdvance(text) + metrics.ascent() + Space.TINY


def _paint_tick(painter: QPainter, box: QRect, ink: QColor) -> None:
    pen = QPen(ink, 2)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    painter.setPen(pen)
    left, right = box.left() + box.width() * 0.2, box.right() - box.width() * 0.1
    low = box.bottom() - box.height() * 0.25
    corner = QPointF(box.left() + box.width() * 0.42, low)
    painter.drawLine(QPointF(left, box.top() + box.height() * 0.55), corner)
    painter.drawLine(corner, QPointF(right, box.top() + box.height() * 0.25))


class SectionView(QTreeView):
    """The tree; choosing a part goes to its first point."""

    def __init__(self, model: SectionModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("section_tree")
        self.setAccessibleName("Domaines et sections")
        self.setModel(model)
        self.setItemDelegate(SectionDelegate(self))
        self.setHeaderHidden(True)
        self.setStyleSheet(
            "QTreeView#section_tree { selection-background-color: transparent; border: none; }"
            "QTreeView#section_tree::item:selected { background: transparent; }"
            "QTreeView#section_tree::branch { background: transparent; }"
        )
        self.setIndentation(14)
        self.setRootIsDecorated(False)
        self.setItemsExpandable(False)
        self.setExpandsOnDoubleClick(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTextElideMode(Qt.TextElideMode.ElideNone)
        self.setTabKeyNavigation(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        model.modelReset.connect(self.expandAll)
        theme.notice().changed.connect(self.scheduleDelayedItemsLayout)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Wrap the titles anew."""
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()


class SectionTree(QFrame):
    """The tree with the choice of the order. `group_chosen` carries a part, `order_chosen` an order.

    `aside_wanted` carries a part whose points are to be set aside together.
    """

    group_chosen = Signal(object)
    order_chosen = Signal(object)
    aside_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("sections")
        self.setProperty("card", True)
        self.model = SectionModel(self)
        self.order = Combo("walk_order", "Ordre de parcours")
        for order, text in _ORDERS.items():
            self.order.addItem(text, order)
        self.tree = SectionView(self.model)
        column = column_in(self, Space.SMALL)
        self.interview = button("Entretien… (E)", "interview_open")
        self.interview.hide()
        column.addWidget(self.order)
        column.addWidget(self.interview)
        column.addWidget(self.tree, 1)
        self.order.currentIndexChanged.connect(self._on_order)
        self.tree.clicked.connect(self._on_index)
        self.tree.activated.connect(self._on_index)
        self.aside = QAction("Sans objet pour la section… (S)", self.tree)
        self.aside.setObjectName("section_aside")
        self.aside.setShortcut(QKeySequence("S"))
        self.aside.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        self.aside.triggered.connect(self._on_aside)
        self.tree.addAction(self.aside)
        self.tree.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)

    def show_row(self, row: int) -> None:
        """Select the part that has a row of the grid."""
        index = self.model.index_with(row)
        if index.isValid() and index != self.tree.currentIndex():
            self.tree.setCurrentIndex(index)

    def minimumSizeHint(self) -> QSize:
        """Let the tree be narrow: its labels wrap."""
        return QSize(150, 120)

    @Slot(int)
    def _on_order(self, at: int) -> None:
        order = Order(self.order.itemData(at))
        self.interview.setVisible(order is Order.INTERLOCUTOR)
        self.order_chosen.emit(order)

    @Slot()
    def _on_aside(self) -> None:
        group = self.model.group_at(self.tree.currentIndex())
        if group is not None:
            self.aside_wanted.emit(group)

    @Slot(QModelIndex)
    def _on_index(self, index: QModelIndex) -> None:
        group = self.model.group_at(index)
        if group is not None:
            self.group_chosen.emit(group)
