"""The audit that is open: its state as last recorded, and the gestures that change it.

Every gesture goes through the writer; nothing here shows a value before its commit came back.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any, TypeAlias

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from ivaudit.app import answers, audits, forms, synthesis
from ivaudit.app.session import Session
from ivaudit.domain.audit import STRUCTURE, Answer, AuditSheet, AuditState, Changes, Highlight
from ivaudit.domain.errors import KnownError
from ivaudit.domain.scoring import Result, result
from ivaudit.domain.standing import State, standings
from ivaudit.ui.audit.lateness import Lateness
from ivaudit.ui.audit.loading import Heading, Loaded, heading, load, search_texts
from ivaudit.ui.audit.rows import Row
from ivaudit.ui.writer import Writer

Action: TypeAlias = Callable[[Session], Changes]


@dataclass(slots=True)
class _Outcome:
    """What a gesture brought back: its changes and the answers it touched, or why it was refused."""

    criterion: str
    touched: dict[tuple[str, str], Answer] = field(default_factory=dict)
    error: Exception | None = None


class OpenAudit(QObject):
    """One audit in memory.

    `answers_changed` and `late_changed` carry criterion ids; `figures_changed` the positions of rows whose
    state changed; `entities_changed` the names of campaigns, findings… that were touched, by whomever; `said`
    and `refused` a French sentence; `saved` the time of the commit, UTC.
    """

    named = Signal(object)
    opened = Signal()
    searchable = Signal()
    answers_changed = Signal(object)
    figures_changed = Signal(object)
    details_changed = Signal()
    late_changed = Signal(object)
    history_changed = Signal()
    interview_changed = Signal(bool)
    said = Signal(str)
    refused = Signal(str)
    saved = Signal(str)
    failed_to_open = Signal(str)
    entities_changed = Signal(object)

    def __init__(self, writer: Writer, audit_id: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.audit_id = audit_id
        self.writer = writer
        self.interview = False
        self.texts: list[str] = []
        self.undo_label = self.redo_label = ""
        self._loaded: Loaded | None = None
        self._positions: dict[str, list[int]] = {}
        self._results: dict[str, Result] = {}
        self._own: list[Changes] = []
        self._lateness = Lateness(self)
        self._lateness.changed.connect(self.late_changed)
        self._figures_timer = QTimer(self)
        self._figures_timer.setSingleShot(True)
        self._figures_timer.timeout.connect(self._on_figures_due)
        writer.changed.connect(self._on_changed)

    # -- reading

    @property
    def is_open(self) -> bool:
        """Tell whether the audit has arrived."""
        return self._loaded is not None

    @property
    def loaded(self) -> Loaded:
        """Return the audit; only once `opened` was sent."""
        if self._loaded is None:
            raise LookupError("the audit has not arrived yet")
        return self._loaded

    @property
    def rows(self) -> list[Row]:
        """Return every row, in the order of the checklists."""
        return self._loaded.rows if self._loaded is not None else []

    @property
    def results(self) -> tuple[Result, ...]:
        """Return the result of each checklist, in order."""
        return tuple(self._results.values())

    def result_of(self, checklist: str) -> Result:
        """Return the result of a checklist."""
        return self._results[checklist]

    def positions(self, criterion: str) -> Sequence[int]:
        """Return where a criterion stands among the rows: once per checklist that has it."""
        return self._positions.get(criterion, ())

    def row(self, criterion: str) -> Row | None:
        """Return the first row of a criterion."""
        found = self.positions(criterion)
        return self.rows[found[0]] if found else None

    def mark_unmet(self, unmet: Callable[[str], object]) -> list[int]:
        """Note which points were to improve before; return the positions of the rows where that changed."""
        moved = [at for at, row in enumerate(self.rows) if bool(unmet(row.key)) != row.unmet_before]
        for at in moved:
            self.rows[at].unmet_before = not self.rows[at].unmet_before
        return moved

    @property
    def late(self) -> frozenset[str]:
        """Return the criteria whose gesture is not on disk after 80 ms."""
        return self._lateness.late

    def is_pending(self, criterion: str) -> bool:
        """Tell whether a gesture on a criterion has not come back yet."""
        return self._lateness.is_pending(criterion)

    # -- opening

    def open(self) -> None:
        """Read the audit: its name, then everything, then what searches need."""
        audit = self.audit_id
        self.writer.submit(lambda session: heading(session, audit), done=self._on_heading)
        self.reload()

    def reload(self) -> None:
        """Read everything again."""
        audit = self.audit_id
        self.writer.submit(
            lambda session: load(session, audit), done=self._on_loaded, failed=self._on_not_opened
        )

    @Slot(object)
    def _on_heading(self, found: Heading) -> None:
        self.named.emit(found)

    @Slot(object)
    def _on_loaded(self, found: Loaded) -> None:
        again = self._loaded is not None and self._loaded.sheet.checklists == found.sheet.checklists
        self._loaded = replace(found, sheet=replace(found.sheet, answers=dict(found.sheet.answers)))
        self._results = dict(found.results)
        self.undo_label, self.redo_label = found.undo, found.redo
        self._positions = {}
        for at, row in enumerate(found.rows):
            self._positions.setdefault(row.key, []).append(at)
        self.opened.emit()
        self.history_changed.emit()
        if not again:
            rows = found.rows
            self.writer.submit(lambda _: search_texts(rows), done=self._on_texts)

    @Slot(object)
    def _on_texts(self, texts: list[str]) -> None:
        self.texts = texts
        self.searchable.emit()

    @Slot(object)
    def _on_not_opened(self, error: KnownError) -> None:
        self.failed_to_open.emit(error.sentence)

    # -- gestures

    def answer(self, criterion: str, value: str | None, *, na_reason: str = "", awaiting: str = "") -> None:
        """Answer a criterion, or clear its answer."""
        audit = self.audit_id
        self._do(
            lambda s: answers.answer(s, audit, criterion, value, na_reason=na_reason, awaiting=awaiting),
            criterion,
        )

    def write(self, criterion: str, name: str, text: str) -> None:
        """Record a constat or an internal note."""
        audit = self.audit_id
        self._do(lambda s: answers.write(s, audit, criterion, name, text), criterion)

    def draft(self, criterion: str, name: str, text: str) -> None:
        """Keep a constat or a note being typed."""
        audit = self.audit_id
        self.writer.submit(lambda s: answers.draft(s, audit, criterion, name, text))

    def flag(self, criterion: str, review: bool) -> None:
        """Mark a criterion «à revoir», or no more."""
        audit = self.audit_id
        self._do(lambda s: answers.flag(s, audit, criterion, review), criterion)

    def set_means(self, criterion: str, chosen: Sequence[str]) -> None:
        """Say how a fact was established."""
        audit, kept = self.audit_id, tuple(chosen)
        self._do(lambda s: answers.means(s, audit, criterion, kept), criterion)

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
        self._do(lambda s: forms.set_field(s, audit, audits.VISIT_FORM, name, value))

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
        self._do(lambda s: synthesis.write(s, audit, strengths=strengths, priorities=priorities))

    def perform(self, action: Action) -> None:
        """Do a gesture that a page of its own asks for."""
        self._do(action)

    def do(self, work: Callable[[Session], object], done: Callable[[Any], None] | None = None) -> None:
        """Do a gesture on a campaign, a finding, an action: anything but an answer or a form.

        Args:
            work: returns its `Changes`, alone or first of a tuple.
            done: told what `work` returned, once it is recorded.
        """
        self.writer.submit(work, done=partial(self._on_gesture, done), failed=self._on_refused)

    def _on_gesture(self, done: Callable[[Any], None] | None, result: object) -> None:
        changes = result[0] if isinstance(result, tuple) else result
        if isinstance(changes, Changes) and changes.at:
            self._remember_history(changes)
        if done is not None:
            done(result)

    def remember(self, criterion: str) -> None:
        """Remember where the auditor is."""
        audit = self.audit_id
        self.writer.submit(lambda s: audits.remember_position(s, audit, criterion))

    def set_interview(self, on: bool) -> None:
        """Hide from the person interviewed what is not theirs to see, or show it again."""
        if on != self.interview:
            self.interview = on
            self.interview_changed.emit(on)

    # -- what comes back

    def _do(self, action: Action, criterion: str = "") -> None:
        audit, own = self.audit_id, self._own

        def work(session: Session) -> tuple[Changes, _Outcome]:
            outcome = _Outcome(criterion)
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

        if criterion:
            self._lateness.went(criterion)
        self.writer.submit(work, done=self._on_done)

    @Slot(object)
    def _on_done(self, returned: tuple[Changes, _Outcome]) -> None:
        changes, outcome = returned
        self._lateness.came(outcome.criterion)
        if outcome.error is not None:
            self._on_refused(outcome.error)
            return
        self._apply(outcome.touched)
        if changes.at:
            self._remember_history(changes)
        starting = bool(outcome.touched) and self.loaded.sheet.audit.state is AuditState.PREPARING
        if changes.audits or changes.forms or starting:
            self._read_details()
        if outcome.criterion and not outcome.touched:
            self.answers_changed.emit((outcome.criterion,))

    def _read_details(self) -> None:
        audit = self.audit_id
        self.writer.submit(lambda s: heading(s, audit), done=self._on_heading)
        self.writer.submit(lambda s: audits.sheet(s, audit), done=self._on_details)

    @Slot(object)
    def _on_details(self, sheet: AuditSheet) -> None:
        if sheet.audit.checklists != self.loaded.sheet.audit.checklists:
            self.reload()
            return
        kept = replace(self.loaded.sheet, audit=sheet.audit, forms=sheet.forms, synthesis=sheet.synthesis)
        self._loaded = replace(self.loaded, sheet=kept)
        self.details_changed.emit()

    def _on_refused(self, error: Exception) -> None:
        if isinstance(error, KnownError):
            self.refused.emit(error.sentence)
        else:
            self.writer.failed.emit(error)

    def _remember_history(self, changes: Changes) -> None:
        self.undo_label, self.redo_label = changes.undo, changes.redo
        self.history_changed.emit()
        self.saved.emit(changes.at)
        if changes.done.startswith(("Annul", "Rétabli")):
            self.said.emit(changes.done)

    def _apply(self, touched: dict[tuple[str, str], Answer]) -> None:
        if not touched:
            return
        known = self.loaded.sheet.answers
        if isinstance(known, dict):  # ours: copied when the audit arrived
            known.update(touched)
        for (subject, key), answer in touched.items():
            if subject == STRUCTURE:
                for at in self.positions(key):
                    self.rows[at].answer = answer
        self.answers_changed.emit(tuple(key for _, key in touched))
        self._figures_timer.start()

    @Slot(object)
    def _on_changed(self, changes: Changes) -> None:
        """Follow what others did: another page, an import, the settling of drafts."""
        if changes.entities:
            self.entities_changed.emit(changes.entities)
        mine = next((at for at, each in enumerate(self._own) if each is changes), None)
        if mine is not None:
            del self._own[mine]
            return
        ours = self.audit_id in changes.audits or any(
            where == self.audit_id for where, _, _ in changes.answers
        )
        if self._loaded is not None and (ours or changes.workspace or changes.facilities):
            self.reload()

    # -- figures, a moment later: the row is painted first

    @Slot()
    def _on_figures_due(self) -> None:
        moved: list[int] = []
        sheet = self.loaded.sheet
        start = 0
        for checklist in sheet.checklists:
            found = standings(sheet, checklist)
            self._results[checklist.id] = result(checklist, found)
            moved += self._restate([each.state for each in found], start)
            start += len(found)
        self.figures_changed.emit(tuple(moved))

    def _restate(self, states: Iterable[State], start: int) -> list[int]:
        moved = []
        for at, state in enumerate(states, start):
            if self.rows[at].state is not state:
                self.rows[at].state = state
                moved.append(at)
        return moved
