"""*Rapport*: which export, where, what is missing, and the pages as they will be printed."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt, QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices, QResizeEvent
from PySide6.QtWidgets import (
    QFileDialog,
    QProgressBar,
    QSplitter,
    QStackedWidget,
    QWidget,
)

from ivaudit.app import reports
from ivaudit.app.session import Session
from ivaudit.domain.errors import KnownError
from ivaudit.domain.progress import Progress
from ivaudit.domain.tone import Tone
from ivaudit.ui import tab_order, theme
from ivaudit.ui.audit.missing import PREPARATION, SYNTHESIS, missing, missing_html
from ivaudit.ui.audit.open_audit import OpenAudit
from ivaudit.ui.audit.preview import Preview
from ivaudit.ui.audit.report_choices import ReportChoices
from ivaudit.ui.audit.rich_text import RichText
from ivaudit.ui.controls import Line, button, called, card, column_in, label, row, say, scrolling
from ivaudit.ui.job import Job
from ivaudit.ui.theme import Space

_CLEAR = (
    "Un export sort du coffre chiffré : le fichier est lisible par quiconque l'ouvre. "
    "Rangez-le et transmettez-le comme un document de travail de la structure."
)
_HIDDEN = "Mode entretien : le rapport est caché. F8 pour le revoir."
_WIDE = 900


class Report(QWidget):
    """The page; `criterion_wanted` and `synthesis_wanted` go where something is missing."""

    criterion_wanted = Signal(str)
    synthesis_wanted = Signal()
    preparation_wanted = Signal()
    debrief_wanted = Signal()

    def __init__(self, audit: OpenAudit, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        called(self, "report", "Rapport")
        self._audit = audit
        self._job: Job | None = None
        self._made: Path | None = None
        self._follow = False
        self._drawn: reports.Wanted | None = None
        self._folder = Path(
            QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation) or Path.home()
        )
        self._build()
        self._lay_out()
        self._connect()

    def _build(self) -> None:
        self.choices = ReportChoices()
        self.place = Line("export_place", "Fichier à écrire")
        self.browse = button("Choisir le dossier…", "export_browse")
        self.export_button = button("Exporter", "export_start", "primary")
        self.cancel_button = button("Arrêter", "export_cancel")
        self.progress = called(QProgressBar(), "export_progress", "Avancement de l'export")
        self.step = label("", "export_step", "muted")
        self.result = label("", "export_result")
        self.open_file = button("Ouvrir le fichier", "export_open")
        self.open_folder = button("Ouvrir le dossier", "export_open_folder")
        self.missing = RichText("export_missing", "Ce qui manque avant le rapport")
        self.preview = Preview(self._audit)

    def _lay_out(self) -> None:
        inside = QWidget()
        column = column_in(inside, Space.MEDIUM)
        column.addWidget(label("Exporter", "export_title", "heading"))
        column.addWidget(self.choices)
        column.addWidget(label("Fichier", "export_place_label", "strong", wrap=False))
        column.addWidget(self.place)
        column.addLayout(row(self.browse, None))
        column.addWidget(label(_CLEAR, "export_clear", "muted"))
        column.addLayout(row(self.export_button, self.cancel_button, None))
        for part in (self.progress, self.step, self.result):
            column.addWidget(part)
        column.addLayout(row(self.open_file, self.open_folder, None))
        column.addWidget(label("Avant d'exporter", "missing_title", "heading"))
        column.addWidget(self.missing)
        column.addStretch(1)
        self._column = column
        frame, inner = card("export_card")
        inner.setContentsMargins(1, 1, 1, 1)
        inner.addWidget(scrolling(inside, "export_scroll", "Export"))
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.setObjectName("split_report")
        self.splitter.setChildrenCollapsible(False)
        self.splitter.setHandleWidth(Space.SMALL)
        self.splitter.addWidget(frame)
        self.splitter.addWidget(self.preview)
        self.splitter.setSizes([420, 600])
        self.stack = QStackedWidget()
        self.stack.addWidget(self.splitter)
        self.stack.addWidget(label(_HIDDEN, "report_hidden", "muted"))
        column_in(self).addWidget(self.stack)
        self._show_idle()

    def _connect(self) -> None:
        self.choices.changed.connect(self._on_choice)
        self.choices.screen_wanted.connect(self.debrief_wanted)
        self.browse.clicked.connect(self._on_browse)
        self.export_button.clicked.connect(self._on_export)
        self.place.returnPressed.connect(self._on_export)
        self.cancel_button.clicked.connect(self._on_cancel)
        self.open_file.clicked.connect(self._on_open_file)
        self.open_folder.clicked.connect(self._on_open_folder)
        self.missing.criterion_wanted.connect(self._on_missing)
        self._audit.interview_changed.connect(self._on_interview)
        theme.notice().changed.connect(self._show_missing)

    # -- showing

    def enter(self) -> None:
        """Be shown: say what is missing, propose a name, draw the pages beside."""
        self._on_interview(self._audit.interview)
        self._show_missing()
        self._propose()
        self._draw()

    def _draw(self) -> None:
        """Draw the pages of what is chosen."""
        self._drawn = self.choices.wanted
        self._audit.writer.submit(self._prepare("pdf"), done=self.preview.show_prepared)

    @Slot()
    def _show_missing(self) -> None:
        """Say what is missing, its links in the colours of the present look."""
        self.missing.show_html(missing_html(missing(self._audit.loaded.sheet, self._audit.rows)))

    def add_card(self, widget: QWidget, *stops: QWidget) -> None:
        """Show something more below what is to be done before exporting; Tab reaches it before the pages."""
        self._column.insertWidget(self._column.count() - 1, widget)
        tab_order.follow(self.missing, stops)

    def settle(self) -> None:
        """Nothing is typed here that is recorded."""

    def _propose(self) -> None:
        choices = self.choices
        path = reports.next_path(self._folder, self._audit.loaded.sheet, choices.format, choices.wanted)
        self.place.setText(str(path))
        self.place.setCursorPosition(len(str(path)))
        self.place.setToolTip(str(path))

    def _prepare(self, form: str) -> Callable[[Session], reports.Prepared]:
        return partial(_prepared, audit=self._audit.audit_id, form=form, wanted=self.choices.wanted)

    @Slot()
    def _on_choice(self) -> None:
        self._propose()
        if self.choices.wanted != self._drawn:  # another format has the same pages
            self._draw()

    @Slot(bool)
    def _on_interview(self, on: bool) -> None:
        self.stack.setCurrentIndex(1 if on else 0)

    @Slot(str)
    def _on_missing(self, where: str) -> None:
        if where == SYNTHESIS:
            self.synthesis_wanted.emit()
        elif where == PREPARATION:
            self.preparation_wanted.emit()
        else:
            self.criterion_wanted.emit(where)

    # -- place

    @Slot()
    def _on_browse(self) -> None:
        dialog = QFileDialog(self, "Où enregistrer l'export ?", str(self._folder))
        dialog.setObjectName("export_dialog")
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self._on_folder)
        dialog.open()

    @Slot(str)
    def _on_folder(self, folder: str) -> None:
        self._folder = Path(folder)
        self._propose()

    # -- exporting

    @Slot()
    def _on_export(self) -> None:
        text = self.place.text().strip()
        if not self.export_button.isEnabled():
            return
        if not text or not Path(text).is_absolute():
            say(self.result, "Indiquez un fichier avec son dossier complet.", Tone.MIDDLE)
            return
        self._follow = self.export_button.hasFocus()
        if self._follow:
            self.place.setFocus()  # a disabled button would send the keys anywhere
        self.export_button.setEnabled(False)
        say(self.result, "")
        self._audit.writer.submit(
            self._prepare(self.choices.format), done=self._on_prepared, failed=self._on_known
        )

    @Slot(object)
    def _on_prepared(self, prepared: reports.Prepared) -> None:
        path = Path(self.place.text().strip())
        job = Job(self)

        def work(progress: Progress) -> Path:
            return reports.make(prepared, path, progress=progress, cancelled=job.stopping)

        job.done.connect(self._on_done)
        job.failed.connect(self._on_failed)
        job.cancelled.connect(self._on_cancelled)
        job.progressed.connect(self._on_progress)
        self._job = job
        for part in (self.progress, self.cancel_button):
            part.show()
        self.progress.setRange(0, 0)
        job.start(work)

    @Slot(int, int, str)
    def _on_progress(self, done: int, total: int, what: str) -> None:
        self.progress.setRange(0, total)
        self.progress.setValue(done)
        say(self.step, what)

    @Slot()
    def _on_cancel(self) -> None:
        if self._job is not None:
            self._job.cancel()

    def _show_idle(self) -> None:
        self.export_button.setEnabled(True)
        if self._follow and self.place.hasFocus():
            self.export_button.setFocus()
        for part in (self.progress, self.cancel_button, self.step, self.open_file, self.open_folder):
            part.hide()

    @Slot(object)
    def _on_done(self, path: Path) -> None:
        self._show_idle()
        self._made = path
        say(self.result, f"Écrit : {path.name}, dans {path.parent}", Tone.GOOD)
        self.open_file.show()
        self.open_folder.show()
        if self.export_button.hasFocus():
            self.open_file.setFocus()
        self._folder = path.parent
        self._propose()

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        if isinstance(error, KnownError):
            self._on_known(error)
        else:
            self._show_idle()
            say(self.result, "L'export n'a pas abouti ; l'audit est intact.", Tone.BAD)
            self._audit.writer.failed.emit(error)

    @Slot(object)
    def _on_known(self, error: KnownError) -> None:
        self._show_idle()
        say(self.result, error.sentence, Tone.BAD)

    @Slot()
    def _on_cancelled(self) -> None:
        self._show_idle()
        say(self.result, "Export arrêté : aucun fichier n'a été écrit.", Tone.WAITING)

    @Slot()
    def _on_open_file(self) -> None:
        if self._made is not None and self._made.is_file():
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._made)))

    @Slot()
    def _on_open_folder(self) -> None:
        if self._made is not None and self._made.parent.is_dir():
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._made.parent)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the pages under the choices on a narrow window."""
        super().resizeEvent(event)
        narrow = self.width() < theme.current().px(_WIDE)
        self.splitter.setOrientation(Qt.Orientation.Vertical if narrow else Qt.Orientation.Horizontal)


def _prepared(session: Session, *, audit: str, form: str, wanted: reports.Wanted) -> reports.Prepared:
    """Read what a report needs, on the thread of the session."""
    return reports.prepare(session, audit, form, wanted)
