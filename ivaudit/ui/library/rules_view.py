"""Tableau récapitulatif: each rule of the volumes beside its criteria, and the codes read in the volumes."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices, QResizeEvent
from PySide6.QtWidgets import QFileDialog, QProgressBar, QStackedWidget, QWidget

from ivaudit.app import rules
from ivaudit.app.rules import CodesPreview
from ivaudit.domain.errors import ContentProblems, KnownError
from ivaudit.domain.progress import Progress
from ivaudit.domain.rules_table import RuleRow, RulesTable
from ivaudit.domain.tone import Tone
from ivaudit.ui import french, theme
from ivaudit.ui.audit.flow import Flow
from ivaudit.ui.controls import Combo, SearchLine, button, called, column_in, label, row, say
from ivaudit.ui.job import Job, Work
from ivaudit.ui.library.codes_preview import CodesPreviewView
from ivaudit.ui.library.markup import target
from ivaudit.ui.library.rule_rows import CHOSEN, EMPTY, Which, columns, rule_said, searched, summary
from ivaudit.ui.library.text_view import TextView
from ivaudit.ui.library.tools import ToolView, back_button
from ivaudit.ui.resting import Resting
from ivaudit.ui.table import Table
from ivaudit.ui.theme import Space

_BOOK = "Classeurs Excel (*.xlsx)"
_CODES = "Fichiers de codes (*.yaml)"
_BACK_IN = "Tableaux complétés et fichiers de codes (*.xlsx *.yaml *.yml)"
_LOW_UNDER = 520
_DETAIL = 150
_MOST_PROBLEMS = 4
_OURS = "L'opération n'a pas pu être faite : l'erreur vient de nous. Rien n'a été modifié."


class RulesView(ToolView):
    """The table with its filters on one page, the preview of an import on another."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("rules_view")
        self._table: RulesTable | None = None
        self._job: Job | None = None
        self._made: Path | None = None
        self._read, self._amount = "", 0
        self._folder = Path(
            QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation) or Path.home()
        )
        self.back = back_button()
        self.title = label("Tableau récapitulatif", "rules_title", "heading", wrap=False)
        self.volume = Combo("rules_volume", "Volume")
        self.which = Combo("rules_which", "Règles affichées")
        self.search = SearchLine("rules_search", "Rechercher dans les règles")
        self.note = label("", "rules_note", "muted")
        self.list = Table("rules_list", "Règles et critères", columns(), searched)
        self.detail = called(TextView(), "rules_detail", "Règle choisie")
        self.export = button("Exporter le tableau…", "rules_export")
        self.take = button("Importer un tableau complété…", "rules_import")
        self.give = button("Exporter les codes relevés…", "rules_codes_export", "quiet")
        self.open = button("Ouvrir le fichier", "rules_open", "quiet")
        self.stop = button("Arrêter", "rules_stop")
        self.progress = called(QProgressBar(), "rules_progress", "Avancement")
        self.result = label("", "rules_result")
        self.preview = CodesPreviewView()
        self.stack = QStackedWidget()
        self.stack.setObjectName("rules_stack")
        self.stack.setStyleSheet("QStackedWidget#rules_stack { background: transparent; }")
        self._lay_out()
        self._connect()
        self._idle()
        for quiet in (self.result, self.note):
            say(quiet, "")
        self.open.hide()

    def enter(self) -> None:
        """Read the table again and take the focus."""
        if self._job is None:
            self._load()
        self.list.setFocus()

    def leave(self) -> bool:
        """Stop what is being done; nothing is left half done."""
        if self._job is not None:
            self._job.cancel()
        return True

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the whole room to the list where there is little height."""
        super().resizeEvent(event)
        self._fit()

    # -- made

    def _lay_out(self) -> None:
        self.search.setPlaceholderText("Rechercher une règle, un code, un critère  (Ctrl+F)")
        self.search.setMinimumWidth(220)
        for which in Which:
            self.which.addItem(which.value, which)
        self.volume.addItem("Tous les volumes", "")
        filters = Flow(spacing=Space.SMALL, stretch=True)
        for part in (self.volume, self.which, self.search):
            filters.add(part)
        actions = Flow(spacing=Space.SMALL)
        for made in (self.export, self.take, self.give, self.open, self.stop):
            actions.add(made)
        page = QWidget()
        column = column_in(page)
        column.addWidget(filters)
        column.addWidget(self.note)
        column.addWidget(self.list, 1)
        column.addWidget(self.detail)
        self.stack.addWidget(page)
        self.stack.addWidget(self.preview)
        whole = column_in(self)
        whole.addLayout(row(self.back, self.title, None))
        whole.addWidget(actions)
        whole.addWidget(self.progress)
        whole.addWidget(self.result)
        whole.addWidget(self.stack, 1)

    def _connect(self) -> None:
        self.back.clicked.connect(self.closed)
        self.volume.currentIndexChanged.connect(self._on_filter)
        self.which.currentIndexChanged.connect(self._on_filter)
        self.search.textChanged.connect(self._on_search)
        self.search.returnPressed.connect(self.list.setFocus)
        self.list.opened.connect(self._on_opened)
        self.list.current_value.connect(self._on_current)
        self.detail.link_wanted.connect(self._on_link)
        self.export.clicked.connect(self._on_export)
        self.take.clicked.connect(self._on_take)
        self.give.clicked.connect(self._on_give)
        self.open.clicked.connect(self._on_open)
        self.stop.clicked.connect(self._on_stop)
        self.preview.accepted.connect(self._on_accept)
        self.preview.given_up.connect(self._on_given_up)
        theme.notice().changed.connect(self._on_dress)
        self.searched = self.search
        self._resting = Resting((self.export, self.take, self.give, self.preview), self.stop)

    # -- the table

    def _load(self) -> None:
        if self._table is None:
            say(self.note, "Chargement du tableau…")
        self._start(_read, self._on_loaded, busy=False)

    @Slot(object)
    def _on_loaded(self, table: RulesTable) -> None:
        self._idle()
        self._table = table
        kept = self.volume.currentData()
        self.volume.blockSignals(True)
        self.volume.clear()
        self.volume.addItem("Tous les volumes", "")
        for volume in table.volumes:
            self.volume.addItem(f"{volume.title} (édition {volume.edition})", volume.id)
        self.volume.setCurrentIndex(max(0, self.volume.findData(kept)))
        self.volume.blockSignals(False)
        self.give.setVisible(any(each.codes for each in table.rows))
        self._on_filter()

    @Slot()
    def _on_filter(self) -> None:
        """List the rules of the volume and of the kind chosen."""
        if self._table is None:
            return
        volume, keep = self.volume.currentData(), CHOSEN[Which(self.which.currentData())]
        rows = [each for each in self._table.rows if volume in {"", each.volume.id} and keep(each)]
        kept = self.list.value()
        self.list.values.show_values(rows)
        self._after(kept)

    @Slot(str)
    def _on_search(self, text: str) -> None:
        kept = self.list.value()
        self.list.values.search(text)
        self._after(kept)

    def _after(self, kept: RuleRow | None) -> None:
        """Say what is listed and stay on the same rule where it still is."""
        if self._table is None:
            return
        shown = self.list.values.rows
        empty = EMPTY[Which.ALL if self.search.text().strip() else Which(self.which.currentData())]
        say(self.note, summary(self._table, len(shown)) if shown else empty)
        wanted = kept.rule.id if kept is not None else ""
        self.list.choose(next((at for at, each in enumerate(shown) if each.rule.id == wanted), 0))
        if not shown:
            self.detail.show_html("")

    @Slot(object)
    def _on_current(self, chosen: RuleRow | None) -> None:
        self.detail.show_html(rule_said(chosen) if chosen is not None else "")

    @Slot(object)
    def _on_opened(self, chosen: RuleRow) -> None:
        if chosen.covers:
            self.wanted.emit(chosen.covers[0].about)

    @Slot(str)
    def _on_link(self, url: str) -> None:
        where = target(url)
        if where is not None:
            self.wanted.emit("/".join(where))

    # -- out

    @Slot()
    def _on_export(self) -> None:
        self._ask_where(rules.book_name(), _BOOK, self._on_export_file)

    @Slot(str)
    def _on_export_file(self, file: str) -> None:
        self._start_cancellable(partial(_export, Path(file)), self._on_written)

    @Slot()
    def _on_give(self) -> None:
        self._ask_where(rules.CODES_NAME, _CODES, self._on_give_file)

    @Slot(str)
    def _on_give_file(self, file: str) -> None:
        self._start(partial(_give, Path(file)), self._on_written)

    @Slot(object)
    def _on_written(self, path: Path) -> None:
        self._idle()
        self._made = path
        say(self.result, f"Écrit : {path.name}, dans {path.parent}", Tone.GOOD)
        self.open.show()

    @Slot()
    def _on_open(self) -> None:
        if self._made is not None and self._made.is_file():
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._made)))

    # -- back in

    @Slot()
    def _on_take(self) -> None:
        dialog = self._dialog("Quel tableau complété ?", _BACK_IN, self._on_take_file)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.open()

    @Slot(str)
    def _on_take_file(self, file: str) -> None:
        path = Path(file)
        self._folder = path.parent
        self._read = path.name
        self._start_cancellable(partial(_take, path), self._on_read)

    @Slot(object)
    def _on_read(self, preview: CodesPreview) -> None:
        self._idle()
        self.preview.show_preview(preview, self._read)
        self.stack.setCurrentWidget(self.preview)
        self.preview.take_focus()

    @Slot(object)
    def _on_accept(self, preview: CodesPreview) -> None:
        self._amount = len(preview.changes)
        self._start(partial(_accept, preview), self._on_accepted)

    @Slot(object)
    def _on_accepted(self, _path: Path) -> None:
        self._idle()
        amount = self._amount
        self.stack.setCurrentIndex(0)
        words = french.count(amount, "code enregistré", "codes enregistrés")
        told = "Il s'applique" if amount == 1 else "Ils s'appliquent"
        say(
            self.result,
            f"{words}. {told} aux textes, aux grilles ouvertes ensuite et aux rapports.",
            Tone.GOOD,
        )
        self.reloaded.emit()
        self._load()
        self.list.setFocus()

    @Slot()
    def _on_given_up(self) -> None:
        self.stack.setCurrentIndex(0)
        say(self.result, "Rien n'a été enregistré.", Tone.WAITING)
        self.list.setFocus()

    # -- work beside the window

    def _ask_where(self, name: str, kind: str, then: Callable[[str], None]) -> None:
        dialog = self._dialog("Où enregistrer le fichier ?", kind, then)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(Path(name).suffix[1:])
        dialog.selectFile(name)
        dialog.open()

    def _dialog(self, title: str, kind: str, then: Callable[[str], None]) -> QFileDialog:
        dialog = QFileDialog(self, title, str(self._folder), kind)
        dialog.setObjectName("rules_file_dialog")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(then)
        return dialog

    def _start_cancellable(
        self, make: Callable[[Callable[[], bool], Progress], object], then: Callable[..., None]
    ) -> None:
        job = Job(self)
        self._run(job, partial(make, job.stopping), then, busy=True)

    def _start(self, work: Work, then: Callable[..., None], *, busy: bool = True) -> None:
        self._run(Job(self), work, then, busy=busy)

    def _run(self, job: Job, work: Work, then: Callable[..., None], *, busy: bool) -> None:
        if self._job is not None:
            return
        self._job = job
        job.done.connect(then)
        job.failed.connect(self._on_failed)
        job.cancelled.connect(self._on_cancelled)
        job.progressed.connect(self._on_progress)
        if busy:
            say(self.result, "")
            self.open.hide()
            self.progress.setRange(0, 0)
            self._show_running(on=True)
        job.start(work)

    @Slot(int, int, str)
    def _on_progress(self, done: int, total: int, what: str) -> None:
        self.progress.setRange(0, total)
        self.progress.setValue(done)
        self.progress.setAccessibleDescription(what)

    @Slot()
    def _on_stop(self) -> None:
        if self._job is not None:
            self._job.cancel()

    @Slot()
    def _on_cancelled(self) -> None:
        self._idle()
        say(self.result, "Arrêté : rien n'a été modifié.", Tone.WAITING)

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        self._idle()
        if not isinstance(error, KnownError):
            say(self.result, _OURS, Tone.BAD)
            self.unexpected.emit(error)
            return
        problems = error.problems if isinstance(error, ContentProblems) else ()
        more = f"\n… et {len(problems) - _MOST_PROBLEMS} autres." if len(problems) > _MOST_PROBLEMS else ""
        say(self.result, "\n".join((error.sentence, *problems[:_MOST_PROBLEMS])) + more, Tone.BAD)

    def _idle(self) -> None:
        self._job = None
        self._show_running(on=False)

    def _show_running(self, *, on: bool) -> None:
        self.progress.setVisible(on)
        self._resting.show(running=on)

    @Slot()
    def _on_dress(self) -> None:
        self._fit()
        self._on_current(self.list.value())

    def _fit(self) -> None:
        look = theme.current()
        self.detail.setVisible(self.height() >= look.px(_LOW_UNDER))
        self.detail.setFixedHeight(min(look.px(_DETAIL), max(1, self.height() // 3)))


def _read(_progress: Progress) -> RulesTable:
    return rules.table()


def _export(path: Path, stopping: Callable[[], bool], progress: Progress) -> Path:
    return rules.export(path, progress=progress, cancelled=stopping)


def _take(path: Path, stopping: Callable[[], bool], _progress: Progress) -> CodesPreview:
    return rules.read_codes(path, cancelled=stopping)


def _accept(preview: CodesPreview, _progress: Progress) -> Path:
    return rules.accept(preview)


def _give(path: Path, _progress: Progress) -> Path:
    return rules.export_codes(path)
