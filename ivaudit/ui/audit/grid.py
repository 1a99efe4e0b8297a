"""*Grille*: the parts of the walk, the list of points, the current point; where the time is spent."""

from collections.abc import Callable

from PySide6.QtCore import QModelIndex, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QSplitter, QStackedWidget, QWidget

from ivaudit.ui import theme
from ivaudit.ui.audit import splits
from ivaudit.ui.audit.answer_panel import AnswerPanel
from ivaudit.ui.audit.criteria_model import CriteriaModel
from ivaudit.ui.audit.criteria_view import CriteriaView
from ivaudit.ui.audit.filter_bar import FilterBar, SearchLine
from ivaudit.ui.audit.keys_panel import KeysPanel
from ivaudit.ui.audit.open_audit import OpenAudit
from ivaudit.ui.audit.references_box import ReferencesBox
from ivaudit.ui.audit.rows import Filter, Group, Order, Row, counts, groups
from ivaudit.ui.audit.section_picker import SectionPicker
from ivaudit.ui.audit.section_tree import SectionTree
from ivaudit.ui.controls import Combo, button, called, column_in, label, row
from ivaudit.ui.theme import Space

_WIDE = 1000
_ROOMY = 1100
_LOW = 500
_TREE = 230
_LEAST = 90
_REMEMBER_AFTER = 1_000


class Grid(QWidget):
    """The three panes and the keys that go through them."""

    arrangement_changed = Signal(bool)

    def __init__(self, audit: OpenAudit, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        called(self, "grid", "Grille")
        self._audit = audit
        self._groups: tuple[Group, ...] = ()
        self._order = Order.REFERENTIAL
        self._narrow: bool | None = None
        self._brief: bool | None = None
        self.model = CriteriaModel(self)
        self.list = CriteriaView(self.model)
        self.search = SearchLine()
        self.filters = FilterBar()
        self.sections = SectionTree()
        self.picker = SectionPicker(self.sections.model)
        self.filter_list = Combo("filter_list", "Filtre de la liste")
        self.panel = AnswerPanel(audit)
        self.beside = ReferencesBox(audit)
        self.panel.add_below_constat(self.beside, self.beside.pick)
        self.keys = KeysPanel(self)
        self._remember_timer = QTimer(self)
        self._remember_timer.setSingleShot(True)
        self._remember_timer.setInterval(_REMEMBER_AFTER)
        self._lay_out()
        self._connect()

    # -- building

    def _lay_out(self) -> None:
        self.empty = QFrame()
        inside = column_in(self.empty, Space.LARGE)
        self.empty_text = label("", "list_empty", "muted")
        self.empty_text.setMinimumWidth(_TREE)
        self.show_all = button("Afficher tous les points", "show_all")
        inside.addWidget(self.empty_text)
        inside.addLayout(row(self.show_all, None))
        inside.addStretch(1)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.list)
        self.stack.addWidget(self.empty)
        middle = called(QFrame(), "list_card", "Liste des points")
        middle.setProperty("card", True)
        column = column_in(middle, Space.SMALL)
        top = row(self.picker, self.search, self.filter_list)
        for at, (part, share) in enumerate(((self.picker, 5), (self.search, 4), (self.filter_list, 3))):
            part.setMinimumWidth(_LEAST)
            top.setStretch(at, share)
        column.addLayout(top)
        column.addWidget(self.filters)
        column.addWidget(self.stack, 1)
        self.outer = QSplitter(Qt.Orientation.Horizontal)
        self.inner = QSplitter(Qt.Orientation.Horizontal)
        for splitter, name in ((self.outer, "split_tree"), (self.inner, "split_panel")):
            splitter.setObjectName(name)
            splitter.setChildrenCollapsible(False)
            splitter.setHandleWidth(Space.SMALL)
            splitter.splitterMoved.connect(self._on_split)
        self.inner.addWidget(middle)
        self.inner.addWidget(self.panel)
        self.outer.addWidget(self.sections)
        self.outer.addWidget(self.inner)
        self.outer.setStretchFactor(1, 1)
        column_in(self).addWidget(self.outer)

    def _connect(self) -> None:
        audit = self._audit
        audit.opened.connect(self._on_opened)
        audit.searchable.connect(self._on_searchable)
        audit.answers_changed.connect(self._on_answers)
        audit.figures_changed.connect(self._on_figures)
        audit.late_changed.connect(self._on_late)
        audit.interview_changed.connect(self._on_interview)
        self.list.current_changed.connect(self._on_current)
        self.list.digit_pressed.connect(self._on_digit)
        self.list.letter_pressed.connect(self.panel.act)
        self.list.next_wanted.connect(self.go_to_next_unanswered)
        self.search.textChanged.connect(self._on_search)
        self.search.left.connect(self.focus_list)
        self.filters.chosen.connect(self._on_filter)
        self.filter_list.activated.connect(self._on_filter_picked)
        self.show_all.clicked.connect(self._on_show_all)
        self.sections.group_chosen.connect(self._on_group)
        self.sections.order_chosen.connect(self._on_order)
        self.picker.activated.connect(self._on_picked)
        self.panel.left.connect(self.focus_list)
        self.panel.answered.connect(self._on_answered)
        self.list.letter_pressed.connect(self.beside.act)
        self.beside.changed.connect(self._on_figures)
        self.keys.closed.connect(self.toggle_keys)
        self._remember_timer.timeout.connect(self._on_remember)
        theme.notice().changed.connect(self._on_look)

    # -- content

    @Slot()
    def _on_opened(self) -> None:
        current = self.current_row()
        wanted = current.key if current else self._audit.loaded.position
        self.panel.load()
        self._load()
        if self._audit.texts:
            self.model.set_texts(self._audit.texts)
        self.go_to(wanted)

    def _load(self) -> None:
        rows = self._audit.rows
        self._groups = groups(rows, self._order, self._audit.loaded.vocabulary)
        self.sections.model.load(self._groups, rows)
        self.model.load(rows, self._groups)
        self._show_counts()
        self._show_list()

    def _show_counts(self) -> None:
        self.filters.show_counts(counts(self._audit.rows))
        self.sections.model.refresh(self._audit.rows)
        if self._narrow:
            self._fill_picker()
        if self._brief:
            self._fill_filters()

    def _fill_filters(self) -> None:
        self.filter_list.clear()
        for wanted, text in self.filters.shown():
            self.filter_list.addItem(text, wanted)
        self.filter_list.setCurrentIndex(self.filter_list.findData(self.model.filter))

    def _fill_picker(self) -> None:
        self.picker.refresh()
        self.picker.show_row(self._groups, self.model.position_at(self.list.currentIndex()))

    def _show_list(self) -> None:
        listed = bool(self.model.rowCount())
        self.stack.setCurrentWidget(self.list if listed else self.empty)
        if listed:
            return
        looked = self.search.text().strip()
        self.empty_text.setText(
            f"Aucun point ne contient « {looked} » sous ce filtre."
            if looked
            else "Aucun point sous ce filtre."
        )

    # -- places

    def current_row(self) -> Row | None:
        """Return the current point."""
        return self.model.row_at(self.list.currentIndex())

    def go_to(self, criterion: str) -> None:
        """Make a criterion current, or the first point listed when it is not."""
        found = (self.model.index_of(at) for at in self._audit.positions(criterion))
        index = next((each for each in found if each.isValid()), self.model.index(0, 0))
        self.list.go(index)
        if not index.isValid():
            self.panel.show_row(None)

    def reveal(self, criterion: str) -> None:
        """Go to a criterion from another page, whatever the filter."""
        if not any(self.model.index_of(at).isValid() for at in self._audit.positions(criterion)):
            self._on_show_all()
        self.go_to(criterion)
        self.focus_list()

    @Slot()
    def focus_list(self) -> None:
        """Give the keys to the list."""
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def focus_search(self) -> None:
        """Give the keys to the search."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    @Slot()
    def go_to_next_unanswered(self) -> None:
        """Go to the next listed point without answer."""
        index = self.model.next_unanswered(self.list.currentIndex())
        if index.isValid():
            self.list.go(index)
        else:
            self._audit.said.emit("Tous les points de cette liste ont une réponse.")

    @Slot()
    def _on_current(self) -> None:
        index = self.list.currentIndex()
        self.panel.show_row(self.model.row_at(index))
        self.panel.follow(self.list)
        self.beside.show_row(self.model.row_at(index))
        self.beside.follow()
        if index.isValid():
            at = self.model.position_at(index)
            self.sections.show_row(at)
            self.picker.show_row(self._groups, at)
            self._remember_timer.start()

    @Slot()
    def _on_remember(self) -> None:
        shown = self.current_row()
        if shown is not None:
            self._audit.remember(shown.key)

    def settle(self) -> None:
        """Hand over what is being typed and where we are."""
        self.panel.settle()
        if self._remember_timer.isActive():
            self._remember_timer.stop()
            self._on_remember()

    # -- what is listed

    @Slot(object)
    def _on_filter(self, wanted: Filter) -> None:
        self._relist(lambda: self.model.set_filter(wanted))

    @Slot(int)
    def _on_filter_picked(self, at: int) -> None:
        self.filters.choose(self.filter_list.itemData(at))

    @Slot(str)
    def _on_search(self, text: str) -> None:
        self._relist(lambda: self.model.search(text))

    def _relist(self, change: Callable[[], None]) -> None:
        shown = self.current_row()
        change()
        self._show_list()
        self.go_to(shown.key if shown else "")

    @Slot()
    def _on_show_all(self) -> None:
        self.search.clear()
        self.filters.choose(Filter.ALL)
        self.focus_list()

    @Slot(object)
    def _on_order(self, order: Order) -> None:
        self._order = order
        if self._audit.is_open:
            shown = self.current_row()
            self._load()
            self.model.set_texts(self._audit.texts)
            self.go_to(shown.key if shown else "")

    @Slot(object)
    def _on_group(self, group: Group) -> None:
        listed = (self.model.index_of(at) for at in group.rows)
        index = next((each for each in listed if each.isValid()), QModelIndex())
        if not index.isValid():
            self._on_show_all()
            index = self.model.index_of(group.rows[0])
        self.list.go(index)

    @Slot(int)
    def _on_picked(self, at: int) -> None:
        self._on_group(self._groups[at])
        self.focus_list()

    # -- keys

    @Slot(int)
    def _on_digit(self, digit: int) -> None:
        if self.current_row() is not None:
            self.panel.choice.choose_digit(digit)

    @Slot()
    def _on_answered(self) -> None:
        """Move on, only if the auditor asked for it in Réglages."""
        if self._audit.loaded.settings.advance_after_answer:
            following = self.list.currentIndex().siblingAtRow(self.list.currentIndex().row() + 1)
            self.list.go(following)

    @Slot()
    def toggle_keys(self) -> None:
        """Show or hide the keys."""
        if self.keys.isVisible():
            self.keys.hide()
        else:
            self.keys.show()
            self.keys.settle_in()
            self.keys.raise_()

    # -- what comes back

    @Slot()
    def _on_searchable(self) -> None:
        self.model.set_texts(self._audit.texts)

    @Slot(object)
    def _on_answers(self, criteria: tuple[str, ...]) -> None:
        self.model.refresh([at for key in criteria for at in self._audit.positions(key)])

    @Slot(object)
    def _on_figures(self, moved: tuple[int, ...]) -> None:
        self.model.refresh(moved)
        self._show_counts()

    @Slot(object)
    def _on_late(self, criteria: tuple[str, ...]) -> None:
        moved = [at for key in criteria for at in self._audit.positions(key)]
        self.model.set_late(self._audit.late, moved)

    @Slot(bool)
    def _on_interview(self, on: bool) -> None:
        self.filters.set_interview(on)
        self._fill_filters()
        self.model.set_interview(on)

    # -- arrangement

    @Slot()
    def _on_look(self) -> None:
        self._arrange()
        self.list.measure()

    def _arrange(self) -> None:
        narrow = self.width() < theme.current().px(_WIDE)
        self._show_filters(brief=narrow or self.height() < theme.current().px(_LOW))
        if narrow == self._narrow:
            return
        self._narrow = narrow
        self.sections.setVisible(not narrow)
        self.picker.setVisible(narrow)
        self.panel.hint.setVisible(not narrow)
        self.inner.setOrientation(Qt.Orientation.Vertical if narrow else Qt.Orientation.Horizontal)
        self._set_sizes(narrow)
        if narrow and self._audit.is_open:
            self._fill_picker()
        self.arrangement_changed.emit(narrow)

    def _show_filters(self, *, brief: bool) -> None:
        """Put the filters in a drop-down beside the search where lines are dear."""
        if brief == self._brief:
            return
        self._brief = brief
        self.filter_list.setVisible(brief)
        self.filters.setVisible(not brief)
        if brief and self._audit.is_open:
            self._fill_filters()

    def _set_sizes(self, narrow: bool) -> None:
        room = self.height() if narrow else self.width()
        tree = theme.current().px(_TREE)
        shares = (40, 60) if narrow else (52, 48) if room > theme.current().px(_ROOMY) else (50, 50)
        splits.lay(self.inner, narrow, [room * share // 100 for share in shares])
        if not narrow:
            splits.lay(self.outer, narrow, [tree, self.width() - tree])

    @Slot(int, int)
    def _on_split(self, _at: int, _index: int) -> None:
        splitter = self.sender()
        if isinstance(splitter, QSplitter):
            splits.keep(splitter, bool(self._narrow))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Choose between three panes and one column."""
        super().resizeEvent(event)
        self._arrange()
        if self.keys.isVisible():
            self.keys.settle_in()
