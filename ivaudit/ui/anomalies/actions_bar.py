"""What one does with the register: the buttons over its list. More of them are added by `add`."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot

from ivaudit.domain.anomalies import EntryKind
from ivaudit.ui.audit.flow import Flow
from ivaudit.ui.controls import button, called
from ivaudit.ui.theme import Space

if TYPE_CHECKING:
    from PySide6.QtWidgets import QPushButton

_NEW = {
    EntryKind.ANOMALY: ("Nouvelle anomalie", "Ctrl+N", "primary"),
    EntryKind.EVENT: ("Événement", "Ctrl+Maj+N", ""),
    EntryKind.BATCH: ("Lot", "Ctrl+Maj+L", ""),
}


class ActionsBar(Flow):
    """`new_wanted(EntryKind)`, `charts_wanted()`."""

    new_wanted = Signal(object)
    charts_wanted = Signal()

    def __init__(self) -> None:
        super().__init__(spacing=Space.SMALL)
        called(self, "anomalies_actions", "Registre")
        self.new: dict[EntryKind, QPushButton] = {}
        for kind, (text, keys, look) in _NEW.items():
            name = f"anomalies_new_{kind.name.lower()}"
            made = button(text, name, look, f"{text} ({keys})")
            made.setToolTip(f"{text} : saisie courte ({keys})")
            made.clicked.connect(self._on_new)
            self.new[kind] = made
            self.add(made)
        self.charts = button("Graphiques", "anomalies_charts", "", "Graphiques (Ctrl+G)")
        self.charts.setToolTip("Graphiques de ce qui est listé (Ctrl+G)")
        self.charts.clicked.connect(self.charts_wanted)
        self.add(self.charts)

    @Slot()
    def _on_new(self) -> None:
        made = self.sender()
        kind = next((kind for kind, each in self.new.items() if each is made), None)
        if kind is not None:
            self.new_wanted.emit(kind)
