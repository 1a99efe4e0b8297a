"""What is edited of the line that is chosen: the adaptation, a published criterion, or one of its own."""

from collections.abc import Mapping

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QStackedWidget, QWidget

from ivaudit.app.adaptation_forms import added_form, change_form, header_form
from ivaudit.app.adaptation_values import (
    added_values,
    change_values,
    header_values,
    with_added_values,
    with_criterion_values,
    with_header,
)
from ivaudit.domain.adaptation import Adaptation
from ivaudit.domain.checklist import Checklist, Criterion, NaPolicy, Point, Vocabulary
from ivaudit.ui import french
from ivaudit.ui.controls import button, column_in, label, row, say, scrolling
from ivaudit.ui.form_editor import FormEditor
from ivaudit.ui.theme import Space

_NA = {
    NaPolicy.FORBIDDEN: "« sans objet » n'est pas admis",
    NaPolicy.REASON: "« sans objet » est admis avec un motif",
    NaPolicy.FREE: "« sans objet » est admis",
}


class AdaptationPanel(QWidget):
    """The forms. `edited(Adaptation)` after each field, `dropped(id)` when a criterion goes back."""

    edited = Signal(object)
    dropped = Signal(str)

    def __init__(self, checklist: Checklist, vocabulary: Vocabulary, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("adaptation_panel")
        self._checklist = checklist
        self._points: dict[str, Point] = {point.criterion.id: point for point in checklist.points()}
        self._adaptation: Adaptation | None = None
        self._key = ""
        self._values: dict[str, object] = {}
        self.question = label("", "adaptation_question", "heading")
        self.facts = label("", "adaptation_facts", "muted")
        self.guidance = label("", "adaptation_guidance", "small")
        self.drop = button("", "adaptation_drop", "quiet")
        self.about = FormEditor(header_form(), vocabulary, gradual=True)
        self.change = FormEditor(change_form(vocabulary), vocabulary, gradual=True)
        self.added = FormEditor(added_form(checklist, vocabulary), vocabulary, gradual=True)
        self.stack = QStackedWidget()
        self.stack.setObjectName("adaptation_forms")
        column = column_in(self, spacing=Space.SMALL)
        for part in (self.question, self.facts, self.guidance):
            column.addWidget(part)
        column.addLayout(row(self.drop, None))
        for editor in (self.about, self.change, self.added):
            self.stack.addWidget(scrolling(editor, f"{editor.objectName()}_scroll", "Ce qui est adapté"))
            editor.field_changed.connect(self._on_field)
        column.addWidget(self.stack, 1)
        self.drop.clicked.connect(self._on_drop)

    @property
    def editor(self) -> FormEditor:
        """The form that is shown."""
        return (self.about, self.change, self.added)[self.stack.currentIndex()]

    def show_line(self, adaptation: Adaptation, key: str) -> None:
        """Show what is edited under a key, as an adaptation has it."""
        self._adaptation, self._key = adaptation, key
        own = next((each for each in adaptation.added if each.id == key), None)
        if own is not None:
            self._show_own(adaptation, own)
        elif key in self._points:
            self._show_published(adaptation, self._points[key])
        else:
            say(self.question, "L'adaptation")
            say(self.facts, f"{self._checklist.title}, version {adaptation.checklist_version}")
            say(self.guidance, "")
            self._fill(0, header_values(adaptation), "")

    def settle(self) -> None:
        """Take what is typed and not left yet."""
        self.editor.settle()

    def _show_published(self, adaptation: Adaptation, point: Point) -> None:
        criterion = point.criterion
        parts = (
            criterion.force.value.capitalize(),
            "point critique" if criterion.critical else "",
            f"poids {criterion.weight}",
            french.duration(criterion.minutes),
            _NA[criterion.na],
        )
        say(self.question, f"{point.number}  {criterion.question}")
        say(self.facts, f"Publié : {' · '.join(filter(None, parts))}")
        say(self.guidance, criterion.guidance.get("default", ""))
        touched = criterion.id in _named(adaptation)
        back = "Rendre ce critère comme publié" if touched else ""
        self._fill(1, change_values(adaptation, criterion), back)

    def _show_own(self, adaptation: Adaptation, criterion: Criterion) -> None:
        say(self.question, criterion.question or "Nouveau critère")
        say(self.facts, f"Ajouté par {adaptation.author or 'vous'} · {criterion.id}")
        say(self.guidance, "")
        self._fill(2, added_values(adaptation, self._checklist, criterion.id), "Retirer ce critère")

    def _fill(self, at: int, values: Mapping[str, object], drop: str) -> None:
        self._values = dict(values)
        self.stack.setCurrentIndex(at)
        self.editor.set_values(values)
        self.drop.setText(drop)
        self.drop.setAccessibleName(drop)
        self.drop.setVisible(bool(drop))

    @Slot(str, object)
    def _on_field(self, field: str, value: object) -> None:
        if self._adaptation is None:
            return
        self._values[field] = value
        self._adaptation = self._made(self._adaptation)
        self.edited.emit(self._adaptation)

    def _made(self, adaptation: Adaptation) -> Adaptation:
        """Return the adaptation with what the form says."""
        own = next((each for each in adaptation.added if each.id == self._key), None)
        if own is not None:
            return with_added_values(adaptation, self._checklist, own, self._values)
        if self._key in self._points:
            return with_criterion_values(adaptation, self._points[self._key].criterion, self._values)
        return with_header(adaptation, self._values)

    @Slot()
    def _on_drop(self) -> None:
        self.dropped.emit(self._key)


def _named(adaptation: Adaptation) -> set[str]:
    changed = {each.criterion for each in adaptation.change}
    off = {each.criterion for each in adaptation.deactivate}
    return changed | off | {each.criterion for each in adaptation.critical}
