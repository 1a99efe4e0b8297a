"""What is listed: a search that looks at each key, and filters with their counts."""

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QLineEdit, QToolButton, QWidget

from ivaudit.ui import theme
from ivaudit.ui.audit.flow import Flow
from ivaudit.ui.audit.rows import Filter
from ivaudit.ui.controls import called

_LABELS = {
    Filter.ALL: "Tous",
    Filter.UNANSWERED: "Sans réponse",
    Filter.TO_IMPROVE: "À améliorer",
    Filter.CRITICAL: "Critiques",
    Filter.CRITICAL_LEFT: "Critiques non évalués",
    Filter.REVIEW: "À revoir",
    Filter.CARRIED: "À reconfirmer",
    Filter.RECURRENT: "Récurrents",
    Filter.CONSTAT: "Avec constat",
    Filter.DISPUTED: "≠ Désaccords",
    Filter.NOT_CONCERNED: "Non concernés",
}
_RARE = (
    Filter.CRITICAL_LEFT,
    Filter.REVIEW,
    Filter.CARRIED,
    Filter.RECURRENT,
    Filter.DISPUTED,
    Filter.NOT_CONCERNED,
)
"""Filters on offer only where they list something."""
_HIDDEN = frozenset({Filter.CRITICAL, Filter.CRITICAL_LEFT, Filter.DISPUTED, Filter.RECURRENT})
"""Filters that the person interviewed does not see."""


class SearchLine(QLineEdit):
    """Where to type a search; ↓ and Entrée go to the list, Échap gives the search up."""

    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        called(self, "search", "Rechercher dans les questions, l'aide et les notes")
        self.setPlaceholderText("Rechercher dans les questions, l'aide et les notes (Ctrl+F)")
        self.setClearButtonEnabled(True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave for the list."""
        match event.key():
            case Qt.Key.Key_Escape:
                self.clear()
                self.left.emit()
            case Qt.Key.Key_Down | Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self.left.emit()
            case _:
                super().keyPressEvent(event)


class FilterBar(Flow):
    """The filters, one at a time. `chosen` carries it, also when it is chosen again."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, spacing=theme.Space.TINY)
        called(self, "filters", "Filtres de la liste")
        self._group = QButtonGroup(self)
        self._chips: dict[Filter, QToolButton] = {}
        self._interview = False
        self._listing: frozenset[Filter] = frozenset()
        for rank, (each, text) in enumerate(_LABELS.items()):
            chip = called(QToolButton(), f"filter_{each.name.lower()}", text)
            chip.setText(text)
            chip.setCheckable(True)
            chip.setChecked(each is Filter.ALL)
            self._group.addButton(chip, rank)
            self._chips[each] = chip
            self.add(chip)
        for rare in _RARE:
            self._chips[rare].hide()
        self._keep_stop()
        self._group.buttonClicked.connect(self._on_clicked)

    def show_counts(self, counts: Mapping[Filter, int]) -> None:
        """Show how many points each filter lists."""
        for each, chip in self._chips.items():
            text = f"{_LABELS[each]} {counts[each]}"
            if chip.text() != text:
                chip.setText(text)
                chip.setAccessibleName(f"{_LABELS[each]}, {counts[each]} points")
        self._listing = frozenset(each for each in _RARE if counts[each])
        for rare in _RARE:
            hidden = self._interview and rare in _HIDDEN
            self._chips[rare].setVisible(not hidden and (bool(counts[rare]) or self._chips[rare].isChecked()))

    def shown(self) -> list[tuple[Filter, str]]:
        """Return the filters on offer with their texts, for a drop-down."""
        return [(each, chip.text()) for each, chip in self._chips.items() if not chip.isHidden()]

    def set_interview(self, on: bool) -> None:
        """Hide what names critical points, what sources say, and what was said before."""
        self._interview = on
        for each in _HIDDEN:
            self._chips[each].setVisible(not on and (each not in _RARE or each in self._listing))
        if on and any(self._chips[each].isChecked() for each in _HIDDEN):
            self.choose(Filter.ALL)
        self._keep_stop()

    def choose(self, wanted: Filter) -> None:
        """Choose a filter as if its button were pressed."""
        self._chips[wanted].setChecked(True)
        self._keep_stop()
        self.chosen.emit(wanted)

    def _keep_stop(self) -> None:
        """Let Tab come to the chosen filter, from either side; arrows go to the others."""
        for chip in self._chips.values():
            stops = chip.isChecked()
            chip.setFocusPolicy(Qt.FocusPolicy.TabFocus if stops else Qt.FocusPolicy.NoFocus)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go on to the line above or below where Qt stops at the end of a line."""
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()), 0)
        shown = [chip for chip in self._chips.values() if not chip.isHidden()]
        at = next((rank for rank, chip in enumerate(shown) if chip.hasFocus()), -1)
        if not step or at < 0 or not 0 <= at + step < len(shown):
            super().keyPressEvent(event)
            return
        shown[at + step].setFocus(Qt.FocusReason.OtherFocusReason)
        shown[at + step].click()

    @Slot(QAbstractButton)
    def _on_clicked(self, chip: QAbstractButton) -> None:
        self.chosen.emit(next(each for each, known in self._chips.items() if known is chip))
