"""*Grille*: the parts of the walk, the list of points, the current point; where the time is spent."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QModelIndex, Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QWidget

from ivaudit.ui.audit.grid_panes import GridPanes
from ivaudit.ui.audit.open_audit import OpenAudit
from ivaudit.ui.audit.rows import Filter, Group, Order, Row, counts, groups

_REMEMBER_AFTER = 1_000


class Grid(GridPanes):
    """The three panes and the keys that go through them.

    `letter_pressed` carries the letters that are none of the grid's.
    """

    letter_pressed = Signal(str)

    def __init__(self, audit: OpenAudit, parent: QWidget | None = None) -> None:
        super().__init__(audit, parent)
        self._groups: tuple[Group, ...] = ()
        self._order = Order.REFERENTIAL
        self._remember_timer = QTimer(self)
        self._remember_timer.setSingleShot(True)
        self._remember_timer.setInterval(_REMEMBER_AFTER)
        self._connect()

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
        self.list.letter_pressed.connect(self._on_letter)
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
        self.only_off.clicked.connect(self.show_everything)
        self._audit.subject_left.connect(self.panel.settle)
        self._audit.subject_changed.connect(self._on_subject)

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
        rows, only = self._audit.rows, self.model.only
        self.filters.show_counts(counts(rows if only is None else [rows[at] for at in only]))
        self.sections.model.refresh(self._audit.rows)
        if self._narrow:
            self._fill_picker()
        if self._brief:
            self._fill_filters()

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
        self.pages.setCurrentWidget(self.outer)
        if not any(self.model.index_of(at).isValid() for at in self._audit.positions(criterion)):
            self._on_show_all()
        self.go_to(criterion)
        self.focus_list()

    @Slot()
    def focus_list(self) -> None:
        """Give the keys to the list, or to what is shown in its place."""
        beside = self.pages.currentWidget()
        shown = self.list if beside is self.outer or beside is None else beside
        shown.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def focus_search(self) -> None:
        """Give the keys to the search."""
        self.pages.setCurrentWidget(self.outer)
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

    @Slot(int)
    def step(self, steps: int) -> None:
        """Go some listed points further."""
        here = self.list.currentIndex()
        self.list.go(here.siblingAtRow(here.row() + steps))

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

    def show_only(self, positions: Sequence[int], title: str) -> None:
        """List some points alone, by position; `title` says which."""
        self._relist(lambda: self.model.set_only(tuple(positions)))
        self.say_only(title)
        self._show_counts()

    @Slot()
    def show_everything(self) -> None:
        """List all points again."""
        if self.model.only is not None:
            self._relist(lambda: self.model.set_only(None))
            self.say_only("")
            self._show_counts()

    @Slot()
    def _on_show_all(self) -> None:
        self.search.clear()
        self.show_everything()
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

    @property
    def groups(self) -> tuple[Group, ...]:
        """Return the parts of the walk in order."""
        return self._groups

    @property
    def order(self) -> Order:
        """Return the order of the walk."""
        return self._order

    def group_of(self, position: int) -> Group | None:
        """Return the innermost part of the walk that has a row."""
        return next((each for each in self._groups if each.leaf and position in each.rows), None)

    # -- keys

    @Slot(int)
    def _on_digit(self, digit: int) -> None:
        if self.current_row() is not None:
            self.panel.choice.choose_digit(digit)

    @Slot(str)
    def _on_letter(self, letter: str) -> None:
        if not self.panel.act(letter):
            self.letter_pressed.emit(letter)

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
    def _on_subject(self) -> None:
        """Show the answers of another subject."""
        shown = self.current_row()
        self.model.show_rows()
        self.model.set_late(self._audit.late, ())
        self._show_counts()
        self._show_list()
        self.go_to(shown.key if shown else "")
        self.panel.show_again()

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
