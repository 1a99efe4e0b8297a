"""The list of criteria on screen: rows sized when they come into view, and the keys of the grid."""

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPersistentModelIndex, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QScroller, QTableView, QWidget

from ivaudit.ui import theme
from ivaudit.ui.audit.criteria_delegate import CriteriaDelegate
from ivaudit.ui.audit.criteria_model import CriteriaModel, Role
from ivaudit.ui.digit_keys import digit_of

_HELD = (
    Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
)
_LETTERS = {"N", "I", "R", "P", "D", "L", "V", "E", "M", "S", "A", "H"}
_SHIFTED = {"V", "E"}
_AHEAD = 4
_USUAL = 72


class CriteriaView(QTableView):
    """A virtual list: only the rows in view and a few after them are ever measured.

    `digit_pressed` carries 0 to 9; `letter_pressed` a capital letter, «Maj+V» or «Maj+E»; both only while it
    has the focus.
    """

    digit_pressed = Signal(int)
    letter_pressed = Signal(str)
    next_wanted = Signal()
    current_changed = Signal()

    def __init__(self, model: CriteriaModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("criteria_list")
        self.setAccessibleName("Points de la grille")
        self._model = model
        self._delegate = CriteriaDelegate(self)
        self._sizing = False
        self.setModel(model)
        self.setItemDelegate(self._delegate)
        self._set_up()
        model.modelReset.connect(self._on_reset)
        model.dataChanged.connect(self._on_data)
        self.verticalScrollBar().valueChanged.connect(self._on_scrolled)

    def _set_up(self) -> None:
        self.horizontalHeader().hide()
        self.verticalHeader().hide()
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setMinimumSectionSize(1)
        self.setShowGrid(False)
        # The delegate paints the selection: the style would also fill behind the heading.
        self.setStyleSheet(
            "QTableView#criteria_list { selection-background-color: transparent; }"
            "QTableView#criteria_list::item:selected { background: transparent; }"
        )
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # Per item: a row that gets its true height while scrolling up does not push the others.
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerItem)
        self.setWordWrap(True)
        QScroller.grabGesture(self.viewport(), QScroller.ScrollerGestureType.TouchGesture)

    def go(self, index: QModelIndex) -> None:
        """Make a row current and show it whole."""
        if not index.isValid():
            return
        self.selectionModel().setCurrentIndex(
            index,
            QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows,
        )
        self._show_whole(index)

    def measure(self) -> None:
        """Give the rows in view, and a few after them, their true height."""
        if self._sizing:
            return
        self._sizing = True
        try:
            self._measure_from(max(0, self.rowAt(0)))
        finally:
            self._sizing = False

    def _measure_from(self, first: int) -> None:
        room = self.viewport().height()
        width = self.viewport().width()
        ahead = _AHEAD
        for place in range(first, self._model.rowCount()):
            room -= self._size(place, width)
            if room < 0:
                ahead -= 1
            if not ahead:
                break

    def _size(self, place: int, width: int) -> int:
        index = self._model.index(place, 0)
        row, heading = index.data(Role.ROW), index.data(Role.HEADING)
        height = self._delegate.height(row, heading, width, bool(index.data(Role.MARKS)))
        if self.rowHeight(place) != height:
            self.setRowHeight(place, height)
        return height

    def _show_whole(self, index: QModelIndex) -> None:
        if not index.isValid():
            return
        self._size(index.row(), self.viewport().width())
        self.scrollTo(index)
        self.measure()
        box = self.visualRect(index)
        if box.bottom() > self.viewport().height() and box.top() > 0:
            self.scrollTo(index)

    @Slot()
    def _on_reset(self) -> None:
        self.verticalHeader().setDefaultSectionSize(theme.current().px(_USUAL))
        self.measure()

    @Slot(QModelIndex, QModelIndex)
    def _on_data(self, first: QModelIndex, last: QModelIndex) -> None:
        if first.row() == last.row():
            box = self.visualRect(first)
            if box.bottom() >= 0 and box.top() < self.viewport().height():
                self._size(first.row(), self.viewport().width())
        else:
            self.measure()

    @Slot(int)
    def _on_scrolled(self, _value: int) -> None:
        self.measure()

    # -- Qt

    def minimumSizeHint(self) -> QSize:
        """Let the list be narrow and low: 1024 × 600 is a real screen."""
        return QSize(240, 120)

    def currentChanged(
        self, current: QModelIndex | QPersistentModelIndex, previous: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Show the current row whole, and say so."""
        super().currentChanged(current, previous)
        self._show_whole(self.currentIndex())
        self.current_changed.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Wrap the questions anew."""
        super().resizeEvent(event)
        self.measure()
        self._show_whole(self.currentIndex())

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Take the first row when none is current: the keys need something to act on."""
        super().focusInEvent(event)
        if not self.currentIndex().isValid():
            self.go(self._model.index(0, 0))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Answer, move, flag, write: single keys act only here."""
        if event.modifiers() & _HELD:
            super().keyPressEvent(event)
            return
        digit = digit_of(event)
        if digit is not None:
            self.digit_pressed.emit(digit)
        elif event.key() == Qt.Key.Key_Space:
            self.next_wanted.emit()
        elif event.text().upper() in _LETTERS:
            letter = event.text().upper()
            shifted = letter in _SHIFTED and event.modifiers() & Qt.KeyboardModifier.ShiftModifier
            self.letter_pressed.emit(f"Maj+{letter}" if shifted else letter)
        elif event.text().isprintable() and event.text():
            return  # Qt would search rows by their first letter
        else:
            super().keyPressEvent(event)
            return
        event.accept()

    def keyboardSearch(self, _text: str) -> None:
        """Ignore: letters are gestures here, and Ctrl+F searches."""
