"""The remarks of the facility on one text of the auditor, beside it, one at a time."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QFrame, QWidget

from ivaudit.ui.audit.review.book import ReviewBook
from ivaudit.ui.audit.review.comment_editor import UNDECIDED, CommentEditor
from ivaudit.ui.controls import Combo, called, column_in
from ivaudit.ui.theme import Space


class CommentBox(QFrame):
    """Hidden where the facility said nothing, and while the agent looks at the screen.

    Args:
        name: what its widgets are called after.
        book: the remarks.
        parent: the widget that holds it.
    """

    def __init__(self, name: str, book: ReviewBook, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        called(self, name, "Remarques de la structure")
        self._book = book
        self._row = ""
        self.which = Combo(f"{name}_which", "Quelle remarque")
        self.editor = CommentEditor(f"{name}_editor")
        column = column_in(self, 0, Space.TINY)
        column.addWidget(self.which)
        column.addWidget(self.editor)
        self.which.activated.connect(self._on_which)
        self.editor.decided.connect(book.decide)
        self.editor.drafted.connect(book.draft)
        self.editor.written.connect(book.write)
        book.changed.connect(self._show)
        book.audit.interview_changed.connect(self._on_interview)
        self.hide()

    @property
    def stops(self) -> tuple[QWidget, ...]:
        """Return what Tab goes through, in order."""
        return self.which, self.editor.decision, self.editor.answer.editor

    def show_row(self, row: str) -> None:
        """Show the remarks on another text; those on nothing for an empty one."""
        if row != self._row:
            self.settle()
            self._row = row
            self.which.setCurrentIndex(-1)
        self._show()

    def settle(self) -> None:
        """Hand over what is being typed."""
        self.editor.settle()

    @Slot()
    def _show(self) -> None:
        found = self._book.on(self._row) if self._row else ()
        at = min(max(self.which.currentIndex(), 0), max(len(found) - 1, 0))
        self.which.clear()
        for rank, each in enumerate(found, 1):
            state = each.decision.value if each.decision else UNDECIDED.lower()
            self.which.addItem(f"Remarque {rank} sur {len(found)} : {state}")
        self.which.setCurrentIndex(at if found else -1)
        self.which.setVisible(len(found) > 1)
        self.editor.show_comment(found[at] if found else None, locked=self._book.locked)
        self.setVisible(bool(found) and not self._book.audit.interview)

    @Slot(int)
    def _on_which(self, at: int) -> None:
        found = self._book.on(self._row)
        if 0 <= at < len(found):
            self.editor.show_comment(found[at], locked=self._book.locked)

    @Slot(bool)
    def _on_interview(self, _on: bool) -> None:
        self._show()
