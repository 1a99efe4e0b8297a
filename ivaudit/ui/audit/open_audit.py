"""The audit that is open: its state as last recorded, and what becomes of the gestures that change it.

Every gesture goes through the writer; nothing here shows a value before its commit came back.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from ivaudit.app import audits
from ivaudit.domain.audit import STRUCTURE, Answer, AuditSheet, AuditState, Changes
from ivaudit.domain.errors import KnownError
from ivaudit.domain.scoring import Result
from ivaudit.domain.standing import PointStanding
from ivaudit.domain.subjects import Subject
from ivaudit.ui.audit.gestures import Gestures, Outcome, Place
from ivaudit.ui.audit.loading import Heading, Loaded, heading, load, search_texts
from ivaudit.ui.audit.rows import Row
from ivaudit.ui.audit.tally import Tally
from ivaudit.ui.writer import Writer


class OpenAudit(Gestures):
    """One audit in memory.

    `answers_changed` and `late_changed` carry criterion ids; `figures_changed` the positions of rows whose
    state changed; `entities_changed` the names of campaigns, findings… that were touched, by whomever; `said`
    and `refused` a French sentence; `saved` the time of the commit, UTC. `subject_left` comes just before
    another subject is shown, `subject_changed` once its answers are in the rows.
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
    subject_left = Signal()
    subject_changed = Signal()
    said = Signal(str)
    refused = Signal(str)
    saved = Signal(str)
    failed_to_open = Signal(str)
    entities_changed = Signal(object)

    def __init__(self, writer: Writer, audit_id: str, parent: QObject | None = None) -> None:
        super().__init__(writer, audit_id, parent)
        self.interview = False
        self.texts: list[str] = []
        self.undo_label = self.redo_label = ""
        self.held: dict[tuple[str, str, str], str] = {}
        self._loaded: Loaded | None = None
        self._positions: dict[str, list[int]] = {}
        self._starts: dict[str, int] = {}
        self._tally = Tally({}, {})
        self._moved: set[str] = set()
        self._figures_timer = QTimer(self)
        self._figures_timer.setSingleShot(True)
        self._figures_timer.setInterval(0)
        self._figures_timer.timeout.connect(self._on_figures_due)
        self.lateness.moved.connect(self._on_late)
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
    def subjects(self) -> tuple[Subject, ...]:
        """Return the subjects besides the whole structure, as they were arranged."""
        return self._loaded.subjects if self._loaded is not None else ()

    @property
    def results(self) -> tuple[Result, ...]:
        """Return the result of each checklist, in order."""
        return tuple(self._tally.results.values())

    def result_of(self, checklist: str) -> Result:
        """Return the result of a checklist."""
        return self._tally.results[checklist]

    def standing_at(self, position: int) -> PointStanding:
        """Return where the point of a row stands in the audit, all subjects together."""
        checklist = self.rows[position].checklist.id
        return self._tally.standings[checklist][position - self._starts[checklist]]

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
        """Return the criteria of the subject shown whose gesture is not on disk after 80 ms."""
        return frozenset(key for subject, key in self._late_places() if subject == self.subject)

    def is_pending(self, criterion: str) -> bool:
        """Tell whether a gesture on a criterion, for the subject shown, has not come back yet."""
        return self.lateness.waits((self.subject, criterion))

    def _late_places(self) -> list[Place]:
        return [place for place in self.lateness.late if isinstance(place, tuple)]

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
        self._tally = Tally(found.standings, found.results)
        self.undo_label, self.redo_label = found.undo, found.redo
        self.held = dict(found.held)
        self._positions, self._starts = {}, {}
        for at, row in enumerate(found.rows):
            self._positions.setdefault(row.key, []).append(at)
            self._starts.setdefault(row.checklist.id, at)
        self._show_subject(self.subject if self.subject in found.sheet.subjects else STRUCTURE)
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

    # -- what is shown

    def set_interview(self, on: bool) -> None:
        """Hide from the person interviewed what is not theirs to see, or show it again."""
        if on != self.interview:
            self.interview = on
            self.interview_changed.emit(on)

    def set_subject(self, subject: str) -> None:
        """Show, and answer for, another subject; figures stay those of the whole audit."""
        if subject == self.subject or subject not in self.loaded.sheet.subjects:
            return
        self.subject_left.emit()
        self._show_subject(subject)
        self.subject_changed.emit()

    def _show_subject(self, subject: str) -> None:
        self.subject = subject
        if subject != STRUCTURE or any(row.subject != subject for row in self.rows):
            for row in self.rows:
                row.show_subject(subject)

    # -- what comes back

    def _on_recorded(self, changes: Changes, outcome: Outcome) -> None:
        self._apply(outcome.touched)
        if changes.at:
            self._remember_history(changes)
        starting = bool(outcome.touched) and self.loaded.sheet.audit.state is AuditState.PREPARING
        if changes.audits or changes.forms or starting:
            self._read_details()
        if outcome.place is not None and not outcome.touched:
            self.answers_changed.emit((outcome.place[1],))

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

    def _apply(self, touched: dict[Place, Answer]) -> None:
        if not touched:
            return
        known = self.loaded.sheet.answers
        if isinstance(known, dict):  # ours: copied when the audit arrived
            known.update(touched)
        for (subject, key), answer in touched.items():
            for at in self.positions(key):
                row = self.rows[at]
                row.given[subject] = answer
                if row.subject == subject:
                    row.answer = answer
                    row.restate(row.whole)
        self._moved.update(key for _, key in touched)
        self.answers_changed.emit(tuple(key for _, key in touched))
        self._figures_timer.start()

    @Slot(object)
    def _on_changed(self, changes: Changes) -> None:
        """Follow what others did: another page, an import, the settling of drafts."""
        if changes.entities:
            self.entities_changed.emit(changes.entities)
        arranged = any(name.startswith(f"subject:{self.audit_id}/") for name in changes.entities)
        mine = next((at for at, each in enumerate(self._own) if each is changes), None)
        if mine is not None:
            del self._own[mine]
            if not arranged:
                return
        ours = self.audit_id in changes.audits or any(
            where == self.audit_id for where, _, _ in changes.answers
        )
        if self._loaded is not None and (ours or arranged or changes.workspace or changes.facilities):
            self.reload()

    # -- figures, a moment later: the row is painted first

    @Slot()
    def _on_figures_due(self) -> None:
        moved: list[int] = []
        criteria, self._moved = self._moved, set()
        for checklist, at in self._tally.update(self.loaded.sheet, criteria):
            position = self._starts[checklist] + at
            row, before = self.rows[position], self.rows[position].state
            row.restate(self._tally.standings[checklist][at].state)
            if row.state is not before or len(row.given) > 1:
                moved.append(position)
        self.figures_changed.emit(tuple(moved))

    # -- lateness

    @Slot(object)
    def _on_late(self, moved: tuple[Place, ...]) -> None:
        self.late_changed.emit(tuple(key for _, key in moved))
