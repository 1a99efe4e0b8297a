"""Importer des questionnaires: a folder of returned ones sorted out, taken in, summed up."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QStackedWidget, QWidget

from ivaudit.app import questionnaire_folder, questionnaire_import, questionnaires
from ivaudit.domain.errors import KnownError
from ivaudit.domain.returns import SortedFile
from ivaudit.ui.backing_up import back_up
from ivaudit.ui.controls import button, label, row
from ivaudit.ui.page import Page
from ivaudit.ui.questionnaires.folder_view import FolderView
from ivaudit.ui.questionnaires.summary_view import SummaryView
from ivaudit.ui.writer import Writer

if TYPE_CHECKING:
    from pathlib import Path

    from ivaudit.app.questionnaire_import import Imported
    from ivaudit.app.session import Session
    from ivaudit.domain.audit import Changes


def _work(session: "Session") -> "Path":
    return questionnaire_folder.work_folder(session)


def _import(file: SortedFile, session: "Session") -> "tuple[Changes, Imported]":
    return questionnaire_import.import_one(session, file)


class QuestionnairesPage(Page):
    """The files of a folder, then the structures side by side."""

    def __init__(self, writer: Writer, parent: QWidget | None = None) -> None:
        super().__init__("questionnaires", "Importer des questionnaires", writer, parent)
        self._waiting: list[SortedFile] = []
        self._total = 0
        self._stopping = False
        self.back = button("‹ Audits", "questionnaires_back", "quiet", "Revenir aux audits")
        title = label("Importer des questionnaires", "questionnaires_title", "title")
        head = row(title, self.back)
        head.setStretch(0, 1)
        self.column.addLayout(head)
        self.folder = FolderView()
        self.summary = SummaryView()
        self.stack = QStackedWidget()
        self.stack.setObjectName("questionnaires_stack")
        self.stack.setStyleSheet("QStackedWidget#questionnaires_stack { background: transparent; }")
        self.stack.addWidget(self.folder)
        self.stack.addWidget(self.summary)
        self.column.addWidget(self.stack, 1)
        self.back.clicked.connect(self._on_back)
        self.folder.import_wanted.connect(self._on_import)
        self.folder.stop_wanted.connect(self._on_stop)
        self.folder.summary_wanted.connect(self._on_summary)
        self.summary.closed.connect(self._on_summary_closed)
        for view in (self.folder, self.summary):
            view.bar.unexpected.connect(writer.failed)

    def enter(self, about: object = None) -> None:
        """Be shown."""
        del about
        self.writer.submit(_work, done=self.folder.set_work)
        self.first_focus().setFocus()

    def first_focus(self) -> QWidget:
        """Return what one most likely wants."""
        if self.stack.currentWidget() is self.summary:
            return self.summary.first_focus()
        return self.folder.first_focus()

    @Slot()
    def _on_back(self) -> None:
        self.asked.emit("audits", None)

    @Slot(object)
    def _on_summary(self, files: tuple[SortedFile, ...]) -> None:
        self.stack.setCurrentWidget(self.summary)
        self.summary.show_files(files)
        self.summary.first_focus().setFocus()

    @Slot()
    def _on_summary_closed(self) -> None:
        self.stack.setCurrentWidget(self.folder)
        self.folder.first_focus().setFocus()

    # -- importing: one gesture a file, so that others pass between two

    @Slot(object)
    def _on_import(self, files: tuple[SortedFile, ...]) -> None:
        self._waiting, self._total = list(files), len(files)
        self._stopping = False
        self.folder.show_importing(0, self._total, "Sauvegarde")
        back_up(
            self.writer, done=self._on_backed_up, failed=self._on_not_imported, reason=questionnaires.BEFORE
        )

    def _on_backed_up(self, _backups: object) -> None:
        self._next()

    @Slot()
    def _on_stop(self) -> None:
        self._stopping = True

    def _next(self) -> None:
        if self._stopping or not self._waiting:
            self.folder.show_imported(left=len(self._waiting))
            self._waiting.clear()
            return
        file = self._waiting.pop(0)
        self.folder.show_importing(self._total - len(self._waiting) - 1, self._total, file.name)
        self.writer.submit(partial(_import, file), done=self._on_one, failed=self._on_not_imported)

    @Slot(object)
    def _on_one(self, result: "tuple[Changes, Imported]") -> None:
        self.folder.add_outcome(result[1])
        self._next()

    def _on_not_imported(self, error: KnownError) -> None:
        self.folder.show_imported(left=len(self._waiting) + 1, sentence=error.sentence)
        self._waiting.clear()
