"""Taking the indicators of a structure away: workbook, list, JSON or a printed page."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from ivaudit.domain.errors import KnownError
from ivaudit.domain.progress import Progress
from ivaudit.domain.tone import Tone
from ivaudit.ui.controls import button, column_in
from ivaudit.ui.job_bar import JobBar, Stopping
from ivaudit.ui.theme import Space
from ivaudit.ui.writer import Writer

if TYPE_CHECKING:
    from ivaudit.app.session import Session
    from ivaudit.domain.indicator_model import IndicatorReport
    from ivaudit.domain.report_outline import ReportOutline

    Prepared = tuple[IndicatorReport, ReportOutline]

_KINDS = "Classeur Excel (*.xlsx);;Liste CSV (*.csv);;Page à imprimer (*.pdf);;Données JSON (*.json)"


def _prepared(facility: str, last: str, months: int, session: "Session") -> "Prepared":
    from ivaudit.app import indicator_sheets  # noqa: PLC0415 - on the writer's thread

    return indicator_sheets.prepare(session, facility, last=last, months=months)


def _written(prepared: "Prepared", path: Path, progress: Progress, stopping: Stopping) -> Path:
    from ivaudit.app import indicator_sheets  # noqa: PLC0415 - beside the window

    return indicator_sheets.write(prepared, path, progress=progress, cancelled=stopping)


class ExportBar(QWidget):
    """How far the export has come; its button, `export`, stands with those of the page.

    Args:
        writer: who reads the workspace.
        chosen: tells the structure, the last month and how many months.
    """

    def __init__(self, writer: Writer, chosen: Callable[[], tuple[str, str, int]]) -> None:
        super().__init__()
        self.setObjectName("indicators_export_bar")
        self._writer = writer
        self._chosen = chosen
        self._sheet: Prepared | None = None
        self.export = button("Exporter…", "indicators_export", "", "Exporter les indicateurs")
        self.bar = JobBar("indicators_job")
        column_in(self, spacing=Space.TINY).addWidget(self.bar)
        self.export.clicked.connect(self._on_export)
        self.bar.busy.connect(self.export.setDisabled)
        self.bar.unexpected.connect(writer.failed)

    @Slot()
    def _on_export(self) -> None:
        work = partial(_prepared, *self._chosen())
        self._writer.submit(work, done=self._on_prepared, failed=self._on_refused)

    @Slot(object)
    def _on_prepared(self, prepared: "Prepared") -> None:
        from ivaudit.app import indicator_sheets  # noqa: PLC0415 - the workspace is open by now

        self._sheet = prepared
        self.bar.ask_where(indicator_sheets.file_name(prepared[0]), self.write, kinds=_KINDS)

    def write(self, path: Path) -> None:
        """Write the indicators there."""
        if self._sheet is not None:
            self.bar.start(partial(_written, self._sheet, path), self.bar.made)

    def _on_refused(self, error: KnownError) -> None:
        self.bar.say(error.sentence, Tone.BAD)
