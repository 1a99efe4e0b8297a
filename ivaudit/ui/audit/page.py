"""One audit as a workspace: its head, and the steps of a visit as tabs, made when first looked at."""

from collections.abc import Callable
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QStackedWidget, QWidget

from ivaudit.ui import tab_order, theme
from ivaudit.ui.audit import steps
from ivaudit.ui.audit.grid import Grid
from ivaudit.ui.audit.header import AuditHeader, title_of
from ivaudit.ui.audit.loading import Heading
from ivaudit.ui.audit.notebook.desk import NotebookDesk
from ivaudit.ui.audit.open_audit import OpenAudit
from ivaudit.ui.audit.review.desk import ReviewDesk
from ivaudit.ui.audit.set_aside import SetAside
from ivaudit.ui.audit.step import Step, Tab
from ivaudit.ui.audit.subjects.desk import SubjectDesk
from ivaudit.ui.audit.team.desk import TeamDesk
from ivaudit.ui.audit.trail_desk import TrailDesk
from ivaudit.ui.controls import called, column_in, label
from ivaudit.ui.evidence.desk import EvidenceDesk
from ivaudit.ui.page import Spot
from ivaudit.ui.theme import Space
from ivaudit.ui.writer import Writer

if TYPE_CHECKING:
    from ivaudit.domain.questionnaire_comparison import Comparison
    from ivaudit.ui.audit.findings.step import Findings
    from ivaudit.ui.audit.questionnaire_page import QuestionnairePage
    from ivaudit.ui.audit.versions_page import VersionsPage

_LOW = 620
_TINY = 480


class AuditPage(QWidget):
    """The page of one audit. `title_changed` carries its name, `asked(what, about)` goes elsewhere."""

    title_changed = Signal(str)
    asked = Signal(str, object)

    def __init__(
        self,
        writer: Writer,
        audit_id: str,
        notify: Callable[[str], None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        called(self, "page", "Audit")
        self.setProperty("page", "audit")
        self._notify = notify
        self.audit = OpenAudit(writer, audit_id, self)
        self.header = AuditHeader(self.audit)
        self.waiting = label("Ouverture de l'audit…", "audit_waiting", "muted")
        self.stack = QStackedWidget()
        self.stack.setObjectName("audit_stack")
        column = column_in(self, Space.SMALL)
        column.addWidget(self.header)
        column.addWidget(self.stack, 1)
        self.grid = Grid(self.audit, self.stack)
        self._steps: dict[int, QWidget] = {Tab.GRID: self.grid}
        self._wanted: Spot | None = None
        self._versions: VersionsPage | None = None
        self._questionnaire: QuestionnairePage | None = None
        self._frozen: tuple[tuple[str, str, str], ...] = ()
        self.stack.addWidget(self.waiting)
        self.stack.addWidget(self.grid)
        self.subjects = SubjectDesk(self.audit, self.grid)
        self.notebook = NotebookDesk(self.audit, self.grid)
        self.set_aside = SetAside(self.audit, self.grid)
        self.evidence = EvidenceDesk(self.audit, self.grid, self.stack)
        self.review = ReviewDesk(self.audit, self.grid, self.stack)
        self.trail = TrailDesk(self.audit, self.grid)
        self.team = TeamDesk(self.audit, self.stack)
        self._connect()
        self._bind_keys()
        self.audit.open()

    def _connect(self) -> None:
        self.audit.named.connect(self._on_named)
        self.audit.opened.connect(self._on_opened)
        self.audit.failed_to_open.connect(self._on_failed)
        for told in (self.audit.said, self.audit.refused):
            told.connect(self._on_said)
        for desk in (self.evidence, self.review, self.team):
            desk.said.connect(self._on_said)
        self.trail.asked.connect(self.asked)
        self.review.left.connect(self.show_report)
        self.team.left.connect(self.show_preparation)
        self.team.criterion_wanted.connect(self.reveal)
        self.review.criterion_wanted.connect(self.reveal)
        self.review.finding_wanted.connect(self.reveal_finding)
        self.audit.interview_changed.connect(self._on_interview)
        self.header.tab_chosen.connect(self.show_tab)
        self.header.keys_wanted.connect(self._on_keys)
        self.grid.panel.wanted.connect(self._on_library_wanted)

    def _bind_keys(self) -> None:
        bindings: dict[str, Callable[[], None]] = {
            "Ctrl+F": self._on_search,
            "Ctrl+Z": self._on_undo,
            "Ctrl+Y": self._on_redo,
            "Ctrl+Shift+Z": self._on_redo,
            "F1": self._on_keys,
            "F8": self._on_interview_key,
            "F9": self.show_debrief,
            "Ctrl+Tab": self._on_next_tab,
            "Ctrl+Shift+Tab": self._on_tab_before,
        }
        for keys, slot in bindings.items():
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(slot)

    # -- tabs

    @Slot(int)
    def show_tab(self, tab: int) -> None:
        """Show a step of the visit."""
        self._settle_steps()
        if self.header.tabs.currentIndex() != tab:
            self.header.tabs.setCurrentIndex(tab)
            return
        if not self.audit.is_open:
            return
        step = self._step(tab)
        self.stack.setCurrentWidget(step)
        if tab == Tab.GRID:
            self.evidence.resume()
            if not self.header.tabs.hasFocus():
                self.grid.focus_list()
        else:
            cast("Step", step).enter()

    def _step(self, tab: int) -> QWidget:
        if tab not in self._steps:
            self._steps[tab] = steps.make(self, Tab(tab))
            self.stack.addWidget(self._steps[tab])
        return self._steps[tab]

    @Slot(object, str)
    def show_questionnaire(self, found: "Comparison", name: str) -> None:
        """Show what a returned questionnaire would change, on a page reached from Préparation."""
        if self._questionnaire is None:
            from ivaudit.ui.audit.questionnaire_page import QuestionnairePage  # noqa: PLC0415 - idem

            self._questionnaire = QuestionnairePage(self.audit, self.stack)
            self._questionnaire.left.connect(self.show_preparation)
            self._questionnaire.said.connect(self._on_said)
            self.stack.addWidget(self._questionnaire)
        self.stack.setCurrentWidget(self._questionnaire)
        self._questionnaire.show_comparison(found, name)
        self._questionnaire.enter()

    @Slot()
    def show_versions(self) -> None:
        """Show what newer versions of the grids change, on a page reached from Préparation."""
        if self._versions is None:
            from ivaudit.ui.audit.versions_page import VersionsPage  # noqa: PLC0415 - made when looked at

            self._versions = VersionsPage(self.audit, self.stack)
            self._versions.left.connect(self.show_preparation)
            self._versions.criterion_wanted.connect(self.reveal)
            self.stack.addWidget(self._versions)
        self.settle()
        self.stack.setCurrentWidget(self._versions)
        self._versions.enter()

    @Slot()
    def show_debrief(self) -> None:
        """Show the «bilan à chaud» over the whole screen, as ticked in Rapport."""
        if not self.audit.is_open:
            return
        self.settle()
        from ivaudit.ui.audit.debrief_opening import open_debrief  # noqa: PLC0415 - made when looked at

        open_debrief(self, self.audit, self._steps.get(Tab.REPORT))

    @Slot(str)
    def reveal(self, criterion: str) -> None:
        """Go to a point of the grid."""
        self.show_tab(Tab.GRID)
        self.grid.reveal(criterion)

    @Slot(str)
    def reveal_finding(self, finding: str) -> None:
        """Go to a finding."""
        self.show_tab(Tab.FINDINGS)
        cast("Findings", self._steps[Tab.FINDINGS]).reveal(finding)

    def go_to(self, spot: Spot) -> None:
        """Go to a place of the audit, once it is open."""
        if not self.audit.is_open:
            self._wanted = spot
        elif spot.review:
            self.show_review()
        elif spot.finding:
            self.reveal_finding(spot.finding)
        elif spot.criterion:
            self.reveal(spot.criterion)

    @Slot()
    def show_review(self) -> None:
        """Show the reading-back by the facility, on a page reached from Rapport."""
        self.show_tab(Tab.REPORT)
        self.review.show()

    @Slot()
    def show_report(self) -> None:
        """Show the step Rapport."""
        self.show_tab(Tab.REPORT)

    @Slot()
    def show_synthesis(self) -> None:
        """Show the step Synthèse."""
        self.show_tab(Tab.SYNTHESIS)

    @Slot(str)
    def _on_library_wanted(self, about: str) -> None:
        self.asked.emit("library", about)

    @Slot()
    def show_preparation(self) -> None:
        """Show the step Préparation, and give it the keys."""
        self.show_tab(Tab.PREPARATION)
        self._focus_first()  # the page that is left takes the focus with it

    def settle(self) -> None:
        """Hand over everything being typed: before leaving, locking or quitting."""
        self._settle_steps()
        self.notebook.settle()

    def _settle_steps(self) -> None:
        """Hand over what is typed, but a line of the notebook: Entrée ends it, a draft keeps it."""
        self.grid.settle()
        self.evidence.settle()
        self.review.settle()
        self.team.settle()
        for tab, step in self._steps.items():
            if tab != Tab.GRID:
                cast("Step", step).settle()

    def come_back(self) -> None:
        """Take the keys again where they were left: on the same point of the grid."""
        if self.audit.is_open and self.header.tabs.currentIndex() == Tab.GRID:
            self.grid.focus_list()
        else:
            self.setFocus()

    def _forget_stale(self) -> None:
        """Make the steps anew once the audit is on another version of its grids."""
        frozen = self.audit.loaded.sheet.audit.checklists
        if self._frozen not in {(), frozen}:
            shown = self.stack.currentWidget()
            for tab in [each for each in self._steps if each != Tab.GRID]:
                gone = self._steps.pop(tab)
                again = gone is shown
                self.stack.removeWidget(gone)
                gone.deleteLater()
                if again:
                    self.show_tab(tab)
        self._frozen = frozen

    # -- what comes back

    @Slot(object)
    def _on_named(self, found: Heading) -> None:
        self.title_changed.emit(title_of(found))

    @Slot()
    def _on_opened(self) -> None:
        self._forget_stale()
        spot, self._wanted = self._wanted, None
        if self.stack.currentWidget() is self.waiting:
            self.show_tab(self.header.tabs.currentIndex())
            if self.header.tabs.currentIndex() == Tab.GRID:
                self.grid.focus_list()
        if spot is not None:
            self.go_to(spot)

    @Slot(str)
    def _on_failed(self, sentence: str) -> None:
        self.waiting.setText(sentence)
        self._notify(sentence)

    @Slot(str)
    def _on_said(self, sentence: str) -> None:
        self._notify(sentence)

    @Slot(bool)
    def _on_interview(self, on: bool) -> None:
        self._notify(
            "Mode entretien : score, points critiques et notes internes sont cachés (F8 pour les revoir)."
            if on
            else "Mode entretien terminé."
        )

    # -- keys

    @Slot()
    def _on_next_tab(self) -> None:
        self._turn(1)

    @Slot()
    def _on_tab_before(self) -> None:
        self._turn(-1)

    def _turn(self, steps: int) -> None:
        """Go some tabs further, round, and give the keys to what the step holds."""
        tabs = self.header.tabs
        tabs.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.show_tab((tabs.currentIndex() + steps) % tabs.count())
        if tabs.currentIndex() == Tab.GRID:
            self.grid.focus_list()
        else:
            self._focus_first()

    def _focus_first(self) -> None:
        """Give the keys to the first thing of the step that is shown."""
        step = self.header.tabs.currentIndex()
        if self.audit.is_open and (first := tab_order.first(self._step(step))) is not None:
            first.setFocus(Qt.FocusReason.ShortcutFocusReason)

    @Slot()
    def _on_search(self) -> None:
        self.show_tab(Tab.GRID)
        self.grid.focus_search()

    @Slot()
    def _on_undo(self) -> None:
        self._settle_steps()
        self.audit.undo()

    @Slot()
    def _on_redo(self) -> None:
        self._settle_steps()
        self.audit.redo()

    @Slot()
    def _on_keys(self) -> None:
        self.show_tab(Tab.GRID)
        self.grid.toggle_keys()

    @Slot()
    def _on_interview_key(self) -> None:
        self.audit.set_interview(not self.audit.interview)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the room to the work on a low window."""
        super().resizeEvent(event)
        look = theme.current()
        self.header.set_room(low=self.height() < look.px(_LOW), tiny=self.height() < look.px(_TINY))
