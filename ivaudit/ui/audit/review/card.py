"""*Rapport*: where the reading-back stands, and the way to it."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from ivaudit.domain.audit import AuditState
from ivaudit.domain.review import to_treat
from ivaudit.ui.audit.review.book import ReviewBook
from ivaudit.ui.controls import button, column_in, label, row, say
from ivaudit.ui.french import count
from ivaudit.ui.theme import Space

_STATES = {
    AuditState.PREPARING: "Pas encore envoyé à la structure.",
    AuditState.ONGOING: "Pas encore envoyé à la structure.",
    AuditState.REVIEW: "La structure relit.",
    AuditState.VALIDATED: "Audit validé : il ne se modifie plus.",
}


class ReviewCard(QWidget):
    """A sentence and a button; `wanted` opens the page of the reading-back."""

    wanted = Signal()

    def __init__(self, book: ReviewBook, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("review_card")
        self._book = book
        self.state = label("", "review_card_state", "muted")
        self.open = button("Relecture et validation…", "review_open")
        column = column_in(self, spacing=Space.SMALL)
        column.addWidget(label("Relecture par la structure", "review_card_title", "heading"))
        column.addWidget(self.state)
        column.addLayout(row(self.open, None))
        self.open.clicked.connect(self.wanted)
        book.changed.connect(self._show)
        self._show()

    @Slot()
    def _show(self) -> None:
        if not self._book.audit.is_open:
            return
        parts = [_STATES[self._book.audit.loaded.sheet.audit.state]]
        found = self._book.comments
        if found:
            left = len(to_treat(found))
            treated = f"dont {left} à traiter" if left else "traitées" if len(found) > 1 else "traitée"
            parts.append(f"{count(len(found), 'remarque', 'remarques')}, {treated}.")
        say(self.state, " ".join(parts))
