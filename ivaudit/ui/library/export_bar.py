"""Printing and exporting what is read: what to choose, where to put it, how far it has come."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Literal

from PySide6.QtCore import QStandardPaths, Qt, QUrl, Signal, Slot
from PySide6.QtGui import QAction, QDesktopServices
from PySide6.QtWidgets import QFileDialog, QMenu, QProgressBar, QWidget

from ivaudit.app import library_exports, questionnaires
from ivaudit.app.library import library
from ivaudit.app.library_items import Item
from ivaudit.domain.adaptation import Adaptation
from ivaudit.domain.cases import Cases
from ivaudit.domain.checklist import Checklist
from ivaudit.domain.errors import KnownError
from ivaudit.domain.fiche import Fiche
from ivaudit.domain.glossary import Glossary
from ivaudit.domain.observation import ObservationGrid
from ivaudit.domain.progress import Progress
from ivaudit.domain.tone import Tone
from ivaudit.ui.controls import button, called, column_in, label, row, say
from ivaudit.ui.job import Job
from ivaudit.ui.resting import Resting
from ivaudit.ui.theme import Space

Make = Callable[[Path, Progress, Callable[[], bool]], Path]
_FEW_LINES = 10
_IN_EXCEL = (Checklist, ObservationGrid, Fiche, Cases, Glossary)
_KINDS = {"pdf": "Fichiers PDF (*.pdf)", "xlsx": "Classeurs Excel (*.xlsx)"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """How a blank version is printed: what starts a page of a checklist, how many lines a sheet has."""

    by: library_exports.By = "place"
    lines: int | None = None


class ExportBar(QWidget):
    """The buttons of an item. `unexpected(error)` for a mistake of ours."""

    unexpected = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._item: Item | None = None
        self._job: Job | None = None
        self._made: Path | None = None
        self._make: Make | None = None
        self._folder = Path(
            QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation) or Path.home()
        )
        self.print = button("Imprimer…", "library_print", "", "Imprimer une version vierge")
        self.menu = called(QMenu(self), "library_print_menu", "Imprimer une version vierge")
        self.print.setMenu(self.menu)
        self.book = button("Exporter en Excel…", "library_export")
        self.sheet = button("Questionnaire à envoyer…", "library_questionnaire")
        self.sheet.setToolTip("Un classeur qu'une structure remplit sans ivaudit, et que l'on réimporte")
        self.stop = button("Arrêter", "library_export_stop")
        self.open = button("Ouvrir le fichier", "library_export_open", "quiet")
        self.progress = called(QProgressBar(), "library_export_progress", "Avancement de l'export")
        self.result = label("", "library_export_result")
        column = column_in(self, spacing=Space.TINY)
        column.addLayout(row(self.print, self.book, self.sheet, self.open, self.stop, None))
        column.addWidget(self.progress)
        column.addWidget(self.result)
        self.book.clicked.connect(self._on_book)
        self.sheet.clicked.connect(self._on_questionnaire)
        self.stop.clicked.connect(self._on_stop)
        self.open.clicked.connect(self._on_open)
        self._resting = Resting((self.print, self.book, self.sheet), self.stop)
        self._idle()
        say(self.result, "")
        self.open.hide()

    def show_item(self, item: Item) -> None:
        """Offer what can be made of an item."""
        if self._item is item:
            return
        self._item = item
        self.menu.clear()
        for rank, (text, paper) in enumerate(_papers(item)):
            action = QAction(text, self.menu)
            action.setObjectName(f"library_print_{rank}")
            action.triggered.connect(partial(self._on_print, paper))
            self.menu.addAction(action)
        self.print.setVisible(not self.menu.isEmpty())
        self.book.setVisible(isinstance(item.value, _IN_EXCEL))
        self.sheet.setVisible(isinstance(item.value, Checklist))
        if self._job is None:
            say(self.result, "")
            self.open.hide()

    def _on_print(self, paper: Paper) -> None:
        if self._item is not None:
            what = "papier" if isinstance(self._item.value, Glossary) else ""
            self._ask(_printed(self._item.id, paper), "pdf", what)

    @Slot()
    def _on_book(self) -> None:
        if self._item is not None:
            what = "" if isinstance(self._item.value, Checklist) else "classeur"
            self._ask(_exported(self._item.id), "xlsx", what)

    @Slot()
    def _on_questionnaire(self) -> None:
        if self._item is not None:
            self._ask(_sent(self._item.id), "xlsx", "questionnaire")

    def _ask(self, make: Make, form: Literal["pdf", "xlsx"], what: str = "") -> None:
        if self._item is None or self._job is not None:
            return
        self._make = make
        name = library_exports.file_name(self._item.title, form, what)
        dialog = QFileDialog(self, "Où enregistrer le fichier ?", str(self._folder), _KINDS[form])
        dialog.setObjectName("library_file_dialog")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(form)
        dialog.selectFile(name)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self._on_file)
        dialog.open()

    @Slot(str)
    def _on_file(self, file: str) -> None:
        if self._make is not None and file:
            self._start(self._make, Path(file))

    def _start(self, make: Make, path: Path) -> None:
        if self._job is not None:
            return
        job = Job(self)
        self._job = job
        self._folder = path.parent
        job.done.connect(self._on_done)
        job.failed.connect(self._on_failed)
        job.cancelled.connect(self._on_cancelled)
        job.progressed.connect(self._on_progress)
        say(self.result, "")
        self.open.hide()
        self._show_running(on=True)
        self.progress.setRange(0, 0)
        job.start(partial(_work, make, path, job.stopping))

    @Slot(int, int, str)
    def _on_progress(self, done: int, total: int, what: str) -> None:
        self.progress.setRange(0, total)
        self.progress.setValue(done)
        self.progress.setAccessibleDescription(what)

    @Slot()
    def _on_stop(self) -> None:
        if self._job is not None:
            self._job.cancel()

    @Slot(object)
    def _on_done(self, path: Path) -> None:
        self._idle()
        self._made = path
        say(self.result, f"Écrit : {path.name}, dans {path.parent}", Tone.GOOD)
        self.open.show()

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        self._idle()
        if isinstance(error, KnownError):
            say(self.result, error.sentence, Tone.BAD)
            return
        say(self.result, "Le fichier n'a pas pu être préparé : l'erreur vient de nous.", Tone.BAD)
        self.unexpected.emit(error)

    @Slot()
    def _on_cancelled(self) -> None:
        self._idle()
        say(self.result, "Arrêté : aucun fichier n'a été écrit.", Tone.WAITING)

    @Slot()
    def _on_open(self) -> None:
        if self._made is not None and self._made.is_file():
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._made)))

    def _idle(self) -> None:
        self._job = None
        self._show_running(on=False)

    def _show_running(self, *, on: bool) -> None:
        self.progress.setVisible(on)
        self._resting.show(running=on)


def _papers(item: Item) -> list[tuple[str, Paper]]:
    """Return what can be printed of an item, in words."""
    match item.value:
        case Checklist() | Adaptation():
            return [
                ("Grille vierge, une page par lieu", Paper(by="place")),
                ("Grille vierge, une page par section", Paper(by="section")),
            ]
        case ObservationGrid(target=target):
            few = [(f"Feuille vierge, {_FEW_LINES} lignes", Paper(lines=_FEW_LINES))]
            whole = (f"Feuille vierge, {target} lignes (la cible)", Paper())
            return [whole, *(few if target > _FEW_LINES else [])]
        case Fiche():
            return [("La fiche sur une page", Paper())]
        case Cases():
            return [("Quiz, réponses à part", Paper())]
        case Glossary():
            return [("Le glossaire, par ordre alphabétique", Paper())]
        case _:
            return []


def _printed(item: str, paper: Paper) -> Make:
    """Return how to write the paper version of an item."""

    def make(path: Path, progress: Progress, stopping: Callable[[], bool]) -> Path:
        return library_exports.print_blank(
            library(),
            item,
            path,
            by=paper.by,
            lines=paper.lines,
            progress=progress,
            cancelled=stopping,
        )

    return make


def _exported(item: str) -> Make:
    """Return how to write an item in a workbook."""

    def make(path: Path, progress: Progress, stopping: Callable[[], bool]) -> Path:
        return library_exports.export_book(library(), item, path, progress=progress, cancelled=stopping)

    return make


def _sent(item: str) -> Make:
    """Return how to write a questionnaire on an item."""

    def make(path: Path, progress: Progress, stopping: Callable[[], bool]) -> Path:
        prepared = questionnaires.prepare(library(), [item])
        return questionnaires.make(prepared, path, progress=progress, cancelled=stopping)

    return make


def _work(make: Make, path: Path, stopping: Callable[[], bool], progress: Progress) -> Path:
    return make(path, progress, stopping)
