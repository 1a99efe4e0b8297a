"""A form shown as cards of fields, each saved when it is left."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from ivaudit.domain.checklist import Term, Vocabulary
from ivaudit.domain.forms import Choice, FieldKind, Form, FormField, FormSection
from ivaudit.domain.glossary import GlossaryTerm
from ivaudit.domain.register_terms import RegisterTerms
from ivaudit.ui import tab_order, theme, words
from ivaudit.ui.controls import card, column_in, label
from ivaudit.ui.form_fields import (
    ChoiceField,
    ChoicesField,
    FieldEditor,
    FinessField,
    LongField,
    ParsedField,
    TextField,
    help_label,
)
from ivaudit.ui.rows_field import RowsField
from ivaudit.ui.words_box import WordedLabel, WordsBox

_WIDE = {FieldKind.LONG, FieldKind.CHOICES, FieldKind.ROWS}
_PLAIN: dict[FieldKind, type[TextField | LongField]] = {
    FieldKind.TEXT: TextField,
    FieldKind.LONG: LongField,
    FieldKind.DATE: ParsedField,
    FieldKind.TIME: ParsedField,
    FieldKind.NUMBER: ParsedField,
    FieldKind.FINESS: FinessField,
}


class FormEditor(QWidget):
    """Every field of a form; `field_changed(field id, JSON value)` when one is left with another value.

    The words of the glossary in its labels are explained on hover, on a click, and on Maj+F1 in the field.
    """

    field_changed = Signal(str, object)

    COLUMN = 340

    def __init__(
        self,
        form: Form,
        vocabulary: Vocabulary | RegisterTerms | None = None,
        parent: QWidget | None = None,
        *,
        gradual: bool = False,
    ) -> None:
        """Make the fields.

        Args:
            form: what to edit.
            vocabulary: the lists that its fields name.
            parent: the widget it is in.
            gradual: make one section at each turn of the event loop; the window answers meanwhile.
        """
        super().__init__(parent)
        self.setObjectName(f"form_{form.id}")
        self.form = form
        self._vocabulary = vocabulary
        self._columns = 1
        self._known: Mapping[str, object] = {}
        self._coming = list(form.sections)
        self._grids: list[tuple[QGridLayout, list[tuple[FormField, QWidget]]]] = []
        self.editors: dict[str, FieldEditor] = {}
        self._titles: dict[str, WordedLabel] = {}
        self._cells: dict[str, QVBoxLayout] = {}
        self.words: WordsBox | None = None
        self._column = column_in(self, spacing=theme.Space.MEDIUM)
        self._column.addStretch(1)
        explain = QShortcut(QKeySequence("Shift+F1"), self)
        explain.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        explain.activated.connect(self._on_explain)
        words.reading().changed.connect(self._on_words)
        theme.notice().changed.connect(self._on_words)
        words.reading().want()
        self._turn = QTimer(self)
        self._turn.timeout.connect(self._on_turn)
        if gradual:
            self._turn.start(0)
        else:
            self._finish()

    def set_values(self, values: Mapping[str, object]) -> None:
        """Show values by field id; what the user is typing is left alone."""
        self._known = values
        for key, editor in self.editors.items():
            editor.show_value(values.get(key))

    def values(self) -> dict[str, object]:
        """Return what the fields hold, by field id."""
        self._finish()
        return {key: editor.value() for key, editor in self.editors.items()}

    def settle(self) -> None:
        """Tell whatever was typed and not left yet."""
        for editor in self.editors.values():
            editor.settle()

    def focus_first(self) -> None:
        """Give the focus to the first field."""
        self._finish()
        first = next(iter(self.editors.values()), None)
        if first is not None:
            first.focus_widget().setFocus()

    def last_stop(self) -> QWidget:
        """Return the last widget of the Tab order: fields are made in the order they are read."""
        self._finish()
        return next(reversed(_stops(self)), self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay the fields in as many columns as the width allows."""
        super().resizeEvent(event)
        columns = max(1, min(3, event.size().width() // theme.current().px(self.COLUMN)))
        if columns != self._columns:
            self._place(columns)
        self._fit()

    def minimumSizeHint(self) -> QSize:
        """Return the width of one column: a window made narrower would be held by the columns of before."""
        size = super().minimumSizeHint()
        return QSize(min(size.width(), theme.current().px(self.COLUMN)), size.height())

    @Slot()
    def _on_turn(self) -> None:
        """Make one more section, where it is read and where Tab reaches it."""
        if not self._coming:
            self._turn.stop()
            return
        section = self._coming.pop(0)
        before = next(reversed(_stops(self)), self)
        made = self._section(section)
        self._column.insertWidget(self._column.count() - 1, made)
        _lay(*self._grids[-1], self._columns)
        if self._turn.isActive():  # what is around may have been made before
            tab_order.follow(before, _stops(made))
        self._fit()
        for field in section.fields:
            self.editors[field.id].show_value(self._known.get(field.id))

    def _finish(self) -> None:
        while self._coming:
            self._on_turn()

    def _fit(self) -> None:
        for editor in self.editors.values():
            if isinstance(editor, ChoicesField):
                editor.fit(self.width() - theme.Space.HUGE)

    def _section(self, section: FormSection) -> QWidget:
        frame, column = card(f"section_{section.id}")
        column.addWidget(label(section.title, f"section_title_{section.id}", "heading"))
        if section.help:
            column.addWidget(label(section.help, f"section_help_{section.id}", "muted"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.Space.MEDIUM)
        grid.setVerticalSpacing(theme.Space.SMALL)
        column.addLayout(grid)
        self._grids.append((grid, [(field, self._cell(field)) for field in section.fields]))
        return frame

    def _cell(self, field: FormField) -> QWidget:
        """Return a field with its label above and its help below."""
        cell = QWidget()
        cell.setObjectName(f"cell_of_{field.id}")
        column = column_in(cell, spacing=theme.Space.TINY)
        editor = self._editor(field)
        title = WordedLabel(f"label_{field.id}", "strong")
        title.setBuddy(editor.focus_widget())
        title.word_wanted.connect(self._on_word)
        self._cells[title.objectName()] = column
        self._titles[field.id] = title
        column.addWidget(title)
        column.addWidget(editor)
        hint = help_label(field)
        if hint is not None:
            column.addWidget(hint)
        column.addStretch(1)
        editor.left.connect(self._on_left)
        self.editors[field.id] = editor
        self._show_title(field.id)
        return cell

    def _show_title(self, key: str) -> None:
        """Show the label of a field, its words underlined, and describe the field with them."""
        title, editor = self._titles[key], self.editors[key]
        title.show_text(editor.field.label + (" (obligatoire)" if editor.field.required else ""))
        editor.describe(" ".join(filter(None, (editor.field.help, words.described(title.words)))))

    @Slot()
    def _on_words(self) -> None:
        for key in self._titles:
            self._show_title(key)

    @Slot()
    def _on_explain(self) -> None:
        """Explain the words of the label of the field that has the keys."""
        for key, editor in self.editors.items():
            if editor.isAncestorOf(self.focusWidget()):
                self._explain(self._titles[key], self._titles[key].words)

    @Slot(object)
    def _on_word(self, term: GlossaryTerm) -> None:
        title = self.sender()
        if isinstance(title, WordedLabel):
            self._explain(title, (term,))

    def _explain(self, title: WordedLabel, found: Sequence[GlossaryTerm]) -> None:
        """Explain words under a label, in its cell."""
        if self.words is None:
            self.words = WordsBox()
        self._cells[title.objectName()].insertWidget(1, self.words)
        tab_order.follow(tab_order.before(title.buddy()), self.words.stops)
        self.words.show_words(found)

    def _editor(self, field: FormField) -> FieldEditor:
        match field.kind:
            case FieldKind.CHOICE:
                return ChoiceField(field, self._choices(field))
            case FieldKind.CHOICES:
                return ChoicesField(field, self._choices(field))
            case FieldKind.ROWS:
                return RowsField(field, self._choices)
            case plain:
                return _PLAIN[plain](field)

    def _choices(self, field: FormField) -> tuple[Choice, ...]:
        if field.vocabulary is None or self._vocabulary is None:
            return field.choices
        terms: tuple[Term, ...] = getattr(self._vocabulary, field.vocabulary)
        return tuple(Choice(id=term.id, label=term.label, help=term.help) for term in terms)

    def _place(self, columns: int) -> None:
        self._columns = columns
        for grid, cells in self._grids:
            _lay(grid, cells, columns)

    @Slot(object)
    def _on_left(self, value: object) -> None:
        editor = self.sender()
        if isinstance(editor, FieldEditor):
            self.hand_over(editor, value)

    def hand_over(self, editor: FieldEditor, value: object) -> None:
        """Tell the value of a field that was left."""
        self.field_changed.emit(editor.field.id, value)


def _lay(grid: QGridLayout, cells: Sequence[tuple[FormField, QWidget]], columns: int) -> None:
    at = 0
    for field, cell in cells:
        if field.kind in _WIDE:
            at += -at % columns
            grid.addWidget(cell, at // columns, 0, 1, columns)
            at += columns
        else:
            grid.addWidget(cell, at // columns, at % columns)
            at += 1
    for column in range(3):
        grid.setColumnStretch(column, int(column < columns))


def _stops(inside: QWidget) -> list[QWidget]:
    """Return what Tab reaches inside a widget, in the order it was made."""
    return [
        each
        for each in inside.findChildren(QWidget)
        if each.focusPolicy() & Qt.FocusPolicy.TabFocus and each.window() is inside.window()
    ]
