"""*Préparation*: the questionnaire of an audit, sent to the structure and read when it comes back."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from ivaudit.app import answers, questionnaires
from ivaudit.domain.errors import KnownError
from ivaudit.domain.progress import Progress
from ivaudit.domain.tone import Tone
from ivaudit.ui.audit.flow import Flow
from ivaudit.ui.audit.open_audit import OpenAudit
from ivaudit.ui.controls import button, column_in, label
from ivaudit.ui.job_bar import JobBar, Stopping
from ivaudit.ui.theme import Space

if TYPE_CHECKING:
    from ivaudit.app.questionnaires import Prepared
    from ivaudit.app.session import Session
    from ivaudit.domain.questionnaire import Returned
    from ivaudit.domain.questionnaire_comparison import Comparison

_WHAT = (
    "Un classeur à envoyer à la structure : elle y répond sans ivaudit, avec Excel ou LibreOffice. À son "
    "retour, vous voyez ce qui changerait avant d'importer ; une réponse déjà donnée n'est jamais remplacée "
    "sans vous. "
    "Le fichier n'est pas chiffré et ne contient aucune réponse de l'audit."
)


def _prepared(audit: str, session: "Session") -> "Prepared":
    return questionnaires.prepare_for(session, audit)


def _written(prepared: "Prepared", path: Path, progress: Progress, stopping: Stopping) -> Path:
    return questionnaires.make(prepared, path, progress=progress, cancelled=stopping)


def _read(path: Path, progress: Progress, stopping: Stopping) -> "Returned":
    progress(0, 0, "Lecture du questionnaire")
    return questionnaires.read(path, cancelled=stopping)


def _compared(audit: str, returned: "Returned", session: "Session") -> "Comparison":
    answers.settle(session)
    return questionnaires.compare(session, audit, returned)


class QuestionnaireCard(QWidget):
    """Two buttons; `previewed(Comparison, file name)` once a questionnaire was read."""

    previewed = Signal(object, str)

    def __init__(self, audit: OpenAudit, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("audit_questionnaire")
        self._audit = audit
        self._prepared: Prepared | None = None
        self._name = ""
        self.send = button("Exporter un questionnaire…", "questionnaire_send")
        self.take = button("Importer un questionnaire rempli…", "questionnaire_take")
        self.bar = JobBar("questionnaire_job")
        gestures = Flow()
        gestures.add(self.send)
        gestures.add(self.take)
        column = column_in(self, spacing=Space.SMALL)
        column.addWidget(label("Questionnaire", "questionnaire_title", "heading"))
        column.addWidget(label(_WHAT, "questionnaire_what", "muted"))
        column.addWidget(gestures)
        column.addWidget(self.bar)
        self.send.clicked.connect(self._on_send)
        self.take.clicked.connect(self._on_take)
        self.bar.busy.connect(self._on_busy)
        self.bar.unexpected.connect(audit.writer.failed)

    @Slot()
    def _on_send(self) -> None:
        audit = self._audit.audit_id
        self._audit.writer.submit(partial(_prepared, audit), done=self._on_prepared, failed=self._on_refused)

    @Slot(object)
    def _on_prepared(self, prepared: "Prepared") -> None:
        self._prepared = prepared
        self.bar.ask_where(questionnaires.name_of(prepared), self.write)

    def write(self, path: Path) -> None:
        """Write the questionnaire there."""
        if self._prepared is not None:
            self.bar.start(partial(_written, self._prepared, path), self.bar.made)

    @Slot()
    def _on_take(self) -> None:
        self.bar.ask_file("Quel questionnaire importer ?", self.read)

    def read(self, path: Path) -> None:
        """Read a questionnaire that came back, and show what it would change."""
        self._name = path.name
        self.bar.start(partial(_read, path), self._on_read)

    @Slot(object)
    def _on_read(self, returned: "Returned") -> None:
        audit = self._audit.audit_id
        self._audit.writer.submit(
            partial(_compared, audit, returned), done=self._on_compared, failed=self._on_refused
        )

    @Slot(object)
    def _on_compared(self, found: "Comparison") -> None:
        self.previewed.emit(found, self._name)

    def _on_refused(self, error: KnownError) -> None:
        self.bar.say(error.sentence, Tone.BAD)

    @Slot(bool)
    def _on_busy(self, on: bool) -> None:
        self.send.setEnabled(not on)
        self.take.setEnabled(not on)
