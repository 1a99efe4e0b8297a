"""Filling lines as fast as in a spreadsheet: one key per fact, Entrée for the next line."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from ivaudit.domain.observation import ObservedValue
from ivaudit.ui import theme
from ivaudit.ui.audit.observations.rows_model import ColumnOf, Kind, RowsModel
from ivaudit.ui.controls import Combo, Line, called
from ivaudit.ui.digit_keys import digit_of

Index = QModelIndex | QPersistentModelIndex

LETTERS = {
    Qt.Key.Key_O: ObservedValue.YES,
    Qt.Key.Key_N: ObservedValue.NO,
    Qt.Key.Key_S: ObservedValue.NOT_APPLICABLE,
    Qt.Key.Key_R: ObservedValue.REFUSED,
    Qt.Key.Key_V: ObservedValue.NOT_OBSERVED,
}
"""A letter notes the same whatever the fact; figures follow the answers of the fact."""

_ERASE = {Qt.Key.Key_Delete, Qt.Key.Key_Backspace}


class CellChoice(Combo):
    """The list of a cell, open as soon as it is there: one key or one click more chooses."""

    def showEvent(self, event: QShowEvent) -> None:
        """Open the list once it has its place."""
        super().showEvent(event)
        QTimer.singleShot(0, self.showPopup)


class CellDelegate(QStyledItemDelegate):
    """Chooses from a list where there is one, types otherwise."""

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        """Return the widget of a cell."""
        model = index.model()
        if isinstance(model, RowsModel):
            column = model.columns[index.column()]
            choices = model.choices(column)
            if choices:
                combo = CellChoice("observation_cell", column.tip, parent)
                for value, text in choices:
                    combo.addItem(text, value)
                combo.activated.connect(self._on_chosen)
                return combo
            line = Line("observation_cell", column.tip, parent)
            line.setFrame(False)
            return line
        return super().createEditor(parent, option, index)

    @Slot(int)
    def _on_chosen(self, _at: int) -> None:
        """Record what was chosen at once, and give the cell back."""
        combo = self.sender()
        if isinstance(combo, CellChoice):
            self.commitData.emit(combo)
            self.closeEditor.emit(combo)

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Show the value in its widget."""
        text = str(index.data(Qt.ItemDataRole.EditRole) or "")
        if isinstance(editor, QComboBox):
            editor.setCurrentIndex(max(0, editor.findData(text)))
        elif isinstance(editor, Line):
            editor.setText(text)

    def setModelData(self, editor: QWidget, model: object, index: Index) -> None:
        """Hand over what was chosen or typed."""
        if not isinstance(model, RowsModel):
            return
        if isinstance(editor, QComboBox):
            model.setData(index, editor.currentData())
        elif isinstance(editor, Line):
            model.setData(index, editor.text())


class RowsView(QTableView):
    """The table. `noted(row, item, value)`, `row_wanted(row to take after)`, `row_removed(row)`: ids."""

    noted = Signal(str, str, object)
    row_wanted = Signal(str)
    row_removed = Signal(str)
    moved = Signal()

    def __init__(self, model: RowsModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        called(self, "observation_rows", "Lignes d'observation")
        self.lines = model
        self.setModel(model)
        self.setItemDelegate(CellDelegate(self))
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.DoubleClicked | QAbstractItemView.EditTrigger.EditKeyPressed
        )
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setHighlightSections(True)
        header.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setToolTip(
            "O oui · N non · S sans objet · R refus · V non vu · Suppr efface · "
            "Entrée ligne suivante · Ctrl+Entrée même unité, même personne · F2 saisir"
        )
        theme.notice().changed.connect(self._dress)
        self._dress()

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Tell that another cell is the current one."""
        super().currentChanged(current, previous)
        self.moved.emit()

    def column_of(self) -> ColumnOf | None:
        """Return the column of the current cell."""
        index = self.currentIndex()
        return self.lines.columns[index.column()] if index.isValid() else None

    def go_to(self, row: int, column: int | None = None) -> None:
        """Make a cell the current one, that of the first fact unless told."""
        at = self.lines.first_item() if column is None else column
        self.setCurrentIndex(self.lines.index(row, at))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Note a fact by one key, go to the next line on Entrée."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._next_line(copy=bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier))
            return
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            if event.key() == Qt.Key.Key_Delete:
                self._remove_line()
                return
            super().keyPressEvent(event)
            return
        if self._note_by(event):
            return
        super().keyPressEvent(event)

    def _note_by(self, event: QKeyEvent) -> bool:
        row, column = self.lines.row_at(self.currentIndex()), self.column_of()
        if row is None or column is None or column.item is None:
            return False
        if event.key() in _ERASE:
            self.noted.emit(row.id, column.key, None)
            return True
        value = self._value_of(event, column)
        if value is None:
            return False
        if value in column.item.values:
            self.noted.emit(row.id, column.key, value)
            self._advance()
        return True

    def _value_of(self, event: QKeyEvent, column: ColumnOf) -> ObservedValue | None:
        digit = digit_of(event)
        values = column.item.values if column.item is not None else ()
        if digit is not None:
            return values[digit - 1] if 1 <= digit <= len(values) else None
        return next((value for key, value in LETTERS.items() if key == event.key()), None)

    def _advance(self) -> None:
        index = self.currentIndex()
        beyond = index.column() + 1
        if beyond < len(self.lines.columns) and self.lines.columns[beyond].kind is Kind.ITEM:
            self.setCurrentIndex(index.siblingAtColumn(beyond))

    def _next_line(self, *, copy: bool) -> None:
        index = self.currentIndex()
        row = self.lines.row_at(index)
        if not copy and index.isValid() and index.row() + 1 < len(self.lines.rows):
            self.go_to(index.row() + 1)
            return
        self.row_wanted.emit(row.id if row is not None else "")

    def _remove_line(self) -> None:
        row = self.lines.row_at(self.currentIndex())
        if row is not None:
            self.row_removed.emit(row.id)

    def _dress(self) -> None:
        self.verticalHeader().setDefaultSectionSize(max(theme.TARGET, theme.current().px(34)))
        self.horizontalHeader().setMinimumSectionSize(theme.current().px(38))
