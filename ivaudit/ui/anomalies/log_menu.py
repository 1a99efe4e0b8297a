"""The button of the register whose menu takes logs in and out, and prints the papers about an entry."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QPushButton

from ivaudit.ui.controls import called

EXPORT, THIRD_PARTY, IMPORT, BLANK = "export", "third_party", "import", "declaration"
CORRECTION, SHARED, RECEIPT, COPY_RECEIPT = "correction", "share", "receipt", "copy_receipt"

_ENTRIES = (
    (IMPORT, "Importer un journal ou une déclaration…"),
    (EXPORT, "Exporter le journal…"),
    (THIRD_PARTY, "Exporter pour un tiers, sans références locales…"),
    (BLANK, "Fiche de déclaration vierge…"),
    ("", ""),
    (CORRECTION, "Fiche de correction…"),
    (SHARED, "Retour d'expérience…"),
    (COPY_RECEIPT, "Copier l'accusé de réception"),
    (RECEIPT, "Accusé de réception…"),
)
_OF_ENTRY = frozenset({CORRECTION, SHARED, RECEIPT, COPY_RECEIPT})
_OF_LIST = frozenset({EXPORT, THIRD_PARTY})


class LogMenu(QPushButton):
    """`chosen(str)`: what is asked for; `opening()` before the menu is seen."""

    chosen = Signal(str)
    opening = Signal()

    def __init__(self) -> None:
        super().__init__("Journal et fiches")
        called(self, "anomalies_log", "Journal et fiches : importer, exporter, imprimer")
        self.setToolTip("Importer ou exporter le journal, imprimer une fiche")
        self._menu = called(QMenu(self), "anomalies_log_menu", "Journal et fiches")
        self.entries: dict[str, QAction] = {}
        for key, text in _ENTRIES:
            if not key:
                self._menu.addSeparator()
                continue
            action = self._menu.addAction(text)
            action.setObjectName(f"anomalies_log_{key}")
            action.setData(key)
            self.entries[key] = action
        self._menu.aboutToShow.connect(self.opening)
        self._menu.triggered.connect(self._on_triggered)
        self.setMenu(self._menu)

    def offer(self, *, listed: bool, chosen: bool, busy: bool) -> None:
        """Offer what can be done: with what is listed, with the entry chosen, while nothing goes on."""
        for key, action in self.entries.items():
            there = chosen if key in _OF_ENTRY else listed if key in _OF_LIST else True
            action.setEnabled(there and not busy)

    @Slot(QAction)
    def _on_triggered(self, action: QAction) -> None:
        self.chosen.emit(str(action.data()))
