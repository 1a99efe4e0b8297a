"""Printing and exporting what is read: what to choose, where to put it, how far it has come."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Literal

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from ivaudit.app import library_exports, questionnaires
from ivaudit.app.library import library
from ivaudit.app.library_items import Item
from ivaudit.domain.adaptation import Adaptation
from ivaudit.domain.cases import Cases
from ivaudit.domain.checklist import Checklist
from ivaudit.domain.fiche import Fiche
from ivaudit.domain.glossary import Glossary
from ivaudit.domain.observation import ObservationGrid
from ivaudit.domain.progress import Progress
from ivaudit.ui.controls import button, called, column_in, row
from ivaudit.ui.job_bar import JobBar, Stopping
from ivaudit.ui.resting import Resting
from ivaudit.ui.theme import Space

Make = Callable[[Path, Progress, Stopping], Path]
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
        self.print = button("Imprimer…", "library_print", "", "Imprimer une version vierge")
        self.menu = called(QMenu(self), "library_print_menu", "Imprimer une version vierge")
        self.print.setMenu(self.menu)
        self.book = button("Exporter en Excel…", "library_export")
        self.sheet = button("Exporter un questionnaire…", "library_questionnaire")
        self.sheet.setToolTip("Un classeur qu'une structure remplit sans ivaudit, et que l'on réimporte")
        self.bar = JobBar("library_job")
        column = column_in(self, spacing=Space.TINY)
        column.addLayout(row(self.print, self.book, self.sheet, None))
        column.addWidget(self.bar)
        self.book.clicked.connect(self._on_book)
        self.sheet.clicked.connect(self._on_questionnaire)
        self._resting = Resting((self.print, self.book, self.sheet), self.bar.stop)
        self.bar.busy.connect(self._on_busy)
        self.bar.unexpected.connect(self.unexpected)

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
        if not self.bar.running:
            self.bar.clear()

    def write(self, make: Make, path: Path) -> None:
        """Write a file beside the window."""
        self.bar.start(partial(make, path), self.bar.made)

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
        if self._item is not None and not self.bar.running:
            name = library_exports.file_name(self._item.title, form, what)
            self.bar.ask_where(name, partial(self.write, make), kinds=_KINDS[form])

    @Slot(bool)
    def _on_busy(self, on: bool) -> None:
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

    def make(path: Path, progress: Progress, stopping: Stopping) -> Path:
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

    def make(path: Path, progress: Progress, stopping: Stopping) -> Path:
        return library_exports.export_book(library(), item, path, progress=progress, cancelled=stopping)

    return make


def _sent(item: str) -> Make:
    """Return how to write a questionnaire on an item."""

    def make(path: Path, progress: Progress, stopping: Stopping) -> Path:
        prepared = questionnaires.prepare(library(), [item])
        return questionnaires.make(prepared, path, progress=progress, cancelled=stopping)

    return make
