"""Subjects beside the grid: chooses which one is shown, opens them all side by side, explains one answer."""

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtGui import QKeySequence, QShortcut

from ivaudit.domain.audit import STRUCTURE
from ivaudit.domain.subjects import explained
from ivaudit.ui.audit.grid import Grid
from ivaudit.ui.audit.open_audit import OpenAudit
from ivaudit.ui.audit.phrases import bound
from ivaudit.ui.audit.rows import Row
from ivaudit.ui.audit.subjects.bar import SubjectBar
from ivaudit.ui.audit.subjects.matrix import SubjectMatrix
from ivaudit.ui.audit.subjects.words import beside
from ivaudit.ui.controls import label, say

_NONE = "Un seul sujet : toute la structure. Les unités s'ajoutent dans Préparation, « Unités et sujets »."
_INTERVIEW = "Mode entretien : les réponses des autres sujets sont cachées. F8 pour les revoir."


class SubjectDesk(QObject):
    """Made with the grid; the side by side view is made when first asked for."""

    def __init__(self, audit: OpenAudit, grid: Grid) -> None:
        super().__init__(grid)
        self._audit, self._grid = audit, grid
        self.bar = SubjectBar()
        grid.above.insertWidget(0, self.bar)
        self.note = label("", "subject_note", "muted")
        grid.panel.add_part(self.note, grid.panel.choice)
        self.matrix: SubjectMatrix | None = None
        grid.model.aside = self._beside
        self.bar.chosen.connect(self._on_chosen)
        self.bar.left.connect(grid.focus_list)
        self.bar.matrix.clicked.connect(self.open_matrix)
        grid.matrix_wanted.connect(self.open_matrix)
        grid.letter_pressed.connect(self._on_letter)
        grid.list.current_changed.connect(self._show_note)
        audit.opened.connect(self._on_opened)
        audit.subject_changed.connect(self._on_subject)
        audit.figures_changed.connect(self._on_figures)
        audit.interview_changed.connect(self._on_interview)
        shortcut = QShortcut(QKeySequence("Ctrl+U"), grid)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self.choose)

    def _beside(self, row: Row) -> str:
        return beside(row, self._audit.loaded.sheet)

    # -- which one

    @Slot()
    def choose(self) -> None:
        """Let another subject be chosen."""
        if not self._audit.subjects:
            self._audit.said.emit(_NONE)
        else:
            self.bar.open()

    @Slot(str)
    def _on_chosen(self, subject: str) -> None:
        self._audit.set_subject(subject)

    @Slot()
    def _on_subject(self) -> None:
        self.bar.show_current(self._audit.subject)
        self._show_note()

    @Slot()
    def _on_opened(self) -> None:
        self.bar.show_subjects(self._audit.subjects, self._audit.subject)
        self._show_note()

    # -- what the point says of it

    @Slot()
    def _show_note(self) -> None:
        """Say whose answer is shown, what stands in for it, and how several make one."""
        position = self._grid.model.position_at(self._grid.list.currentIndex())
        if position < 0 or not self._audit.is_open or self._audit.interview:
            say(self.note, "")
            return
        sheet, row = self._audit.loaded.sheet, self._audit.rows[position]
        parts = []
        if self._audit.subject != STRUCTURE:
            parts.append(f"Réponse pour : {sheet.label(self._audit.subject)}")
        parts += [beside(row, sheet), explained(sheet, self._audit.standing_at(position))]
        say(self.note, bound("\n".join(each for each in parts if each)))

    @Slot(object)
    def _on_figures(self, _moved: object) -> None:
        self._show_note()

    @Slot(bool)
    def _on_interview(self, on: bool) -> None:
        self.bar.matrix.setVisible(not on)
        self._show_note()

    # -- side by side

    @Slot(str)
    def _on_letter(self, letter: str) -> None:
        if letter == "M":
            self.open_matrix()

    @Slot()
    def open_matrix(self) -> None:
        """Show the subjects side by side, at the current point."""
        if not self._audit.subjects or self._audit.interview:
            self._audit.said.emit(_INTERVIEW if self._audit.subjects else _NONE)
            return
        if self.matrix is None:
            self.matrix = SubjectMatrix(self._audit)
            self.matrix.left.connect(self._on_left)
            self._grid.pages.addWidget(self.matrix)
        self._grid.settle()
        row = self._grid.current_row()
        self._grid.pages.setCurrentWidget(self.matrix)
        self.matrix.show_groups(self._grid.groups, row.key if row is not None else "")

    @Slot(str)
    def _on_left(self, criterion: str) -> None:
        self.close_matrix()
        if criterion:
            self._grid.reveal(criterion)
        self._grid.focus_list()

    def close_matrix(self) -> None:
        """Show the list again."""
        self._grid.pages.setCurrentWidget(self._grid.outer)
