"""Durations of retention: chosen here, looked through before anything goes, then applied."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QProgressBar, QVBoxLayout, QWidget

from ivaudit.domain.audit import Changes
from ivaudit.domain.errors import KnownError
from ivaudit.domain.progress import Progress
from ivaudit.domain.retention import Held, PurgePlan, RetentionKind, RetentionProposals
from ivaudit.domain.tone import Tone
from ivaudit.ui import french
from ivaudit.ui.aside import Aside
from ivaudit.ui.controls import Combo, button, called, card, column_in, label, row, say
from ivaudit.ui.resting import Resting
from ivaudit.ui.table import Column, Table
from ivaudit.ui.trail.shelf import Shelf
from ivaudit.ui.writer import Writer

if TYPE_CHECKING:
    from ivaudit.app.session import Session

_MONTHS = (0, 1, 3, 6, 12, 18, 24, 36, 60, 120)
_WIDE = 34
_NOTHING = "Rien ne serait purgé aujourd'hui avec ces durées."
_WARNING = "Ce qui est listé partira pour de bon. Les comptages et le reste des fiches restent."


def _read(session: "Session") -> tuple[RetentionProposals, dict[Held, int]]:
    from ivaudit.app import retention  # noqa: PLC0415 - on the writer's thread

    return retention.proposals(session.library), retention.durations(session)


def _choose(held: Held, months: int, session: "Session") -> Changes:
    from ivaudit.app import retention  # noqa: PLC0415 - on the writer's thread

    return retention.choose(session, held, months)


def _plan(session: "Session") -> PurgePlan:
    from ivaudit.app import retention  # noqa: PLC0415 - on the writer's thread

    return retention.plan(session)


def _purge(planned: PurgePlan, session: "Session", progress: Progress) -> Changes:
    from ivaudit.app import retention  # noqa: PLC0415 - on the writer's thread

    return retention.purge(session, planned, progress)


_COLUMNS = (
    Column(title="Où", text=lambda due: due.where, stretch=True),
    Column(title="Ce qui partirait", text=lambda due: due.what),
    Column(title="Clos le", text=lambda due: french.short_date(due.closed), key=lambda due: due.closed),
    Column(title="Valeurs", text=lambda due: str(due.amount), key=lambda due: due.amount, right=True),
)


class RetentionCard(Shelf):
    """A duration a kind, the dry run, the purge; `done(str)` is a sentence, `refused(error)` an error."""

    done = Signal(str)
    refused = Signal(object)

    def __init__(self, writer: Writer) -> None:
        super().__init__()
        self.setObjectName("retention")
        self._writer = writer
        self._planned: PurgePlan | None = None
        self.choices: dict[Held, Combo] = {}
        frame, self._inner = card("retention_card")
        self.notice = label("", "retention_notice", "muted")
        self._chosen = QWidget()
        self._kinds = QVBoxLayout(self._chosen)
        self._kinds.setContentsMargins(0, 0, 0, 0)
        self.look = button("Voir ce qui partirait", "retention_look")
        self.note = label("", "retention_note")
        self.list = Table("retention_list", "Ce qui partirait", _COLUMNS)
        self.list.setMinimumHeight(140)
        self.purge = button("Purger…", "retention_purge", "danger", "Purger ce qui est listé")
        self.cancel = button("Ne rien purger", "retention_cancel", "quiet")
        self.progress = called(QProgressBar(), "retention_progress", "Avancement de la purge")
        self.progress.setTextVisible(False)
        self.halt = button("Arrêter", "retention_stop", "quiet", "Arrêter la purge : rien ne part")
        self._purging = Aside(writer, self)
        self._inner.addWidget(label("Durées de conservation", "retention_title", "heading"))
        self._inner.addWidget(self.notice)
        self._inner.addWidget(self._chosen)
        self._inner.addLayout(row(self.look, None))
        self._inner.addWidget(self.note)
        self._inner.addWidget(self.list)
        self._inner.addLayout(row(self.purge, self.cancel, None))
        self._inner.addWidget(self.progress)
        self._inner.addLayout(row(self.halt, None))
        column_in(self).addWidget(frame)
        self.look.clicked.connect(self._on_look)
        self.purge.clicked.connect(self._on_purge)
        self.cancel.clicked.connect(self.settle)
        self.halt.clicked.connect(self.stop)
        self._purging.progressed.connect(self._on_progress)
        self._resting = Resting((self.purge, self.cancel, self.look, self._chosen), self.halt)
        self._rest(on=False)
        self._show_plan(None)

    def enter(self) -> None:
        """Read the durations."""
        self._writer.submit(_read, done=self._on_read, failed=self.refused.emit)

    @Slot()
    def settle(self) -> None:
        """List nothing any more, purge nothing; a purge under way goes on."""
        if not self._purging.running:
            self._show_plan(None)

    @Slot()
    def stop(self) -> None:
        """Stop the purge under way: nothing is purged."""
        self._purging.cancel()

    @Slot(object)
    def _on_read(self, result: tuple[RetentionProposals, dict[Held, int]]) -> None:
        proposals, chosen = result
        say(self.notice, proposals.notice)
        for kind in proposals.kinds:
            if kind.id not in self.choices:
                self._add(kind)
            choice = self.choices[kind.id]
            months = chosen[kind.id]
            if choice.findData(months) < 0:
                choice.addItem(f"{months} mois", months)
            choice.setCurrentIndex(choice.findData(months))

    def _add(self, kind: RetentionKind) -> None:
        choice = Combo(f"retention_{kind.id}", kind.label)
        choice.setMinimumContentsLength(_WIDE)
        for months in sorted({*_MONTHS, kind.proposed}):
            text = f"{months} mois" if months else "Garder (aucune durée)"
            proposed = " – proposé, à décider avec le DPO" if months == kind.proposed else ""
            choice.addItem(f"{text}{proposed}", months)
        choice.activated.connect(partial(self._on_chosen, kind.id))
        title = label(kind.label, f"retention_{kind.id}_title", "strong", wrap=False)
        title.setBuddy(choice)
        said = f"Après {kind.begins}. Part : {kind.goes}. Reste : {kind.stays}. {kind.why}"
        self._kinds.addWidget(title)
        self._kinds.addWidget(label(said, f"retention_{kind.id}_help", "muted"))
        self._kinds.addLayout(row(choice, None))
        self.choices[kind.id] = choice

    def _on_chosen(self, held: Held, _index: int) -> None:
        self._show_plan(None)
        months = int(self.choices[held].currentData())
        self._writer.submit(partial(_choose, held, months), failed=self.refused.emit)

    @Slot()
    def _on_look(self) -> None:
        self._writer.submit(_plan, done=self._show_plan, failed=self.refused.emit)

    @Slot(object)
    def _show_plan(self, planned: PurgePlan | None) -> None:
        self._planned = planned
        due = planned.due if planned is not None else ()
        self.list.values.show_values(due)
        self.list.setVisible(bool(due))
        self.purge.setVisible(bool(due))
        self._arm(on=False)
        amount = french.count(sum(each.amount for each in due), "valeur partirait", "valeurs partiraient")
        places = french.count(len(due), "emplacement", "emplacements")
        said = f"{amount}, dans {places}. Rien n'est encore fait." if due else _NOTHING
        say(self.note, said if planned is not None else "", Tone.NEUTRAL)

    def _arm(self, *, on: bool) -> None:
        self.cancel.setVisible(on)
        self.purge.setText("Purger pour de bon" if on else "Purger…")
        self.purge.setEnabled(True)
        if on:
            say(self.note, _WARNING, Tone.MIDDLE)

    @Slot()
    def _on_purge(self) -> None:
        if self._planned is None:
            return
        if self.cancel.isHidden():
            self._arm(on=True)
            self.cancel.setFocus()
            return
        self._rest(on=True)
        work = partial(_purge, self._planned)
        self._purging.start_gesture(
            work, done=self._on_purged, failed=self._on_not_purged, cancelled=self._on_stopped
        )

    @Slot(int, int, str)
    def _on_progress(self, done: int, total: int, what: str) -> None:
        over = done == total
        # What goes is recorded now; only the files are left to rewrite, which nothing stops.
        self.progress.setRange(0, 0 if over else total)
        self.progress.setValue(done)
        self.halt.setDisabled(over)
        say(self.note, f"{what}…" if over else f"{what} ({done} sur {total})…", Tone.NEUTRAL)

    def _rest(self, *, on: bool) -> None:
        """Show how far the purge is, or be ready for another."""
        self.progress.setRange(0, 0)
        self.progress.setVisible(on)
        self.halt.setEnabled(True)
        self._resting.show(running=on)

    def _on_stopped(self) -> None:
        self._rest(on=False)
        self._arm(on=False)
        say(self.note, "La purge est arrêtée : rien n'est parti.", Tone.WAITING)

    def _on_purged(self, changes: Changes) -> None:
        self._rest(on=False)
        self._show_plan(None)
        self.done.emit(f"{changes.done}. Le compte rendu est au journal.")

    def _on_not_purged(self, error: KnownError) -> None:
        self._rest(on=False)
        self._arm(on=False)
        say(self.note, error.sentence, Tone.BAD)
