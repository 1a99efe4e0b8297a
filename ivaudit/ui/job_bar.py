"""One long work at a time under a group of buttons: how far it has come, stopping it, what came of it."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, TypeAlias

from PySide6.QtCore import QStandardPaths, Qt, QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QProgressBar, QWidget

from ivaudit.domain.errors import ContentProblems, KnownError
from ivaudit.domain.progress import Progress
from ivaudit.domain.tone import Tone
from ivaudit.ui.controls import button, called, column_in, label, row, say
from ivaudit.ui.job import Job
from ivaudit.ui.theme import Space

Stopping: TypeAlias = Callable[[], bool]
Work: TypeAlias = Callable[[Progress, Stopping], object]
_MOST_PROBLEMS = 4
WORKBOOKS = "Classeurs Excel (*.xlsx)"
_OURS = "Ce travail n'a pas abouti : l'erreur vient de nous. Rien n'a été modifié."


class JobBar(QWidget):
    """Progress, «Arrêter», a sentence, and a file to open.

    `busy(bool)` when a work starts or ends, `failed()` once it is said that one was stopped or refused,
    `unexpected(error)` for a mistake of ours.
    """

    busy = Signal(bool)
    failed = Signal()
    unexpected = Signal(object)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._job: Job | None = None
        self._done: Callable[[Any], None] | None = None
        self._made: Path | None = None
        self._picked: Callable[[Path], None] | None = None
        self._folder = Path(
            QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation) or Path.home()
        )
        self.progress = called(QProgressBar(), f"{name}_progress", "Avancement")
        self.step = label("", f"{name}_step", "muted")
        self.result = label("", f"{name}_result")
        self.stop = button("Arrêter", f"{name}_stop")
        self.open = button("Ouvrir le fichier", f"{name}_open", "quiet")
        column = column_in(self, spacing=Space.TINY)
        column.addWidget(self.progress)
        column.addWidget(self.step)
        column.addWidget(self.result)
        column.addLayout(row(self.stop, self.open, None))
        self.stop.clicked.connect(self.cancel)
        self.open.clicked.connect(self._on_open)
        self.clear()
        self._show_running(on=False)

    @property
    def running(self) -> bool:
        """Tell whether a work goes on."""
        return self._job is not None

    def clear(self) -> None:
        """Say nothing any more."""
        self._made = None
        say(self.result, "")
        self.open.hide()
        self._hide_if_idle()

    def say(self, sentence: str, tone: Tone = Tone.NEUTRAL) -> None:
        """Say a sentence."""
        say(self.result, sentence, tone)
        self.show()

    def made(self, path: Path) -> None:
        """Say that a file is written, and offer to open it."""
        self._made = path
        self.say(f"Écrit : {path.name}, dans {path.parent}", Tone.GOOD)
        self.open.show()

    def start(self, work: Work, done: Callable[[Any], None]) -> None:
        """Run a work beside the window, unless one goes on; `done` is told its result.

        Args:
            work: a plain function of a progress and of who tells whether to stop; it holds no Qt object.
            done: a method of a widget.
        """
        if self._job is not None:
            return
        self._done = done
        self.clear()
        job = Job(self)
        self._job = job
        job.done.connect(self._on_done)
        job.failed.connect(self._on_failed)
        job.cancelled.connect(self._on_cancelled)
        job.progressed.connect(self.show_progress)
        self.progress.setRange(0, 0)
        self._show_running(on=True)
        job.start(partial(_run, work, job.stopping))

    @Slot(int, int, str)
    def show_progress(self, done: int, total: int, what: str) -> None:
        """Show how far a work has come."""
        self.progress.setRange(0, total)
        self.progress.setValue(done)
        self.progress.setAccessibleDescription(what)
        say(self.step, f"{what} ({done} sur {total})" if total else what)
        self.progress.show()
        self.show()

    def show_bar(self, *, on: bool) -> None:
        """Show the bar for a work that others do, or hide it."""
        self._show_running(on=on)
        self.stop.setVisible(False)

    def ask_where(self, name: str, picked: Callable[[Path], None], *, kinds: str = WORKBOOKS) -> None:
        """Ask where to save a file, without waiting for the answer.

        Args:
            name: the name proposed, whose end is added where it is left out.
            picked: told the file.
            kinds: the files shown.
        """
        dialog = self._dialog("Où enregistrer le fichier ?", picked)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilter(kinds)
        dialog.setDefaultSuffix(Path(name).suffix.removeprefix("."))
        dialog.selectFile(name)
        dialog.open()

    def ask_file(self, title: str, picked: Callable[[Path], None], *, kinds: str = WORKBOOKS) -> None:
        """Ask for a file to read, a workbook unless other `kinds` are shown."""
        dialog = self._dialog(title, picked)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters([kinds, "Tous les fichiers (*)"])
        dialog.open()

    def ask_folder(self, title: str, picked: Callable[[Path], None]) -> None:
        """Ask for a folder to read."""
        dialog = self._dialog(title, picked)
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.open()

    def _dialog(self, title: str, picked: Callable[[Path], None]) -> QFileDialog:
        self._picked = picked
        dialog = QFileDialog(self, title, str(self._folder))
        dialog.setObjectName(f"{self.objectName()}_dialog")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self._on_picked)
        return dialog

    @Slot(str)
    def _on_picked(self, text: str) -> None:
        if text and self._picked is not None:
            path = Path(text)
            self._folder = path if path.is_dir() else path.parent
            self._picked(path)

    @Slot()
    def cancel(self) -> None:
        """Stop the work that goes on."""
        if self._job is not None:
            self._job.cancel()

    @Slot(object)
    def _on_done(self, result: object) -> None:
        self._end()
        if self._done is not None:
            self._done(result)

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        self._end()
        if isinstance(error, KnownError):
            self.say(_told(error), Tone.BAD)
        else:
            self.say(_OURS, Tone.BAD)
            self.unexpected.emit(error)
        self.failed.emit()

    @Slot()
    def _on_cancelled(self) -> None:
        self._end()
        self.say("Arrêté : rien n'a été modifié.", Tone.WAITING)
        self.failed.emit()

    @Slot()
    def _on_open(self) -> None:
        if self._made is not None and self._made.is_file():
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._made)))

    def _end(self) -> None:
        self._job = None
        self._show_running(on=False)

    def _show_running(self, *, on: bool) -> None:
        self.progress.setVisible(on)
        self.stop.setVisible(on)
        say(self.step, "")
        self.setVisible(on)
        self._hide_if_idle()
        self.busy.emit(on)

    def _hide_if_idle(self) -> None:
        self.setVisible(self._job is not None or bool(self.result.text()))


def _told(error: KnownError) -> str:
    """Return what a user caused, with the first problems of a file that has some."""
    problems = error.problems if isinstance(error, ContentProblems) else ()
    more = f"\n… et {len(problems) - _MOST_PROBLEMS} autres." if len(problems) > _MOST_PROBLEMS else ""
    return "\n".join((error.sentence, *problems[:_MOST_PROBLEMS])) + more


def _run(work: Work, stopping: Stopping, progress: Progress) -> object:
    return work(progress, stopping)
