"""The current point whole: question, answer, constat and note, and everything that helps to answer."""

from itertools import starmap
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QSizePolicy, QWidget

from ivaudit.domain.adapted import mark_words
from ivaudit.domain.tone import Tone
from ivaudit.ui import theme, words
from ivaudit.ui.audit import further
from ivaudit.ui.audit.answer_choice import AnswerChoice
from ivaudit.ui.audit.carried_box import CarriedBox
from ivaudit.ui.audit.covered_panel import CoveredPanel
from ivaudit.ui.audit.criterion_text import explanation
from ivaudit.ui.audit.further import FurtherLinks
from ivaudit.ui.audit.means_box import MeansBox
from ivaudit.ui.audit.open_audit import OpenAudit
from ivaudit.ui.audit.phrases import bound
from ivaudit.ui.audit.rich_text import RichText
from ivaudit.ui.audit.rows import Row
from ivaudit.ui.audit.text_entry import TextEntry
from ivaudit.ui.controls import button, called, column_in, label, row, say
from ivaudit.ui.theme import Space
from ivaudit.ui.words_box import WordedLabel, WordsBox

if TYPE_CHECKING:
    from ivaudit.domain.glossary import GlossaryTerm

_CONSTAT = ("Constat (N) — va dans le rapport ; aucune identité", "Ce qui a été vu, dit ou lu : des faits.")
_NOTE = ("Note interne (I) — reste dans l'équipe, dans aucun rapport", "Pour l'équipe d'audit seulement.")
_HINT = "↑ ↓ se déplacer · Espace : prochain sans réponse · 1…6 répondre · Ctrl+Z annuler · F1 touches"


class AnswerPanel(CoveredPanel):
    """Shows the current row and turns what is done here into gestures.

    `left` gives the focus back to the list; `answered` says that an answer was given (the list may move on);
    `wanted` goes to a part of the library.
    """

    left = Signal()
    answered = Signal()
    evidence_wanted = Signal()
    wanted = Signal(str)

    def __init__(self, audit: OpenAudit, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("answer_panel")
        self.setAccessibleName("Point en cours")
        self._audit = audit
        self._row: Row | None = None
        self._setting = ""
        self._build()
        self._connect()
        self._show_nothing()

    # -- building

    def _build(self) -> None:
        self.breadcrumb = label("", "breadcrumb", "small")
        self.critical = label("▲ point critique", "critical_badge", wrap=False)
        self.critical.setProperty("tone", Tone.BAD.value)
        self.critical.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.question = WordedLabel("question", "heading")
        self.words = WordsBox()
        self.critical_reason = label("", "critical_reason", "muted")
        self.carried = CarriedBox(self._audit)
        self.choice = AnswerChoice()
        self.constat = TextEntry("constat", *_CONSTAT, lines=3)
        self.note = TextEntry("note", *_NOTE, lines=2)
        self.review = called(QCheckBox("À revoir (R)"), "review", "À revoir, touche R")
        self.means_box = MeansBox()
        self.means_title = label("Fait établi par", "means_title", "strong", wrap=False)
        self.help = RichText("criterion_help", "Aide sur le point")
        self.help.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.LinksAccessibleByMouse
        )
        self.help.setFocusPolicy(Qt.FocusPolicy.NoFocus)
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
        column = column_in(inside, Space.MEDIUM)
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
        self.set_contents(inside, column, self.hint)

    def _connect(self) -> None:
        self.choice.answered.connect(self._on_answered)
        self.choice.completed.connect(self.answered)
        self.carried.confirmed.connect(self.answered)
        self.choice.cleared.connect(self._on_cleared)
        self.choice.done.connect(self.left)
        self.review.clicked.connect(self._on_review)
        self.means_box.chosen.connect(self._on_means)
        self.evidence.clicked.connect(self.evidence_wanted)
        self.constat.drafted.connect(self._on_constat_drafted)
        self.constat.settled.connect(self._on_constat_settled)
        self.note.drafted.connect(self._on_note_drafted)
        self.note.settled.connect(self._on_note_settled)
        for entry in (self.constat, self.note):
            entry.escaped.connect(self.left)
        self.question.word_wanted.connect(self._on_word)
        self.help.word_wanted.connect(self._on_word)
        self.further.wanted.connect(self.wanted)
        self.further.left.connect(self.left)
        self.further.entered.connect(self._on_further)
        words.reading().changed.connect(self._on_look)
        theme.notice().changed.connect(self._on_look)
        self._audit.answers_changed.connect(self._on_answers_changed)
        self._audit.interview_changed.connect(self._on_interview)
        self._audit.refused.connect(self._on_refused)

    # -- showing

    def load(self) -> None:
        """Take the words of an audit that has arrived."""
        loaded = self._audit.loaded
        self._setting = loaded.sheet.facility.setting
        self.choice.set_vocabulary(loaded.vocabulary)
        self.means_box.set_terms(loaded.vocabulary.means)
        words.reading().want()
        further.reading().want()

    def add_below_constat(self, widget: QWidget, *stops: QWidget) -> None:
        """Show something more just below the constat; Tab goes through its stops next."""
        self.insert_after(self.constat, widget, stops)

    def set_locked(self, locked: bool) -> None:
        """Let nothing be written any more, or let it again: what is refused is said once tried."""
        for entry in (self.constat, self.note):
            entry.editor.setReadOnly(locked)

    def follow(self, before: QWidget) -> None:
        """Come after a widget in the Tab order, in reading order: answers are made later than their panel."""
        choice = self.choice
        stops = [self.carried.button, *choice.buttons.buttons, choice.reasons, choice.awaiting, self.review]
        stops += [choice.reason_change, choice.clear_button, self.constat.editor]
        stops += [*self.inserted, self.evidence, *self.means_box.stops]
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
            part.show()
        self.empty.hide()
        self.words.put_away()
        self._show_criterion(row)
        self.constat.load(row.answer.constat)
        self.note.load(row.answer.note)
        self._refresh()
        self.to_top()

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
        say(self.breadcrumb, f"{point.domain.title} › {point.section.title}")
        self.choice.show_row(row)
        self._show_critical(row)
        self._show_texts(row)
        self.further.show_criterion(criterion.id)
        self.note.setVisible(not self._audit.interview)

    def _show_texts(self, row: Row) -> None:
        """Show the question and the help, each word of the glossary underlined where it first stands."""
        point, criterion = row.point, row.criterion
        seen: set[str] = set()
        self.question.show_text(f"{point.number}  {bound(criterion.question)}", seen)
        scale, vocabulary = row.checklist.scale_of(criterion), self._audit.loaded.vocabulary
        said = [] if self._audit.interview else row.checklist.adapted(criterion.id)
        marks = starmap(mark_words, said)
        codes = [code.words for code in self._audit.loaded.sheet.codes.get(criterion.id, ())]
        text = explanation(criterion, scale, vocabulary, self._setting, marks=marks, codes=codes)
        self.help.show_html(text, seen)

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
        self.means_box.show_means(row.answer.means)
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
    def act(self, letter: str) -> None:
        """Do what a letter of the list stands for."""
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
                self.explain_words()
            case "L" if self._row is not None and not self.further.enter():
                self._audit.said.emit("Rien de plus dans la bibliothèque sur ce point.")

    def explain_words(self) -> None:
        """Show the words of the point explained, or put them away."""
        if self._row is None:
            return
        if not self.words.isHidden():
            self.words.put_away()
            return
        self._explain((*self.question.words, *self.help.words))

    def _enter(self, entry: TextEntry) -> None:
        if self._row is None:
            return
        entry.editor.setFocus(Qt.FocusReason.ShortcutFocusReason)
        entry.editor.moveCursor(entry.editor.textCursor().MoveOperation.End)
        self.reveal(entry)

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
    def _on_means(self, chosen: list[str]) -> None:
        if self._row is not None:
            self._audit.set_means(self._row.key, chosen)

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
        if self._row is not None and not self.constat.editor.isReadOnly():
            self._audit.draft(self._row.key, name, text)

    def _write(self, name: str, text: str) -> None:
        if self._row is not None:
            self._audit.write(self._row.key, name, text)

    def _explain(self, found: "tuple[GlossaryTerm, ...]") -> None:
        self.words.show_words(found)
        self.reveal(self.words)

    @Slot(object)
    def _on_word(self, term: "GlossaryTerm") -> None:
        self._explain((term,))

    @Slot()
    def _on_further(self) -> None:
        self.reveal(self.further)

    @Slot()
    def _on_look(self) -> None:
        if self._row is not None:
            self._show_texts(self._row)

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
