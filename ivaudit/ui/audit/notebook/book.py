"""The notebook of the open audit, as last recorded, and the gestures that change it."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal, Slot

from ivaudit.app import notebook
from ivaudit.app.session import Session
from ivaudit.domain.audit import STRUCTURE
from ivaudit.domain.errors import KnownError
from ivaudit.domain.notebook import Disagreement, Line, Person, disagreements
from ivaudit.ui.audit.open_audit import OpenAudit

Read = tuple[tuple[Person, ...], tuple[Line, ...]]


class NotebookBook(QObject):
    """People and lines of an audit; `changed` when they are others."""

    changed = Signal()

    def __init__(self, audit: OpenAudit, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.audit = audit
        self.persons: tuple[Person, ...] = ()
        self.lines: tuple[Line, ...] = ()
        self.disagreements: tuple[Disagreement, ...] = ()
        audit.opened.connect(self.load)
        audit.entities_changed.connect(self._on_entities)

    # -- reading

    @Slot()
    def load(self) -> None:
        """Read it again."""
        self.audit.writer.submit(partial(_read, audit=self.audit.audit_id), done=self._on_read)

    @Slot(object)
    def _on_read(self, read: Read) -> None:
        if read != (self.persons, self.lines):
            self.persons, self.lines = read
            self.disagreements = disagreements(self.lines)
            self.changed.emit()

    @Slot(object)
    def _on_entities(self, entities: frozenset[str]) -> None:
        key = self.audit.audit_id
        if any(name.startswith((f"person:{key}/", f"line:{key}/")) for name in entities):
            self.load()

    def person(self, key: str) -> Person | None:
        """Return somebody met, or nothing."""
        return next((each for each in self.persons if each.id == key), None)

    def line(self, key: str) -> Line | None:
        """Return a line, or nothing."""
        return next((each for each in self.lines if each.id == key), None)

    def disputed(self, subject: str) -> dict[str, Disagreement]:
        """Return where sources differ by criterion, for one subject or for all under the structure."""
        return {each.criterion: each for each in self.disagreements if subject in {STRUCTURE, each.subject}}

    def read_unfinished(self, done: Callable[[tuple[Line, ...]], None]) -> None:
        """Read the lines that were typed and wait for a decision."""
        key = self.audit.audit_id
        self.audit.writer.submit(lambda s: notebook.unfinished(s, key), done=done)

    # -- gestures

    def meet(
        self, values: dict[str, str], done: Callable[[Any], None], failed: Callable[[KnownError], None]
    ) -> None:
        """Note somebody met."""
        key = self.audit.audit_id
        self.audit.do(lambda s: notebook.meet(s, key, **values), done, failed)

    def correct(self, person: str, values: dict[str, str]) -> None:
        """Correct what is said of somebody met."""
        key = self.audit.audit_id
        self.audit.do(lambda s: notebook.correct(s, key, person, **values))

    def forget(self, person: str) -> None:
        """Take away somebody met."""
        key = self.audit.audit_id
        self.audit.do(lambda s: notebook.forget(s, key, person))

    def draft(self, line: str, text: str, *, person: str, at: str) -> None:
        """Keep a line being typed."""
        key = self.audit.audit_id
        self.audit.writer.submit(lambda s: notebook.draft(s, key, line, text, person=person, at=at))

    def note(
        self,
        line: str,
        text: str,
        *,
        values: Mapping[str, str],
        criterion: str = "",
        done: Callable[[Any], None] | None = None,
        failed: Callable[[KnownError], None] | None = None,
    ) -> None:
        """Note a line, for the subject shown; `values` are the other fields of the use case."""
        key, about = self.audit.audit_id, self.audit.subject
        criteria, kept = [criterion] if criterion else [], dict(values)
        self.audit.do(
            lambda s: notebook.note(s, key, text, key=line, criteria=criteria, subject=about, **kept),
            done,
            failed,
        )

    def attach(self, line: str, criterion: str, value: str = "") -> None:
        """Say that a line is about one more criterion, and what answer it amounts to."""
        found = self.line(line)
        if found is not None:
            key, criteria = self.audit.audit_id, [*found.criteria, criterion]
            kept = value or found.value
            self.audit.do(lambda s: notebook.attach(s, key, line, criteria, kept))

    def detach(self, line: str, criterion: str) -> None:
        """Say that a line is not about a criterion; about none, where it was not about that one."""
        found = self.line(line)
        if found is not None and found.criteria:
            key = self.audit.audit_id
            left = [each for each in found.criteria if each != criterion]
            criteria = left if criterion in found.criteria else []
            value = found.value if criteria else ""
            self.audit.do(lambda s: notebook.attach(s, key, line, criteria, value))

    def rewrite(self, line: str, text: str) -> None:
        """Correct a line."""
        key = self.audit.audit_id
        self.audit.do(lambda s: notebook.rewrite(s, key, line, text=text))

    def remove(self, line: str) -> None:
        """Take a line away."""
        key = self.audit.audit_id
        self.audit.do(lambda s: notebook.remove(s, key, line))


def _read(session: Session, *, audit: str) -> Read:
    return notebook.persons(session, audit), notebook.lines(session, audit)
