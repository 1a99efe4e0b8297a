"""What is listed of the register: the usual views with their counts, a search at each key, filters."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QToolButton, QWidget

from ivaudit.domain.anomalies import EntryKind
from ivaudit.domain.months import said
from ivaudit.domain.register_terms import RegisterTerms, TypeFamily
from ivaudit.domain.register_views import View
from ivaudit.ui import french
from ivaudit.ui.anomalies.listing import Filters, Register
from ivaudit.ui.audit.flow import Flow
from ivaudit.ui.controls import Combo, SearchLine, button, called, column_in, row
from ivaudit.ui.theme import Space

_ALL = "toutes"
_VIEWS: tuple[View | None, ...] = (*View, None)
_KINDS = {EntryKind.ANOMALY: "Anomalies", EntryKind.EVENT: "Événements", EntryKind.BATCH: "Lots"}
_FAMILIES = {TypeFamily.PRIMARY: "Identification primaire", TypeFamily.SECONDARY: "Identification secondaire"}


class Views(Flow):
    """One view at a time. `chosen()` when another is, or the same again; arrows go from one to the next."""

    chosen = Signal()

    def __init__(self) -> None:
        super().__init__(spacing=Space.TINY)
        called(self, "filters", "Vues du registre")
        self.view: View | None = View.TO_DO
        self._group = QButtonGroup(self)
        self.chips: list[QToolButton] = []
        for rank, view in enumerate(_VIEWS):
            text = _named(view)
            chip = called(QToolButton(), f"view_{(view.name if view else 'ALL').lower()}", text)
            chip.setText(text)
            chip.setCheckable(True)
            chip.setChecked(view is self.view)
            self._group.addButton(chip, rank)
            self.chips.append(chip)
            self.add(chip)
        self._keep_stop()
        self._group.buttonClicked.connect(self._on_clicked)

    def show_counts(self, register: Register) -> None:
        """Show how many lines each view lists."""
        for view, chip in zip(_VIEWS, self.chips, strict=True):
            many = len(register.lines if view is None else register.views[view])
            text = f"{_named(view)} {french.number(many)}"
            if chip.text() != text:
                chip.setText(text)
                chip.setAccessibleName(f"{_named(view)}, {french.count(many, 'saisie', 'saisies')}")

    def choose(self, view: View | None) -> None:
        """Choose a view."""
        self.view = view
        self.chips[_VIEWS.index(view)].setChecked(True)
        self._keep_stop()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go to the next view by arrows, over the ends of lines too."""
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()), 0)
        at = next((rank for rank, chip in enumerate(self.chips) if chip.hasFocus()), -1)
        if not step or at < 0 or not 0 <= at + step < len(self.chips):
            super().keyPressEvent(event)
            return
        self.chips[at + step].setFocus(Qt.FocusReason.OtherFocusReason)
        self.chips[at + step].click()

    def _keep_stop(self) -> None:
        for chip in self.chips:
            stops = chip.isChecked()
            chip.setFocusPolicy(Qt.FocusPolicy.TabFocus if stops else Qt.FocusPolicy.NoFocus)

    @Slot(QAbstractButton)
    def _on_clicked(self, chip: QAbstractButton) -> None:
        self.view = _VIEWS[self._group.id(chip)]
        self._keep_stop()
        self.chosen.emit()


class FilterBar(QWidget):
    """`searched(text)` at each key, `filtered()` when a view or a filter changed, `left()` for the list."""

    searched = Signal(str)
    filtered = Signal()
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("anomalies_filters_bar")
        self.search = SearchLine("anomalies_search", "Rechercher dans le registre")
        self.search.setPlaceholderText("N°, référence, type, unité, logiciel, faits  (Ctrl+F)")
        self.more = button("Filtres", "anomalies_more", "", "Montrer ou cacher les filtres")
        self.more.setCheckable(True)
        self.more.setToolTip("Forme, famille de types, type, structure, unité, mois")
        self.clear = button("Tout voir", "anomalies_clear", "quiet", "Retirer la recherche et les filtres")
        self.views = Views()
        self.kind = _combo("anomalies_kind", "Forme")
        self.family = _combo("anomalies_family", "Famille ou type")
        self.facility = _combo("anomalies_facility", "Structure")
        self.unit = _combo("anomalies_unit", "Unité")
        self.month = _combo("anomalies_month", "Mois de découverte")
        self.filters = called(Flow(spacing=Space.SMALL), "anomalies_filters", "Filtres")
        for combo in self._combos():
            self.filters.add(combo)
        column = column_in(self, spacing=Space.SMALL)
        line = row(self.search, self.more, self.clear)
        line.setStretch(0, 1)
        column.addLayout(line)
        column.addWidget(self.filters)
        column.addWidget(self.views)
        self.filters.hide()
        self.clear.hide()
        self._connect()

    def _connect(self) -> None:
        self.search.textChanged.connect(self._on_searched)
        self.search.returnPressed.connect(self.left)
        self.more.toggled.connect(self.filters.setVisible)
        self.clear.clicked.connect(self.reset)
        self.views.chosen.connect(self._on_filtered)
        for combo in self._combos():
            combo.activated.connect(self._on_filtered)

    def _combos(self) -> Sequence[Combo]:
        return (self.kind, self.family, self.facility, self.unit, self.month)

    def wanted(self) -> Filters:
        """Return what is to be listed."""
        return Filters(
            view=self.views.view,
            kind=str(self.kind.currentData() or ""),
            types=self.family.currentData() or frozenset(),
            facility=str(self.facility.currentData() or ""),
            unit=str(self.unit.currentData() or ""),
            month=str(self.month.currentData() or ""),
        )

    def show_register(self, register: Register) -> None:
        """Show what can be chosen in a register; what was chosen stays."""
        self.views.show_counts(register)
        _fill(self.kind, "Toutes les formes", [(text, kind.value) for kind, text in _KINDS.items()])
        _fill(self.family, "Tous les types", _types(register.terms))
        names = sorted(register.names.items(), key=lambda item: item[1])
        _fill(self.facility, "Toutes les structures", [(name, key) for key, name in names])
        self.facility.setVisible(len(names) > 1)
        _fill(self.unit, "Toutes les unités", [(unit, unit) for unit in register.units])
        _fill(self.month, "Tous les mois", [(_month(month), month) for month in register.months])

    @Slot()
    def reset(self) -> None:
        """List everything."""
        for combo in self._combos():
            combo.setCurrentIndex(0)
        self.views.choose(None)
        self.search.clear()
        self._on_filtered()
        self.left.emit()

    @property
    def narrows(self) -> bool:
        """Tell whether the search or a filter, the view apart, leaves something out."""
        return bool(self.search.text().strip()) or any(combo.currentIndex() > 0 for combo in self._combos())

    @Slot(str)
    def _on_searched(self, text: str) -> None:
        self.clear.setVisible(self.narrows)
        self.searched.emit(text)

    @Slot()
    def _on_filtered(self) -> None:
        self.clear.setVisible(self.narrows)
        used = sum(combo.currentIndex() > 0 for combo in self._combos())
        self.more.setText(f"Filtres ({used})" if used else "Filtres")
        self.filtered.emit()


def _combo(name: str, accessible: str) -> Combo:
    made = Combo(name, accessible)
    made.setToolTip(accessible)
    made.setMaxVisibleItems(16)
    return made


def _fill(combo: Combo, every: str, items: Sequence[tuple[str, object]]) -> None:
    """Put choices in a list, unless it has them; what was chosen stays chosen."""
    texts = [every, *(text for text, _ in items)]
    if [combo.itemText(rank) for rank in range(combo.count())] == texts:
        return
    now = combo.currentText() if combo.currentIndex() > 0 else every
    combo.clear()
    combo.addItem(every)
    for text, value in items:
        combo.addItem(text, value)
    combo.setCurrentIndex(max(0, combo.findText(now)))


def _types(terms: RegisterTerms) -> list[tuple[str, object]]:
    families: list[tuple[str, object]] = [
        (text, frozenset(each.id for each in terms.types if each.family is family))
        for family, text in _FAMILIES.items()
    ]
    return [*families, *((terms.type_label(each.id), frozenset({each.id})) for each in terms.types)]


def _named(view: View | None) -> str:
    return (view.value if view is not None else _ALL).capitalize()


def _month(month: str) -> str:
    return said(month).capitalize()
