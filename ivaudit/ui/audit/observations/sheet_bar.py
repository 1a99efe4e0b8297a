"""Taking the lines of a campaign to a spreadsheet, and those filled in there back."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from ivaudit.app import observation_sheets, sheets
from ivaudit.domain.errors import KnownError
from ivaudit.domain.exchange_sheet import ExchangeSheet, ReturnedSheet
from ivaudit.domain.progress import Progress
from ivaudit.domain.sheet_comparison import SheetComparison
from ivaudit.domain.tone import Tone
from ivaudit.ui.audit.observations.bench import CampaignBench
from ivaudit.ui.controls import button, column_in
from ivaudit.ui.job_bar import JobBar, Stopping

if TYPE_CHECKING:
    from ivaudit.app.session import Session

_KINDS = "Classeur Excel (*.xlsx);;Liste CSV (*.csv)"


def _prepared(key: str, session: "Session") -> tuple[ExchangeSheet, str]:
    return observation_sheets.prepare(session, key), observation_sheets.file_name(session, key)


def _titles(key: str, session: "Session") -> dict[str, str]:
    return observation_sheets.titles(session, key)


def _written(sheet: ExchangeSheet, path: Path, progress: Progress, stopping: Stopping) -> Path:
    return sheets.write(sheet, path, progress=progress, cancelled=stopping)


def _read(titles: dict[str, str], path: Path, progress: Progress, stopping: Stopping) -> ReturnedSheet:
    progress(0, 0, "Lecture du classeur")
    return observation_sheets.read(path, titles, cancelled=stopping)


def _compared(key: str, returned: ReturnedSheet, session: "Session") -> SheetComparison:
    return observation_sheets.preview(session, key, returned)


class SheetBar(QWidget):
    """Two buttons and what came of them; `previewed(SheetComparison, file name)` once a file was read."""

    previewed = Signal(object, str)

    def __init__(self, bench: CampaignBench) -> None:
        super().__init__()
        self.setObjectName("observation_sheets")
        self._bench = bench
        self._key = ""
        self._sheet: ExchangeSheet | None = None
        self._path: Path | None = None
        self.export = button(
            "Exporter (Excel)…", "observation_export", "quiet", "Exporter les lignes à remplir"
        )
        self.take = button("Importer des lignes…", "observation_import", "quiet")
        self.bar = JobBar("observation_job")
        column_in(self).addWidget(self.bar)
        self.export.clicked.connect(self._on_export)
        self.take.clicked.connect(self._on_take)
        self.bar.busy.connect(self._on_busy)
        self.bar.unexpected.connect(bench.writer.failed)

    def show_campaign(self, key: str) -> None:
        """Work on another campaign."""
        if key != self._key:
            self.bar.clear()
        self._key = key
        for tool in (self.export, self.take):
            tool.setVisible(bool(key))

    @Slot()
    def _on_export(self) -> None:
        work = partial(_prepared, self._key)
        self._bench.writer.submit(work, done=self._on_prepared, failed=self._on_refused)

    @Slot(object)
    def _on_prepared(self, found: tuple[ExchangeSheet, str]) -> None:
        self._sheet, name = found
        self.bar.ask_where(name, self.write, kinds=_KINDS)

    def write(self, path: Path) -> None:
        """Write the lines there."""
        if self._sheet is not None:
            self.bar.start(partial(_written, self._sheet, path), self.bar.made)

    @Slot()
    def _on_take(self) -> None:
        self.bar.ask_file("Quelle feuille d'observations importer ?", self.read)

    def read(self, path: Path) -> None:
        """Read a sheet that came back, and show what it would change."""
        self._path = path
        work = partial(_titles, self._key)
        self._bench.writer.submit(work, done=self._on_titles, failed=self._on_refused)

    @Slot(object)
    def _on_titles(self, titles: dict[str, str]) -> None:
        if self._path is not None:
            self.bar.start(partial(_read, titles, self._path), self._on_read)

    @Slot(object)
    def _on_read(self, returned: ReturnedSheet) -> None:
        work = partial(_compared, self._key, returned)
        self._bench.writer.submit(work, done=self._on_compared, failed=self._on_refused)

    @Slot(object)
    def _on_compared(self, found: SheetComparison) -> None:
        self.previewed.emit(found, self._path.name if self._path is not None else "")

    def _on_refused(self, error: KnownError) -> None:
        self.bar.say(error.sentence, Tone.BAD)

    @Slot(bool)
    def _on_busy(self, on: bool) -> None:
        for tool in (self.export, self.take):
            tool.setEnabled(not on)
