"""Why a point is «sans objet»: a short list, chosen by digit, by arrow and Entrée, or by touch."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QListWidget, QListWidgetItem, QWidget

from ivaudit.domain.checklist import Term
from ivaudit.ui import theme
from ivaudit.ui.digit_keys import digit_of


class ReasonList(QListWidget):
    """The reasons of the vocabulary. `chosen` carries the key of one; `cancelled` gives the answer up."""

    chosen = Signal(str)
    cancelled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("na_reasons")
        self.setAccessibleName("Motif de « sans objet »")
        self.setWordWrap(True)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.itemClicked.connect(self._on_clicked)

    def show_terms(self, terms: Sequence[Term]) -> None:
        """List the reasons."""
        self.clear()
        for digit, term in enumerate(terms, 1):
            item = QListWidgetItem(f"{digit}   {term.label}")
            item.setData(Qt.ItemDataRole.UserRole, term.id)
            item.setToolTip(term.help)
            item.setSizeHint(QSize(0, theme.current().px(theme.TARGET)))
            self.addItem(item)
        self.setCurrentRow(0)
        self.fit()

    def fit(self) -> None:
        """Be as high as the reasons."""
        rows = sum(self.sizeHintForRow(row) for row in range(self.count()))
        self.setFixedHeight(rows + 2 * self.frameWidth() + theme.Space.TINY)

    def sizeHint(self) -> QSize:
        """Ask for the height of the reasons."""
        return QSize(240, self.height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose by digit or Entrée, give up by Échap."""
        digit = digit_of(event)
        if digit is not None and 0 < digit <= self.count():
            self._choose(self.item(digit - 1))
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}:
            self._choose(self.currentItem())
        elif event.key() == Qt.Key.Key_Escape:
            self.cancelled.emit()
        else:
            super().keyPressEvent(event)

    def _choose(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self.chosen.emit(item.data(Qt.ItemDataRole.UserRole))

    @Slot(QListWidgetItem)
    def _on_clicked(self, item: QListWidgetItem) -> None:
        self._choose(item)
