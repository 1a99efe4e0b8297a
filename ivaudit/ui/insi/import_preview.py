"""A monthly file that was read: whose it is, what storing it would change, what was refused."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QCheckBox, QStackedWidget, QWidget

from ivaudit.domain.errors import KnownError
from ivaudit.domain.insi import CHANNEL_WORDS, Channel, Usage, UsageChange, UsageComparison, UsageFile
from ivaudit.domain.months import said
from ivaudit.domain.sheet_problems import Severity, SheetProblem
from ivaudit.domain.tone import Tone
from ivaudit.ui.audit.flow import Flow
from ivaudit.ui.audit.phrases import bound
from ivaudit.ui.controls import Combo, button, called, column_in, label, row, say
from ivaudit.ui.french import count
from ivaudit.ui.insi.words import figure
from ivaudit.ui.table import Column, Table
from ivaudit.ui.theme import Space

_CHOOSE = "Choisissez : certificat ou carte CPx ?"
_WHICH = "Rien dans ce fichier ne dit s'il compte les appels par certificat ou par carte CPx : choisissez-le."
_NOTHING = "Rien à importer : ce que dit ce fichier est déjà enregistré."
_LEAST = 150


class ImportPreview(QWidget):
    """`channel_chosen(Channel)`, `accepted(UsageComparison, whole month)`, `left()`."""

    channel_chosen = Signal(object)
    accepted = Signal(object, bool)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        called(self, "insi_preview", "Ce que le fichier changerait")
        self._seen: UsageComparison | None = None
        self.title = label("", "insi_preview_title", "heading")
        self.back = button("Renoncer", "insi_preview_back", "quiet", "Ne pas importer ce fichier")
        self.channel = Combo("insi_preview_channel", "Ce que compte ce fichier")
        self.channel.setMinimumContentsLength(26)
        self.counts = label("", "insi_preview_counts")
        self.notes = label("", "insi_preview_notes", "muted")
        self.view = Combo("insi_preview_view", "Ce qui est montré")
        self.view.setMinimumContentsLength(26)
        self.tables = (
            Table("insi_changed", "Chiffres modifiés", _CHANGED, flat=True),
            Table("insi_added", "Lignes nouvelles", _ROWS, flat=True),
            Table("insi_missing", "Lignes absentes du fichier", _ROWS, flat=True),
            Table("insi_problems", "Rejets et remarques", _PROBLEMS, flat=True),
        )
        self.empty = label(_NOTHING, "insi_preview_empty", "muted")
        self.whole = called(QCheckBox(), "insi_preview_whole", "Le fichier remplace le mois entier")
        self.go = button("Importer", "insi_preview_go", "primary")
        self.result = label("", "insi_preview_result")
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        self.stack = QStackedWidget()
        self.stack.setObjectName("insi_preview_stack")
        for each in (*self.tables, self.empty):
            each.setMinimumHeight(_LEAST)
            self.stack.addWidget(each)
        column = column_in(self, spacing=Space.SMALL)
        head = row(self.title, self.back)
        head.setStretch(0, 1)
        column.addLayout(head)
        choices = called(Flow(spacing=Space.SMALL), "insi_preview_choices", "Choix")
        choices.add(self.channel)
        choices.add(self.view)
        for part in (self.counts, self.notes, choices):
            column.addWidget(part)
        column.addWidget(self.stack, 1)
        column.addWidget(self.whole)
        column.addLayout(row(self.go, None))
        column.addWidget(self.result)

    def _connect(self) -> None:
        self.back.clicked.connect(self.left)
        self.channel.activated.connect(self._on_channel)
        self.view.activated.connect(self._on_view)
        self.whole.toggled.connect(self._show_go)
        self.go.clicked.connect(self._on_go)
        escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), self)
        escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        escape.activated.connect(self.left)

    def show_file(self, file: UsageFile) -> None:
        """Show a file that was read, before it is known whose it is."""
        self._seen = None
        say(
            self.title,
            bound(f"Fichier « {file.name} » : {', '.join(map(said, file.months)) or 'vide'}"),
        )
        self.channel.clear()
        if file.channel is None:
            self.channel.addItem(_CHOOSE, None)
        for each in Channel:
            self.channel.addItem(f"Appels {CHANNEL_WORDS[each]}", each)
        self.channel.setCurrentIndex(max(0, self.channel.findData(file.channel)))
        say(self.counts, "" if file.channel is not None else bound(_WHICH), Tone.WAITING)
        say(self.notes, bound(_notes(file)))
        say(self.result, "")
        self.whole.setChecked(False)
        self.whole.hide()
        self.view.hide()
        self.tables[3].values.show_values(file.problems)
        self.stack.setCurrentWidget(self.tables[3] if file.problems else self.empty)
        self._show_go()
        self.channel.setFocus()

    @Slot(object)
    def show_comparison(self, seen: UsageComparison) -> None:
        """Show what storing the file would change."""
        self._seen = seen
        at = self.channel.findText(_CHOOSE)
        if at >= 0:
            self.channel.removeItem(at)
        shown = (seen.changed, seen.added, seen.missing, seen.file.problems)
        titles = ("Chiffres modifiés", "Lignes nouvelles", "Absentes du fichier", "Rejets et remarques")
        self.view.clear()
        for rank, (table, values, title) in enumerate(zip(self.tables, shown, titles, strict=True)):
            table.values.show_values(values)
            if values:
                self.view.addItem(f"{title} ({len(values)})", rank)
        self.view.setVisible(self.view.count() > 0)
        many = count(len(seen.missing), "ligne déjà reçue", "lignes déjà reçues")
        self.whole.setText(f"Ce fichier remplace le mois entier : retirer {many} qu'il n'a plus")
        self.whole.setVisible(bool(seen.missing))
        parts = (
            count(len(seen.added), "ligne nouvelle", "lignes nouvelles"),
            count(len(seen.changed), "ligne modifiée", "lignes modifiées"),
            count(seen.same, "inchangée", "inchangées"),
            count(seen.file.rejected, "rejetée", "rejetées"),
        )
        say(self.counts, " · ".join(parts), Tone.NEUTRAL)
        self._on_view()
        self._show_go()
        (self.go if self.go.isEnabled() else self.back).setFocus()

    def refuse(self, error: KnownError) -> None:
        """Say why nothing was stored."""
        say(self.result, error.sentence, Tone.BAD)
        self._show_go()

    @Slot()
    def _show_go(self) -> None:
        seen = self._seen
        gone = len(seen.missing) if seen is not None and self.whole.isChecked() else 0
        many = len(seen.added) + len(seen.changed) if seen is not None else 0
        self.go.setEnabled(bool(many or gone))
        text = f"Importer {count(many, 'ligne', 'lignes')}" if many else "Importer"
        self.go.setText(text + (f", en retirer {gone}" if gone else ""))
        self.go.setAccessibleName(self.go.text())

    @Slot()
    def _on_view(self) -> None:
        rank = self.view.currentData()
        self.stack.setCurrentWidget(self.empty if rank is None else self.tables[rank])

    @Slot()
    def _on_channel(self) -> None:
        chosen = self.channel.currentData()
        if chosen is not None:
            self.channel_chosen.emit(Channel(chosen))

    @Slot()
    def _on_go(self) -> None:
        if self._seen is not None:
            self.go.setEnabled(False)
            say(self.result, "Sauvegarde, puis import…", Tone.NEUTRAL)
            self.accepted.emit(self._seen, self.whole.isChecked())


def _notes(file: UsageFile) -> str:
    parts = [f"colonnes ignorées : {', '.join(file.ignored)}"] if file.ignored else []
    parts += (
        [f"{count(file.subtotals, 'ligne de total laissée', 'lignes de total laissées')}"]
        if file.subtotals
        else []
    )
    parts += (
        [f"{count(file.repeated, 'ligne en double', 'lignes en double')} comptée une fois"]
        if file.repeated
        else []
    )
    return " · ".join(parts)


def _figures(row: Usage) -> str:
    names = ("sollicitations", "récup.", "vérif.", "uniques")
    return ", ".join(f"{figure(value)} {name}" for value, name in zip(row.figures, names, strict=True))


def _turned(change: UsageChange, at: int) -> str:
    before = change.before.figures[at]
    after = change.after.figures[at] if change.after is not None else None
    return figure(before) if before == after else f"{figure(before)} → {figure(after)}"


def _severity(problem: SheetProblem) -> str:
    return "rejet" if problem.severity is Severity.ERROR else "à savoir"


_CHANGED = (
    Column(title="Structure", text=lambda each: each.before.name or each.before.finess, stretch=True),
    Column(title="FINESS", text=lambda each: each.before.finess, spare=True),
    Column(title="Mois", text=lambda each: said(each.before.month)),
    Column(title="Appels", text=lambda each: _turned(each, 0)),
    Column(title="Récup.", text=lambda each: _turned(each, 1)),
    Column(title="Vérif.", text=lambda each: _turned(each, 2)),
    Column(title="Uniques", text=lambda each: _turned(each, 3), spare=True),
)
_ROWS = (
    Column(title="Structure", text=lambda row: row.name or row.finess, stretch=True),
    Column(title="FINESS", text=lambda row: row.finess),
    Column(title="Mois", text=lambda row: said(row.month)),
    Column(title="Chiffres", text=_figures, spare=True),
)
_PROBLEMS = (
    Column(title="Où", text=lambda each: each.place),
    Column(title="Colonne", text=lambda each: each.title, spare=True),
    Column(title="", text=_severity),
    Column(title="Remarque", text=lambda each: bound(each.message), stretch=True),
)
