"""The form of an entry: types found by typing, usual words proposed, sections folded, identities held."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QToolButton, QWidget

from ivaudit.domain.forms import FieldKind, Form, FormField, FormSection
from ivaudit.domain.register_terms import RegisterTerms
from ivaudit.ui import tab_order, theme
from ivaudit.ui.anomalies.guard import Guard
from ivaudit.ui.anomalies.reveal import reveal
from ivaudit.ui.audit.identity_box import IdentityBox
from ivaudit.ui.audit.text_entry import DRAFT_AFTER
from ivaudit.ui.controls import called, column_in
from ivaudit.ui.form_editor import FormEditor
from ivaudit.ui.form_fields import FieldEditor, LongField, TextField
from ivaudit.ui.search_field import SearchField, SuggestField

_TYPES = "types"
_WRITTEN = frozenset({FieldKind.TEXT, FieldKind.LONG, FieldKind.ROWS})
"""Kinds of fields where somebody writes freely."""
Suggestions = Mapping[str, Sequence[str]]


def shown_terms(terms: RegisterTerms) -> RegisterTerms:
    """Return the lists of the register as forms show them: types with their code."""
    return replace(
        terms, types=tuple(replace(each, label=f"{each.id} – {each.label}") for each in terms.types)
    )


class EntryForm(FormEditor):
    """Fields of an entry; `field_changed` as a form, but never with a text that looks like an identity.

    `drafted(field id, text)` at most a second behind the keys. With `folded`, every section after the first
    is closed until its title is pressed.
    """

    drafted = Signal(str, str)

    def __init__(
        self,
        form: Form,
        terms: RegisterTerms,
        guard: Guard,
        *,
        usual: Suggestions | None = None,
        folded: bool = False,
        gradual: bool = False,
    ) -> None:
        self._usual = dict(usual or {})
        self._folded = folded
        self._guard = guard
        self._boxes: dict[str, IdentityBox] = {}
        self._typed: set[str] = set()
        self.folds: dict[str, QToolButton] = {}
        super().__init__(form, shown_terms(terms), gradual=gradual)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(DRAFT_AFTER)
        self._later.timeout.connect(self._on_draft_due)

    # -- values

    def set_values(self, values: Mapping[str, object]) -> None:
        """Show values by field id; what is being typed, or held back, is left alone."""
        self._known = values
        for key, editor in self.editors.items():
            if not self.holds(key):
                editor.show_value(values.get(key))

    def load(self, values: Mapping[str, object]) -> None:
        """Show the values of another entry."""
        for box in self._boxes.values():
            box.hide()
        self._typed.clear()
        self._later.stop()
        self._known = values
        for key, editor in self.editors.items():
            editor.shown = values.get(key)
            editor.display(values.get(key))

    def resume(self, texts: Mapping[str, str]) -> None:
        """Show texts that were left with an open alert, over what is recorded."""
        self._finish()
        for key, text in texts.items():
            if key in self.editors:
                self.editors[key].display(text)
                self._look_at(self.editors[key])

    def show_usual(self, usual: Suggestions) -> None:
        """Propose other words."""
        self._usual.update(usual)
        for key, texts in usual.items():
            editor = self.editors.get(key)
            if isinstance(editor, SuggestField):
                editor.show_usual(texts)

    # -- identities

    def holds(self, key: str) -> bool:
        """Tell whether the text of a field waits for somebody to decide about it."""
        return key in self._boxes and not self._boxes[key].isHidden()

    def first_held(self) -> str:
        """Look at every field again; return the first that holds what looks like an identity, or nothing."""
        for key, editor in self.editors.items():
            if self._look_at(editor):
                return key
        return ""

    def focus_field(self, key: str) -> None:
        """Give the focus to a field, in a section that is open."""
        self._finish()
        section = next((s for s in self.form.sections if any(f.id == key for f in s.fields)), None)
        if section is not None and section.id in self.folds:
            self.folds[section.id].setChecked(True)
        if key in self.editors:
            self.editors[key].focus_widget().setFocus(Qt.FocusReason.OtherFocusReason)
            reveal(self._boxes[key] if self.holds(key) else self.editors[key])

    def hand_over(self, editor: FieldEditor, value: object) -> None:
        """Tell the value of a field that was left, unless it is held."""
        if not self._look_at(editor):
            self._typed.discard(editor.field.id)
            super().hand_over(editor, value)

    def _look_at(self, editor: FieldEditor) -> bool:
        """Show why a field is held, or nothing; tell whether it is."""
        if editor.field.kind not in _WRITTEN:
            return False
        key, value = editor.field.id, editor.value()
        text, found = self._guard.found(value, self._known.get(key))
        if found or key in self._boxes:
            self._box(key).show_alerts(text, found)
            if found:
                reveal(self._box(key))
        return bool(found)

    def _box(self, key: str) -> IdentityBox:
        if key not in self._boxes:
            box = IdentityBox(f"{self.form.id}_{key}")
            box.mask_wanted.connect(self._on_mask)
            box.none_wanted.connect(self._on_none)
            self._cells[f"label_{key}"].insertWidget(2, box)
            tab_order.follow(self.editors[key].focus_widget(), (box.masking, box.nobody))
            self._boxes[key] = box
        return self._boxes[key]

    @Slot()
    def _on_mask(self) -> None:
        editor = self._boxed()
        if editor is not None:
            value = self._guard.masked(editor.value(), self._known.get(editor.field.id))
            editor.display(value)
            self._settle_held(editor)

    @Slot()
    def _on_none(self) -> None:
        editor = self._boxed()
        if editor is not None:
            self._guard.clear(editor.value())
            self._settle_held(editor)

    def _boxed(self) -> FieldEditor | None:
        """Return the field whose box was pressed."""
        box = self.sender()
        return next((self.editors[key] for key, each in self._boxes.items() if each is box), None)

    def _settle_held(self, editor: FieldEditor) -> None:
        value = editor.value()
        editor.shown = value
        editor.focus_widget().setFocus(Qt.FocusReason.OtherFocusReason)
        self.hand_over(editor, value)

    # -- making

    def _editor(self, field: FormField) -> FieldEditor:
        made: FieldEditor
        if field.vocabulary == _TYPES:
            made = SearchField(field, self._choices(field))
        elif field.kind is FieldKind.TEXT and field.id in self._usual:
            made = SuggestField(field, self._usual[field.id])
            made.line.textEdited.connect(self._on_typing)
        else:
            made = super()._editor(field)
        if isinstance(made, LongField):
            made.prose.textChanged.connect(self._on_typing)
        elif isinstance(made, TextField):
            made.line.textEdited.connect(self._on_typing)
        return made

    def _section(self, section: FormSection) -> QWidget:
        frame = super()._section(section)
        if not self._folded or section is self.form.sections[0]:
            return frame
        whole = QWidget()
        whole.setObjectName(f"folded_{section.id}")
        column = column_in(whole, spacing=theme.Space.TINY)
        fold = called(QToolButton(), f"fold_{section.id}", section.title)
        fold.setText(section.title)
        fold.setCheckable(True)
        fold.setProperty("kind", "quiet")
        fold.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        fold.setArrowType(Qt.ArrowType.RightArrow)
        fold.setToolTip("Ouvrir ou fermer cette partie de la fiche (Espace)")
        column.addWidget(fold)
        column.addWidget(frame)
        title = frame.findChild(QWidget, f"section_title_{section.id}")
        if title is not None:
            title.hide()
        frame.hide()
        fold.toggled.connect(self._on_fold)
        fold.toggled.connect(frame.setVisible)
        self.folds[section.id] = fold
        return whole

    @Slot(bool)
    def _on_fold(self, on: bool) -> None:
        fold = self.sender()
        if isinstance(fold, QToolButton):
            fold.setArrowType(Qt.ArrowType.DownArrow if on else Qt.ArrowType.RightArrow)

    # -- drafts

    @Slot()
    def _on_typing(self) -> None:
        inside = self.sender()
        for key, editor in self.editors.items():
            if isinstance(inside, QWidget) and editor.isAncestorOf(inside) and inside.hasFocus():
                self._typed.add(key)
                if not self._later.isActive():
                    self._later.start()

    @Slot()
    def _on_draft_due(self) -> None:
        for key in sorted(self._typed):
            self.drafted.emit(key, str(self.editors[key].value() or ""))
