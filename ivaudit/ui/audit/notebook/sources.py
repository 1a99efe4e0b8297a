"""What is said, written and seen of a point, with where it comes from; and where they differ."""

from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QWidget

from ivaudit.domain.audit import STRUCTURE
from ivaudit.domain.errors import KnownError
from ivaudit.domain.notebook import lines_of
from ivaudit.domain.tone import Tone
from ivaudit.ui.audit.answer_panel import WITHHELD
from ivaudit.ui.audit.notebook.book import NotebookBook
from ivaudit.ui.audit.notebook.line_actions import LineActions
from ivaudit.ui.audit.notebook.lines_model import ShownLine
from ivaudit.ui.audit.notebook.lines_view import LinesView
from ivaudit.ui.audit.notebook.words import disagreement_words, line_words, value_of
from ivaudit.ui.audit.phrases import bound
from ivaudit.ui.audit.rows import Row
from ivaudit.ui.controls import Combo, Line, button, called, column_in, label, row, say
from ivaudit.ui.theme import Space


class SourceForm(QWidget):
    """One more source: how it is known, what it says, where from, what it amounts to. Entrée records."""

    given = Signal(str, object)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        called(self, "source_form", "Ajouter une source")
        self.means = Combo("source_means", "Dit, écrit ou vu")
        self.text = Line("source_text", "Ce que dit cette source")
        self.text.setPlaceholderText("Ce qui est dit, écrit, vu (Entrée)")
        self.source = Line("source_source", "D'où cela vient")
        self.source.setPlaceholderText("Fonction, document, écran…")
        self.value = Combo("source_value", "Ce que cela vaut")
        self.ok = button("Ajouter", "source_ok", "primary")
        self.cancel = button("Renoncer", "source_cancel", "quiet")
        for combo in (self.means, self.value):
            combo.setMinimumContentsLength(6)
        column = column_in(self, spacing=Space.TINY)
        column.addWidget(self.text)
        column.addWidget(self.source)
        chosen = row(self.means, self.value)
        chosen.setStretch(0, 1)
        chosen.setStretch(1, 1)
        column.addLayout(chosen)
        column.addLayout(row(self.ok, self.cancel, None))
        self.ok.clicked.connect(self._on_ok)
        self.cancel.clicked.connect(self.left)
        self.text.returnPressed.connect(self._on_ok)
        self.source.returnPressed.connect(self._on_ok)

    def prepare(self, means: tuple[tuple[str, str], ...], values: tuple[tuple[str, str], ...]) -> None:
        """Be empty, with what may be chosen as (key, label)."""
        chosen = self.means.currentData()
        for combo, choices in ((self.means, means), (self.value, (("", "Ne tranche pas"), *values))):
            combo.clear()
            for key, text in choices:
                combo.addItem(text, key)
        self.means.setCurrentIndex(max(0, self.means.findData(chosen or "vu")))
        self.text.clear()
        self.source.clear()
        self.show()
        self.text.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def typed(self) -> bool:
        """Tell whether something stands here that is not recorded."""
        return not self.isHidden() and bool(self.text.text().strip())

    @Slot()
    def _on_ok(self) -> None:
        if self.text.text().strip():
            values = {
                "means": str(self.means.currentData()),
                "source": self.source.text(),
                "value": str(self.value.currentData() or ""),
            }
            self.given.emit(self.text.text(), values)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Give up by Échap."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


class Sources(QFrame):
    """The lines of the current point by how they are known. `left` gives the keys back to the list."""

    left = Signal()

    def __init__(self, book: NotebookBook, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        called(self, "sources", "Dit, écrit, vu")
        self._book = book
        self._row: Row | None = None
        self.disagreement = label("", "sources_disagreement", "strong")
        self.lines = LinesView("sources_lines", "Ce qui est dit, écrit, vu de ce point", fitted=True)
        self.actions_row = LineActions("source_line", self.lines)
        self.actions_row.attach.hide()
        self.add = button("Ajouter ce qui est dit, écrit ou vu…", "sources_add", "quiet")
        self.form = SourceForm()
        self.form.hide()
        column = column_in(self, spacing=Space.TINY)
        for part in (self.disagreement, self.lines, self.actions_row, self.form):
            column.addWidget(part)
        column.addLayout(row(self.add, None))
        self.add.clicked.connect(self._on_add)
        self.form.given.connect(self._on_given)
        self.form.left.connect(self._on_form_left)
        self.lines.escaped.connect(self.left)
        self.lines.detach_wanted.connect(self._on_detach)
        self.lines.valued.connect(self._on_valued)
        self.lines.removed.connect(book.remove)
        self.lines.opened.connect(self.lines.edit_current)
        self.lines.lines.edited.connect(book.rewrite)
        book.changed.connect(self.refresh)

    def show_row(self, shown: Row | None) -> None:
        """Show the sources of another point."""
        if shown is None or self._row is None or shown.key != self._row.key:
            self.settle()
            self.form.hide()
            self.add.show()
        self._row = shown
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Show the sources as last recorded."""
        shown, audit = self._row, self._book.audit
        if shown is None or not audit.is_open:
            return
        found = lines_of(self._book.lines, shown.key, None if audit.subject == STRUCTURE else audit.subject)
        terms = {term.id: (rank, term.label) for rank, term in enumerate(audit.loaded.vocabulary.means)}
        ordered = sorted(found, key=lambda line: terms.get(line.means, (len(terms), ""))[0])
        self.lines.lines.show_lines(
            [
                ShownLine(
                    line=line,
                    words=line_words(line, self._book.person(line.person), audit, within=shown.key),
                    value=value_of(line, audit),
                    heading=terms.get(line.means, (0, "Noté"))[1],
                )
                for line in ordered
            ]
        )
        self.lines.setVisible(bool(ordered))
        self.actions_row.show_current()
        differs = self._book.disputed(audit.subject).get(shown.key)
        words = f"≠ Sources en désaccord — {disagreement_words(differs, audit)}" if differs else ""
        say(self.disagreement, bound(words), Tone.MIDDLE)
        self.setProperty(WITHHELD, audit.interview)
        self.setVisible(not audit.interview)

    def settle(self) -> None:
        """Record the source being typed."""
        if self.form.typed:
            self.form.ok.click()

    @Slot()
    def _on_add(self) -> None:
        shown = self._row
        if shown is None:
            return
        means = tuple((term.id, term.label) for term in self._book.audit.loaded.vocabulary.means)
        values = shown.checklist.scale_of(shown.criterion).values
        self.form.prepare(means, tuple((value.id, value.label) for value in values))
        self.add.hide()

    @Slot(str, object)
    def _on_given(self, text: str, values: dict[str, str]) -> None:
        if self._row is not None:
            failed = partial(self._give_back, self._row.key)
            self._book.note(
                "", text, criterion=self._row.key, values=values, done=self._on_noted, failed=failed
            )
        self._on_form_left()

    def _on_noted(self, _result: object) -> None:
        """Hide the form where it was given back, then recorded after all."""
        if not self.form.isHidden():
            self._on_form_left()

    def _give_back(self, criterion: str, _error: KnownError) -> None:
        """Show again what could not be recorded, as long as its point is shown."""
        if self._row is not None and self._row.key == criterion:
            self.add.hide()
            self.form.show()
            self.form.text.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _on_form_left(self) -> None:
        self.form.hide()
        self.add.show()
        self.add.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(str)
    def _on_detach(self, line: str) -> None:
        if self._row is not None:
            self._book.detach(line, self._row.key)

    @Slot(str, int)
    def _on_valued(self, line: str, digit: int) -> None:
        shown = self._row
        values = shown.checklist.scale_of(shown.criterion).values if shown is not None else ()
        if shown is not None and digit <= len(values):
            self._book.attach(line, shown.key, values[digit - 1].id)
