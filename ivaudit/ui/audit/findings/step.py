"""*Constats et actions*: what is concluded from the answers, and what is agreed."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ivaudit.ui.audit.open_audit import OpenAudit


class Findings(QWidget):
    """The findings and the actions of the audit. `criterion_wanted(id)` goes to a point of the grid."""

    criterion_wanted = Signal(str)

    def __init__(self, audit: OpenAudit, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("findings")
        self.setAccessibleName("Constats et actions")
        self._audit = audit

    def enter(self) -> None:
        """Be shown."""

    def settle(self) -> None:
        """Hand over what is being typed."""
