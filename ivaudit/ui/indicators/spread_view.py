"""A table filled as a spreadsheet: type and go down, paste a block, copy, clear, repeat what is above."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from ivaudit.ui import theme
from ivaudit.ui.controls import Line, called

Index = QModelIndex | QPersistentModelIndex
KEYS = (
    "Tapez pour remplir · Entrée descend · Tab à droite pendant la saisie · F2 modifie · Suppr vide · "
    "Ctrl+V colle une colonne ou un bloc · Ctrl+C copie · Ctrl+B recopie la case du dessus"
)
_ROOM = 32
_EDITOR = "spread_cell"


class _Typing(QStyledItemDelegate):
    """Types in a line of ours, named for screen readers."""

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        """Return the line of a cell."""
        del option
        line = Line(_EDITOR, str(index.data(Qt.ItemDataRole.AccessibleTextRole) or ""), parent)
        line.setFrame(False)
        return line

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Show what the cell holds, once: what is typed stays while former cells are being recorded."""
        if isinstance(editor, Line) and not editor.isModified():
            editor.setText(str(index.data(Qt.ItemDataRole.EditRole) or ""))


class SpreadView(QTableView):
    """Cells to fill; typing goes to the model, `filled(index, rows of texts)` is pasted or cleared."""

    filled = Signal(QModelIndex, object)
    moved = Signal()

    def __init__(self, name: str, accessible: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        called(self, name, accessible)
        self._least = 0
        self.setItemDelegate(_Typing(self))
        self.setSelectionMode(QAbstractItemView.SelectionMode.ContiguousSelection)
        trigger = QAbstractItemView.EditTrigger
        self.setEditTriggers(trigger.DoubleClicked | trigger.EditKeyPressed | trigger.AnyKeyPressed)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setCornerButtonEnabled(False)
        for header in (self.horizontalHeader(), self.verticalHeader()):
            header.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            header.setHighlightSections(True)
        self.setStyleSheet(
            "QHeaderView::section:vertical { font-weight: 400; padding: 2px 8px; }"
            "QHeaderView::section:horizontal { font-weight: 400; padding: 4px 4px; }"
        )
        self.setToolTip(KEYS)
        self.setAccessibleDescription(KEYS)
        theme.notice().changed.connect(self.dress)
        self.dress()

    @Slot()
    def dress(self) -> None:
        """Take the height of the text of the day."""
        self.verticalHeader().setDefaultSectionSize(max(theme.TARGET, theme.current().px(_ROOM)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the current cell in sight: it is chosen before the table has its size."""
        super().resizeEvent(event)
        self._share()
        if self.currentIndex().isValid():
            self.scrollTo(self.currentIndex())

    def share(self, least: int) -> None:
        """Give columns that wide or a little more, so that a whole number of them is seen.

        Args:
            least: their least width, in logical pixels.
        """
        self._least = least
        self._share()

    def _share(self) -> None:
        room = self.viewport().width()
        if self._least:
            shared = max(self._least, room // max(1, room // self._least))
            self.horizontalHeader().setDefaultSectionSize(shared)
            self.updateGeometries()  # later, Qt would move what is seen

    def go_to(self, row: int, column: int) -> None:
        """Make a cell the current one."""
        index = self.model().index(row, column)
        if index.isValid():
            self.setCurrentIndex(index)
            self.scrollTo(index)

    def settle(self) -> None:
        """Hand over the cell being typed."""
        editor = self.viewport().findChild(Line, _EDITOR)
        if editor is not None and self.state() == QAbstractItemView.State.EditingState:
            self.commitData(editor)
            super().closeEditor(editor, QAbstractItemDelegate.EndEditHint.NoHint)

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Tell that another cell is the current one."""
        super().currentChanged(current, previous)
        self.moved.emit()

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        """Go down once a cell was typed and left by Entrée."""
        super().closeEditor(editor, hint)
        if hint == QAbstractItemDelegate.EndEditHint.SubmitModelCache:
            self._down()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Paste, copy, clear, repeat; Entrée goes down."""
        held = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        key = Qt.Key(event.key())
        if event.matches(QKeySequence.StandardKey.Paste):
            self.paste()
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif held and key == Qt.Key.Key_B:
            self._repeat()
        elif key in {Qt.Key.Key_Delete, Qt.Key.Key_Backspace}:
            self._clear()
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            # Typed in a cell, the key comes here as well: what is typed is taken first, then one goes down.
            if self.state() != QAbstractItemView.State.EditingState:
                self._down()
        elif held or key == Qt.Key.Key_Escape:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def paste(self) -> None:
        """Fill from the current cell with what the clipboard holds."""
        rows = block_of(QGuiApplication.clipboard().text())
        if rows and self.currentIndex().isValid():
            self.filled.emit(self.currentIndex(), rows)

    def copy(self) -> None:
        """Put the chosen cells on the clipboard, as a spreadsheet does."""
        chosen = self.selectionModel().selectedIndexes() or [self.currentIndex()]
        rows: dict[int, list[str]] = {}
        for index in sorted(chosen, key=lambda each: (each.row(), each.column())):
            rows.setdefault(index.row(), []).append(str(index.data(Qt.ItemDataRole.EditRole) or ""))
        QGuiApplication.clipboard().setText("\n".join("\t".join(row) for row in rows.values()))

    def keyboardSearch(self, _text: str) -> None:
        """Ignore: keys fill cells here."""

    def _clear(self) -> None:
        chosen = self.selectionModel().selectedIndexes()
        if chosen:
            top, left = min(each.row() for each in chosen), min(each.column() for each in chosen)
            high = max(each.row() for each in chosen) - top + 1
            wide = max(each.column() for each in chosen) - left + 1
            self.filled.emit(self.model().index(top, left), [[""] * wide for _ in range(high)])

    def _repeat(self) -> None:
        index = self.currentIndex()
        above = index.siblingAtRow(index.row() - 1) if index.isValid() else index
        if above.isValid():
            self.filled.emit(index, [[str(above.data(Qt.ItemDataRole.EditRole) or "")]])
            self._down()

    def _down(self) -> None:
        index = self.currentIndex()
        below = index.siblingAtRow(index.row() + 1)
        if below.isValid():
            self.setCurrentIndex(below)


def block_of(text: str) -> list[list[str]]:
    """Return the cells of a text copied from a spreadsheet: lines of texts between tabs."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    while lines and not lines[-1].strip():
        lines.pop()
    return [[cell.strip() for cell in line.split("\t")] for line in lines]
