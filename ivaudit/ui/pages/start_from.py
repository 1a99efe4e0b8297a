"""What a new audit starts from: nothing, or the last audit of the structure."""

from enum import StrEnum

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from ivaudit.domain.audit import Audit
from ivaudit.ui import french
from ivaudit.ui.controls import Combo, column_in, label, say


class Start(StrEnum):
    """What is taken from the last audit."""

    NOTHING = "rien"
    GRIDS = "grilles"
    ANSWERS = "reponses"
    FOLLOW_UP = "suivi"


_HELP = {
    Start.NOTHING: "",
    Start.GRIDS: "Les mêmes grilles, dans leur version d'aujourd'hui, sans réponse. Les réponses d'alors se "
    "lisent à côté de chaque point.",
    Start.ANSWERS: "Les mêmes grilles, dans leur version d'aujourd'hui. Les réponses d'alors sont reprises à "
    "reconfirmer une à une : elles ne comptent pas avant.",
    Start.FOLLOW_UP: "Une grille faite des points à améliorer, de ceux où une action est ouverte et des "
    "points critiques non évalués. Leur réponse est à reconfirmer, les actions se lisent à côté, et aucun "
    "niveau n'est donné.",
}


class StartFrom(QWidget):
    """The choice, hidden for a structure that has no audit yet. `chosen` tells that it changed."""

    chosen = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._last: Audit | None = None
        self.choice = Combo("new_start", "Point de départ")
        self.title = label("Point de départ", "label_new_start", "strong", wrap=False)
        self.title.setBuddy(self.choice)
        self.help = label("", "new_start_help", "muted")
        column = column_in(self)
        for part in (self.title, self.choice, self.help):
            column.addWidget(part)
        self.choice.currentIndexChanged.connect(self._on_chosen)
        self.offer(None)

    def offer(self, last: Audit | None) -> None:
        """Propose to start from an audit, the last of its structure; nothing to propose without one."""
        if last is not None and last == self._last and self.choice.count():
            return
        self._last = last
        self.choice.clear()
        self.choice.addItem("Nouvelles grilles, sans rien reprendre", Start.NOTHING)
        if last is not None:
            day = french.short_date(last.date)
            self.choice.addItem(f"Dernier audit ({day}) : mêmes grilles, sans les réponses", Start.GRIDS)
            self.choice.addItem(
                f"Dernier audit ({day}) : mêmes grilles et réponses à reconfirmer", Start.ANSWERS
            )
            self.choice.addItem(f"Suivi ciblé du dernier audit ({day})", Start.FOLLOW_UP)
        self.setVisible(last is not None)

    @property
    def start(self) -> Start:
        """Return what is chosen."""
        found = self.choice.currentData()
        return Start(found) if found else Start.NOTHING

    @property
    def source(self) -> str:
        """Return the audit to start from, empty when nothing is taken from it."""
        return self._last.id if self._last is not None and self.start is not Start.NOTHING else ""

    @Slot(int)
    def _on_chosen(self, _at: int) -> None:
        say(self.help, _HELP[self.start])
        self.chosen.emit()
