"""The gestures of an open audit: each goes through the writer, and comes back with what it touched."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any, TypeAlias

from PySide6.QtCore import QObject, Slot

from ivaudit.app import answers, audits, bulk, forms, privacy, synthesis
from ivaudit.app.session import Session
from ivaudit.domain.audit import STRUCTURE, Answer, Changes, Highlight
from ivaudit.domain.errors import KnownError
from ivaudit.ui.audit.lateness import Lateness
from ivaudit.ui.writer import Writer

Action: TypeAlias = Callable[[Session], Changes]
Place: TypeAlias = tuple[str, str]
"""What an answer is about: (subject, criterion)."""


@dataclass(slots=True)
class Outcome:
    """What a gesture brought back: its changes and the answers it touched, or why it was refused."""

    place: Place | None
    in_form: bool = False
    touched: dict[Place, Answer] = field(default_factory=dict)
    error: Exception | None = None


class Gestures(QObject):
    """Asks for gestures in one audit; whoever derives from it says what becomes of what comes back."""

    def __init__(self, writer: Writer, audit_id: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.audit_id = audit_id
        self.writer = writer
        self.subject = STRUCTURE
        self.lateness = Lateness(self)
        self.fields_under_way = 0
        """Fields of the form, and words of the synthesis, that are on their way to the disk."""
        self._own: list[Changes] = []

    # -- answers, about the subject shown unless told

    def answer(
        self,
        criterion: str,
        value: str | None,
        *,
        na_reason: str = "",
        awaiting: str = "",
        subject: str | None = None,
    ) -> None:
        """Answer a criterion, or clear its answer."""
        audit, about = self.audit_id, subject or self.subject
        self._do(
            lambda s: answers.answer(
                s, audit, criterion, value, subject=about, na_reason=na_reason, awaiting=awaiting
            ),
            (about, criterion),
        )

    def write(self, criterion: str, name: str, text: str, *, subject: str | None = None) -> None:
        """Record a constat or an internal note."""
        audit, about = self.audit_id, subject or self.subject
        self._do(lambda s: answers.write(s, audit, criterion, name, text, subject=about), (about, criterion))

    def draft(self, criterion: str, name: str, text: str, *, subject: str | None = None) -> None:
        """Keep a constat or a note being typed."""
        audit, about = self.audit_id, subject or self.subject
        self.writer.submit(lambda s: answers.draft(s, audit, criterion, name, text, subject=about))

    def flag(self, criterion: str, review: bool) -> None:
        """Mark a criterion «à revoir», or no more."""
        audit, about = self.audit_id, self.subject
        self._do(lambda s: answers.flag(s, audit, criterion, review, subject=about), (about, criterion))

    def set_means(self, criterion: str, chosen: Sequence[str]) -> None:
        """Say how a fact was established."""
        audit, about, kept = self.audit_id, self.subject, tuple(chosen)
        self._do(lambda s: answers.means(s, audit, criterion, kept, subject=about), (about, criterion))

    def set_aside(self, criteria: Sequence[str], reason: str) -> None:
        """Answer «sans objet» to the points of a section that have no answer."""
        audit, about, asked = self.audit_id, self.subject, tuple(criteria)
        self._do(lambda s: bulk.not_applicable(s, audit, asked, reason, subject=about)[0])

    @Slot(str)
    def clear(self, text: str) -> None:
        """Take note that what looks like an identity in a text is nobody's."""
        self.writer.submit(lambda session: privacy.keep(session, text))

    # -- the audit itself

    @Slot()
    def undo(self) -> None:
        """Undo the last gesture, after everything submitted before."""
        audit = self.audit_id
        self._do(lambda s: answers.undo(s, audit))

    @Slot()
    def redo(self) -> None:
        """Redo the last gesture undone."""
        audit = self.audit_id
        self._do(lambda s: answers.redo(s, audit))

    def edit(self, **values: str) -> None:
        """Change what the audit says of itself: title, date, kind, state."""
        audit = self.audit_id
        self._do(lambda s: audits.edit(s, audit, **values))

    def set_field(self, name: str, value: object) -> None:
        """Record one field of the visit form."""
        audit = self.audit_id
        self.fields_under_way += 1
        self._do(lambda s: forms.set_field(s, audit, audits.VISIT_FORM, name, value), in_form=True)

    def write_appreciation(self, text: str) -> None:
        """Record the appreciation."""
        audit = self.audit_id
        self._do(lambda s: synthesis.write(s, audit, appreciation=text))

    def draft_appreciation(self, text: str) -> None:
        """Keep the appreciation being typed."""
        audit = self.audit_id
        self.writer.submit(lambda s: synthesis.draft(s, audit, text))

    def write_highlights(
        self, *, strengths: Sequence[Highlight] | None = None, priorities: Sequence[Highlight] | None = None
    ) -> None:
        """Record the strengths or the priorities."""
        audit = self.audit_id
        self.fields_under_way += 1
        self._do(
            lambda s: synthesis.write(s, audit, strengths=strengths, priorities=priorities), in_form=True
        )

    def perform(self, action: Action) -> None:
        """Do a gesture that a page of its own asks for."""
        self._do(action)

    def remember(self, criterion: str) -> None:
        """Remember where the auditor is."""
        audit = self.audit_id
        self.writer.submit(lambda s: audits.remember_position(s, audit, criterion))

    def do(
        self,
        work: Callable[[Session], object],
        done: Callable[[Any], None] | None = None,
        failed: Callable[[KnownError], None] | None = None,
    ) -> None:
        """Do a gesture on a campaign, a finding, an action: anything but an answer or a form.

        Args:
            work: returns its `Changes`, alone or first of a tuple.
            done: told what `work` returned, once it is recorded.
            failed: told why it was refused, after the sentence was said.
        """
        refused = partial(self._on_gesture_refused, failed)
        self.writer.submit(work, done=partial(self._on_gesture, done), failed=refused)

    # -- what comes back

    def _do(self, action: Action, place: Place | None = None, *, in_form: bool = False) -> None:
        audit, own = self.audit_id, self._own

        def work(session: Session) -> tuple[Changes, Outcome]:
            outcome = Outcome(place, in_form)
            changes = Changes()
            try:
                changes = action(session)
                own.append(changes)
                outcome.touched = {
                    (subject, key): answers.current(session, audit, key, subject)
                    for where, subject, key in changes.answers
                    if where == audit
                }
            except Exception as error:  # noqa: BLE001 - handed to the window with the gesture it ends
                outcome.error = error
            return changes, outcome

        if place is not None:
            self.lateness.begin(place)
        self.writer.submit(work, done=partial(self._on_done, work))

    def _on_done(self, work: Callable[[Session], object], returned: tuple[Changes, Outcome]) -> None:
        changes, outcome = returned
        if outcome.place is not None:
            self.lateness.end(outcome.place)
        self.fields_under_way -= outcome.in_form
        if outcome.error is not None:
            self._on_refused(outcome.error)
            self.writer.doubt(outcome.error, work, partial(self._on_done, work))
        else:
            self._on_recorded(changes, outcome)

    def _on_gesture(self, done: Callable[[Any], None] | None, result: object) -> None:
        changes = result[0] if isinstance(result, tuple) else result
        if isinstance(changes, Changes) and changes.at:
            self._remember_history(changes)
        if done is not None:
            done(result)

    def _on_gesture_refused(self, failed: Callable[[KnownError], None] | None, error: KnownError) -> None:
        self._on_refused(error)
        if failed is not None:
            failed(error)

    def _on_recorded(self, changes: Changes, outcome: Outcome) -> None:
        """Take what a gesture on an answer or a form brought back."""
        raise NotImplementedError

    def _on_refused(self, error: Exception) -> None:
        """Take why a gesture was refused."""
        raise NotImplementedError

    def _remember_history(self, changes: Changes) -> None:
        """Take what may be undone now."""
        raise NotImplementedError
