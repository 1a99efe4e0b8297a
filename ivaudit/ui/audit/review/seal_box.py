"""The seal of a validated audit: its hash, and whether the audit is still what was sealed."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from ivaudit.app import seal_words, seals
from ivaudit.domain.errors import KnownError
from ivaudit.domain.seal import SealState
from ivaudit.domain.tone import Tone
from ivaudit.ui.audit.phrases import bound
from ivaudit.ui.audit.review.book import ReviewBook
from ivaudit.ui.controls import button, column_in, label, row, say
from ivaudit.ui.theme import Space

if TYPE_CHECKING:
    from ivaudit.app.session import Session
    from ivaudit.domain.seal import SealReport

_TONES = {
    SealState.NONE: Tone.NEUTRAL,
    SealState.INTACT: Tone.GOOD,
    SealState.REOPENED: Tone.MIDDLE,
    SealState.CHANGED: Tone.BAD,
}


def _verify(audit: str, session: "Session") -> "SealReport":
    return seals.verify(session, audit)


class SealBox(QWidget):
    """A button, and what verifying found; there from the first validation on."""

    def __init__(self, book: ReviewBook, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("seal")
        self._book = book
        self.verify = button("Vérifier le scellé", "seal_verify")
        self.verify.setToolTip("Dire si l'audit est exactement celui qui a été validé, ou ce qui a changé")
        self.found = label("", "seal_found")
        column = column_in(self, spacing=Space.SMALL)
        column.addLayout(row(self.verify, None))
        column.addWidget(self.found)
        say(self.found, "")
        self.verify.clicked.connect(self._on_verify)
        book.changed.connect(self._on_changed)
        self._on_changed()

    @Slot()
    def _on_changed(self) -> None:
        """Say nothing that may not hold any more."""
        self.setVisible(self._book.locked)
        say(self.found, "")

    @Slot()
    def _on_verify(self) -> None:
        self.verify.setEnabled(False)
        work = partial(_verify, self._book.audit.audit_id)
        self._book.audit.writer.submit(work, done=self._on_verified, failed=self._on_refused)

    @Slot(object)
    def _on_verified(self, report: "SealReport") -> None:
        self.verify.setEnabled(True)
        say(self.found, bound("\n".join(seal_words.told(report))), _TONES[report.state])

    def _on_refused(self, error: KnownError) -> None:
        self.verify.setEnabled(True)
        say(self.found, error.sentence, Tone.BAD)
