"""From an audit to the journal: what was done to the current point, or to the whole audit."""

from PySide6.QtCore import QObject, Signal, Slot

from ivaudit.app import names
from ivaudit.ui.audit.grid import Grid
from ivaudit.ui.audit.open_audit import OpenAudit
from ivaudit.ui.page import TrailSpot

_KEY = "H"


class TrailDesk(QObject):
    """`asked("trail", TrailSpot)` by key or by button."""

    asked = Signal(str, object)

    def __init__(self, audit: OpenAudit, grid: Grid) -> None:
        super().__init__(grid)
        self._audit, self._grid = audit, grid
        grid.letter_pressed.connect(self._on_letter)

    @Slot()
    def show_audit(self) -> None:
        """Ask for what was done to the audit."""
        self.asked.emit("trail", TrailSpot(place=names.audit(self._audit.audit_id)))

    @Slot(str)
    def _on_letter(self, letter: str) -> None:
        """Ask for what was done to the point; never while the person interviewed sees the screen."""
        row = self._grid.current_row()
        if letter != _KEY or row is None:
            return
        if self._audit.interview:
            self._audit.said.emit("L'historique d'un point ne se montre pas pendant l'entretien (F8).")
            return
        audit = self._audit.audit_id
        entity = names.answer(audit, row.subject, row.point.criterion.id)
        spot = TrailSpot(place=names.audit(audit), entity=entity, words=f"Point {row.point.number}")
        self.asked.emit("trail", spot)
