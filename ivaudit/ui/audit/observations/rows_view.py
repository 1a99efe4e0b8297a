"""Filling lines as fast as in a spreadsheet: one key per fact, Entrée for the next line."""

from dataclasses import replace

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

from ivaudit.app.campaigns import CampaignSheet
from ivaudit.domain.campaign import ObservedRow
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

_MEASURED = 60
"""How many lines are looked at to know how wide a column is."""
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
        self._held: list[QKeyEvent] | None = None
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
        # Fitted when the lines or their words change, not at each key: every cell would be measured.
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setResizeContentsPrecision(_MEASURED)
        header.setHighlightSections(True)
        header.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setToolTip(
            "O oui · N non · S sans objet · R refus · V non vu · Suppr vide · "
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
        """Make a cell the current one, that of the first fact with its number in view unless told."""
        if column is None:
            self.horizontalScrollBar().setValue(0)
        at = self.lines.first_item() if column is None else column
        self.setCurrentIndex(self.lines.index(row, at))

    def show_sheet(self, sheet: CampaignSheet) -> None:
        """Show a campaign as recorded; the keys stay on their line, or where it was."""
        row, at = self.lines.row_at(self.currentIndex()), self.currentIndex()
        place = at.row(), at.column()
        before = [_words(each) for each in self.lines.rows]
        self.lines.show_sheet(sheet)
        if before != [_words(each) for each in sheet.rows]:
            self.resizeColumnsToContents()
        if row is None or self.currentIndex().isValid() or not sheet.rows:
            return
        known = next((n for n, each in enumerate(sheet.rows) if each.id == row.id), place[0])
        self.go_to(min(known, len(sheet.rows) - 1), place[1])

    def arrive(self, row: int) -> None:
        """Go to the line that was waited for, and give it the keys typed meanwhile."""
        self.go_to(row)
        for event in self._let_go():
            self.keyPressEvent(event)

    def forget_keys(self) -> None:
        """Wait for no line any more: it was refused."""
        self._let_go()

    def _let_go(self) -> list[QKeyEvent]:
        held, self._held = self._held, None
        return held or []

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Note a fact by one key, go to the next line on Entrée."""
        if self._held is not None:
            self._held.append(event.clone())
            return
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
        self._held = []  # what is typed next is for the line to come, however slow the disk
        self.row_wanted.emit(row.id if row is not None else "")

    def _remove_line(self) -> None:
        row = self.lines.row_at(self.currentIndex())
        if row is not None:
            self.row_removed.emit(row.id)

    def _dress(self) -> None:
        self.verticalHeader().setDefaultSectionSize(max(theme.TARGET, theme.current().px(34)))
        self.horizontalHeader().setMinimumSectionSize(theme.current().px(38))
        self.resizeColumnsToContents()


def _words(row: ObservedRow) -> ObservedRow:
    """Return what of a line takes more or less room: all but what is noted by one key."""
    return replace(row, values={})
