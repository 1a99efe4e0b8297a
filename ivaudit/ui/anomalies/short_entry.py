"""The short entry: what is known now, in half a minute, by keyboard alone; the rest comes later."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from ivaudit.domain.anomalies import EntryKind, EntryLine
from ivaudit.domain.similar import Resemblance
from ivaudit.domain.tone import Tone
from ivaudit.ui import french
from ivaudit.ui.anomalies.columns import Words
from ivaudit.ui.anomalies.entry_form import EntryForm
from ivaudit.ui.anomalies.guard import Guard
from ivaudit.ui.anomalies.reading import Around, Used
from ivaudit.ui.anomalies.similar_list import SimilarList
from ivaudit.ui.audit.flow import Flow
from ivaudit.ui.controls import Combo, button, called, column_in, label, say
from ivaudit.ui.theme import Space

TITLES = {
    EntryKind.ANOMALY: "Nouvelle anomalie",
    EntryKind.EVENT: "Nouvel événement indésirable",
    EntryKind.BATCH: "Nouveau lot de corrections",
}
_KEYS = (
    "Ctrl+Entrée enregistre et donne le numéro ; Échap revient à la liste, la saisie commencée est gardée."
)
_COMPARED = frozenset({"type", "unit", "application", "found", "references"})


class ShortEntry(QWidget):
    """The first section of a form. It says only plain values; whoever holds it records them.

    `declared(values, facility, whether to go on with the sheet)`; `typed(values)` a second behind the keys;
    `compared(values, facility)` when what entries are compared by changed; `left()`, `given_up()`;
    `opened(id)` of an entry that looks like it.
    """

    declared = Signal(object, str, bool)
    typed = Signal(object)
    compared = Signal(object, str)
    left = Signal()
    given_up = Signal()
    opened = Signal(str)

    def __init__(self, kind: EntryKind, around: Around, words: Words, guard: Guard, used: Used) -> None:
        super().__init__()
        called(self, "short_entry", TITLES[kind])
        self.kind = kind
        self._around = around
        self._used = used
        self._sent = False
        form = around.forms[kind]
        short = replace(form, id=f"{form.id}_courte", sections=form.sections[:1])
        self.title = label(TITLES[kind], "short_title", "title")
        self.keys = label(_KEYS, "short_keys", "muted")
        self.facility = Combo("short_facility", "Structure")
        self._fill_facilities()
        self.form = EntryForm(short, around.terms, guard, usual=self._usual())
        self.similar = SimilarList("short_similar", words)
        self.problem = label("", "short_problem")
        say(self.problem, "")
        self.record = button("Enregistrer", "short_record", "primary", "Enregistrer (Ctrl+Entrée)")
        self.complete = button("Enregistrer et compléter la fiche", "short_complete")
        self.back = button("Revenir à la liste", "short_back", "quiet")
        self.drop = button("Vider la saisie", "short_drop", "quiet")
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        column = column_in(self, spacing=Space.SMALL)
        column.addWidget(self.title)
        column.addWidget(self.keys)
        caption = label("Structure", "short_facility_caption", "strong")
        caption.setBuddy(self.facility)
        for part in (caption, self.facility):
            column.addWidget(part)
            part.setVisible(len(self._around.names) > 1)
        column.addWidget(self.form)
        column.addWidget(self.similar)
        column.addWidget(self.problem)
        tools = called(Flow(), "short_tools", "Cette saisie")
        for tool in (self.record, self.complete, self.back, self.drop):
            tools.add(tool)
        column.addWidget(tools)
        column.addStretch(1)

    def _connect(self) -> None:
        self.record.setToolTip("Enregistrer et donner le numéro (Ctrl+Entrée)")
        self.drop.setToolTip("Oublier ce qui a été tapé ici ; rien n'a été enregistré")
        self.record.clicked.connect(self._on_record)
        self.complete.clicked.connect(self._on_complete)
        self.back.clicked.connect(self._on_back)
        self.drop.clicked.connect(self.given_up)
        self.facility.activated.connect(self._on_facility)
        self.form.field_changed.connect(self._on_field)
        self.form.drafted.connect(self._on_drafted)
        self.similar.opened.connect(self.opened)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(self._on_record)

    # -- what is typed

    def show_values(self, values: Mapping[str, object], facility: str = "") -> None:
        """Show what was typed before; today as the day of discovery where nothing was."""
        kept = {name: value for name, value in values.items() if name in self.form.editors}
        self.form.load({"found": french.today(), **kept})
        at = self.facility.findData(facility)
        if at >= 0:
            self.facility.setCurrentIndex(at)
        self._on_facility()

    def start(self) -> None:
        """Give the focus to the first field."""
        self.form.focus_first()

    def settle(self) -> None:
        """Hand over what is typed: it stays a draft."""
        self.form.settle()
        if self.dirty:
            self.typed.emit(self.values())

    @property
    def dirty(self) -> bool:
        """Tell whether something was typed beside the day that was proposed."""
        return any(name != "found" for name in self.values())

    def values(self) -> dict[str, object]:
        """Return what is typed, empty fields left out."""
        return {name: value for name, value in self.form.values().items() if value not in ("", None, [], ())}

    def chosen_facility(self) -> str:
        """Return the id of the structure, empty when there is none."""
        return str(self.facility.currentData() or "")

    def show_problem(self, sentence: str) -> None:
        """Say why it was not recorded."""
        say(self.problem, sentence, Tone.BAD)
        self._sent = False

    def show_similar(self, found: Sequence[tuple[EntryLine, Resemblance]]) -> None:
        """Point out the entries that look like this one."""
        self.similar.show_found(found)

    # -- gestures

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go back to the list on Échap; what is typed is kept."""
        if event.key() == Qt.Key.Key_Escape:
            self._on_back()
            return
        super().keyPressEvent(event)

    @Slot()
    def _on_record(self) -> None:
        self._declare(complete=False)

    @Slot()
    def _on_complete(self) -> None:
        self._declare(complete=True)

    def _declare(self, *, complete: bool) -> None:
        if self._sent:
            return
        inside = self.focusWidget()
        self.record.setFocus(Qt.FocusReason.ShortcutFocusReason)  # what is typed is left, and taken
        held = self.form.first_held()
        if held:
            self.form.focus_field(held)
            return
        if not self.form.editors["type"].value():
            self.show_problem("Choisissez le type : son code (P01) ou un mot, puis Tab.")
            self.form.focus_field("type")
            return
        say(self.problem, "")
        if inside is not None:
            inside.setFocus(Qt.FocusReason.OtherFocusReason)
        self._sent = True
        self.declared.emit(self.values(), self.chosen_facility(), complete)

    @Slot()
    def _on_back(self) -> None:
        self.settle()
        self.left.emit()

    @Slot(str, object)
    def _on_field(self, field: str, _value: object) -> None:
        self.typed.emit(self.values())
        if field in _COMPARED:
            self._compare()

    @Slot(str, str)
    def _on_drafted(self, _field: str, _text: str) -> None:
        self.typed.emit(self.values())

    @Slot()
    def _on_facility(self) -> None:
        self.form.show_usual(self._usual())
        self._compare()

    def _compare(self) -> None:
        found = {name: value for name, value in self.values().items() if name in _COMPARED}
        if found.get("type") or found.get("references"):
            self.compared.emit(found, self.chosen_facility())

    def _fill_facilities(self) -> None:
        names = sorted(self._around.names.items(), key=lambda item: item[1])
        if len(names) != 1:
            self.facility.addItem("Structure non précisée", "")
        for key, name in names:
            self.facility.addItem(name, key)

    def _usual(self) -> dict[str, Sequence[str]]:
        return usual_words(self._around, self.chosen_facility(), self._used)


def usual_words(around: Around, facility: str, used: Used) -> dict[str, Sequence[str]]:
    """Return what is usually written in the fields of an entry of a structure, its own words first."""
    units = (*around.units.get(facility, ()), *used.units)
    known = tuple(each.label for each in around.terms.applications)
    software = (*around.software.get(facility, ()), *used.software, *known)
    return {
        "unit": tuple(dict.fromkeys(units)),
        "application": tuple(dict.fromkeys(software)),
        "origin": tuple(each.label for each in around.terms.functions),
    }
