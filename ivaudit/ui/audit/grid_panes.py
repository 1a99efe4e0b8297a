"""The three panes of *Grille*, and how they share the room there is."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QActionGroup, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QMenu, QSplitter, QStackedWidget, QToolButton, QWidget

from ivaudit.ui import theme
from ivaudit.ui.audit import splits
from ivaudit.ui.audit.answer_panel import AnswerPanel
from ivaudit.ui.audit.criteria_model import CriteriaModel
from ivaudit.ui.audit.criteria_view import CriteriaView
from ivaudit.ui.audit.filter_bar import FilterBar, SearchLine
from ivaudit.ui.audit.keys_panel import KeysPanel
from ivaudit.ui.audit.open_audit import OpenAudit
from ivaudit.ui.audit.references_box import ReferencesBox
from ivaudit.ui.audit.section_picker import SectionPicker
from ivaudit.ui.audit.section_tree import SectionTree
from ivaudit.ui.controls import Combo, button, called, column_in, label, row, say
from ivaudit.ui.theme import Space

_WIDE = 1000
_ROOMY = 1100
_BESIDE = 720
_LOW = 500
_TREE = 230
_LEAST = 90


class GridPanes(QWidget):
    """The tree, the list and the point side by side, or one above the other where there is little room.

    `interview_wanted`, `matrix_wanted` and `aside_wanted` come from the menu of a narrow window; whoever
    knows those ways answers.
    """

    arrangement_changed = Signal(bool)
    interview_wanted = Signal()
    matrix_wanted = Signal()
    aside_wanted = Signal()

    def __init__(self, audit: OpenAudit, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        called(self, "grid", "Grille")
        self._audit = audit
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
        self._lay_out()
        self._make_ways()
        self.keys = KeysPanel(self)
        theme.notice().changed.connect(self._on_look)

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
        self.outer = QSplitter(Qt.Orientation.Horizontal)
        self.inner = QSplitter(Qt.Orientation.Horizontal)
        for splitter, name in ((self.outer, "split_tree"), (self.inner, "split_panel")):
            splitter.setObjectName(name)
            splitter.setChildrenCollapsible(False)
            splitter.setHandleWidth(Space.SMALL)
            splitter.splitterMoved.connect(self._on_split)
        self.inner.addWidget(self._middle())
        self.inner.addWidget(self.panel)
        self.outer.addWidget(self.sections)
        self.outer.addWidget(self.inner)
        self.outer.setStretchFactor(1, 1)
        self.pages = QStackedWidget()
        self.pages.setObjectName("grid_pages")
        self.pages.addWidget(self.outer)
        column_in(self).addWidget(self.pages)

    def _middle(self) -> QFrame:
        middle = called(QFrame(), "list_card", "Liste des points")
        middle.setProperty("card", True)
        column = column_in(middle, Space.SMALL)
        self.ways = called(QToolButton(), "grid_ways", "Parcours")
        self.ways.setText("Parcours…")
        self.ways.setStyleSheet("QToolButton#grid_ways::menu-indicator { image: none; }")
        self.ways.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.only = label("", "only_title", "strong")
        self.only_off = button("Tous les points", "only_off", "quiet")
        self.head = called(QWidget(), "list_head", "Sujet et points montrés")
        self.above = column_in(self.head, 0, Space.TINY)
        top = row(self.picker, self.search, self.filter_list, self.ways)
        for at, (part, share) in enumerate(((self.picker, 5), (self.search, 4), (self.filter_list, 3))):
            part.setMinimumWidth(_LEAST)
            top.setStretch(at, share)
        column.addLayout(top)
        column.addWidget(self.filters)
        column.addWidget(self.head)
        self.above.addLayout(row(self.only, self.only_off))
        column.addWidget(self.stack, 1)
        self.say_only("")
        return middle

    def _make_ways(self) -> None:
        """Offer by a menu what a narrow window has no room to show."""
        menu = QMenu(self)
        menu.setObjectName("grid_ways_menu")
        orders = QActionGroup(self)
        for at in range(self.sections.order.count()):
            action = menu.addAction(self.sections.order.itemText(at))
            action.setCheckable(True)
            action.setChecked(not at)
            action.setData(at)
            orders.addAction(action)
        orders.triggered.connect(self._on_way)
        self._orders = orders
        menu.addSeparator()
        for text, signal in (
            ("Entretien… (E)", self.interview_wanted),
            ("Unités et sujets côte à côte (M)", self.matrix_wanted),
            ("Sans objet pour la section… (S)", self.aside_wanted),
        ):
            menu.addAction(text).triggered.connect(signal)
        self.ways.setMenu(menu)
        self.sections.order.currentIndexChanged.connect(self._on_order_shown)
        self.sections.interview.clicked.connect(self.interview_wanted)

    def say_only(self, text: str) -> None:
        """Say which points alone are listed, nothing when all are."""
        say(self.only, text)
        self.only_off.setVisible(bool(text))

    @Slot(object)
    def _on_way(self, action: object) -> None:
        at = self._orders.actions().index(action)  # type: ignore[arg-type]  # a signal carries an object
        self.sections.order.setCurrentIndex(at)

    @Slot(int)
    def _on_order_shown(self, at: int) -> None:
        self._orders.actions()[at].setChecked(True)

    # -- what the room changes

    def _fill_filters(self) -> None:
        self.filter_list.clear()
        for wanted, text in self.filters.shown():
            self.filter_list.addItem(text, wanted)
        self.filter_list.setCurrentIndex(self.filter_list.findData(self.model.filter))

    def _fill_picker(self) -> None:
        """Follow the parts of the walk in the drop-down."""
        raise NotImplementedError

    # -- arrangement

    @Slot()
    def _on_look(self) -> None:
        self._arrange()
        self.list.measure()

    def _arrange(self) -> None:
        narrow = self.width() < theme.current().px(_WIDE)
        self._show_filters(brief=narrow or self.height() < theme.current().px(_LOW))
        way, beside = QBoxLayout.Direction, narrow and self.width() >= theme.current().px(_BESIDE)
        self.above.setDirection(way.LeftToRight if beside else way.TopToBottom)
        if narrow == self._narrow:
            return
        self._narrow = narrow
        self.sections.setVisible(not narrow)
        self.picker.setVisible(narrow)
        self.ways.setVisible(narrow)
        self.panel.show_hint(not narrow)
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
