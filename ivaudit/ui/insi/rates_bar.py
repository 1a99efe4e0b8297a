"""Declared rates of a file: read beside the window, told, then kept once that is asked."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from ivaudit.domain.errors import KnownError
from ivaudit.domain.insi_follow_up import DeclaredRate
from ivaudit.domain.progress import Progress
from ivaudit.domain.tone import Tone
from ivaudit.ui.audit.phrases import bound
from ivaudit.ui.controls import button, column_in, row
from ivaudit.ui.french import count
from ivaudit.ui.job_bar import JobBar, Stopping
from ivaudit.ui.theme import Space
from ivaudit.ui.writer import Writer

if TYPE_CHECKING:
    from ivaudit.app.session import Session
    from ivaudit.exchange.insi_lists import RatesFile

_KINDS = "Tableaux (*.xlsx *.csv *.txt)"
_SHOWN = 5


def _read(path: Path, progress: Progress, stopping: Stopping) -> "RatesFile":
    from ivaudit.app import insi_declared  # noqa: PLC0415 - beside the window

    progress(0, 0, "Lecture des taux")
    return insi_declared.read_rates(path, cancelled=stopping)


def _differing(found: "RatesFile", session: "Session") -> tuple[DeclaredRate, ...]:
    from ivaudit.app import insi_declared  # noqa: PLC0415 - on the writer's thread

    return insi_declared.differing(session, found.rates)


def _accept(found: tuple[DeclaredRate, ...], session: "Session") -> object:
    from ivaudit.app import insi_declared  # noqa: PLC0415 - on the writer's thread

    return insi_declared.accept(session, found)


class RatesBar(QWidget):
    """«Importer des taux déclarés…», what the file says, and the button that keeps them."""

    def __init__(self, writer: Writer, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("insi_rates")
        self._writer = writer
        self._file: RatesFile | None = None
        self._found: tuple[DeclaredRate, ...] = ()
        self.choose = button("Importer des taux déclarés…", "insi_rates_choose")
        self.keep = button("Enregistrer", "insi_rates_keep", "primary", "Enregistrer les taux lus")
        self.bar = JobBar("insi_rates_job")
        column = column_in(self, spacing=Space.TINY)
        column.addLayout(row(self.choose, self.keep, None))
        column.addWidget(self.bar)
        self.keep.hide()
        self.choose.clicked.connect(self._on_choose)
        self.keep.clicked.connect(self._on_keep)
        self.bar.unexpected.connect(writer.failed)
        self.bar.busy.connect(self.choose.setDisabled)

    @Slot()
    def _on_choose(self) -> None:
        self.bar.ask_file("Quel fichier de taux ?", self.read, kinds=_KINDS)

    def read(self, path: Path) -> None:
        """Read a file."""
        self.keep.hide()
        self.bar.start(partial(_read, path), self._on_read)

    @Slot(object)
    def _on_read(self, file: "RatesFile") -> None:
        self._file = file
        self._writer.submit(partial(_differing, file), done=self._on_differing, failed=self._on_refused)

    @Slot(object)
    def _on_differing(self, found: tuple[DeclaredRate, ...]) -> None:
        if self._file is None:
            return
        self._found = found
        told = [f"{count(len(self._file.rates), 'taux lu', 'taux lus')}, dont {len(found)} à enregistrer."]
        told += map(str, self._file.problems[:_SHOWN])
        more = len(self._file.problems) - _SHOWN
        told += [f"… et {count(more, 'autre remarque', 'autres remarques')}"] if more > 0 else []
        self.bar.say(bound("\n".join(told)), Tone.MIDDLE if self._file.problems else Tone.NEUTRAL)
        self.keep.setText(f"Enregistrer {len(found)} taux")
        self.keep.setVisible(bool(found))
        if found:
            self.keep.setFocus()

    @Slot()
    def _on_keep(self) -> None:
        self.keep.hide()
        self.choose.setFocus()
        self._writer.submit(partial(_accept, self._found), done=self._on_kept, failed=self._on_refused)

    @Slot(object)
    def _on_kept(self, changes: object) -> None:
        self.bar.say(f"{getattr(changes, 'done', '')}. Ctrl+Z l'annule.", Tone.GOOD)

    def _on_refused(self, error: KnownError) -> None:
        self.bar.say(error.sentence, Tone.BAD)
