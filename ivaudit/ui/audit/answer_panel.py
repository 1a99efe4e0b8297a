"""The current point whole: question, answer, constat and note, and everything that helps to answer."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QFrame, QLabel, QScrollArea, QSizePolicy, QWidget

from ivaudit.domain.checklist import Term
from ivaudit.domain.tone import Tone
from ivaudit.ui.audit.answer_choice import AnswerChoice
from ivaudit.ui.audit.criterion_text import explanation
from ivaudit.ui.audit.flow import Flow
from ivaudit.ui.audit.open_audit import OpenAudit
from ivaudit.ui.audit.phrases import bound
from ivaudit.ui.audit.rows import Row
from ivaudit.ui.audit.text_entry import TextEntry
from ivaudit.ui.controls import button, called, column_in, label, row, say
from ivaudit.ui.theme import Space

_CONSTAT = ("Constat (N) — va dans le rapport ; aucune identité", "Ce qui a été vu, dit ou lu : des faits.")
_NOTE = ("Note interne (I) — reste dans l'équipe, dans aucun rapport", "Pour l'équipe d'audit seulement.")
_HINT = "↑ ↓ se déplacer · Espace : prochain sans réponse · 1…6 répondre · Ctrl+Z annuler · F1 touches"
WITHHELD = "withheld"
"""A part with this property set is not shown with its point: it is not for the person interviewed."""


class AnswerPanel(QFrame):
    """Shows the current row and turns what is done here into gestures.

    `left` gives the focus back to the list; `answered` says that an answer was given (the list may move on);
    `uncovered` carries what was shown in the place of the point and is no more.
    """

    left = Signal()
    answered = Signal()
    evidence_wanted = Signal()
    uncovered = Signal(object)

    def __init__(self, audit: OpenAudit, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("answer_panel")
        self.setAccessibleName("Point en cours")
        self.setProperty("card", True)
        self._audit = audit
        self._row: Row | None = None
        self._setting = ""
        self._terms: dict[str, QCheckBox] = {}
        self._build()
        self._connect()
        self._show_nothing()

    # -- building

    def _build(self) -> None:
        self.breadcrumb = label("", "breadcrumb", "small")
        self.critical = label("▲ point critique", "critical_badge", wrap=False)
        self.critical.setProperty("tone", Tone.BAD.value)
        self.critical.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.question = label("", "question", "heading")
        self.critical_reason = label("", "critical_reason", "muted")
        self.choice = AnswerChoice()
        self.constat = TextEntry("constat", *_CONSTAT, lines=3)
        self.note = TextEntry("note", *_NOTE, lines=2)
        self.review = called(QCheckBox("À revoir (R)"), "review", "À revoir, touche R")
        self.means_box = called(Flow(), "means", "Comment le fait est établi")
        self.means_title = label("Fait établi par", "means_title", "strong", wrap=False)
        self.help = QLabel()
        self.help.setObjectName("criterion_help")
        self.help.setWordWrap(True)
        self.help.setTextFormat(Qt.TextFormat.RichText)
        self.help.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.help.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.help.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        self.hint = label(_HINT, "keys_hint", "small")
        self.hint.setContentsMargins(Space.MEDIUM, Space.TINY, Space.MEDIUM, Space.TINY)
        self.empty = label("Choisissez un point dans la liste.", "panel_empty", "muted")
        self.choice.tail.insertWidget(0, self.review)
        self.evidence = button("Preuves (P)", "evidence_open", "quiet")
        self._lay_out()

    def _lay_out(self) -> None:
        inside = QWidget()
        inside.setObjectName("contents")
        column = self._column = column_in(inside, Space.MEDIUM)
        head = QWidget()
        line = row(self.breadcrumb, self.critical)
        line.setContentsMargins(0, 0, 0, 0)
        line.setStretch(0, 1)
        head.setLayout(line)
        means_head = QWidget()
        means_line = row(self.means_title, None, self.evidence)
        means_line.setContentsMargins(0, 0, 0, 0)
        means_head.setLayout(means_line)
        self._parts: list[QWidget] = [
            head,
            self.question,
            self.choice,
            self.critical_reason,
            self.constat,
            means_head,
            self.means_box,
            self.note,
            self.help,
        ]
        for part in [*self._parts, self.empty]:
            column.addWidget(part)
        column.addStretch(1)
        area = QScrollArea()
        area.setObjectName("panel_scroll")
        area.setWidget(inside)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area = area
        outer = column_in(self, 1)
        outer.addWidget(area, 1)
        outer.addWidget(self.hint)
        self._outer = outer
        self._covers: list[QWidget] = []
        self._hinted = True

    def _connect(self) -> None:
        self.choice.answered.connect(self._on_answered)
        self.choice.completed.connect(self.answered)
        self.choice.cleared.connect(self._on_cleared)
        self.choice.done.connect(self.left)
        self.review.clicked.connect(self._on_review)
        self.evidence.clicked.connect(self.evidence_wanted)
        for entry, drafted, settled in (
            (self.constat, self._on_constat_drafted, self._on_constat_settled),
            (self.note, self._on_note_drafted, self._on_note_settled),
        ):
            entry.drafted.connect(drafted)
            entry.settled.connect(settled)
            entry.escaped.connect(self.left)
        self._audit.answers_changed.connect(self._on_answers_changed)
        self._audit.interview_changed.connect(self._on_interview)
        self._audit.refused.connect(self._on_refused)

    # -- showing

    def load(self) -> None:
        """Take the words of an audit that has arrived."""
        loaded = self._audit.loaded
        self._setting = loaded.sheet.facility.setting
        self.choice.set_vocabulary(loaded.vocabulary)
        self._build_means(loaded.vocabulary.means)

    def _build_means(self, terms: tuple[Term, ...]) -> None:
        if list(self._terms) == [term.id for term in terms]:
            return
        for term in terms:
            box = called(QCheckBox(term.label), f"means_{term.id}", term.label)
            box.setToolTip(term.help)
            box.clicked.connect(self._on_means)
            self._terms[term.id] = box
            self.means_box.add(box)

    def follow(self, before: QWidget) -> None:
        """Come after a widget in the Tab order, in reading order: answers are made later than their panel."""
        choice = self.choice
        stops = [*choice.buttons.buttons, choice.reasons, choice.awaiting, self.review]
        stops += [choice.reason_change, choice.clear_button, self.constat.editor, self.evidence]
        stops += self._terms.values()
        for stop in (*stops, self.note.editor):
            QWidget.setTabOrder(before, stop)
            before = stop

    def show_row(self, row: Row | None) -> None:
        """Show another point; what was typed on the last one is settled first."""
        if row is not None and self._row is not None and row.key == self._row.key:
            self._row = row
            self._refresh()
            return
        self.settle()
        self._row = row
        if row is None:
            self._show_nothing()
            return
        for part in self._parts:
            part.setVisible(not part.property(WITHHELD))
        self.empty.hide()
        self._show_criterion(row)
        self.constat.load(row.answer.constat)
        self.note.load(row.answer.note)
        self._refresh()
        self._area.verticalScrollBar().setValue(0)

    def show_again(self) -> None:
        """Show the same point anew: its texts are those of another subject."""
        row, self._row = self._row, None
        self.show_row(row)

    def add_part(self, part: QWidget, after: QWidget) -> None:
        """Take one more part of a point, after another."""
        at = self._parts.index(after) + 1
        self._parts.insert(at, part)
        self._column.insertWidget(at, part)
        part.setVisible(self._row is not None)

    def lend_choice(self) -> AnswerChoice:
        """Give the answer buttons to what covers the point, until `take_back`."""
        self._parts.remove(self.choice)
        return self.choice

    def take_back(self) -> None:
        """Take the answer buttons back."""
        if self.choice not in self._parts:
            self.add_part(self.choice, self.question)

    def cover(self, other: QWidget | None) -> None:
        """Show something else in the place of the point; nothing takes off what was put last."""
        if other is None and self._covers:
            self.uncover(self._covers[-1])
        elif other is not None:
            if other in self._covers:
                self._covers.remove(other)
            if other.parent() is not self:
                self._outer.insertWidget(0, other, 1)
            self._covers.append(other)
        self._show_top()

    def uncover(self, other: QWidget) -> None:
        """Take off something shown in the place of the point."""
        if other in self._covers:
            self._covers.remove(other)
            other.hide()
            self._show_top()
            self.uncovered.emit(other)

    def _show_top(self) -> None:
        for each in self._covers:
            each.setVisible(each is self._covers[-1])
        self._area.setVisible(not self._covers)
        self.hint.setVisible(self._hinted and not self._covers)

    def show_hint(self, on: bool) -> None:
        """Recall the keys below the point, where there is room."""
        self._hinted = on
        self._show_top()

    def show_evidence_count(self, count: int) -> None:
        """Say how much evidence the point has."""
        self.evidence.setText(f"Preuves : {count} (P)" if count else "Preuves (P)")
        self.evidence.setAccessibleName(self.evidence.text())

    def _show_nothing(self) -> None:
        for part in self._parts:
            part.hide()
        self.empty.show()

    def _show_criterion(self, row: Row) -> None:
        point, criterion = row.point, row.criterion
        say(self.breadcrumb, f"{point.domain.title} › {point.section.title}")
        say(self.question, f"{point.number}  {bound(criterion.question)}")
        self.choice.show_row(row)
        self._show_critical(row)
        self.help.setText(
            explanation(
                criterion, row.checklist.scale_of(criterion), self._audit.loaded.vocabulary, self._setting
            )
        )
        self.note.setVisible(not self._audit.interview)

    def _show_critical(self, row: Row) -> None:
        shown = row.criterion.critical and not self._audit.interview
        self.critical.setVisible(shown)
        reason = row.criterion.critical_reason or ""
        chosen = row.criterion.critical_chosen_by
        if chosen:
            reason = f"{reason} (choisi par {chosen})".strip()
        say(self.critical_reason, bound(reason) if shown else "")

    def _refresh(self) -> None:
        """Show the answer as last recorded, without touching what is being typed."""
        row = self._row
        if row is None:
            return
        self.choice.show_row(row)
        self.review.setChecked(row.answer.review)
        for key, box in self._terms.items():
            box.setChecked(key in row.answer.means)
        if not self._audit.is_pending(row.key):
            self.constat.refresh(row.answer.constat)
            self.note.refresh(row.answer.note)

    def settle(self) -> None:
        """Hand over what is being typed."""
        self.constat.settle()
        self.note.settle()

    def write_constat(self) -> None:
        """Put the cursor in the constat."""
        self._enter(self.constat)

    def write_note(self) -> None:
        """Put the cursor in the internal note, unless it is hidden."""
        if not self._audit.interview:
            self._enter(self.note)

    def _enter(self, entry: TextEntry) -> None:
        if self._row is None:
            return
        while self._covers:
            self.uncover(self._covers[-1])
        entry.editor.setFocus(Qt.FocusReason.ShortcutFocusReason)
        entry.editor.moveCursor(entry.editor.textCursor().MoveOperation.End)
        self._area.ensureWidgetVisible(entry)

    # -- gestures

    @Slot(str, str, str)
    def _on_answered(self, value: str, reason: str, awaiting: str) -> None:
        if self._row is None:
            return
        self._audit.answer(self._row.key, value, na_reason=reason, awaiting=awaiting)

    @Slot()
    def _on_cleared(self) -> None:
        if self._row is not None and (self._row.answer.value or self._audit.is_pending(self._row.key)):
            self._audit.answer(self._row.key, None)

    @Slot()
    def toggle_review(self) -> None:
        """Mark the point «à revoir», or no more."""
        if self._row is not None:
            self.review.setChecked(not self.review.isChecked())
            self._on_review()

    @Slot()
    def _on_review(self) -> None:
        if self._row is not None:
            self._audit.flag(self._row.key, self.review.isChecked())

    @Slot()
    def _on_means(self) -> None:
        if self._row is not None:
            self._audit.set_means(self._row.key, [key for key, box in self._terms.items() if box.isChecked()])

    @Slot(str)
    def _on_constat_drafted(self, text: str) -> None:
        self._draft("constat", text)

    @Slot(str)
    def _on_note_drafted(self, text: str) -> None:
        self._draft("note", text)

    @Slot(str)
    def _on_constat_settled(self, text: str) -> None:
        self._write("constat", text)

    @Slot(str)
    def _on_note_settled(self, text: str) -> None:
        self._write("note", text)

    def _draft(self, name: str, text: str) -> None:
        if self._row is not None:
            self._audit.draft(self._row.key, name, text)

    def _write(self, name: str, text: str) -> None:
        if self._row is not None:
            self._audit.write(self._row.key, name, text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go back to the list by Échap, from wherever in the panel."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    # -- what comes back

    @Slot(object)
    def _on_answers_changed(self, criteria: tuple[str, ...]) -> None:
        if self._row is not None and self._row.key in criteria:
            self._refresh()

    @Slot(bool)
    def _on_interview(self, on: bool) -> None:
        if self._row is not None:
            if on and self.note.editor.hasFocus():
                self.left.emit()
            self._show_critical(self._row)
            self.note.setVisible(not on)

    @Slot(str)
    def _on_refused(self, sentence: str) -> None:
        if self._row is not None:
            say(self.choice.message, sentence, Tone.MIDDLE)
            self.constat.retry(self._row.answer.constat)
            self.note.retry(self._row.answer.note)
            self._refresh()
