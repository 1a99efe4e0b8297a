"""*Synthèse*: the auditor's words first, then the figures of each checklist, each explaining itself."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QStackedWidget, QVBoxLayout, QWidget

from ivaudit.app import synthesis as proposals
from ivaudit.domain.adapted import lightened_sentences
from ivaudit.domain.audit import MAX_PRIORITIES, MAX_STRENGTHS
from ivaudit.domain.checklist import Checklist, Point
from ivaudit.domain.report_figures import carried_sentence
from ivaudit.domain.scoring import domain_results
from ivaudit.domain.standing import PointStanding, standings
from ivaudit.domain.tone import Tone
from ivaudit.ui import theme
from ivaudit.ui.audit.chart import Chart
from ivaudit.ui.audit.figures import Figures, level_sentence
from ivaudit.ui.audit.highlights import Highlights
from ivaudit.ui.audit.notebook.book import NotebookBook
from ivaudit.ui.audit.notebook.debrief import Debrief
from ivaudit.ui.audit.open_audit import OpenAudit
from ivaudit.ui.audit.phrases import bound
from ivaudit.ui.audit.rich_text import RichText
from ivaudit.ui.audit.synthesis_text import critical_table, domain_table, not_applicable_table
from ivaudit.ui.audit.text_entry import TextEntry
from ivaudit.ui.controls import button, called, card, column_in, label, row, say, scrolling
from ivaudit.ui.theme import Space

if TYPE_CHECKING:
    from ivaudit.ui.audit.compare_page import ComparePage

_HIDDEN = "Mode entretien : les résultats sont cachés. F8 pour les revoir."


class ChecklistBlock(QWidget):
    """The figures of one checklist; never a score across checklists."""

    criterion_wanted = Signal(str)

    def __init__(self, audit: OpenAudit, checklist: Checklist) -> None:
        super().__init__()
        called(self, f"block_{checklist.id}", checklist.title)
        self._audit = audit
        self._checklist = checklist
        self.figures = Figures(checklist.id)
        self.level = label("", f"level_{checklist.id}", "strong")
        self.carried = label("", f"carried_{checklist.id}", "strong")
        self.adapted = label("", f"adapted_{checklist.id}")
        self.critical = RichText(f"critical_{checklist.id}", "Points critiques")
        self.domains = RichText(f"domains_{checklist.id}", "Résultats par domaine")
        self.out = RichText(f"out_{checklist.id}", "Points sans objet")
        self.chart = Chart(checklist.id)
        self.out_title = label("Sans objet", f"out_title_{checklist.id}", "heading")
        frame, inner = card(f"card_{checklist.id}")
        self._fill(inner)
        column_in(self).addWidget(frame)
        for part in (self.figures, self.critical, self.domains, self.out):
            part.criterion_wanted.connect(self.criterion_wanted)

    def _fill(self, inner: QVBoxLayout) -> None:
        checklist = self._checklist
        inner.addWidget(label(bound(checklist.title), f"title_{checklist.id}", "heading"))
        inner.addWidget(
            label(f"Version {checklist.version} · {checklist.edition}", f"edition_{checklist.id}", "muted")
        )
        inner.addWidget(self.figures)
        inner.addWidget(self.level)
        inner.addWidget(self.carried)
        inner.addWidget(self.adapted)
        say(self.adapted, bound("\n".join(_adapted(checklist))), Tone.MIDDLE)
        self.critical_title = label("Points critiques", f"critical_{checklist.id}_title", "heading")
        domains_title = label("Par domaine", f"domains_{checklist.id}_title", "heading")
        for part in (self.critical_title, self.critical, domains_title, self.domains, self.chart):
            inner.addWidget(part)
        inner.addWidget(self.out_title)
        inner.addWidget(self.out)

    def show_now(self) -> tuple[PointStanding, ...]:
        """Show the present figures; return where each point stands."""
        audit, checklist = self._audit, self._checklist
        sheet = audit.loaded.sheet
        found = standings(sheet, checklist)
        result = audit.result_of(checklist.id)
        domains = domain_results(checklist, found)
        self.figures.show_result(result, [each.point for each in found])
        say(self.level, bound(level_sentence(checklist, result)))
        say(self.carried, bound(carried_sentence(result.carried)), Tone.WAITING)
        self.critical.show_html(critical_table(result.critical))
        self.critical_title.setVisible(not self.critical.isHidden())
        self.domains.show_html(domain_table(domains))
        self.out.show_html(
            not_applicable_table(
                found,
                {each.criterion.id: sheet.answer(each.criterion.id) for each in found},
                audit.loaded.vocabulary,
            )
        )
        self.out_title.setVisible(not self.out.isHidden())
        self.chart.show_domains(sheet, domains)
        return found


class Synthesis(QWidget):
    """The page; `criterion_wanted` goes to a point of the grid."""

    criterion_wanted = Signal(str)

    def __init__(self, audit: OpenAudit, book: NotebookBook, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        called(self, "synthesis", "Synthèse")
        self._audit = audit
        self._stale = True
        self._found: list[PointStanding] = []
        self.appreciation = TextEntry(
            "appreciation",
            "Appréciation générale — première page du rapport",
            "En quelques phrases : ce qui est solide, ce qui demande un effort, dans quel esprit.",
            lines=5,
        )
        self.strengths = Highlights("strengths", "Points forts", "un point fort", MAX_STRENGTHS)
        self.priorities = Highlights("priorities", "Priorités", "une priorité", MAX_PRIORITIES)
        self.debrief = Debrief(book)
        self.blocks = [ChecklistBlock(audit, each) for each in audit.loaded.sheet.checklists]
        self.compare = button("Comparer avec d'autres audits…", "synthesis_compare")
        self.comparison: ComparePage | None = None
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        # From the outside in: a widget takes its style again each time one around it changes hands.
        inside = QWidget()
        self.stack = QStackedWidget()
        column_in(self).addWidget(self.stack)
        self.stack.addWidget(scrolling(inside, "synthesis_scroll", "Synthèse"))
        self.stack.addWidget(label(_HIDDEN, "synthesis_hidden", "muted"))
        column = column_in(inside, 0, Space.MEDIUM)
        words, inner = card("synthesis_words")
        for part in (self.appreciation, _line(), self.strengths, _line(), self.priorities):
            inner.addWidget(part)
        column.addLayout(row(self.compare, None))
        column.addWidget(words)
        column.addWidget(self.debrief)
        for block in self.blocks:
            column.addWidget(block)
        column.addStretch(1)

    def _connect(self) -> None:
        audit = self._audit
        self.appreciation.drafted.connect(audit.draft_appreciation)
        self.appreciation.settled.connect(audit.write_appreciation)
        self.appreciation.cleared.connect(audit.clear)
        self.strengths.changed.connect(self._on_strengths)
        self.priorities.changed.connect(self._on_priorities)
        self.debrief.criterion_wanted.connect(self.criterion_wanted)
        for block in self.blocks:
            block.criterion_wanted.connect(self.criterion_wanted)
        self.compare.clicked.connect(self._on_compare)
        audit.details_changed.connect(self._show_words)
        audit.opened.connect(self._on_changed)
        audit.figures_changed.connect(self._on_figures)
        audit.interview_changed.connect(self._on_interview)
        theme.notice().changed.connect(self._on_changed)

    def enter(self) -> None:
        """Be shown: compute what changed since last time."""
        self._on_interview(self._audit.interview)
        if self._stale:
            self._show_figures()
        self._show_words()

    def settle(self) -> None:
        """Hand over what is being typed."""
        self.appreciation.settle()
        self.strengths.settle()
        self.priorities.settle()

    @Slot()
    def _show_words(self) -> None:
        kept = self._audit.loaded.sheet.synthesis
        self.appreciation.refresh(kept.appreciation)
        if not self._audit.fields_under_way:  # what was read before them is shown when they are back
            self.strengths.show_highlights(kept.strengths)
            self.priorities.show_highlights(kept.priorities)
        self._propose()

    def _show_figures(self) -> None:
        self._stale = False
        sheet = self._audit.loaded.sheet
        cited = {key for h in (*sheet.synthesis.strengths, *sheet.synthesis.priorities) for key in h.criteria}
        answered: dict[str, Point] = {}
        self._found = [each for block in self.blocks for each in block.show_now()]
        for each in self._found:
            key = each.criterion.id
            if key in cited or sheet.answer(key).value is not None:
                answered.setdefault(key, each.point)
        self.debrief.show_standings(self._found)
        self.strengths.show_points(list(answered.values()))
        self.priorities.show_points(list(answered.values()))

    def _propose(self) -> None:
        strong = proposals.proposed_strengths(self._found)
        weak = proposals.proposed_priorities(self._found)
        self.strengths.show_proposals([(each.point, each.criterion.rating.get("oui", "")) for each in strong])
        self.priorities.show_proposals([(each.point, each.criterion.recommendation) for each in weak])

    @Slot(object)
    def _on_strengths(self, kept: object) -> None:
        self._audit.write_highlights(strengths=kept)  # type: ignore[arg-type]  # a signal carries an object

    @Slot(object)
    def _on_priorities(self, kept: object) -> None:
        self._audit.write_highlights(priorities=kept)  # type: ignore[arg-type]  # idem

    @Slot(object)
    def _on_figures(self, _moved: object) -> None:
        self._on_changed()

    @Slot()
    def _on_changed(self) -> None:
        self._stale = True
        if self.isVisible():
            self._show_figures()
            self._propose()

    @Slot(bool)
    def _on_interview(self, on: bool) -> None:
        if on or self.stack.currentIndex() == 1:
            self.stack.setCurrentIndex(1 if on else 0)

    @Slot()
    def _on_compare(self) -> None:
        """Show other audits beside this one, on a page made when first looked at."""
        if self.comparison is None:
            from ivaudit.ui.audit.compare_page import ComparePage  # noqa: PLC0415 - made when looked at

            self.comparison = ComparePage(self._audit, self.stack)
            self.comparison.left.connect(self._on_compared)
            self.comparison.criterion_wanted.connect(self.criterion_wanted)
            self.stack.addWidget(self.comparison)
        self.settle()
        self.stack.setCurrentWidget(self.comparison)
        self.comparison.enter()

    @Slot()
    def _on_compared(self) -> None:
        self.stack.setCurrentIndex(0)
        self.compare.setFocus(Qt.FocusReason.OtherFocusReason)


def _adapted(checklist: Checklist) -> Iterator[str]:
    """Yield who adapted a checklist, and what they ask less of."""
    for each in checklist.adaptations:
        yield f"Grille adaptée par {each.author} : {each.title} ({each.version})."
    yield from lightened_sentences(checklist.adaptations)


def _line() -> QFrame:
    made = QFrame()
    made.setProperty("line", True)
    return made
