"""What earlier audits said of a point, beside the present answer, and the actions under way on it."""

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QCheckBox, QFrame, QWidget

from ivaudit.app import references
from ivaudit.domain import clock
from ivaudit.domain.actions import Action, Due
from ivaudit.domain.references import MOST, Reference, References, Said
from ivaudit.ui.audit.flow import Flow
from ivaudit.ui.audit.open_audit import OpenAudit
from ivaudit.ui.audit.phrases import bound
from ivaudit.ui.audit.rows import AGAIN, Row
from ivaudit.ui.controls import button, called, column_in, label, row, say
from ivaudit.ui.french import short_date
from ivaudit.ui.theme import Space

if TYPE_CHECKING:
    from ivaudit.app.session import Session

_LONG = 600
_OFFERED = 8
_NONE = "Aucun audit précédent de cette structure sur ces points."


def _read(audit: str, session: "Session") -> References:
    return references.of(session, audit)


def _choose(audit: str, keys: tuple[str, ...] | None, session: "Session") -> References:
    return references.choose(session, audit, keys)


class ReferencesBox(QFrame):
    """Earlier audits beside the point; hidden while the agent looks at the screen.

    `changed` carries the positions of the rows that recur, or no more, since others stand beside.
    """

    changed = Signal(object)

    def __init__(self, audit: OpenAudit, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        called(self, "references_box", "Audits précédents")
        self._audit = audit
        self._row: Row | None = None
        self.found = References()
        self.earlier = label("", "earlier_answer", "muted")
        self.again = label("", "earlier_again", "strong")
        self.underway = label("", "earlier_actions", "muted")
        self.pick = button(
            "Audits à côté… (A)", "references_pick", "quiet", "Choisir les audits à côté, touche A"
        )
        self.choices = called(Flow(), "references_choices", f"Audits à côté : {MOST} au plus")
        self._boxes: dict[str, QCheckBox] = {}
        column = column_in(self, 0, Space.TINY)
        for part in (self.again, self.earlier, self.underway):
            column.addWidget(part)
        column.addLayout(row(self.pick, None))
        column.addWidget(self.choices)
        self.choices.hide()
        self.pick.clicked.connect(self.choose)
        audit.opened.connect(self.read)
        audit.entities_changed.connect(self._on_entities)
        audit.interview_changed.connect(self._on_interview)
        audit.answers_changed.connect(self._on_answers)
        self.hide()

    # -- reading

    @Slot()
    def read(self) -> None:
        """Read again what stands beside, after everything submitted before."""
        self._audit.writer.submit(partial(_read, self._audit.audit_id), done=self._on_read)

    @Slot(object)
    def _on_read(self, found: References) -> None:
        self.found = found
        self._fill()
        self.changed.emit(self._audit.mark_unmet(found.unmet))
        self.show_row(self._row)

    @Slot(object)
    def _on_entities(self, names: frozenset[str]) -> None:
        if any(name.startswith(("action:", "finding:")) for name in names):
            self.read()

    @Slot(object)
    def _on_answers(self, _criteria: object) -> None:
        self.show_row(self._row)

    # -- showing

    def show_row(self, shown: Row | None) -> None:
        """Show what stands beside a point; nothing where nothing was said."""
        self._row = shown
        if shown is None or self._audit.interview:
            self.hide()
            return
        said = self.found.said.get(shown.key, ())
        since = [short_date(each.date) for each in self.found.unmet(shown.key)]
        say(self.again, f"{AGAIN}, déjà à améliorer le {' et le '.join(since)}" if shown.recurrent else "")
        say(self.earlier, bound("\n".join(line for each in said for line in self._lines(each))))
        actions = self.found.actions.get(shown.key, ())
        say(self.underway, bound("\n".join(map(_action, actions))))
        self.pick.setVisible(bool(self.found.choices))
        self.setVisible(bool(self.found.choices or actions))

    def _lines(self, said: Said) -> Iterator[str]:
        mark = " (question reformulée depuis)" if said.reworded else ""
        yield f"{self._name(said.reference)} : {said.words}{mark}"
        if said.constat:
            kept = said.constat if len(said.constat) <= _LONG else f"{said.constat[:_LONG].rstrip()} […]"
            yield f"Constat d'alors : {kept}"

    def _name(self, reference: Reference) -> str:
        kind = self._audit.loaded.vocabulary.label("audit_kinds", reference.kind)
        return f"{kind} du {short_date(reference.date)}" + (" (déclaratif)" if reference.declared else "")

    def follow(self) -> None:
        """Let Tab come to the choices right after their button."""
        before: QWidget = self.pick
        for box in self._boxes.values():
            QWidget.setTabOrder(before, box)
            before = box

    # -- choosing

    @Slot(str)
    def act(self, letter: str) -> None:
        """Do what a letter of the list stands for."""
        if letter == "A":
            self.choose()

    @Slot()
    def choose(self) -> None:
        """Show the audits that may stand beside, or put them away."""
        if not self.found.choices:
            self._audit.said.emit(_NONE)
            return
        if self._audit.interview:
            return
        opening = self.choices.isHidden()
        self.choices.setVisible(opening)
        if opening:
            next(iter(self._boxes.values())).setFocus()
        else:
            self.pick.setFocus()

    def _fill(self) -> None:
        offered = self.found.choices[:_OFFERED]
        if list(self._boxes) != [each.audit for each in offered]:
            self.choices.take_all()
            self._boxes = {each.audit: self._box(each) for each in offered}
        shown = {each.audit for each in self.found.shown}
        for key, box in self._boxes.items():
            box.setChecked(key in shown)
            box.setEnabled(key in shown or len(shown) < MOST)

    def _box(self, reference: Reference) -> QCheckBox:
        text = self._name(reference)
        box = called(QCheckBox(text), f"reference_{reference.audit}", text)
        box.clicked.connect(self._on_chosen)
        self.choices.add(box)
        box.show()
        return box

    @Slot()
    def _on_chosen(self) -> None:
        keys = tuple(key for key, box in self._boxes.items() if box.isChecked())
        self._audit.writer.submit(partial(_choose, self._audit.audit_id, keys), done=self._on_read)

    @Slot(bool)
    def _on_interview(self, _on: bool) -> None:
        self.choices.hide()
        self.show_row(self._row)


def _action(action: Action) -> str:
    parts = [action.state.value, action.owner]
    parts += [f"échéance {short_date(action.due)}"] if action.due else []
    late = action.standing(clock.today()) is Due.LATE
    parts += [Due.LATE.value] if late else []
    return f"Action : {action.what.rstrip('.')} — {', '.join(part for part in parts if part)}"
