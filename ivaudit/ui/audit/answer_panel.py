"""The current point whole: question, answer, constat and note, and everything that helps to answer."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QFrame, QScrollArea, QSizePolicy, QWidget

from ivaudit.domain.tone import Tone
from ivaudit.ui import words
from ivaudit.ui.audit import further
from ivaudit.ui.audit.answer_choice import AnswerChoice
from ivaudit.ui.audit.carried_box import CarriedBox
from ivaudit.ui.audit.covers import Covers
from ivaudit.ui.audit.further import FurtherLinks
from ivaudit.ui.audit.means_box import MeansBox
from ivaudit.ui.audit.open_audit import OpenAudit
from ivaudit.ui.audit.phrases import bound
from ivaudit.ui.audit.point_text import PointText
from ivaudit.ui.audit.point_words import PointWords
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
    `wanted` goes to a part of the library; `uncovered` carries what was shown in the place of the point and
    is no more.
    """

    left = Signal()
    answered = Signal()
    evidence_wanted = Signal()
    wanted = Signal(str)
    uncovered = Signal(object)

    def __init__(self, audit: OpenAudit, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("answer_panel")
        self.setAccessibleName("Point en cours")
        self._audit = audit
        self._row: Row | None = None
        self._inserted: tuple[QWidget, ...] = ()
        self._build()
        self._connect()
        self._show_nothing()

    # -- building

    def _build(self) -> None:
        self.breadcrumb = label("", "breadcrumb", "small")
        self.critical = label("▲ point critique", "critical_badge", wrap=False)
        self.critical.setProperty("tone", Tone.BAD.value)
        self.critical.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.texts = PointWords(self._audit, self)
        self.question, self.words, self.help = self.texts.question, self.texts.box, self.texts.help
        self.critical_reason = label("", "critical_reason", "muted")
        self.carried = CarriedBox(self._audit)
        self.choice = AnswerChoice()
        self.constat = PointText(self._audit, "constat", *_CONSTAT, lines=3)
        self.note = PointText(self._audit, "note", *_NOTE, lines=2)
        self.review = called(QCheckBox("À revoir (R)"), "review", "À revoir, touche R")
        self.means_box = MeansBox()
        self.means_title = label("Fait établi par", "means_title", "strong", wrap=False)
        self.further = FurtherLinks()
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
        for part in [*self._parts, self.further, self.empty]:
            column.addWidget(part)
        column.insertWidget(2, self.words)
        column.insertWidget(3, self.carried)
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
        self.covers = Covers(outer, area, self)
        self._hinted = True

    def _connect(self) -> None:
        self.choice.answered.connect(self._on_answered)
        self.choice.completed.connect(self.answered)
        self.carried.confirmed.connect(self.answered)
        self.choice.cleared.connect(self._on_cleared)
        self.choice.done.connect(self.left)
        self.review.clicked.connect(self._on_review)
        self.evidence.clicked.connect(self.evidence_wanted)
        self.constat.escaped.connect(self.left)
        self.note.escaped.connect(self.left)
        self.means_box.changed.connect(self._on_means)
        self.covers.uncovered.connect(self.uncovered)
        self.covers.changed.connect(self._fit_hint)
        self.texts.explained.connect(self._on_explained)
        self.further.wanted.connect(self.wanted)
        self.further.left.connect(self.left)
        self.further.entered.connect(self._on_further)
        self._audit.answers_changed.connect(self._on_answers_changed)
        self._audit.interview_changed.connect(self._on_interview)
        self._audit.refused.connect(self._on_refused)

    # -- showing

    def load(self) -> None:
        """Take the words of an audit that has arrived."""
        loaded = self._audit.loaded
        self.choice.set_vocabulary(loaded.vocabulary)
        self.means_box.set_terms(loaded.vocabulary.means)
        words.reading().want()
        further.reading().want()

    def add_below_constat(self, widget: QWidget, *stops: QWidget) -> None:
        """Show something more just below the constat; Tab goes through its stops next."""
        self._column.insertWidget(self._column.indexOf(self.constat) + 1, widget)
        self._inserted = (*stops, *self._inserted)  # the last one put there is the first read

    def set_locked(self, locked: bool) -> None:
        """Let nothing be written any more, or let it again: what is refused is said once tried."""
        for entry in (self.constat, self.note):
            entry.editor.setReadOnly(locked)

    def follow(self, before: QWidget) -> None:
        """Come after a widget in the Tab order, in reading order: answers are made later than their panel."""
        choice = self.choice
        stops = [self.carried.button, *choice.buttons.buttons, choice.reasons, choice.awaiting, self.review]
        stops += [choice.reason_change, choice.clear_button, self.constat.editor]
        stops += [*self._inserted, self.evidence]
        stops += self.means_box.boxes.values()
        for stop in (*self.words.stops, *stops, self.note.editor, self.further):
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
        self.words.put_away()
        self._show_criterion(row)
        self.constat.show_point(row.key, row.answer.constat)
        self.note.show_point(row.key, row.answer.note)
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
        self.covers.cover(other)

    def uncover(self, other: QWidget) -> None:
        """Take off something shown in the place of the point."""
        self.covers.uncover(other)

    def show_hint(self, on: bool) -> None:
        """Recall the keys below the point, where there is room."""
        self._hinted = on
        self._fit_hint()

    @Slot()
    def _fit_hint(self) -> None:
        self.hint.setVisible(self._hinted and not self.covers)

    def show_evidence_count(self, count: int) -> None:
        """Say how much evidence the point has."""
        self.evidence.setText(f"Preuves : {count} (P)" if count else "Preuves (P)")
        self.evidence.setAccessibleName(self.evidence.text())

    def _show_nothing(self) -> None:
        for part in (*self._parts, self.further, self.words, self.carried):
            part.hide()
        self.empty.show()

    def _show_criterion(self, row: Row) -> None:
        point, criterion = row.point, row.criterion
        say(self.breadcrumb, bound(f"{point.domain.title} › {point.section.title}"))
        self.choice.show_row(row)
        self._show_critical(row)
        self.texts.show_row(row)
        self.further.show_criterion(criterion.id)
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
        self.carried.show_row(row)
        self.review.setChecked(row.answer.review)
        self.means_box.tick(row.answer.means)
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

    @Slot(str)
    def act(self, letter: str) -> bool:
        """Do what a letter of the list stands for; tell whether it stands for something here."""
        match letter:
            case "N":
                self.write_constat()
            case "I":
                self.write_note()
            case "R":
                self.toggle_review()
            case "V":
                self.carried.confirm()
            case "Maj+V":
                self.carried.confirm_section()
            case "D":
                self.texts.explain()
            case "L" if self._row is not None and not self.further.enter():
                self._audit.said.emit("Rien de plus dans la bibliothèque sur ce point.")
            case "L":
                pass
            case _:
                return False
        return True

    def _enter(self, entry: TextEntry) -> None:
        if self._row is None:
            return
        self.covers.uncover_all()
        entry.editor.setFocus(Qt.FocusReason.ShortcutFocusReason)
        entry.editor.moveCursor(entry.editor.textCursor().MoveOperation.End)
        self._area.ensureWidgetVisible(entry)

    # -- gestures

    @Slot(str, str, str)
    def _on_answered(self, value: str, reason: str, awaiting: str) -> None:
        if self._row is not None:
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

    @Slot(object)
    def _on_means(self, keys: list[str]) -> None:
        if self._row is not None:
            self._audit.set_means(self._row.key, keys)

    @Slot()
    def _on_explained(self) -> None:
        self._area.ensureWidgetVisible(self.words)

    @Slot()
    def _on_further(self) -> None:
        box = self.further.geometry()  # whole: Qt would show the line of its cursor alone
        for y in (box.bottom(), box.top()):
            self._area.ensureVisible(box.left(), y, 0, Space.SMALL)

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
