"""Taking the lines of the journal away: read in turn with the gestures, written by a child process."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from ivaudit.domain.errors import KnownError
from ivaudit.domain.progress import Progress
from ivaudit.domain.tone import Tone
from ivaudit.domain.trail import TrailFilter, TrailLine, TrailPage
from ivaudit.ui import tool_tips
from ivaudit.ui.controls import button, column_in
from ivaudit.ui.job_bar import JobBar, Stopping
from ivaudit.ui.theme import Space
from ivaudit.ui.trail.reading import TrailReading
from ivaudit.ui.writer import Writer

_KINDS = "Classeur Excel (*.xlsx);;Liste CSV (*.csv)"
_HINT = "Exporte tout ce que les filtres retiennent ; le fichier est en clair."
_READING = "Lecture du journal"


def _written(lines: list[bytes], path: Path, progress: Progress, stopping: Stopping) -> Path:
    from ivaudit.app import trail_export  # noqa: PLC0415 - beside the window

    return trail_export.write(lines, path, progress=progress, cancelled=stopping)


class TrailExport(QWidget):
    """The progress, and the button `go` that a page puts in its head."""

    def __init__(self, writer: Writer, wanted: Callable[[], TrailFilter]) -> None:
        super().__init__()
        self.setObjectName("trail_export")
        self._wanted = wanted
        self._lines: list[bytes] = []
        self._path = Path()
        self.go = button("Exporter…", "trail_export_go", "", "Exporter le journal en classeur ou en CSV")
        self.go.setToolTip(tool_tips.plain(_HINT))
        self.bar = JobBar("trail_job")
        self.reading = TrailReading(writer, self)
        column_in(self, spacing=Space.TINY).addWidget(self.bar)
        self.go.clicked.connect(self._on_go)
        self.bar.busy.connect(self.go.setDisabled)
        self.bar.unexpected.connect(writer.failed)
        self.bar.stop.clicked.connect(self._on_stop)
        self.reading.came.connect(self._on_came)
        self.reading.rested.connect(self._on_rested)
        self.reading.refused.connect(self._on_refused)

    def write(self, path: Path) -> None:
        """Read every line that the filters retain, then write them there."""
        self._lines, self._path = [], path
        self.bar.clear()
        self.bar.show_bar(on=True)
        self.bar.stop.show()
        self.reading.start(self._wanted(), everything=True)

    def stop(self) -> None:
        """Stop reading, and the child that writes: nothing is written then."""
        self.bar.stop.click()
        self._on_stop()

    @Slot()
    def _on_go(self) -> None:
        from ivaudit.app import trail_export  # noqa: PLC0415 - the workspace is open by now

        self.bar.ask_where(trail_export.file_name(), self.write, kinds=_KINDS)

    @Slot(object, object)
    def _on_came(self, lines: tuple[TrailLine, ...], page: TrailPage) -> None:
        from ivaudit.app import trail_export  # noqa: PLC0415 - idem

        self._lines += [trail_export.encoded(line) for line in lines]
        self.bar.show_progress(page.total - page.left, max(1, page.total), _READING)

    @Slot(bool)
    def _on_rested(self, over: bool) -> None:
        self.bar.show_bar(on=False)
        if over and self._path.name:
            self.bar.start(partial(_written, self._lines, self._path), self._on_written)
            self._lines = []

    @Slot()
    def _on_stop(self) -> None:
        """Stop reading; a file being written is stopped by the bar itself."""
        if not self.bar.running and not self.reading.over:
            self._path = Path()
            self.reading.stop()
            self.bar.show_bar(on=False)
            self.bar.say("Arrêté : rien n'a été écrit.", Tone.WAITING)

    @Slot(object)
    def _on_written(self, path: Path) -> None:
        self.bar.made(path)

    @Slot(object)
    def _on_refused(self, error: KnownError) -> None:
        self._path = Path()
        self.bar.say(error.sentence, Tone.BAD)
