"""A log coming in: read beside the window, its columns shown, then what it would change, then recorded."""

import threading
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QCheckBox, QStackedWidget, QWidget

from ivaudit.domain.errors import Cancelled, KnownError, NotAllowedNow
from ivaudit.domain.log_intake import LogMapping
from ivaudit.domain.log_read import LogRead
from ivaudit.domain.progress import Progress
from ivaudit.domain.sheet_comparison import SheetComparison
from ivaudit.ui.anomalies.log_mapping import Choices, LogMappingView
from ivaudit.ui.controls import called, column_in
from ivaudit.ui.job_bar import JobBar, Stopping
from ivaudit.ui.sheet_preview import SheetPreview
from ivaudit.ui.theme import Space
from ivaudit.ui.writer import Writer

if TYPE_CHECKING:
    from ivaudit.app.anomaly_log_import import LogPreview
    from ivaudit.app.anomaly_log_reading import Asked
    from ivaudit.app.session import Session
    from ivaudit.domain.audit import Changes

KINDS = "Tableaux (*.xlsx *.csv *.txt)"
BEFORE = "avant import du registre"
_STOPPED = NotAllowedNow("Arrêté : rien n'a été enregistré.")
_LINES = "Écrire à côté de l'original le fichier « n° d'anomalie, ligne de l'original »"


def _ask(path: Path, mapping: LogMapping | None, session: "Session") -> "tuple[Asked, Choices]":
    from ivaudit.app import anomaly_log_reading, anomaly_words  # noqa: PLC0415 - on the writer's thread

    choices = Choices(targets=anomaly_words.targets(session), words=anomaly_words.words(session))
    return anomaly_log_reading.ask(session, path, mapping), choices


def _read(asked: "Asked", progress: Progress, stopping: Stopping) -> LogRead:
    from ivaudit.app import anomaly_log_reading  # noqa: PLC0415 - beside the window

    return anomaly_log_reading.read(asked, progress=progress, cancelled=stopping)


def _remembered(read: LogRead, session: "Session") -> LogMapping:
    from ivaudit.app import anomaly_log_reading  # noqa: PLC0415 - on the writer's thread

    return anomaly_log_reading.remembered(session, read.look)


def _previewed(read: LogRead, facility: str, session: "Session") -> "LogPreview":
    from ivaudit.app import anomaly_log_import, anomaly_log_reading  # noqa: PLC0415 - on the writer's thread

    channel = anomaly_log_import.SERVICE if read.name == anomaly_log_reading.DECLARED else ""
    return anomaly_log_import.preview(session, read, facility=facility, channel=channel)


class LogImport(QWidget):
    """`left()` goes back to the register, `said(str)` tells what was imported; `bar` shows how far it is."""

    left = Signal()
    said = Signal(str)
    _progressed = Signal(int, int, str)

    def __init__(self, writer: Writer, bar: JobBar) -> None:
        super().__init__()
        called(self, "log_import", "Reprise d'un journal")
        self._writer = writer
        self._bar = bar
        self._path = Path()
        self._facility = ""
        self._mapping: LogMapping | None = None
        self._choices: Choices | None = None
        self._read_log: LogRead | None = None
        self._found: LogPreview | None = None
        self._straight = False
        self._stop = threading.Event()
        self.mapping = LogMappingView()
        self.preview = SheetPreview("log", writer, BEFORE, self._accept)
        self.lines = called(QCheckBox("Écrire aussi le fichier des lignes"), "log_lines", _LINES)
        self.lines.setToolTip(_LINES)
        whole = QWidget()
        column = column_in(whole, spacing=Space.TINY)
        column.addWidget(self.preview, 1)
        column.addWidget(self.lines)
        self.stack = QStackedWidget()
        self.stack.setObjectName("log_import_stack")
        self.stack.addWidget(self.mapping)
        self.stack.addWidget(whole)
        self._whole = whole
        column_in(self).addWidget(self.stack)
        self.mapping.left.connect(self.left)
        self.mapping.accepted.connect(self._on_mapped)
        self.preview.left.connect(self._on_preview_left)
        self.preview.said.connect(self.said)
        self._progressed.connect(bar.show_progress)
        bar.stop.clicked.connect(self._stop.set)

    def begin(self, path: Path, facility: str) -> None:
        """Read a file, then show what its columns are taken for.

        Args:
            path: the file.
            facility: id of the structure of its entries, where they name none.
        """
        self._path, self._facility = path, facility
        self._mapping, self._straight = None, False
        self._ask_for(None)

    def _ask_for(self, mapping: LogMapping | None) -> None:
        self._writer.submit(partial(_ask, self._path, mapping), done=self._on_asked, failed=self._on_refused)

    @Slot(object)
    def _on_asked(self, asked: "tuple[Asked, Choices]") -> None:
        self._choices = asked[1]
        self._bar.start(partial(_read, asked[0]), self._on_read)

    @Slot(object)
    def _on_read(self, read: LogRead) -> None:
        self._read_log = read
        if self._straight or (read.look.own and not read.strange):
            self._compare(read)
        else:
            self._writer.submit(partial(_remembered, read), done=self._on_remembered, failed=self._on_refused)

    @Slot(object)
    def _on_remembered(self, mapping: LogMapping) -> None:
        if self._read_log is not None and self._choices is not None:
            self.mapping.show_read(self._read_log, self._path.name, self._choices, mapping)
            self.stack.setCurrentWidget(self.mapping)
            self.said.emit("")

    @Slot(object, bool)
    def _on_mapped(self, mapping: LogMapping, changed: bool) -> None:
        self._mapping, self._straight = mapping, True
        if changed:
            self._ask_for(mapping)
        elif self._read_log is not None:
            self._compare(self._read_log)

    def _compare(self, read: LogRead) -> None:
        self._bar.show_bar(on=True)
        self._bar.show_progress(0, 0, "Comparaison avec le registre")
        work = partial(_previewed, read, self._facility)
        self._writer.submit(work, done=self._on_compared, failed=self._on_refused)

    @Slot(object)
    def _on_compared(self, found: "LogPreview") -> None:
        self._bar.show_bar(on=False)
        self._found = found
        self.lines.setVisible(bool(found.comparison.fresh))
        self.lines.setChecked(False)
        self.preview.show_comparison(found.seen, self._path.name)
        self.stack.setCurrentWidget(self._whole)
        self.said.emit("")

    def _accept(self, _seen: SheetComparison, taken: frozenset[str], session: "Session") -> "Changes":
        """Record what is taken; on the thread of the writer."""
        from ivaudit.app import anomaly_log_import  # noqa: PLC0415 - on the writer's thread

        if self._found is None:
            raise _STOPPED
        self._stop.clear()
        try:
            changes, lines = anomaly_log_import.accept(
                session, self._found, taken, mapping=self._mapping, progress=self._tell
            )
        except Cancelled:
            raise _STOPPED from None
        if self.lines.isChecked():
            anomaly_log_import.write_lines(session, self._path, lines)
        return changes

    def _tell(self, done: int, total: int, label: str) -> None:
        """Say how far recording is; raises `Cancelled` once it is asked to stop."""
        if self._stop.is_set():
            raise Cancelled
        self._progressed.emit(done, total, label)

    @Slot()
    def _on_preview_left(self) -> None:
        self._bar.show_bar(on=False)
        self.left.emit()

    def _on_refused(self, error: KnownError) -> None:
        self._bar.show_bar(on=False)
        self._bar.say(error.sentence)
