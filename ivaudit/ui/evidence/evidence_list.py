"""The list of evidence: small pictures read when they come into view, words beside them."""

from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    QTimer,
    Signal,
    Slot,
)
from PySide6.QtGui import QKeyEvent, QPainter, QPixmap
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ivaudit.domain.evidence import KIND_LABELS, Evidence, EvidenceKind
from ivaudit.ui import theme
from ivaudit.ui.controls import called
from ivaudit.ui.french import short_date, size
from ivaudit.ui.theme import Size, Space

Index = QModelIndex | QPersistentModelIndex
_Role = Qt.ItemDataRole
_NOWHERE = QModelIndex()
_SIGNS = {
    EvidenceKind.DOCUMENT: "Doc",
    EvidenceKind.FILE: "PDF",
    EvidenceKind.OBSERVATION: "Vu",
    EvidenceKind.PHOTO: "…",
}
_THUMB = 56


def facts(found: Evidence) -> str:
    """Return the second line: what it is, of when, where it stands."""
    pages = f"{len(found.pages)} page{'s' if len(found.pages) > 1 else ''}" if found.pages else ""
    criteria = f"{len(found.criteria)} points" if len(found.criteria) > 1 else ""
    parts = (
        KIND_LABELS[found.kind],
        short_date(found.date) if found.date else "",
        found.status.value if found.status else "",
        f"version {found.version}" if found.version else "",
        f"montré par {found.shown_by}" if found.shown_by else "",
        pages,
        criteria,
        "image effacée" if found.erased else size(found.size) if found.size else "",
    )
    return " · ".join(filter(None, parts))


class EvidenceModel(QAbstractListModel):
    """Evidence in order; `thumbnails_wanted` carries the digests of the rows that were painted without."""

    thumbnails_wanted = Signal(object)

    def __init__(self, parent: QListView | None = None) -> None:
        super().__init__(parent)
        self.rows: tuple[Evidence, ...] = ()
        self._pictures: dict[str, QPixmap] = {}
        self._wanted: dict[str, None] = {}
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.timeout.connect(self._ask)

    def show_rows(self, rows: Sequence[Evidence]) -> None:
        """Show other rows, or the same ones changed."""
        if tuple(rows) == self.rows:
            return
        self.beginResetModel()
        self.rows = tuple(rows)
        self.endResetModel()

    @Slot(object)
    def take_thumbnails(self, found: dict[str, bytes]) -> None:
        """Take small pictures that were read."""
        for digest, data in found.items():
            picture = QPixmap()
            picture.loadFromData(data)
            self._pictures[digest] = picture
        for at, row in enumerate(self.rows):
            if row.pictures and row.pictures[0] in found:
                index = self.index(at)
                self.dataChanged.emit(index, index)

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """Return how many there are."""
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = _Role.DisplayRole) -> object:
        """Return what a row shows and says."""
        row = self.rows[index.row()]
        match role:
            case _Role.DisplayRole:
                return row.name
            case _Role.AccessibleTextRole:
                return f"{row.name}, {facts(row)}"
            case _Role.ToolTipRole:
                return "\n".join(filter(None, (row.name, row.caption if row.title else "", facts(row))))
            case _Role.DecorationRole:
                return self._picture(row)
            case _Role.UserRole:
                return row
            case _:
                return None

    def _picture(self, row: Evidence) -> QPixmap | None:
        if not row.pictures:
            return None
        found = self._pictures.get(row.pictures[0])
        if found is None:
            self._wanted[row.pictures[0]] = None
            self._later.start()
        return found

    @Slot()
    def _ask(self) -> None:
        wanted, self._wanted = tuple(self._wanted), {}
        if wanted:
            self.thumbnails_wanted.emit(wanted)


class _Delegate(QStyledItemDelegate):
    """Draws the small picture, or a sign, then two lines."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Leave room for the picture and for two lines."""
        del option, index
        look = theme.current()
        return QSize(200, max(look.px(_THUMB), 0) + 2 * Space.SMALL)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw the row."""
        look, row = theme.current(), index.data(_Role.UserRole)
        painter.save()
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        if chosen:
            painter.fillRect(option.rect, look.colour("accent_soft"))
            painter.fillRect(
                QRect(option.rect.topLeft(), QSize(3, option.rect.height())), look.colour("accent")
            )
        side = look.px(_THUMB)
        frame = QRect(option.rect.left() + Space.SMALL, option.rect.top() + Space.SMALL, side, side)
        self._draw_picture(painter, frame, index)
        left = frame.right() + Space.MEDIUM
        words = QRect(left, frame.top(), option.rect.right() - left - Space.SMALL, side)
        painter.setFont(look.font(bold=True))
        painter.setPen(look.colour("text"))
        self._line(painter, words.adjusted(0, 0, 0, -side // 2), row.name)
        painter.setFont(look.font(Size.SMALL))
        painter.setPen(look.colour("muted"))
        self._line(painter, words.adjusted(0, side // 2, 0, 0), facts(row))
        painter.restore()

    def _draw_picture(self, painter: QPainter, frame: QRect, index: Index) -> None:
        look, picture = theme.current(), index.data(_Role.DecorationRole)
        painter.fillRect(frame, look.colour("sunken"))
        if isinstance(picture, QPixmap) and not picture.isNull():
            shown = picture.size().scaled(frame.size(), Qt.AspectRatioMode.KeepAspectRatio)
            place = QRect(frame.topLeft(), shown)
            place.moveCenter(frame.center())
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawPixmap(place, picture)
        else:
            row = index.data(_Role.UserRole)
            painter.setFont(look.font(Size.SMALL, bold=True))
            painter.setPen(look.colour("muted"))
            sign = "Effacée" if row.erased else _SIGNS[row.kind]
            painter.drawText(frame, Qt.AlignmentFlag.AlignCenter, sign)

    def _line(self, painter: QPainter, room: QRect, text: str) -> None:
        short = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, short)


class EvidenceList(QListView):
    """One row per piece of evidence; `opened(Evidence)` on Entrée or a double click, `removing` on Suppr."""

    opened = Signal(object)
    removing = Signal()
    current_changed = Signal()

    def __init__(self, name: str, accessible: str) -> None:
        super().__init__()
        called(self, name, accessible)
        self.rows = EvidenceModel(self)
        self.setModel(self.rows)
        self.setItemDelegate(_Delegate(self))
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setUniformItemSizes(True)
        self.doubleClicked.connect(self._on_chosen)
        self.selectionModel().currentChanged.connect(self._on_current)
        theme.notice().changed.connect(self.doItemsLayout)

    def current(self) -> Evidence | None:
        """Return the current row, or nothing."""
        at = self.currentIndex().row()
        return self.rows.rows[at] if 0 <= at < len(self.rows.rows) else None

    def show_rows(self, found: Sequence[Evidence]) -> None:
        """Show other rows; the current one stays current where it still is."""
        before = self.current()
        keys = [each.id for each in found]
        known = {each.id for each in self.rows.rows}
        self.rows.show_rows(found)
        fresh = next((at for at, key in enumerate(keys) if known and key not in known), None)
        at = keys.index(before.id) if before is not None and before.id in keys else 0
        if keys:
            self.setCurrentIndex(self.rows.index(fresh if fresh is not None else at))
        self.current_changed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open by Entrée, take off by Suppr."""
        match event.key():
            case Qt.Key.Key_Return | Qt.Key.Key_Enter if self.current() is not None:
                self.opened.emit(self.current())
            case Qt.Key.Key_Delete if self.current() is not None:
                self.removing.emit()
            case _:
                super().keyPressEvent(event)

    @Slot(QModelIndex)
    def _on_chosen(self, _index: QModelIndex) -> None:
        self.opened.emit(self.current())

    @Slot(QModelIndex, QModelIndex)
    def _on_current(self, _now: QModelIndex, _before: QModelIndex) -> None:
        self.current_changed.emit()
