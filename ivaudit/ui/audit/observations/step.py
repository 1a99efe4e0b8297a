"""*Observations*: the campaigns of the audit, filled line by line, and what they say together."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ivaudit.ui.audit.open_audit import OpenAudit


class Observations(QWidget):
    """The campaigns of the audit. `criterion_wanted(id)` goes to a point of the grid."""

    criterion_wanted = Signal(str)

    def __init__(self, audit: OpenAudit, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("observations")
        self.setAccessibleName("Observations")
        self._audit = audit

    def enter(self) -> None:
        """Be shown."""

    def settle(self) -> None:
        """Hand over what is being typed."""
