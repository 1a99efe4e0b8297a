"""A field made of lines: a table edited in place, lines added, duplicated and removed by keyboard."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import (
    QAbstractItemModel,
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from ivaudit.domain.finess import finess_warning
from ivaudit.domain.forms import Choice, FieldKind, FormField
from ivaudit.ui import french, theme, tool_tips
from ivaudit.ui.controls import Combo, button, called, label, row, say
from ivaudit.ui.form_fields import NONE, FieldEditor

Index = QModelIndex | QPersistentModelIndex
Choices = Callable[[FormField], tuple[Choice, ...]]
_Role = Qt.ItemDataRole
_NOWHERE = QModelIndex()
_WRITTEN = {
    FieldKind.DATE: "une date s'écrit comme 21/11/2026.",
    FieldKind.TIME: "une heure s'écrit comme 14:05.",
    FieldKind.NUMBER: "un nombre est attendu.",
}


class RowsModel(QAbstractTableModel):
    """Lines of JSON values under the columns of a field.

    `edited()` follows every change by the user; `refused(sentence)` says why what was typed is not kept.
    """

    edited = Signal()
    refused = Signal(str)

    def __init__(self, field: FormField, choices: Choices, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = field
        self.labels = {c.id: {choice.id: choice.label for choice in choices(c)} for c in field.columns}
        self.rows: list[dict[str, object]] = []

    def show_rows(self, rows: list[dict[str, object]]) -> None:
        """Show other lines."""
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def insert(self, at: int, values: Mapping[str, object]) -> None:
        """Insert a line."""
        self.beginInsertRows(QModelIndex(), at, at)
        self.rows.insert(at, dict(values))
        self.endInsertRows()
        if values:
            self.edited.emit()

    def remove(self, at: int) -> dict[str, object]:
        """Take a line out and return it."""
        self.beginRemoveRows(QModelIndex(), at, at)
        taken = self.rows.pop(at)
        self.endRemoveRows()
        self.edited.emit()
        return taken

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """Return the number of lines."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        """Return the number of columns."""
        return 0 if parent.isValid() else len(self.field.columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _Role.DisplayRole) -> object:
        """Return the labels of the columns."""
        if orientation == Qt.Orientation.Horizontal and role == _Role.DisplayRole:
            return self.field.columns[section].label
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let every cell be edited."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        return super().flags(index) | Qt.ItemFlag.ItemIsEditable

    def data(self, index: Index, role: int = _Role.DisplayRole) -> object:
        """Return what a cell shows, edits, or warns of."""
        column = self.field.columns[index.column()]
        value = self.rows[index.row()].get(column.id)
        match role:
            case _Role.DisplayRole | _Role.EditRole:
                return self._shown(column, value)
            case _Role.UserRole:
                return value
            case _Role.ToolTipRole:
                warned = finess_warning(str(value or "")) if column.kind is FieldKind.FINESS else None
                return tool_tips.plain(warned or self._shown(column, value)) or column.help or None
            case _Role.AccessibleTextRole:
                return f"{column.label} : {self._shown(column, value) or NONE}"
            case _:
                return None

    def setData(self, index: Index, value: object, role: int = _Role.EditRole) -> bool:
        """Keep what was typed in a cell, if it can be understood."""
        if role != _Role.EditRole:
            return False
        column = self.field.columns[index.column()]
        kept = _typed(column, value)
        if kept is None and str(value or "").strip():
            self.refused.emit(f"« {value} » n'est pas gardé : {_WRITTEN[column.kind]}")
            return False
        line = self.rows[index.row()]
        if line.get(column.id) == kept or (kept is None and column.id not in line):
            return True
        line[column.id] = kept
        if kept is None:
            del line[column.id]
        self.dataChanged.emit(index, index)
        self.edited.emit()
        return True

    def _shown(self, column: FormField, value: object) -> str:
        if value is None:
            return ""
        if column.kind is FieldKind.DATE:
            return french.short_date(str(value))
        if column.kind is FieldKind.NUMBER and isinstance(value, int | float):
            return french.number(value)
        return self.labels[column.id].get(str(value), str(value))


class ChoiceDelegate(QStyledItemDelegate):
    """Edits the cells of columns with choices by a list."""

    def __init__(self, model: RowsModel, choices: Choices, parent: QWidget) -> None:
        super().__init__(parent)
        self._model = model
        self._choices = choices

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        """Return a list for a choice, the usual editor otherwise."""
        column = self._model.field.columns[index.column()]
        if column.kind is not FieldKind.CHOICE:
            return called(super().createEditor(parent, option, index), f"cell_{column.id}", column.label)
        combo = Combo(f"cell_{column.id}", column.label, parent)
        combo.addItem(NONE, None)
        for choice in self._choices(column):
            combo.addItem(choice.label, choice.id)
        return combo

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Show the value in the editor."""
        if isinstance(editor, Combo):
            editor.setCurrentIndex(max(0, editor.findData(index.data(_Role.UserRole))))
        else:
            super().setEditorData(editor, index)

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        """Keep the choice."""
        if isinstance(editor, Combo):
            model.setData(index, editor.currentData(), _Role.EditRole)
        else:
            super().setModelData(editor, model, index)


class RowsField(FieldEditor):
    """The table, its buttons, and a way back for a line removed by mistake."""

    MOST = 8

    def __init__(self, field: FormField, choices: Choices, parent: QWidget | None = None) -> None:
        super().__init__(field, parent)
        self.model = RowsModel(field, choices, self)
        self._removed: tuple[int, dict[str, object]] | None = None
        self.view = called(QTableView(), f"input_{field.id}", field.label)
        self._set_view(choices)
        self.said = label("", f"said_{field.id}", "muted")
        self.add = button("Ajouter une ligne", f"add_{field.id}", accessible=f"Ajouter : {field.label}")
        self.copy = button("Dupliquer", f"copy_{field.id}", "quiet", f"Dupliquer la ligne : {field.label}")
        self.drop = button("Retirer", f"drop_{field.id}", "quiet", f"Retirer la ligne : {field.label}")
        self.back = button("Remettre la ligne", f"back_{field.id}", "quiet")
        self.back.hide()
        self.column.addWidget(self.view)
        self.column.addLayout(row(self.add, self.copy, self.drop, self.back, None))
        self.column.addWidget(self.said)
        self.said.hide()
        self._connect()

    def focus_widget(self) -> QWidget:
        """Return the table."""
        return self.view

    def display(self, value: object) -> None:
        """Show the lines."""
        lines = value if isinstance(value, list | tuple) else []
        self.model.show_rows([dict(line) for line in lines if isinstance(line, dict)])
        self._fit()

    def value(self) -> object:
        """Return the lines that hold something."""
        return [dict(line) for line in self.model.rows if line]

    def changing(self) -> bool:
        """Tell whether a cell is open, or a new line still waits to be filled."""
        return self.view.state() == QAbstractItemView.State.EditingState or not all(self.model.rows)

    @Slot()
    def add_row(self) -> None:
        """Add an empty line under the current one and open its first cell."""
        at = self._current() + 1 if self._current() >= 0 else len(self.model.rows)
        self.model.insert(at, {})
        self._go_to(at)
        self.view.edit(self.model.index(at, 0))

    @Slot()
    def copy_row(self) -> None:
        """Duplicate the current line."""
        at = self._current()
        if at >= 0:
            self.model.insert(at + 1, self.model.rows[at])
            self._go_to(at + 1)

    @Slot()
    def drop_row(self) -> None:
        """Remove the current line; it can be put back."""
        at = self._current()
        if at < 0:
            return
        self._removed = at, self.model.remove(at)
        say(self.said, "Ligne retirée.")
        self.back.show()
        self._go_to(min(at, len(self.model.rows) - 1))

    @Slot()
    def put_back(self) -> None:
        """Put back the line removed last."""
        if self._removed is not None:
            at, line = self._removed
            self.model.insert(min(at, len(self.model.rows)), line)
            self._go_to(min(at, len(self.model.rows) - 1))
        self._forget()

    def _set_view(self, choices: Choices) -> None:
        view = self.view
        view.setModel(self.model)
        view.setItemDelegate(ChoiceDelegate(self.model, choices, view))
        view.setTabKeyNavigation(False)
        view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        trigger = QAbstractItemView.EditTrigger
        view.setEditTriggers(trigger.DoubleClicked | trigger.EditKeyPressed | trigger.AnyKeyPressed)
        view.verticalHeader().hide()
        view.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        view.horizontalHeader().setMinimumSectionSize(theme.current().px(110))
        view.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
        view.setWordWrap(True)

    def _connect(self) -> None:
        self.model.edited.connect(self.settle)
        self.model.edited.connect(self._on_edited)
        self.model.refused.connect(self._on_refused)
        for signal in (self.model.rowsInserted, self.model.rowsRemoved, self.model.modelReset):
            signal.connect(self._fit)
        theme.notice().changed.connect(self._fit)
        self.add.clicked.connect(self.add_row)
        self.copy.clicked.connect(self.copy_row)
        self.drop.clicked.connect(self.drop_row)
        self.back.clicked.connect(self.put_back)
        for keys, slot in (("Ins", self.add_row), ("Ctrl+D", self.copy_row), ("Del", self.drop_row)):
            shortcut = QShortcut(QKeySequence(keys), self.view)
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
            shortcut.activated.connect(slot)

    @Slot()
    def _on_edited(self) -> None:
        if self.back.isHidden():
            say(self.said, "")

    @Slot(str)
    def _on_refused(self, sentence: str) -> None:
        say(self.said, sentence)

    def _current(self) -> int:
        return self.view.currentIndex().row()

    def _go_to(self, at: int) -> None:
        if at >= 0:
            self.view.setCurrentIndex(self.model.index(at, 0))
            self.view.setFocus()

    @Slot()
    def _forget(self) -> None:
        self._removed = None
        self.back.hide()
        say(self.said, "")

    @Slot()
    def _fit(self) -> None:
        """Make the table as high as its lines, within reason."""
        line = max(theme.TARGET, theme.current().px(30))
        self.view.verticalHeader().setDefaultSectionSize(line)
        shown = min(max(len(self.model.rows), 1), self.MOST)
        head = self.view.horizontalHeader().sizeHint().height()
        self.view.setFixedHeight(head + shown * line + 2 * self.view.frameWidth() + 2)
        there = bool(self.model.rows)
        self.copy.setEnabled(there)
        self.drop.setEnabled(there)


def _typed(column: FormField, value: object) -> object:
    """Return the JSON value of what was typed in a cell, or nothing."""
    text = str(value or "").strip()
    match column.kind:
        case FieldKind.DATE:
            return french.typed_date(text)
        case FieldKind.TIME:
            return french.typed_time(text)
        case FieldKind.NUMBER:
            return french.typed_number(text)
        case FieldKind.FINESS:
            return "".join(text.split()).upper() or None
        case _:
            return text or None
