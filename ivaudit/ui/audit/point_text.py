"""The constat or the note of a point, handed over for the point and the subject it was typed about."""

from PySide6.QtCore import Slot

from ivaudit.ui.audit.open_audit import OpenAudit
from ivaudit.ui.audit.text_entry import TextEntry


class PointText(TextEntry):
    """A text of a point; `field` is its name in the answer."""

    def __init__(self, audit: OpenAudit, field: str, title: str, help_text: str, *, lines: int) -> None:
        super().__init__(field, title, help_text, lines=lines)
        self._audit = audit
        self._field = field
        self._about: tuple[str, str] | None = None
        self.drafted.connect(self._on_drafted)
        self.settled.connect(self._on_settled)
        self.held.connect(self._on_held)
        self.cleared.connect(audit.clear)

    def show_point(self, criterion: str, recorded: str) -> None:
        """Show the text of another point: what is recorded, or what was left with an open alert."""
        self._about = (self._audit.subject, criterion)
        self.load(recorded)
        waiting = self._audit.held.get((*self._about, self._field))
        if waiting:
            self.resume(waiting)

    @Slot(str)
    def _on_drafted(self, text: str) -> None:
        if self._about is not None:
            subject, criterion = self._about
            self._audit.draft(criterion, self._field, text, subject=subject)

    @Slot(str)
    def _on_settled(self, text: str) -> None:
        if self._about is not None:
            subject, criterion = self._about
            self._audit.write(criterion, self._field, text, subject=subject)

    @Slot(str)
    def _on_held(self, text: str) -> None:
        if self._about is not None:
            self._audit.held[(*self._about, self._field)] = text
