"""The form of the reading-back: written for the facility, read when it comes back."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QCheckBox, QWidget

from ivaudit.app import answers, review_import, review_sending
from ivaudit.domain.errors import KnownError
from ivaudit.domain.progress import Progress
from ivaudit.domain.tone import Tone
from ivaudit.ui.audit.flow import Flow
from ivaudit.ui.audit.review.book import ReviewBook
from ivaudit.ui.controls import Combo, button, called, column_in, label
from ivaudit.ui.job_bar import JobBar, Stopping
from ivaudit.ui.theme import Space

if TYPE_CHECKING:
    from ivaudit.app.review_sending import Prepared
    from ivaudit.app.session import Session
    from ivaudit.domain.review_form import ReturnedReview, ReviewComparison

FILES = "Formulaires de relecture (*.xlsx *.docx)"
_FORMATS = (("Classeur (Excel, LibreOffice)", "xlsx"), ("Document (Word, LibreOffice)", "docx"))
_WHAT = (
    "La structure lit chaque réponse et chaque constat, et écrit ses remarques à côté. Le formulaire n'est "
    "pas chiffré ; il ne contient ni note interne, ni nom, ni score."
)
_FORMAT_WIDTH = 26
_SCORES = "Joindre les scores et les niveaux, provisoires"


def _prepared(audit: str, with_scores: bool, session: "Session") -> "Prepared":
    answers.settle(session)
    return review_sending.prepare(session, audit, with_scores=with_scores)


def _written(prepared: "Prepared", path: Path, progress: Progress, stopping: Stopping) -> Path:
    return review_sending.make(prepared, path, progress=progress, cancelled=stopping)


def _read(path: Path, progress: Progress, stopping: Stopping) -> "ReturnedReview":
    progress(0, 0, "Lecture du formulaire")
    return review_import.read(path, cancelled=stopping)


def _compared(audit: str, returned: "ReturnedReview", session: "Session") -> "ReviewComparison":
    answers.settle(session)
    return review_import.compare(session, audit, returned)


class ReviewForms(QWidget):
    """`sent` once a form is written, `previewed(ReviewComparison, name)` once one was read."""

    sent = Signal()
    previewed = Signal(object, str)

    def __init__(self, book: ReviewBook, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("review_forms")
        self._audit = book.audit
        self._prepared: Prepared | None = None
        self._name = ""
        self.format = Combo("review_format", "Format du formulaire")
        self.format.setMinimumContentsLength(_FORMAT_WIDTH)
        for text, key in _FORMATS:
            self.format.addItem(text, key)
        self.scores = called(QCheckBox("Joindre les scores"), "review_scores", _SCORES)
        self.scores.setToolTip(_SCORES)
        self.send = button("Exporter le formulaire…", "review_send")
        self.take = button("Lire un formulaire revenu…", "review_take")
        self.bar = JobBar("review_job")
        column = column_in(self, spacing=Space.SMALL)
        column.addWidget(label(_WHAT, "review_what", "muted"))
        tools = called(Flow(spacing=Space.SMALL), "review_tools", "Formulaire")
        for tool in (self.format, self.scores, self.send, self.take):
            tools.add(tool)
        column.addWidget(tools)
        column.addWidget(self.bar)
        self.send.clicked.connect(self._on_send)
        self.take.clicked.connect(self._on_take)
        self.bar.busy.connect(self._on_busy)
        self.bar.unexpected.connect(self._audit.writer.failed)

    @Slot()
    def _on_send(self) -> None:
        work = partial(_prepared, self._audit.audit_id, self.scores.isChecked())
        self._audit.writer.submit(work, done=self._on_prepared, failed=self._on_form_refused)

    @Slot(object)
    def _on_prepared(self, prepared: "Prepared") -> None:
        self._prepared = prepared
        self.bar.ask_where(
            review_sending.name_of(prepared, self.format.currentData()), self.write, kinds=FILES
        )

    def write(self, path: Path) -> None:
        """Write the form there; the audit is then being read back."""
        if self._prepared is not None:
            self.bar.start(partial(_written, self._prepared, path), self._on_written)

    @Slot(object)
    def _on_written(self, path: Path) -> None:
        self.bar.made(path)
        audit = self._audit.audit_id
        self._audit.writer.submit(lambda session: review_sending.sent(session, audit), done=self._on_sent)

    @Slot(object)
    def _on_sent(self, _changes: object) -> None:
        self.sent.emit()

    @Slot()
    def _on_take(self) -> None:
        self.bar.ask_file("Quel formulaire de relecture lire ?", self.read, kinds=FILES)

    def read(self, path: Path) -> None:
        """Read a form that came back, and show what it brings."""
        self._name = path.name
        self.bar.start(partial(_read, path), self._on_read)

    @Slot(object)
    def _on_read(self, returned: "ReturnedReview") -> None:
        work = partial(_compared, self._audit.audit_id, returned)
        self._audit.writer.submit(work, done=self._on_compared, failed=self._on_form_refused)

    @Slot(object)
    def _on_compared(self, found: "ReviewComparison") -> None:
        self.previewed.emit(found, self._name)

    def _on_form_refused(self, error: KnownError) -> None:
        self.bar.say(error.sentence, Tone.BAD)

    @Slot(bool)
    def _on_busy(self, on: bool) -> None:
        self.send.setEnabled(not on)
        self.take.setEnabled(not on)
