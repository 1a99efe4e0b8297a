"""Tableau récapitulatif: each rule of the volumes beside its criteria, and the codes read in the volumes."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from ivaudit.app import rules
from ivaudit.app.rules import CodesPreview
from ivaudit.domain.errors import KnownError
from ivaudit.domain.progress import Progress
from ivaudit.domain.rules_table import RuleRow, RulesTable
from ivaudit.domain.tone import Tone
from ivaudit.ui import french, theme
from ivaudit.ui.audit.flow import Flow
from ivaudit.ui.controls import Combo, SearchLine, button, called, column_in, label, row, say
from ivaudit.ui.job import Job
from ivaudit.ui.job_bar import JobBar, Stopping
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
_OURS = "Le tableau n'a pas pu être lu : l'erreur vient de nous. Rien n'a été modifié."


class RulesView(ToolView):
    """The table with its filters on one page, the preview of an import on another."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("rules_view")
        self._table: RulesTable | None = None
        self._reading: Job | None = None
        self._read, self._amount = "", 0
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
        self.bar = JobBar("rules_job")
        self.preview = CodesPreviewView()
        self.stack = QStackedWidget()
        self.stack.setObjectName("rules_stack")
        self.stack.setStyleSheet("QStackedWidget#rules_stack { background: transparent; }")
        self._lay_out()
        self._connect()
        say(self.note, "")

    def enter(self) -> None:
        """Read the table again and take the focus."""
        if not self.bar.running:
            self._load()
        self.list.setFocus()

    def leave(self) -> bool:
        """Stop what is being done; nothing is left half done."""
        self.bar.cancel()
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
        for made in (self.export, self.take, self.give):
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
        whole.addWidget(self.bar)
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
        self.bar.busy.connect(self._on_busy)
        self.bar.unexpected.connect(self.unexpected)
        self.preview.accepted.connect(self._on_accept)
        self.preview.given_up.connect(self._on_given_up)
        theme.notice().changed.connect(self._on_dress)
        self.searched = self.search
        self._resting = Resting((self.export, self.take, self.give, self.preview), self.bar.stop)

    # -- the table

    def _load(self) -> None:
        if self._reading is not None:
            return
        if self._table is None:
            say(self.note, "Chargement du tableau…")
        self._reading = Job(self)
        self._reading.done.connect(self._on_loaded)
        self._reading.failed.connect(self._on_not_loaded)
        self._reading.start(_read)

    @Slot(object)
    def _on_not_loaded(self, error: Exception) -> None:
        self._reading = None
        if isinstance(error, KnownError):
            self.bar.say(error.sentence, Tone.BAD)
            return
        self.bar.say(_OURS, Tone.BAD)
        self.unexpected.emit(error)

    @Slot(object)
    def _on_loaded(self, table: RulesTable) -> None:
        self._reading = None
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
        self.bar.ask_where(rules.book_name(), self.write_table, kinds=_BOOK)

    def write_table(self, path: Path) -> None:
        """Write the table as a workbook."""
        self.bar.start(partial(_export, path), self.bar.made)

    @Slot()
    def _on_give(self) -> None:
        self.bar.ask_where(rules.CODES_NAME, self.write_codes, kinds=_CODES)

    def write_codes(self, path: Path) -> None:
        """Write the codes found."""
        self.bar.start(partial(_give, path), self.bar.made)

    # -- back in

    @Slot()
    def _on_take(self) -> None:
        self.bar.ask_file("Quel tableau complété ?", self.take_back, kinds=_BACK_IN)

    def take_back(self, path: Path) -> None:
        """Read a table that was filled in, or a file of codes."""
        self._read = path.name
        self.bar.start(partial(_take, path), self._on_read)

    @Slot(object)
    def _on_read(self, preview: CodesPreview) -> None:
        self.preview.show_preview(preview, self._read)
        self.stack.setCurrentWidget(self.preview)
        self.preview.take_focus()

    @Slot(object)
    def _on_accept(self, preview: CodesPreview) -> None:
        self._amount = len(preview.changes)
        self.bar.start(partial(_accept, preview), self._on_accepted)

    @Slot(object)
    def _on_accepted(self, _path: Path) -> None:
        amount = self._amount
        self.stack.setCurrentIndex(0)
        words = french.count(amount, "code enregistré", "codes enregistrés")
        told = "Il s'applique" if amount == 1 else "Ils s'appliquent"
        self.bar.say(f"{words}. {told} aux textes, aux grilles ouvertes ensuite et aux rapports.", Tone.GOOD)
        self.reloaded.emit()
        self._load()
        self.list.setFocus()

    @Slot()
    def _on_given_up(self) -> None:
        self.stack.setCurrentIndex(0)
        self.bar.say("Rien n'a été enregistré.", Tone.WAITING)
        self.list.setFocus()

    @Slot(bool)
    def _on_busy(self, on: bool) -> None:
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


def _export(path: Path, progress: Progress, stopping: Stopping) -> Path:
    return rules.export(path, progress=progress, cancelled=stopping)


def _take(path: Path, _progress: Progress, stopping: Stopping) -> CodesPreview:
    return rules.read_codes(path, cancelled=stopping)


def _accept(preview: CodesPreview, _progress: Progress, _stopping: Stopping) -> Path:
    return rules.accept(preview)


def _give(path: Path, _progress: Progress, _stopping: Stopping) -> Path:
    return rules.export_codes(path)
