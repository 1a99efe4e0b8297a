"""One editor per kind of field: all show a JSON value and tell the new one when they are left."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QCheckBox, QGridLayout, QLabel, QWidget

from ivaudit.domain.finess import finess_warning
from ivaudit.domain.form_values import MAX_LINE
from ivaudit.domain.forms import Choice, FieldKind, FormField
from ivaudit.domain.tone import Tone
from ivaudit.ui import french, theme
from ivaudit.ui.controls import Combo, Line, Prose, called, column_in, label, say

NONE = "Non renseigné"


class FieldEditor(QWidget):
    """Edits one value; `left(object)` tells a value that differs from the one shown last."""

    left = Signal(object)

    def __init__(self, field: FormField, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = field
        self.setObjectName(f"field_{field.id}")
        self.shown: object = None
        self.about = ""
        self.column = column_in(self, spacing=theme.Space.TINY)

    def focus_widget(self) -> QWidget:
        """Return the widget that takes the focus and is the buddy of the label."""
        raise NotImplementedError

    def describe(self, about: str) -> None:
        """Say more of the field to a screen reader: its help, the words of its label."""
        if about != self.about:
            self.about = about
            self.focus_widget().setAccessibleDescription(about)

    def show_value(self, value: object) -> None:
        """Show a value, unless the user is changing it."""
        if not self.changing():
            self.shown = value
            self.display(value)

    def display(self, value: object) -> None:
        """Put a value in the widgets."""
        raise NotImplementedError

    def value(self) -> object:
        """Return what the widgets hold."""
        raise NotImplementedError

    def changing(self) -> bool:
        """Tell whether the user has typed something that was not told yet."""
        return self.focus_widget().hasFocus() and _plain(self.value()) != _plain(self.shown)

    @Slot()
    def settle(self) -> None:
        """Tell the value if it changed."""
        value = self.value()
        if _plain(value) != _plain(self.shown):
            self.shown = value
            self.left.emit(value)


class TextField(FieldEditor):
    """One line of text; one that is too long stays, with a sentence, and is not told."""

    def __init__(self, field: FormField, parent: QWidget | None = None) -> None:
        super().__init__(field, parent)
        self.line = Line(f"input_{field.id}", field.label)
        self.line.editingFinished.connect(self.settle)
        self.column.addWidget(self.line)
        self.warning = label("", f"warning_{field.id}")
        self.warning.hide()
        self.column.addWidget(self.warning)
        self._too_long = False

    def changing(self) -> bool:
        """Tell whether there is a text that is too long, too."""
        return super().changing() or self._too_long

    @Slot()
    def settle(self) -> None:
        """Tell the text unless it is too long."""
        was, amount = self._too_long, len(self.line.text().strip())
        self._too_long = amount > MAX_LINE
        if self._too_long:
            text = f"{MAX_LINE} caractères au plus, {amount} ici : raccourcissez, rien n'est enregistré."
            self.warn(text, Tone.BAD)
            return
        if was:
            self.warn("")
        super().settle()

    def focus_widget(self) -> QWidget:
        """Return the line."""
        return self.line

    def display(self, value: object) -> None:
        """Put a value in the line."""
        self.line.setText("" if value is None else str(value))
        self.line.setCursorPosition(0)

    def value(self) -> object:
        """Return the text without spaces around it."""
        return self.line.text().strip()

    def warn(self, sentence: str, tone: Tone = Tone.MIDDLE) -> None:
        """Say something under the line, or nothing."""
        say(self.warning, sentence, tone)
        self.line.setAccessibleDescription(" ".join(filter(None, (sentence, self.about))))


class FinessField(TextField):
    """A FINESS number: a doubt is said, nothing is refused."""

    def __init__(self, field: FormField, parent: QWidget | None = None) -> None:
        super().__init__(field, parent)
        self.line.setPlaceholderText("9 caractères")
        self.line.editingFinished.connect(self._check)

    def display(self, value: object) -> None:
        """Put the number in the line and check it."""
        super().display(value)
        self._check()

    def value(self) -> object:
        """Return the number without its spaces."""
        return "".join(self.line.text().split()).upper()

    @Slot()
    def _check(self) -> None:
        self.warn(finess_warning(self.line.text()) or "")


class ParsedField(TextField):
    """A line that must be understood: a text that is not stays, with a sentence, and is not told."""

    def __init__(self, field: FormField, parent: QWidget | None = None) -> None:
        super().__init__(field, parent)
        match field.kind:
            case FieldKind.DATE:
                self._hint = "Date attendue : jour, mois, année, par exemple 21/11/2026."
                self.line.setPlaceholderText("jj/mm/aaaa")
            case FieldKind.TIME:
                self._hint = "Heure attendue : par exemple 9:30."
                self.line.setPlaceholderText("hh:mm")
            case _:
                self._hint = "Nombre attendu : par exemple 1250 ou 12,5."

    def display(self, value: object) -> None:
        """Put the value in the line as it is written in French."""
        match self.field.kind:
            case FieldKind.DATE:
                text = french.short_date(str(value)) if value else ""
            case FieldKind.NUMBER:
                text = french.number(value) if isinstance(value, int | float) else ""
            case _:
                text = str(value or "")
        super().display(text)
        self.warn("")

    def value(self) -> object:
        """Return the date, time or number, or nothing."""
        match self.field.kind:
            case FieldKind.DATE:
                return french.typed_date(self.line.text())
            case FieldKind.TIME:
                return french.typed_time(self.line.text())
            case _:
                return french.typed_number(self.line.text())

    def changing(self) -> bool:
        """Tell whether there is a text that was not understood, too."""
        return super().changing() or self._unread()

    @Slot()
    def settle(self) -> None:
        """Tell the value if it was understood, and write it plainly."""
        if self._unread():
            self.warn(self._hint, Tone.BAD)
            return
        super().settle()
        self.display(self.shown)

    def _unread(self) -> bool:
        return bool(self.line.text().strip()) and self.value() is None


class LongField(FieldEditor):
    """Several lines of text."""

    def __init__(self, field: FormField, parent: QWidget | None = None) -> None:
        super().__init__(field, parent)
        self.prose = Prose(f"input_{field.id}", field.label)
        self.prose.left.connect(self.settle)
        self.column.addWidget(self.prose)

    def focus_widget(self) -> QWidget:
        """Return the text."""
        return self.prose

    def display(self, value: object) -> None:
        """Put a text."""
        self.prose.setPlainText("" if value is None else str(value))

    def value(self) -> object:
        """Return the text without blank ends."""
        return self.prose.toPlainText().strip()


class ChoiceField(FieldEditor):
    """One of a list, or none."""

    def __init__(self, field: FormField, choices: Sequence[Choice], parent: QWidget | None = None) -> None:
        super().__init__(field, parent)
        self.combo = Combo(f"input_{field.id}", field.label)
        self.combo.addItem(NONE, None)
        for choice in choices:
            self.combo.addItem(choice.label, choice.id)
        self.combo.activated.connect(self._on_activated)
        self.column.addWidget(self.combo)

    def focus_widget(self) -> QWidget:
        """Return the list."""
        return self.combo

    def display(self, value: object) -> None:
        """Choose a value; one that the list no longer has is shown as it is."""
        at = self.combo.findData(value) if value else 0
        if at < 0:
            self.combo.addItem(str(value), value)
            at = self.combo.count() - 1
        self.combo.setCurrentIndex(at)

    def value(self) -> object:
        """Return the key of the choice, or nothing."""
        return self.combo.currentData()

    @Slot(int)
    def _on_activated(self, _index: int) -> None:
        self.settle()


class ChoicesField(FieldEditor):
    """Any of a list, as boxes to tick in columns."""

    COLUMN = 260

    def __init__(self, field: FormField, choices: Sequence[Choice], parent: QWidget | None = None) -> None:
        super().__init__(field, parent)
        self._grid = QGridLayout()
        self._grid.setSpacing(theme.Space.TINY)
        self.column.addLayout(self._grid)
        self._columns = 0
        self._unknown: list[str] = []
        self.boxes: dict[str, QCheckBox] = {}
        for choice in choices:
            box = called(QCheckBox(choice.label), f"input_{field.id}_{choice.id}", choice.label)
            box.setToolTip(choice.help)
            box.setAccessibleDescription(choice.help)
            box.clicked.connect(self._on_clicked)
            self.boxes[choice.id] = box
        self._place(2)

    def focus_widget(self) -> QWidget:
        """Return the first box."""
        return next(iter(self.boxes.values()), self)

    def describe(self, about: str) -> None:
        """Say more on the first box, after its own help."""
        self.about = about
        first = self.focus_widget()
        first.setAccessibleDescription(" ".join(filter(None, (first.toolTip(), about))))

    def display(self, value: object) -> None:
        """Tick the boxes of a list of keys."""
        keys = [str(key) for key in value] if isinstance(value, list | tuple) else []
        self._unknown = [key for key in keys if key not in self.boxes]
        for key, box in self.boxes.items():
            box.setChecked(key in keys)

    def value(self) -> object:
        """Return the keys ticked, in the order of the list, with those the list no longer has."""
        return [key for key, box in self.boxes.items() if box.isChecked()] + self._unknown

    def changing(self) -> bool:
        """Each click is told at once."""
        return False

    def fit(self, width: int) -> None:
        """Lay the boxes in as many columns as a width allows."""
        widest = max((box.sizeHint().width() for box in self.boxes.values()), default=0) + theme.Space.TINY
        columns = max(1, min(3, width // max(widest, theme.current().px(self.COLUMN))))
        if columns != self._columns:
            self._place(columns)

    def _place(self, columns: int) -> None:
        self._columns = columns
        for rank, box in enumerate(self.boxes.values()):
            self._grid.addWidget(box, rank // columns, rank % columns)
        for column in range(3):
            self._grid.setColumnStretch(column, int(column < columns))

    @Slot(bool)
    def _on_clicked(self, _checked: bool) -> None:
        self.settle()


def help_label(field: FormField, parent: QObject | None = None) -> QLabel | None:
    """Return the help of a field, to stand under it."""
    del parent
    return label(field.help, f"help_{field.id}", "small") if field.help else None


def _plain(value: object) -> object:
    """Make empty values equal: an empty text, list or nothing is the same absence."""
    return None if value in ("", None, [], ()) else (list(value) if isinstance(value, tuple) else value)
