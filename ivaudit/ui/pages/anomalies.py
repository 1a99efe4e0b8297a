"""Anomalies: the register, filtered and searched while one types, with the entry that is chosen beside it."""

from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QSplitter, QStackedWidget, QWidget

from ivaudit.domain.anomalies import EntryKind, EntryLine
from ivaudit.domain.audit import Changes
from ivaudit.domain.errors import BugError, KnownError
from ivaudit.ui import french, theme
from ivaudit.ui.anomalies import gestures
from ivaudit.ui.anomalies.actions_bar import ActionsBar
from ivaudit.ui.anomalies.book import RegisterBook
from ivaudit.ui.anomalies.charts import Charts
from ivaudit.ui.anomalies.columns import Words
from ivaudit.ui.anomalies.filter_bar import FilterBar
from ivaudit.ui.anomalies.keys import KEYS
from ivaudit.ui.anomalies.lines_table import LinesTable
from ivaudit.ui.anomalies.listing import LineNow
from ivaudit.ui.anomalies.log_desk import LogDesk
from ivaudit.ui.anomalies.reading import Used
from ivaudit.ui.anomalies.side import Side
from ivaudit.ui.audit.keys_panel import KeysPanel
from ivaudit.ui.audit.phrases import bound
from ivaudit.ui.controls import column_in, label, row, say
from ivaudit.ui.page import Page, Said
from ivaudit.ui.writer import Writer

_READING = "Lecture du registre…"
_EMPTY = (
    "Aucune anomalie : le registre est vide. Ctrl+N en saisit une en moins d'une minute, sans nom ni date de "
    "naissance ; son numéro se recopie dans le dossier de la personne."
)
_NONE = "Aucune anomalie ici : une autre vue, ou « Tout voir », en montre peut-être."
_ALONE_UNDER = 900


class AnomaliesPage(Page):
    """The register. What is chosen, filtered and searched stays so when one leaves the page."""

    def __init__(self, writer: Writer, parent: QWidget | None = None) -> None:
        super().__init__("anomalies", "Anomalies", writer, parent)
        self.book = RegisterBook(writer, self)
        self._words: Words | None = None
        self._wanted = ""
        self._alone = False
        self.bar = ActionsBar()
        self.filters = FilterBar()
        self.note = label("", "anomalies_note", "muted")
        self.list = LinesTable(self._shown_words)
        self.side = Side(writer)
        self.charts = Charts()
        self.logs = LogDesk(writer, self.list, self.side, self.filters)
        self.bar.add(self.logs.menu)
        self.keys = KeysPanel(
            self,
            KEYS,
            "Touches du registre",
            "Les chiffres agissent quand la liste, ou la saisie à côté, a le focus.",
        )
        self._lay_out()
        self._connect()
        self._bind_keys()

    def _lay_out(self) -> None:
        self.title_label = label("Anomalies", "anomalies_title", "title", wrap=False)
        self.left = QWidget()
        self.left.setObjectName("anomalies_left")
        inside = column_in(self.left, spacing=theme.Space.TINY)
        inside.addWidget(self.note)
        inside.addWidget(self.list, 1)
        self.split = QSplitter(Qt.Orientation.Horizontal)
        self.split.setObjectName("anomalies_split")
        self.split.setChildrenCollapsible(False)
        self.split.setHandleWidth(theme.Space.SMALL)
        self.split.addWidget(self.left)
        self.split.addWidget(self.side)
        self.split.setStretchFactor(0, 1)
        self.split.setStretchFactor(1, 1)
        self.split.setSizes([560, 520])
        self.stack = QStackedWidget()
        self.stack.setObjectName("anomalies_stack")
        whole = QWidget()
        whole.setObjectName("anomalies_whole")
        column = column_in(whole, spacing=theme.Space.SMALL)
        column.addWidget(self.filters)
        column.addWidget(self.split, 1)
        self.stack.addWidget(whole)
        self.stack.addWidget(self.charts)
        self.stack.addWidget(self.logs.coming)
        self.column.setSpacing(theme.Space.SMALL)
        self.head = QWidget()
        self.head.setObjectName("anomalies_head")
        line = row(self.title_label, self.bar)
        line.setContentsMargins(0, 0, 0, 0)
        line.setStretch(1, 1)
        self.head.setLayout(line)
        self.column.addWidget(self.head)
        self.column.addWidget(self.logs)
        self.column.addWidget(self.stack, 1)
        self._whole = whole
        self.side.hide()

    def _connect(self) -> None:
        self.book.reading.connect(self._on_reading)
        self.book.loaded.connect(self._on_loaded)
        self.book.changed.connect(self._on_changed)
        self.book.around_changed.connect(self._on_around)
        self.book.unread.connect(self._on_unread)
        self.bar.new_wanted.connect(self.start)
        self.bar.charts_wanted.connect(self.show_charts)
        self.filters.searched.connect(self._on_searched)
        self.filters.filtered.connect(self._on_filtered)
        self.filters.left.connect(self.list.setFocus)
        self.list.current_value.connect(self._on_current)
        self.list.opened.connect(self._on_opened)
        self.list.digit_pressed.connect(self._on_digit)
        self.list.lines.layoutChanged.connect(self._on_sorted)
        self.side.said.connect(self.said)
        self.side.asked.connect(self.asked)
        self.side.back_wanted.connect(self._on_back)
        self.side.shown.connect(self._on_shown)
        self.side.filled.connect(self._on_filled)
        self.charts.left.connect(self._on_charts_left)
        self.charts.said.connect(self._on_charts_said)
        self.logs.said.connect(self._on_charts_said)
        self.logs.opened.connect(partial(self.stack.setCurrentWidget, self.logs.coming))
        self.logs.closed.connect(self._on_charts_left)
        self.keys.closed.connect(self._on_keys)

    def _bind_keys(self) -> None:
        bindings = {
            "Ctrl+N": partial(self.start, EntryKind.ANOMALY),
            "Ctrl+Shift+N": partial(self.start, EntryKind.EVENT),
            "Ctrl+Shift+L": partial(self.start, EntryKind.BATCH),
            "Ctrl+F": self._on_search,
            "Ctrl+G": self.show_charts,
            "Ctrl+C": self._on_copy,
            "Ctrl+Z": partial(self._turn, gestures.undo),
            "Ctrl+Y": partial(self._turn, gestures.redo),
            "Ctrl+Shift+Z": partial(self._turn, gestures.redo),
            "F1": self._on_keys,
            "F2": self.side.open_sheet,
        }
        for keys, slot in bindings.items():
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(slot)
        remove = QShortcut(QKeySequence("Del"), self.list)
        remove.setContext(Qt.ShortcutContext.WidgetShortcut)
        remove.activated.connect(self.side.remove)

    # -- reading

    def enter(self, about: object = None) -> None:
        """Read what changed meanwhile, everything the first time; `about` is the id of an entry to show."""
        self._wanted = str(about or "")
        self.book.come_in(self._wanted)
        self._show_wanted()
        if not self.side.writing:
            self.list.setFocus()

    def refresh(self, changes: Changes) -> None:
        """Read what a gesture changed, and nothing else; later, if the page is not seen."""
        self.book.note(changes)
        if self.isVisible() and self.book.register is not None:
            self.book.catch_up()

    def settle(self) -> None:
        """Hand over what is being typed."""
        self.side.settle()

    @Slot()
    def _on_reading(self) -> None:
        say(self.note, _READING)

    @Slot()
    def _on_loaded(self) -> None:
        register = self.book.register
        if register is not None:
            self._take()
            self._keep_place(partial(self.list.lines.load, register))
            self._show_figures()
            self._show_wanted()

    @Slot(object)
    def _on_unread(self, error: KnownError) -> None:
        say(self.note, error.sentence)
        self.on_known_error(error)

    @Slot(object)
    def _on_changed(self, changed: dict[str, LineNow | None]) -> None:
        self.list.lines.replace(changed)
        self._show_figures()
        self._show_wanted()
        self.side.read()

    @Slot()
    def _on_around(self) -> None:
        self._take()
        self._show_figures()

    def _take(self) -> None:
        around = self.book.around
        if around is not None:
            self._words = Words(around.terms, around.names)
            self.side.take(around, self._words)

    # -- the list

    @Slot(str)
    def _on_searched(self, text: str) -> None:
        self._keep_place(partial(self.list.lines.search, text))
        self._show_note()

    @Slot()
    def _on_filtered(self) -> None:
        self._keep_place(partial(self.list.lines.filter, self.filters.wanted()))
        self._show_note()

    @Slot()
    def _on_sorted(self) -> None:
        self._show_note()

    def _keep_place(self, change: Any) -> None:  # noqa: ANN401 - what lists anew
        """List anew, and keep the line that was chosen, or take the first."""
        now = getattr(self.list.value(), "id", "")
        blocked = self.list.blockSignals(True)
        change()
        at = self.list.lines.place_of(now) if now else -1
        self.list.choose(max(0, at))
        self.list.blockSignals(blocked)
        self._on_current(self.list.value())

    def _show_wanted(self) -> None:
        """Go to the entry that was asked for, in every view if this one does not list it."""
        register = self.book.register
        if not self._wanted or register is None or self._wanted not in register.by_id:
            return
        wanted, self._wanted = self._wanted, ""
        at = self.list.lines.place_of(wanted)
        if at < 0:
            self.filters.reset()
            at = self.list.lines.place_of(wanted)
        self.list.choose(at)
        self.side.choose(wanted)
        self._on_current(self.list.value())

    def _shown_words(self) -> Words:
        if self._words is None:
            raise BugError("anomalies: words are asked for before they are read")
        return self._words

    def _show_figures(self) -> None:
        if self.book.register is not None:
            self.filters.show_register(self.book.register)
            self.side.used = Used(units=self.book.register.units, software=self.book.register.software)
            self._show_note()

    def _show_note(self) -> None:
        """Say how many lines are listed, or what to do where there are none."""
        total, shown = self.list.lines.total, len(self.list.lines.rows)
        if self.book.register is None:
            return
        self.list.setVisible(bool(shown))
        said = f"{french.count(shown, 'saisie', 'saisies')} sur {french.number(total)}"
        say(self.note, said if shown else bound(_NONE if total else _EMPTY))
        self.bar.charts.setEnabled(bool(total))

    @Slot(object)
    def _on_current(self, line: EntryLine | None) -> None:
        self.side.choose(line.id if line is not None else "")

    @Slot(object)
    def _on_opened(self, _line: EntryLine) -> None:
        self.side.read()
        self._show_side(on=True)
        self.side.enter()

    @Slot(int)
    def _on_digit(self, digit: int) -> None:
        detail = self.side.detail
        if detail is not None and self.side.number and not self.side.writing:
            self._show_side(on=True)
            detail.moves.choose(digit)

    @Slot(str)
    def _on_shown(self, key: str) -> None:
        self._wanted = key
        self._show_wanted()

    # -- beside the list

    @Slot(object)
    def start(self, kind: EntryKind) -> None:
        """Open a short entry."""
        if self.book.around is None:
            return
        self.stack.setCurrentWidget(self._whole)
        self.side.start(kind, self.filters.wanted().facility)

    @Slot(bool)
    def _on_filled(self, there: bool) -> None:
        self._show_side(on=self.side.writing or (self._alone and there and self.left.isHidden()))

    @Slot()
    def _on_back(self) -> None:
        self._show_side(on=False)
        self.list.setFocus()

    def _show_side(self, *, on: bool) -> None:
        """Show the list, what stands beside it, or both; one who writes has the whole page."""
        one = on and (self._alone or self.side.writing)
        for part in (self.left, self.filters, self.head):
            part.setVisible(not one)
        self.side.setVisible(on if self._alone else self.side.currentWidget() is not self.side.nothing)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show the list or the entry, not both, where there is little room."""
        super().resizeEvent(event)
        self._fit()
        if self.keys.isVisible():
            self.keys.settle_in()

    def showEvent(self, event: QShowEvent) -> None:
        """Arrange for the text size of now."""
        super().showEvent(event)
        self._fit()

    def _fit(self) -> None:
        alone = self.width() < _ALONE_UNDER * theme.current().scale
        if alone != self._alone:
            self._alone = alone
            self.side.set_alone(alone)
            self._show_side(on=self.side.writing)

    # -- charts

    @Slot()
    def show_charts(self) -> None:
        """Show the figures of what the filters leave, whatever the view."""
        if self.book.register is None or not self.book.register.lines:
            return
        self.settle()
        lines = self.list.lines.whatever_the_view()
        every = len(lines) == len(self.book.register.lines)
        about = (
            "Tout le registre." if every else f"{french.number(len(lines))} saisies : filtres et recherche."
        )
        self.book.ask_batches(partial(self.charts.show_lines, lines, self.book.register.terms, about))
        self.stack.setCurrentWidget(self.charts)
        self.charts.first_focus().setFocus()

    @Slot()
    def _on_charts_left(self) -> None:
        self.stack.setCurrentWidget(self._whole)
        self.list.setFocus()

    @Slot(str)
    def _on_charts_said(self, sentence: str) -> None:
        self.said.emit(Said(sentence=sentence))

    # -- keys

    @Slot()
    def _on_search(self) -> None:
        self.stack.setCurrentWidget(self._whole)
        self._show_side(on=False)
        self.filters.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.filters.search.selectAll()

    @Slot()
    def _on_copy(self) -> None:
        if self.stack.currentWidget() is self.charts:
            self.charts.copying.copy()
        else:
            self.side.copy_number()

    @Slot()
    def _on_keys(self) -> None:
        self.keys.setVisible(self.keys.isHidden())
        if self.keys.isVisible():
            self.keys.settle_in()
            self.keys.raise_()

    def _turn(self, work: Any) -> None:  # noqa: ANN401 - undo or redo
        self.settle()
        self.writer.submit(work, done=self._on_turned, failed=self.on_known_error)

    @Slot(object)
    def _on_turned(self, changes: Changes) -> None:
        self.said.emit(Said(sentence=f"{changes.done}."))
