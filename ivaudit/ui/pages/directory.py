"""Annuaire FINESS: searched offline, imported from the published file after a preview."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget, QWidget

from ivaudit.app import directory
from ivaudit.app.directory import Place, Prepared
from ivaudit.domain.audit import Changes
from ivaudit.domain.directory import Entry
from ivaudit.domain.errors import KnownError
from ivaudit.domain.progress import Progress
from ivaudit.domain.tone import Tone
from ivaudit.ui import tool_tips
from ivaudit.ui.controls import button, label, row
from ivaudit.ui.directory.preview import DirectoryPreviewView
from ivaudit.ui.directory.search import DirectorySearch, Made, make, redo, undo
from ivaudit.ui.job_bar import JobBar, Stopping
from ivaudit.ui.page import Page, Said
from ivaudit.ui.writer import Writer

if TYPE_CHECKING:
    from ivaudit.app.session import Session

_FILES = "Annuaire FINESS (*.csv *.json *.txt)"
_HELP = (
    "Le fichier est celui que data.gouv.fr publie : « etalab-cs1100502-stock-….csv » ou le flux JSON des "
    "structures FINESS+. Il est lu ici, sans réseau ; l'annuaire importé remplace le précédent en entier."
)


def _place(session: "Session") -> Place:
    return directory.place(session)


def _prepare(where: Place, path: Path, progress: Progress, stopping: Stopping) -> Prepared:
    return directory.prepare(where, path, progress=progress, cancelled=stopping)


def _accept(prepared: Prepared, session: "Session") -> Changes:
    return directory.accept(session, prepared)


class DirectoryPage(Page):
    """The search and the import; taking a line makes its structure and shows it."""

    def __init__(self, writer: Writer, parent: QWidget | None = None) -> None:
        super().__init__("directory", "Annuaire FINESS", writer, parent)
        self._prepared: Prepared | None = None
        self._path = Path()
        self.back = button("‹ Structures", "directory_back", "quiet", "Revenir aux structures")
        self.import_button = button("Importer…", "directory_import", "primary", "Importer un annuaire FINESS")
        self.import_button.setToolTip(tool_tips.plain(_HELP))
        title = label("Annuaire FINESS", "directory_title", "title")
        head = row(title, self.import_button, self.back)
        head.setStretch(0, 1)
        self.column.addLayout(head)
        self.bar = JobBar("directory_job")
        self.search = DirectorySearch("page", writer, without=_HELP)
        self.preview = DirectoryPreviewView()
        self.stack = QStackedWidget()
        self.stack.setObjectName("directory_stack")
        self.stack.addWidget(self.search)
        self.stack.addWidget(self.preview)
        self.column.addWidget(self.bar)
        self.column.addWidget(self.stack, 1)
        self._connect()

    def enter(self, about: object = None) -> None:
        """Be shown; `about` is a text to look for."""
        if about:
            self.search.line.setText(str(about))
        self.search.enter()
        self.first_focus().setFocus()

    def first_focus(self) -> QWidget:
        """Return what one most likely wants."""
        if self.stack.currentWidget() is self.preview:
            return self.preview.go
        return self.search.line if self.search.state is not None else self.import_button

    def refresh(self, changes: Changes) -> None:
        """Read again which directory there is."""
        if directory.ENTITY in changes.entities:
            self.search.enter()

    def read(self, path: Path) -> None:
        """Read a file of the directory beside the window, for its preview."""
        self._path = path
        self.writer.submit(_place, done=self._on_place, failed=self.on_known_error)

    def _connect(self) -> None:
        self.back.clicked.connect(self._on_back)
        self.import_button.clicked.connect(self._on_import)
        self.search.chosen.connect(self._on_chosen)
        self.search.refused.connect(self.on_known_error)
        self.bar.busy.connect(self.import_button.setDisabled)
        self.bar.unexpected.connect(self.writer.failed)
        self.preview.accepted.connect(self._on_accepted)
        self.preview.left.connect(self._on_left)
        for keys, slot in (
            ("Ctrl+F", self._on_find),
            ("Ctrl+Z", self._on_undo),
            ("Ctrl+Y", self._on_redo),
        ):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.activated.connect(slot)

    @Slot()
    def _on_back(self) -> None:
        self.asked.emit("facilities", None)

    @Slot()
    def _on_find(self) -> None:
        self.search.take_focus()

    @Slot()
    def _on_import(self) -> None:
        self.bar.ask_file("Quel annuaire FINESS importer ?", self.read, kinds=_FILES)

    @Slot(object)
    def _on_place(self, where: Place) -> None:
        self._on_left()
        self.bar.start(partial(_prepare, where, self._path), self._on_prepared)

    @Slot(object)
    def _on_prepared(self, prepared: Prepared) -> None:
        self._prepared = prepared
        self._show_preview(on=True)
        self.preview.show_preview(prepared.preview)

    @Slot()
    def _on_accepted(self) -> None:
        if self._prepared is not None:
            self.preview.go.setEnabled(False)
            work = partial(_accept, self._prepared)
            self.writer.submit(work, done=self._on_imported, failed=self._on_refused)

    @Slot(object)
    def _on_imported(self, _changes: Changes) -> None:
        self._prepared = None
        self._show_preview(on=False)
        self.said.emit(Said(sentence="L'annuaire est importé."))
        self.search.line.setVisible(True)
        self.search.line.setFocus()

    def _on_refused(self, error: KnownError) -> None:
        self.preview.go.setEnabled(True)
        self.bar.say(error.sentence, Tone.BAD)

    @Slot()
    def _on_left(self) -> None:
        """Forget what was prepared."""
        prepared, self._prepared = self._prepared, None
        if prepared is not None:
            directory.discard(prepared)
            self._show_preview(on=False)
            self.first_focus().setFocus()

    def _show_preview(self, *, on: bool) -> None:
        self.stack.setCurrentWidget(self.preview if on else self.search)
        self.preview.go.setEnabled(True)
        self.import_button.setVisible(not on)

    @Slot(object)
    def _on_chosen(self, entry: Entry) -> None:
        work = partial(make, entry.finess, entry.kind)
        self.writer.submit(work, done=self._on_made, failed=self.on_known_error)

    @Slot(object)
    def _on_made(self, result: tuple[Changes, Made]) -> None:
        self.search.clear()
        self.asked.emit("facilities", result[1].facility)
        self.said.emit(result[1].said())

    @Slot()
    def _on_undo(self) -> None:
        self.writer.submit(undo, failed=self.on_known_error)

    @Slot()
    def _on_redo(self) -> None:
        self.writer.submit(redo, failed=self.on_known_error)
