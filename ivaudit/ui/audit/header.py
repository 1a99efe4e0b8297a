"""The head of an audit: what it is, what is left to see, whether all is on disk, and its tabs."""

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QMenu, QSizePolicy, QTabBar, QToolButton, QWidget

from ivaudit.domain.audit import AuditState
from ivaudit.domain.tone import Tone
from ivaudit.ui import theme, tool_tips
from ivaudit.ui.audit.flow import Flow
from ivaudit.ui.audit.loading import Heading
from ivaudit.ui.audit.open_audit import OpenAudit
from ivaudit.ui.audit.phrases import broken_points, budget_of, what_is_left
from ivaudit.ui.controls import Bar, Brief, called, column_in, label, row, say
from ivaudit.ui.french import count, hour_at, long_date
from ivaudit.ui.theme import Space

TABS = ("Préparation", "Grille", "Observations", "Constats et actions", "Synthèse", "Rapport")


class AuditHeader(QFrame):
    """Follows the open audit; `tab_chosen` carries the rank of a tab."""

    tab_chosen = Signal(int)
    keys_wanted = Signal()

    def __init__(self, audit: OpenAudit, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        called(self, "audit_header", "Audit")
        self.setProperty("card", True)
        self._audit = audit
        self._saved = ""
        self.title = label("Ouverture de l'audit…", "audit_title", "heading")
        self.left = label("", "what_is_left", wrap=False)
        self.left.setProperty("tone", Tone.WAITING.value)
        self.broken = label("", "broken_points", wrap=False)
        self.broken.setProperty("tone", Tone.BAD.value)
        self.counts = Brief("audit_counts", "muted")
        self.bar = Bar("audit_progress")
        self.saved = label("", "saved_at", "muted", wrap=False)
        self.tabs = QTabBar()
        self.undo_button = self._tool("Annuler", "undo")
        self.redo_button = self._tool("Rétablir", "redo")
        self.interview_button = self._tool("Mode entretien", "interview")
        self.keys_button = self._tool("Touches", "keys_button")
        self.more_button = self._tool("Plus…", "audit_more")
        self.more = QMenu(self)
        self._lay_out()
        self._connect()
        self._on_history()

    def _tool(self, text: str, name: str) -> QToolButton:
        made = called(QToolButton(), name, text)
        made.setText(text)
        made.setProperty("kind", "quiet")
        made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return made

    def _lay_out(self) -> None:
        called(self.tabs, "audit_tabs", "Étapes de l'audit")
        self.tabs.setExpanding(False)
        self.tabs.setUsesScrollButtons(True)
        self.tabs.setDrawBase(False)
        for text in TABS:
            self.tabs.addTab(text)
        self.tabs.setCurrentIndex(1)
        self.interview_button.setCheckable(True)
        self.interview_button.setToolTip("Cacher score, points critiques et notes internes (F8)")
        self.keys_button.setToolTip("Montrer les touches (F1)")
        for pill in (self.left, self.broken):
            pill.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
            pill.hide()
        self.pills = called(Flow(), "audit_state", "Ce qui reste")
        self.pills.add(self.left)
        self.pills.add(self.broken)
        self.first = row(self.title, self.saved)
        self.first.setStretch(0, 1)
        self.second = row(self.counts, self.pills)
        self.second.setStretch(0, 1)
        tools = called(Flow(spacing=Space.TINY), "audit_tools", "Actions")
        for tool in (self.undo_button, self.redo_button, self.interview_button, self.keys_button):
            tools.add(tool)
        self.tools = tools
        column = column_in(self, Space.SMALL, Space.TINY)
        column.addLayout(self.first)
        column.addLayout(self.second)
        column.addWidget(self.bar)
        self.third = row(self.tabs, tools, self.more_button)
        self.third.setStretch(0, 1)
        column.addLayout(self.third)
        self.bar.setFixedHeight(Space.TINY)

    def _connect(self) -> None:
        audit = self._audit
        audit.named.connect(self.on_named)
        audit.opened.connect(self._on_figures)
        audit.figures_changed.connect(self._on_figures_changed)
        audit.history_changed.connect(self._on_history)
        audit.interview_changed.connect(self._on_interview)
        audit.saved.connect(self._on_saved)
        audit.writer.saving.connect(self._on_saving)
        self.tabs.currentChanged.connect(self.tab_chosen)
        self.undo_button.clicked.connect(audit.undo)
        self.redo_button.clicked.connect(audit.redo)
        self.interview_button.clicked.connect(self._on_interview_clicked)
        self.keys_button.clicked.connect(self.keys_wanted)
        self.more_button.clicked.connect(self._on_more)

    def minimumSizeHint(self) -> QSize:
        """Be as high as the present width asks: wrapped labels would ask for their narrowest shape."""
        inside = self.layout()
        wide = max(self.width(), 320)
        return QSize(320, inside.totalHeightForWidth(wide) if inside is not None else 0)

    def set_room(self, *, low: bool, tiny: bool) -> None:
        """Leave the room to the work: figures go first, then the name (the window says it) and the tools."""
        (self.first if low else self.second).addWidget(self.pills)
        if tiny:
            self.third.insertWidget(1, self.saved)  # no line of its own where there is hardly one to spare
        else:
            self.first.addWidget(self.saved)
        self.counts.setVisible(not low)
        self.bar.setVisible(not low)
        self.title.setVisible(not tiny)
        self.pills.setVisible(not tiny)
        theme.mark(self.title, look="strong" if low else "heading")
        self._fit_tools(tiny=tiny)

    def _fit_tools(self, *, tiny: bool) -> None:
        """Keep the tools beside the tabs as long as no tab is cut."""
        least = self.tabs.sizeHint().width() + self.tools.sizeHint().width() + 3 * Space.SMALL
        folded = tiny or least > self.width()
        self.tools.setVisible(not folded)
        self.more_button.setVisible(folded)

    @Slot()
    def _on_more(self) -> None:
        self.more.clear()
        for tool in (self.undo_button, self.redo_button, self.interview_button, self.keys_button):
            action = self.more.addAction(tool.accessibleName())
            action.setEnabled(tool.isEnabled())
            action.triggered.connect(tool.click)
        self.more.popup(self.more_button.mapToGlobal(self.more_button.rect().bottomLeft()))

    @Slot(object)
    def on_named(self, found: Heading) -> None:
        """Show what the audit is."""
        self.title.setText(title_of(found))
        self.title.setAccessibleName(self.title.text())
        self.title.setToolTip(tool_tips.plain(self.title.text()))

    @Slot()
    def _on_figures(self) -> None:
        results = self._audit.results
        shown = not self._audit.interview
        budget = budget_of(self._audit.loaded.sheet.checklists)
        say(self.left, what_is_left(results, with_critical=shown, budget=budget))
        say(self.broken, broken_points(results) if shown else "")
        done = sum(int(result.progress.numerator) for result in results)
        total = sum(int(result.progress.denominator) for result in results)
        out = sum(int(result.not_applicable.numerator) for result in results)
        review = sum(result.review for result in results)
        locked = self._audit.loaded.sheet.audit.state is AuditState.VALIDATED
        parts = ["audit validé, lecture seule"] if locked else []
        parts += [f"{count(done, 'point traité', 'points traités')} sur {total}"]
        parts += [f"{out} sans objet"] if out else []
        parts += [f"{review} à revoir"] if review else []
        carried = sum(result.carried for result in results)
        parts += [f"{carried} à reconfirmer"] if carried else []
        parts += [each.title for each in self._audit.loaded.sheet.checklists]
        self.counts.show_text(" · ".join(parts))
        self.bar.show_share(done, total)

    @Slot(object)
    def _on_figures_changed(self, _moved: object) -> None:
        self._on_figures()

    @Slot()
    def _on_history(self) -> None:
        undo, redo = self._audit.undo_label, self._audit.redo_label
        self.undo_button.setEnabled(bool(undo))
        self.redo_button.setEnabled(bool(redo))
        self.undo_button.setToolTip(f"Annuler : {undo} (Ctrl+Z)" if undo else "Rien à annuler")
        self.redo_button.setToolTip(f"Rétablir : {redo} (Ctrl+Y)" if redo else "Rien à rétablir")
        self.undo_button.setAccessibleName(f"Annuler : {undo}" if undo else "Annuler")
        self.redo_button.setAccessibleName(f"Rétablir : {redo}" if redo else "Rétablir")

    @Slot(bool)
    def _on_interview(self, on: bool) -> None:
        self.interview_button.setChecked(on)
        if self._audit.is_open:
            self._on_figures()

    @Slot()
    def _on_interview_clicked(self) -> None:
        self._audit.set_interview(self.interview_button.isChecked())

    @Slot(str)
    def _on_saved(self, at: str) -> None:
        self._saved = f"Enregistré à {hour_at(at)}"
        say(self.saved, self._saved)

    @Slot(bool)
    def _on_saving(self, late: bool) -> None:
        say(self.saved, "Enregistrement…" if late else self._saved)


def title_of(found: Heading) -> str:
    """Return «EHPAD Les Tilleuls — audit externe du 21 novembre 2026», or its own title and the date."""
    day = long_date(found.date)
    if found.title:
        return f"{found.facility} — {found.title}, {day}"
    return f"{found.facility} — {found.kind[:1].lower()}{found.kind[1:]} du {day}"
