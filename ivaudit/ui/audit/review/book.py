"""The remarks of the facility on the open audit, as last recorded, and the gestures that treat them."""

from PySide6.QtCore import QObject, Signal, Slot

from ivaudit.app import review
from ivaudit.domain.audit import AuditState, Changes
from ivaudit.domain.review import Comment, Decision
from ivaudit.ui.audit.open_audit import OpenAudit


class ReviewBook(QObject):
    """Every remark on an audit; `changed` when they changed, or when the audit was validated or reopened."""

    changed = Signal()

    def __init__(self, audit: OpenAudit, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.audit = audit
        self.comments: tuple[Comment, ...] = ()
        audit.opened.connect(self.load)
        audit.details_changed.connect(self.changed)
        audit.writer.changed.connect(self._on_changed)

    @property
    def locked(self) -> bool:
        """Tell whether the audit is validated: nothing of it changes."""
        return self.audit.is_open and self.audit.loaded.sheet.audit.state is AuditState.VALIDATED

    def on(self, row: str) -> tuple[Comment, ...]:
        """Return the remarks on a point or a finding."""
        return tuple(each for each in self.comments if each.row == row)

    @Slot()
    def load(self) -> None:
        """Read them again."""
        key = self.audit.audit_id
        self.audit.writer.submit(lambda session: review.comments(session, key), done=self._on_found)

    # -- gestures

    def decide(self, comment: str, decision: Decision | None) -> None:
        """Decide on a remark, or on nothing any more."""
        key = self.audit.audit_id
        self.audit.do(lambda session: review.decide(session, key, comment, decision))

    def draft(self, comment: str, text: str) -> None:
        """Keep an answer being typed."""
        key = self.audit.audit_id
        if not self.locked:
            self.audit.writer.submit(lambda session: review.draft(session, key, comment, text))

    def write(self, comment: str, text: str) -> None:
        """Record an answer."""
        key = self.audit.audit_id
        self.audit.do(lambda session: review.write(session, key, comment, text))

    # -- what comes back

    @Slot(object)
    def _on_changed(self, changes: Changes) -> None:
        mine = f"comment:{self.audit.audit_id}/"
        if any(entity.startswith(mine) for entity in changes.entities):
            self.load()

    @Slot(object)
    def _on_found(self, found: tuple[Comment, ...]) -> None:
        self.comments = found
        self.changed.emit()
