"""Logs in and out of the register, and the papers about the entry that is chosen: one long work at a time."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from ivaudit.domain import clock
from ivaudit.domain.errors import KnownError
from ivaudit.domain.leaflet import LeafletKind
from ivaudit.domain.progress import Progress
from ivaudit.domain.tone import Tone
from ivaudit.ui.anomalies import log_menu
from ivaudit.ui.anomalies.filter_bar import FilterBar
from ivaudit.ui.anomalies.lines_table import LinesTable
from ivaudit.ui.anomalies.log_import import KINDS, LogImport
from ivaudit.ui.anomalies.log_menu import LogMenu
from ivaudit.ui.anomalies.side import Side
from ivaudit.ui.controls import column_in
from ivaudit.ui.job_bar import JobBar, Stopping
from ivaudit.ui.writer import Writer

if TYPE_CHECKING:
    from collections.abc import Callable

    from ivaudit.app.anomaly_log import LogExport
    from ivaudit.app.session import Session
    from ivaudit.domain.declaration_sheet import DeclarationSheet
    from ivaudit.domain.leaflet import Leaflet

_OUT = "Classeur Excel (*.xlsx);;Liste CSV (*.csv);;JSON (*.json)"
_PAPER = "Document PDF (*.pdf);;Document Word (*.docx)"
_FORM = "Document PDF à imprimer (*.pdf);;Classeur Excel à remplir (*.xlsx)"
_COPIED = "L'accusé de réception est copié : collez-le dans votre réponse au déclarant."


def _begun(keys: tuple[str, ...] | None, third_party: bool, path: Path, session: "Session") -> "LogExport":
    from ivaudit.app import anomaly_log  # noqa: PLC0415 - on the writer's thread

    return anomaly_log.LogExport(
        session, third_party=third_party, keys=keys, format=anomaly_log.format_of(path)
    )


def _more(export: "LogExport", session: "Session") -> bool:
    del session
    return export.more()


def _finished(export: "LogExport", path: Path, progress: Progress, stopping: Stopping) -> Path:
    return export.finish(path, progress=progress, cancelled=stopping)


def _paper(what: str, key: str, session: "Session") -> "Leaflet":
    from ivaudit.app import anomaly_papers  # noqa: PLC0415 - on the writer's thread

    made: dict[str, Callable[[Session, str], Leaflet]] = {
        log_menu.CORRECTION: anomaly_papers.correction,
        log_menu.SHARED: anomaly_papers.shared,
        log_menu.RECEIPT: anomaly_papers.receipt,
    }
    return made[what](session, key)


def _form(facility: str, path: Path, session: "Session") -> "Leaflet | DeclarationSheet":
    from ivaudit.app import anomaly_papers  # noqa: PLC0415 - on the writer's thread

    made = anomaly_papers.declaration_book if path.suffix == ".xlsx" else anomaly_papers.declaration
    return made(session, facility)


def _receipt(key: str, session: "Session") -> str:
    from ivaudit.app import anomaly_papers  # noqa: PLC0415 - on the writer's thread

    return anomaly_papers.receipt_words(session, key)


def _written(paper: "Leaflet | DeclarationSheet", path: Path, progress: Progress, stopping: Stopping) -> Path:
    from ivaudit.app import anomaly_papers  # noqa: PLC0415 - beside the window

    return anomaly_papers.write(paper, path, progress=progress, cancelled=stopping)


class LogDesk(QWidget):
    """The bar of long works under the title of the register; `menu` starts them.

    `said(str)` tells what was done; `opened()` and `closed()` when a log coming in takes the page.
    """

    said = Signal(str)
    opened = Signal()
    closed = Signal()

    def __init__(self, writer: Writer, lines: LinesTable, side: Side, filters: FilterBar) -> None:
        super().__init__()
        self.setObjectName("anomalies_logs")
        self._writer = writer
        self._lines, self._side, self._filters = lines, side, filters
        self._export: LogExport | None = None
        self._stopped = False
        self._path = Path()
        self._third_party = False
        self._paper: Leaflet | None = None
        self.menu = LogMenu()
        self.bar = JobBar("anomalies_log_job")
        self.coming = LogImport(writer, self.bar)
        column_in(self).addWidget(self.bar)
        self.menu.chosen.connect(self.do)
        self.menu.opening.connect(self._on_opening)
        self.bar.unexpected.connect(writer.failed)
        self.bar.stop.clicked.connect(self._on_stop)
        self.coming.left.connect(self.closed)
        self.coming.said.connect(self._on_coming)

    @Slot()
    def _on_opening(self) -> None:
        """Offer what can be done now."""
        busy = self.bar.running or self._export is not None
        self.menu.offer(listed=bool(self._lines.lines.rows), chosen=bool(self._side.number), busy=busy)

    def _listed(self) -> tuple[str, ...] | None:
        """Return the ids of what is listed, nothing where everything is."""
        shown = self._lines.lines.rows
        return None if len(shown) == self._lines.lines.total else tuple(each.id for each in shown)

    def _chosen(self) -> str:
        return str(getattr(self._lines.value(), "id", ""))

    @Slot(str)
    def do(self, what: str) -> None:
        """Start what is asked for."""
        match what:
            case log_menu.IMPORT:
                self.bar.ask_file("Quel journal, ou quelle déclaration ?", self.take_in, kinds=KINDS)
            case log_menu.EXPORT | log_menu.THIRD_PARTY:
                self._third_party = what == log_menu.THIRD_PARTY
                self.bar.ask_where(self._log_name(), self.export, kinds=_OUT)
            case log_menu.BLANK:
                name = self._paper_name(LeafletKind.DECLARATION)
                self.bar.ask_where(name, self.write_form, kinds=_FORM)
            case log_menu.COPY_RECEIPT:
                work = partial(_receipt, self._chosen())
                self._writer.submit(work, done=self._on_receipt, failed=self._on_refused)
            case _:
                work_of = partial(_paper, what, self._chosen())
                done: Callable[[object], None] = partial(self._on_paper, what)
                self._writer.submit(work_of, done=done, failed=self._on_refused)

    # -- a log going out

    def _log_name(self) -> str:
        from ivaudit.app import sheets  # noqa: PLC0415 - the workspace is open by now

        what = "journal-anomalies-tiers" if self._third_party else "journal-anomalies"
        return sheets.file_name(clock.today().isoformat(), "", what)

    def export(self, path: Path) -> None:
        """Write the log there: read piece by piece, written beside the window."""
        self._path, self._stopped = path, False
        work = partial(_begun, self._listed(), self._third_party, path)
        self._writer.submit(work, done=self._on_begun, failed=self._on_refused)

    @Slot(object)
    def _on_begun(self, export: "LogExport") -> None:
        self._export = export
        self.bar.clear()
        self.bar.show_bar(on=True)
        self.bar.stop.show()
        self._read_more()

    def _read_more(self) -> None:
        export = self._export
        if export is not None:
            self.bar.show_progress(export.read, export.count, "Lecture du registre")
            self._writer.submit(partial(_more, export), done=self._on_more, failed=self._on_refused)

    @Slot(object)
    def _on_more(self, more: bool) -> None:
        export = self._export
        if export is None:
            return
        if self._stopped:
            self._give_up()
            self.bar.say("Arrêté : rien n'a été écrit.", Tone.WAITING)
        elif more:
            self._read_more()
        else:
            self._export = None
            self.bar.start(partial(_finished, export, self._path), self.bar.made)

    @Slot()
    def _on_stop(self) -> None:
        self._stopped = True

    def _give_up(self) -> None:
        if self._export is not None:
            self._export.close()
            self._export = None
        self.bar.show_bar(on=False)

    # -- papers

    def _paper_name(self, kind: LeafletKind, number: str = "") -> str:
        from ivaudit.app import anomaly_papers  # noqa: PLC0415 - the workspace is open by now

        return anomaly_papers.file_name(kind, number)

    def _on_paper(self, what: str, paper: object) -> None:
        self._paper = paper  # type: ignore[assignment]  # what `_paper` made
        kinds = {log_menu.CORRECTION: LeafletKind.CORRECTION, log_menu.SHARED: LeafletKind.SHARED}
        kind = kinds.get(what, LeafletKind.RECEIPT)
        # The number would tell whose event the anonymous page is.
        number = "" if kind is LeafletKind.SHARED else self._side.number
        self.bar.ask_where(self._paper_name(kind, number), self.write_paper, kinds=_PAPER)

    def write_paper(self, path: Path) -> None:
        """Write the paper that was prepared."""
        if self._paper is not None:
            self.bar.start(partial(_written, self._paper, path), self.bar.made)

    def write_form(self, path: Path) -> None:
        """Write a blank form of declaration."""
        done: Callable[[object], None] = partial(self._on_form, path)
        work = partial(_form, self._filters.wanted().facility, path)
        self._writer.submit(work, done=done, failed=self._on_refused)

    def _on_form(self, path: Path, form: object) -> None:
        self.bar.start(partial(_written, form, path), self.bar.made)  # type: ignore[arg-type]  # of `_form`

    @Slot(object)
    def _on_receipt(self, text: str) -> None:
        QGuiApplication.clipboard().setText(text)
        self.said.emit(_COPIED)

    # -- a log coming in

    def take_in(self, path: Path) -> None:
        """Read a log or a declaration, and show what it would bring."""
        self.coming.begin(path, self._filters.wanted().facility)

    @Slot(str)
    def _on_coming(self, sentence: str) -> None:
        if sentence:
            self.said.emit(sentence)
        else:
            self.opened.emit()

    def _on_refused(self, error: KnownError) -> None:
        self._give_up()
        self.bar.say(error.sentence, Tone.BAD)
