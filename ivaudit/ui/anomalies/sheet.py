"""The full sheet of an entry: its form, sections folded, with the structure and the audit it belongs to."""

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from ivaudit.domain.anomalies import EntryKind
from ivaudit.domain.tone import Tone
from ivaudit.ui.anomalies.entry_form import EntryForm
from ivaudit.ui.anomalies.guard import Guard
from ivaudit.ui.anomalies.reading import Around, Seen, Used
from ivaudit.ui.anomalies.short_entry import usual_words
from ivaudit.ui.audit.flow import Flow
from ivaudit.ui.controls import Combo, button, called, column_in, emptied, label, row, say
from ivaudit.ui.theme import Space

_HELP = "Chaque champ est enregistré quand vous le quittez ; Échap revient à la saisie."
_BELONGS = 32
"""Letters seen of the name of a structure or of an audit."""


class Sheet(QWidget):
    """Every field of an entry: `edited(id, values)` when one is left, `drafted(id, field, text)`, `left`."""

    edited = Signal(str, object)
    drafted = Signal(str, str, str)
    left = Signal()

    def __init__(self, around: Around, guard: Guard) -> None:
        super().__init__()
        called(self, "anomaly_sheet", "Fiche complète")
        self._around = around
        self._guard = guard
        self._id = ""
        self.used = Used()
        self.form: EntryForm | None = None
        self.title = label("", "sheet_title", "title")
        self.back = button("‹ Saisie", "sheet_back", "quiet", "Revenir à la saisie (Échap)")
        self.problem = label("", "sheet_problem")
        self.facility = Combo("sheet_facility", "Structure")
        self.audit = Combo("sheet_audit", "Relevée lors de l'audit")
        self._fill(self.facility, "Structure non précisée", around.names)
        self._fill(self.audit, "Sans lien avec un audit", around.audits)
        inner = QWidget()
        inner.setObjectName("sheet_form")
        self._body = column_in(inner)
        column = column_in(self, spacing=Space.SMALL)
        column.addLayout(row(self.back, None))
        column.addWidget(self.title)
        column.addWidget(label(_HELP, "sheet_help", "muted"))
        column.addWidget(self.problem)
        belongs = called(Flow(spacing=Space.MEDIUM), "sheet_belongs", "Structure et audit")
        for combo in (self.facility, self.audit):
            belongs.add(_captioned(combo))
        column.addWidget(belongs)
        column.addWidget(inner)
        column.addStretch(1)
        say(self.problem, "")
        self.back.clicked.connect(self._on_back)
        self.facility.activated.connect(self._on_facility)
        self.audit.activated.connect(self._on_audit)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go back to the entry on Échap."""
        if event.key() == Qt.Key.Key_Escape:
            self._on_back()
            return
        super().keyPressEvent(event)

    @property
    def id(self) -> str:
        """Return the id of the entry that is shown, empty when there is none."""
        return self._id

    def show_seen(self, seen: Seen) -> None:
        """Show an entry; what is being typed in the same one stays."""
        entry = seen.entry
        same = entry.id == self._id
        say(self.title, f"{entry.number} – {self._around.forms[entry.kind].title}")
        self.facility.setCurrentIndex(max(0, self.facility.findData(entry.facility)))
        self.audit.setCurrentIndex(max(0, self.audit.findData(entry.audit)))
        if same and self.form is not None:
            self.form.set_values(entry.values)
            return
        self.settle()
        self._id = entry.id
        say(self.problem, "")
        self._make(entry.kind, entry.facility, entry.values)
        if self.form is not None and seen.drafts:
            self.form.resume(seen.drafts)

    def go_to(self, field: str) -> None:
        """Give the focus to a field, or to the first one."""
        if self.form is None:
            return
        if field:
            self.form.focus_field(field)
        else:
            self.form.focus_first()

    def settle(self) -> None:
        """Hand over what is typed."""
        if self.form is not None:
            self.form.settle()

    def show_problem(self, sentence: str) -> None:
        """Say why a field was not recorded."""
        say(self.problem, sentence, Tone.BAD)

    def _make(self, kind: EntryKind, facility: str, values: Mapping[str, object]) -> None:
        form = self._around.forms[kind]
        if self.form is None or self.form.form is not form:
            emptied(self._body)
            usual = usual_words(self._around, facility, self.used)
            self.form = EntryForm(
                form, self._around.terms, self._guard, usual=usual, folded=True, gradual=True
            )
            self.form.field_changed.connect(self._on_field)
            self.form.drafted.connect(self._on_drafted)
            self._body.addWidget(self.form)
        else:
            self.form.show_usual(usual_words(self._around, facility, self.used))
        self.form.load(values)

    @staticmethod
    def _fill(combo: Combo, none: str, names: Mapping[str, str]) -> None:
        combo.addItem(none, "")
        for key, name in sorted(names.items(), key=lambda item: item[1]):
            combo.addItem(name, key)

    @Slot(str, object)
    def _on_field(self, field: str, value: object) -> None:
        say(self.problem, "")
        self.edited.emit(self._id, {field: value})

    @Slot(str, str)
    def _on_drafted(self, field: str, text: str) -> None:
        self.drafted.emit(self._id, field, text)

    @Slot()
    def _on_facility(self) -> None:
        self.edited.emit(self._id, {"facility": self.facility.currentData()})

    @Slot()
    def _on_audit(self) -> None:
        self.edited.emit(self._id, {"audit": self.audit.currentData()})

    @Slot()
    def _on_back(self) -> None:
        self.settle()
        self.left.emit()


def _captioned(combo: Combo) -> QWidget:
    """Return a list under its name."""
    cell = QWidget()
    cell.setObjectName(f"{combo.objectName()}_cell")
    combo.setMinimumContentsLength(_BELONGS)
    column = column_in(cell, spacing=Space.TINY)
    caption = label(combo.accessibleName(), f"{combo.objectName()}_caption", "strong")
    caption.setBuddy(combo)
    column.addWidget(caption)
    column.addWidget(combo)
    return cell
