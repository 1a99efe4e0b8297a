"""The notebook beside the grid: interviews, the sources of each point, where they differ."""

from PySide6.QtCore import QObject, Slot

from ivaudit.domain.checklist import Term
from ivaudit.ui.audit.grid import Grid
from ivaudit.ui.audit.notebook.book import NotebookBook
from ivaudit.ui.audit.notebook.panel import InterviewPanel
from ivaudit.ui.audit.notebook.sources import Sources
from ivaudit.ui.audit.open_audit import OpenAudit
from ivaudit.ui.audit.rows import Order
from ivaudit.ui.french import count


class NotebookDesk(QObject):
    """Made with the grid; the panel of interviews is made when first asked for."""

    def __init__(self, audit: OpenAudit, grid: Grid) -> None:
        super().__init__(grid)
        self._audit, self._grid = audit, grid
        self.book = NotebookBook(audit, self)
        self.sources = Sources(self.book)
        grid.panel.add_part(self.sources, grid.panel.means_box)
        self.panel: InterviewPanel | None = None
        self.interviewing = False
        self.book.changed.connect(self._mark)
        self.sources.left.connect(grid.focus_list)
        grid.interview_wanted.connect(self.open)
        grid.letter_pressed.connect(self._on_letter)
        grid.list.current_changed.connect(self._on_current)
        grid.panel.uncovered.connect(self._on_uncovered)
        audit.opened.connect(self._on_opened)
        audit.subject_changed.connect(self._on_subject)
        audit.interview_changed.connect(self._on_interview)

    # -- where sources differ

    @Slot()
    def _mark(self) -> None:
        """Mark the points whose sources differ, and tell the list."""
        disputed = self.book.disputed(self._audit.subject)
        moved = []
        for at, row in enumerate(self._audit.rows):
            if row.disputed != (row.key in disputed):
                row.disputed = not row.disputed
                moved.append(at)
        if moved:
            self._audit.figures_changed.emit(tuple(moved))

    @Slot()
    def _on_opened(self) -> None:
        self._mark()
        self._on_current()

    @Slot()
    def _on_subject(self) -> None:
        self._mark()
        self.sources.refresh()

    @Slot(bool)
    def _on_interview(self, _on: bool) -> None:
        self.sources.refresh()

    @Slot()
    def _on_current(self) -> None:
        shown = self._grid.current_row()
        self.sources.show_row(shown)
        if self.panel is not None:
            self.panel.show_row(shown)

    # -- interviews

    @Slot(str)
    def _on_letter(self, letter: str) -> None:
        match letter:
            case "E" if self.interviewing and self.panel is not None:
                self._grid.panel.cover(self.panel)
                self.panel.enter()
            case "E":
                self.open()
            case "Maj+E":
                self.close()

    @Slot()
    def open(self) -> None:
        """Begin an interview with the interlocutor of the current point."""
        if self._grid.current_row() is not None:
            self._start(self._interlocutor())

    @Slot(str)
    def _start(self, interlocutor: str) -> None:
        terms, points = self._terms(), self._points(interlocutor)
        panel = self._made()
        if not self.interviewing:
            choice = self._grid.panel.lend_choice()
            panel.hold(choice)
            self.interviewing = True
        self._grid.panel.cover(panel)
        title = next((term.label for term in terms if term.id == interlocutor), "")
        if points:
            said = f"{title} : {count(len(points), 'point', 'points')}"
            self._grid.show_only(points, said)
        panel.show_row(self._grid.current_row())
        panel.start(terms, interlocutor)

    def close(self) -> None:
        """End the interview: the point and the whole list come back."""
        if self.panel is not None and self.interviewing:
            self._grid.panel.uncover(self.panel)
        self._grid.focus_list()

    def settle(self) -> None:
        """Record what is being typed: the window closes, or locks."""
        self.sources.settle()
        if self.panel is not None:
            self.panel.settle()

    @Slot(object)
    def _on_uncovered(self, other: object) -> None:
        if other is self.panel:
            self.interviewing = False
            self._grid.panel.take_back()
            self._grid.show_everything()

    def _made(self) -> InterviewPanel:
        if self.panel is None:
            self.panel = InterviewPanel(self.book)
            self.panel.hide()
            self.panel.left.connect(self._grid.focus_list)
            self.panel.closed.connect(self.close)
            self.panel.interlocutor_chosen.connect(self._start)
            self.panel.stepped.connect(self._grid.step)
        return self.panel

    def _interlocutor(self) -> str:
        """Return who the part of the walk is about, or else who the point is asked to first."""
        position = self._grid.model.position_at(self._grid.list.currentIndex())
        group = self._grid.group_of(position)
        if self._grid.order is Order.INTERLOCUTOR and group is not None:
            return group.key
        return next(iter(self._audit.rows[position].criterion.interlocutors), "")

    def _points(self, interlocutor: str) -> list[int]:
        rows = self._audit.rows
        asked = (at for at, row in enumerate(rows) if interlocutor in row.criterion.interlocutors)
        return [at for at in asked if rows[at].concerned]

    def _terms(self) -> tuple[Term, ...]:
        asked = {key for row in self._audit.rows for key in row.criterion.interlocutors}
        return tuple(term for term in self._audit.loaded.vocabulary.interlocutors if term.id in asked)
