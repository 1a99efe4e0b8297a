"""Subjects side by side: the points of a section, and what each subject answers."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QWidget

from ivaudit.domain.audit import EMPTY
from ivaudit.ui.audit.answer_choice import AnswerChoice
from ivaudit.ui.audit.open_audit import OpenAudit
from ivaudit.ui.audit.phrases import bound
from ivaudit.ui.audit.rows import Group, Row
from ivaudit.ui.audit.subjects.matrix_model import MatrixModel
from ivaudit.ui.audit.subjects.matrix_view import MatrixView
from ivaudit.ui.audit.subjects.words import beside
from ivaudit.ui.controls import Combo, button, called, column_in, label, row, say, scrolling
from ivaudit.ui.theme import Space

_ALL = 400
"""More points than this are shown section by section only."""
_HINT = (
    "Un chiffre répond et passe au point suivant · 0 retire · Entrée : sujet suivant · "
    "Ctrl+Page suivante : section suivante · Échap : liste"
)


class SubjectMatrix(QFrame):
    """The table with what the current cell is about. `left` carries the criterion that was current."""

    left = Signal(str)

    def __init__(self, audit: OpenAudit, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        called(self, "matrix_page", "Sujets côte à côte")
        self.setProperty("card", True)
        self._audit = audit
        self._groups: tuple[Group, ...] = ()
        self.model = MatrixModel(self)
        self.view = MatrixView(self.model)
        self.section = Combo("matrix_section", "Section montrée")
        self.close_button = button("Revenir à la liste (Échap)", "matrix_close", "quiet")
        self.about = label("", "matrix_about", "strong")
        self.beside = label("", "matrix_beside", "muted")
        self.choice = AnswerChoice()
        self.hint = label(_HINT, "matrix_hint", "small")
        self.setFocusProxy(self.view)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        inside = QWidget()
        column_in(self, 1).addWidget(scrolling(inside, "matrix_scroll", "Sujets côte à côte"))
        column = column_in(inside, Space.SMALL, Space.TINY)
        title = label("Sujets côte à côte", "matrix_title", "heading", wrap=False)
        top = row(title, self.section, self.close_button)
        top.setStretch(1, 1)
        column.addLayout(top)
        column.addWidget(self.view, 1)
        for part in (self.about, self.beside, self.choice, self.hint):
            column.addWidget(part)

    def _connect(self) -> None:
        self.section.activated.connect(self._on_section)
        self.close_button.clicked.connect(self.leave)
        self.view.escaped.connect(self.leave)
        self.view.moved.connect(self._show_cell)
        self.view.digit_pressed.connect(self._on_digit)
        self.view.next_wanted.connect(self._on_next)
        self.view.section_wanted.connect(self._on_section_wanted)
        self.choice.answered.connect(self._on_answered)
        self.choice.cleared.connect(self._on_cleared)
        self.choice.completed.connect(self.view.advance)
        self.choice.done.connect(self.focus_table)
        self._audit.answers_changed.connect(self._on_answers)
        self._audit.lateness.moved.connect(self._on_late)
        self._audit.opened.connect(self._on_opened)
        self._audit.refused.connect(self._on_refused)
        self._audit.interview_changed.connect(self._on_interview)

    # -- showing

    def show_groups(self, groups: tuple[Group, ...], criterion: str) -> None:
        """Show the section of a criterion, and its answer for the subject shown in the list."""
        self._groups = tuple(group for group in groups if group.leaf)
        self.choice.set_vocabulary(self._audit.loaded.vocabulary)
        self.section.clear()
        for group in self._groups:
            self.section.addItem(group.title)
        if sum(len(group.rows) for group in self._groups) <= _ALL:
            self.section.addItem("Toutes les sections")
        positions = self._audit.positions(criterion)
        found = (at for at, group in enumerate(self._groups) if any(each in group.rows for each in positions))
        self._show_section(next(found, 0))
        subjects = self.model.subjects
        column = subjects.index(self._audit.subject) if self._audit.subject in subjects else 0
        self.view.go_to(self.model.place_of(criterion), column)
        self.focus_table()

    def _show_section(self, at: int) -> None:
        self.section.setCurrentIndex(at)
        shown = self._groups[at : at + 1] or self._groups
        self.model.load(self._audit.loaded.sheet, self._audit.rows, shown)
        self.view.go_to(self.view.first_line(), 0)
        self._show_cell()

    @Slot()
    def focus_table(self) -> None:
        """Give the keys to the table."""
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def cell(self) -> Row | None:
        """Return the current point with the answer of the current subject."""
        index = self.view.currentIndex()
        found = self.model.row_at(index)
        if found is None:
            return None
        shown = Row(found.checklist, found.point, EMPTY, found.state, found.given, overall=found.whole)
        shown.show_subject(self.model.subject_at(index))
        return shown

    @Slot()
    def _show_cell(self) -> None:
        shown = self.cell()
        self.choice.setVisible(shown is not None)
        if shown is None:
            say(self.about, "")
            say(self.beside, "")
            return
        sheet = self._audit.loaded.sheet
        question = bound(shown.criterion.question)
        say(self.about, f"{sheet.label(shown.subject)} — {shown.point.number}  {question}")
        say(self.beside, beside(shown, sheet))
        self.choice.show_row(shown)

    # -- keys

    @Slot(int)
    def _on_digit(self, digit: int) -> None:
        if self.cell() is not None:
            self.choice.choose_digit(digit)

    @Slot()
    def _on_next(self) -> None:
        """Go to the next subject, at the start of the section; after the last, to the next section."""
        beyond = self.view.currentIndex().column() + 1
        if beyond < len(self.model.subjects):
            self.view.go_to(self.view.section_start(), beyond)
            return
        last = self.view.currentIndex().row()
        following = next((at for at in range(last, len(self.model.lines)) if self.model.lines[at].title), -1)
        if following >= 0:
            self.view.go_to(self.view.first_line(following), 0)
        else:
            self._on_section_wanted(1)

    @Slot(int)
    def _on_section_wanted(self, steps: int) -> None:
        at = self.section.currentIndex() + steps
        if 0 <= at < len(self._groups):
            self._show_section(at)

    @Slot(int)
    def _on_section(self, at: int) -> None:
        self._show_section(at)
        self.focus_table()

    @Slot()
    def leave(self) -> None:
        """Give the place back to the list."""
        shown = self.cell()
        self.left.emit(shown.key if shown is not None else "")

    # -- gestures

    @Slot(str, str, str)
    def _on_answered(self, value: str, reason: str, awaiting: str) -> None:
        shown = self.cell()
        if shown is not None:
            self._audit.answer(shown.key, value, na_reason=reason, awaiting=awaiting, subject=shown.subject)

    @Slot()
    def _on_cleared(self) -> None:
        shown = self.cell()
        if shown is not None:
            self._audit.answer(shown.key, None, subject=shown.subject)

    # -- what comes back

    @Slot(object)
    def _on_answers(self, criteria: tuple[str, ...]) -> None:
        self.model.refresh(criteria)
        shown = self.cell()
        if shown is not None and shown.key in criteria:
            self._show_cell()

    @Slot(object)
    def _on_late(self, places: tuple[tuple[str, str], ...]) -> None:
        self.model.set_late(self._audit.lateness.late, [key for _, key in places])

    @Slot()
    def _on_opened(self) -> None:
        """Follow a subject added or renamed, or what somebody else answered."""
        if self.isVisible():
            index = self.view.currentIndex()
            self._show_section(self.section.currentIndex())
            self.view.go_to(index.row(), index.column())

    @Slot(str)
    def _on_refused(self, sentence: str) -> None:
        if self.isVisible():
            say(self.choice.message, sentence)

    @Slot(bool)
    def _on_interview(self, on: bool) -> None:
        """Leave: what other units answer is not for the person interviewed."""
        if on and self.isVisible():
            self.leave()
