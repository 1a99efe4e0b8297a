"""Practical cases one at a time: the question first, the answer when it is asked for."""

from PySide6.QtCore import Qt, QUrl, Signal, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QWidget

from ivaudit.domain.cases import Case, Cases
from ivaudit.domain.glossary import GlossaryTerm
from ivaudit.ui import theme, words
from ivaudit.ui.audit.rich_text import RichText
from ivaudit.ui.controls import Readable, button, called, card, column_in, label, row, scrolling
from ivaudit.ui.library.focus_ring import ring
from ivaudit.ui.library.texts import Texts
from ivaudit.ui.theme import Space
from ivaudit.ui.words_box import WordedLabel

_KEYS = "Espace ou Entrée : voir la réponse, puis le cas suivant · ← → : changer de cas · D : mots expliqués"


class QuizView(QWidget):
    """The quiz. `link_wanted(url)` leaves it for a criterion, `words_wanted(terms)` asks to explain words."""

    link_wanted = Signal(str)
    words_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        called(self, "quiz_view", "Cas pratiques")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._cases: tuple[Case, ...] = ()
        self._texts: Texts | None = None
        self.at = 0
        self.shown = False
        readable = Readable()
        body = readable.body
        body.setSpacing(Space.SMALL)
        column_in(self).addWidget(scrolling(readable, "quiz_scroll", "Cas pratiques"))
        self.place = label("", "quiz_place", "muted")
        self.card, inner = card("quiz_card")
        self.title = label("", "quiz_title", "heading")
        self.situation = WordedLabel("quiz_situation")
        self.question = WordedLabel("quiz_question", "strong")
        self.reveal = button("Voir la réponse", "quiz_reveal", "primary")
        self.answer = RichText("quiz_answer", "Réponse attendue")
        for part in (self.title, self.situation, self.question):
            inner.addWidget(part)
        inner.addLayout(row(self.reveal, None))
        inner.addWidget(self.answer)
        self.before = button("Cas précédent", "quiz_before", "quiet")
        self.after = button("Cas suivant", "quiz_after", "quiet")
        body.addWidget(self.place)
        body.addWidget(self.card)
        body.addLayout(row(self.before, self.after, None))
        body.addWidget(label(_KEYS, "quiz_keys", "small"))
        body.addStretch(1)
        self.reveal.clicked.connect(self.show_answer)
        self.before.clicked.connect(self.go_before)
        self.after.clicked.connect(self.go_after)
        self.answer.anchorClicked.connect(self._on_link)
        for text in (self.situation, self.question, self.answer):
            text.word_wanted.connect(self._on_word)
        words.reading().changed.connect(self._show)
        theme.notice().changed.connect(self._show)

    def show_cases(self, cases: Cases, texts: Texts, case: str = "") -> None:
        """Begin a set of cases, at one of them if it is named."""
        self._cases, self._texts = cases.cases, texts
        self.at = next((at for at, each in enumerate(cases.cases) if each.id == case), 0)
        self.shown = False
        self._show()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show that keys act here."""
        super().focusInEvent(event)
        ring(self.card, on=True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show that they act elsewhere."""
        super().focusOutEvent(event)
        ring(self.card, on=False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Show the answer, then the next case, on Espace or Entrée; change on the arrows."""
        match event.key():
            case Qt.Key.Key_Space | Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self.go_after() if self.shown else self.show_answer()
            case Qt.Key.Key_Right | Qt.Key.Key_PageDown:
                self.go_after()
            case Qt.Key.Key_Left | Qt.Key.Key_PageUp | Qt.Key.Key_Backspace:
                self.go_before()
            case Qt.Key.Key_D if not event.modifiers():
                self.words_wanted.emit(self.terms)
            case _:
                super().keyPressEvent(event)

    @property
    def terms(self) -> tuple[GlossaryTerm, ...]:
        """The words of the case, in order; those of the answer once it is shown."""
        answer = self.answer.words if self.shown else ()
        return (*self.situation.words, *self.question.words, *answer)

    @Slot()
    def show_answer(self) -> None:
        """Show the answer of the case."""
        self.shown = True
        self._show()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def go_after(self) -> None:
        """Go to the next case."""
        self._go(self.at + 1)

    @Slot()
    def go_before(self) -> None:
        """Go to the case before."""
        self._go(self.at - 1)

    def _go(self, at: int) -> None:
        if 0 <= at < len(self._cases):
            self.at, self.shown = at, False
            self._show()
            self.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _show(self) -> None:
        """Show the case; all of it is what a screen reader says of the view."""
        if not self._cases or self._texts is None:
            return
        case = self._cases[self.at]
        self.place.setText(f"Cas {self.at + 1} sur {len(self._cases)}")
        self.title.setText(case.title)
        seen: set[str] = set()
        self.situation.show_text(case.situation, seen)
        self.question.show_text(case.question, seen)
        self.reveal.setVisible(not self.shown)
        self.answer.show_html(self._texts.answer_html(case) if self.shown else "", seen)
        self.before.setEnabled(self.at > 0)
        self.after.setEnabled(self.at + 1 < len(self._cases))
        said = [self.place.text(), case.title, case.situation, case.question]
        if self.shown:
            said += [f"Réponse : {case.answer}", f"Piège : {case.trap}" if case.trap else ""]
        self.setAccessibleName(". ".join(filter(None, said)))
        self.setAccessibleDescription(words.described(self.terms))

    @Slot(object)
    def _on_word(self, term: GlossaryTerm) -> None:
        self.words_wanted.emit((term,))

    @Slot(QUrl)
    def _on_link(self, url: QUrl) -> None:
        if not url.toString().startswith(words.SCHEME):
            self.link_wanted.emit(url.toString())
