"""A decision sheet walked step by step: digits answer, Retour arrière goes back."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ivaudit.domain.fiche import Fiche, Outcome, Step
from ivaudit.domain.glossary import GlossaryTerm
from ivaudit.domain.scale import Symbol
from ivaudit.domain.tone import Tone
from ivaudit.ui import theme, words
from ivaudit.ui.controls import Readable, button, called, card, column_in, emptied, label, row, scrolling
from ivaudit.ui.digit_keys import digit_of
from ivaudit.ui.library.choice_button import ChoiceButton
from ivaudit.ui.library.focus_ring import ring
from ivaudit.ui.library.texts import TONE_WORDS
from ivaudit.ui.library.walk import Walk
from ivaudit.ui.symbols import symbol_pixmap
from ivaudit.ui.theme import Space
from ivaudit.ui.words_box import WordedLabel

SIGNS = {Tone.GOOD: Symbol.FULL, Tone.WAITING: Symbol.HALF, Tone.BAD: Symbol.CROSS}
_KEYS = "1 à 9 : répondre · Retour arrière : revenir · Origine : recommencer · D : mots expliqués"


class FicheView(QWidget):
    """The walk; `moved()` after each step, `words_wanted(terms)` when words are to be explained."""

    moved = Signal()
    words_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        called(self, "fiche_view", "Fiche réflexe, pas à pas")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.walk: Walk | None = None
        self._buttons: list[ChoiceButton] = []
        self._texts: list[WordedLabel] = []
        readable = Readable()
        self.column = readable.body
        self.column.setSpacing(Space.SMALL)
        column_in(self).addWidget(scrolling(readable, "fiche_scroll", "Fiche réflexe"))
        self.when = label("", "fiche_when", "muted")
        self.behind = QWidget()
        self._path = column_in(self.behind, spacing=Space.TINY)
        self.card, inner = card("fiche_card")
        self._inner: QVBoxLayout = inner
        self.back = button("Revenir d'une étape", "fiche_back", "quiet")
        self.again = button("Recommencer", "fiche_again", "quiet")
        self.keys = label(_KEYS, "fiche_keys", "small")
        self.never = label("", "fiche_never")
        for part in (self.when, self.behind, self.card):
            self.column.addWidget(part)
        self.column.addLayout(row(self.back, self.again, None))
        self.column.addWidget(self.keys)
        self.column.addWidget(self.never)
        self.column.addStretch(1)
        words.reading().changed.connect(self._on_dress)
        self.back.clicked.connect(self._on_back)
        self.again.clicked.connect(self._on_again)
        theme.notice().changed.connect(self._on_dress)

    def show_fiche(self, fiche: Fiche, step: str = "") -> None:
        """Begin a sheet, at a step if one is named."""
        self.walk = Walk(fiche)
        if step:
            self.walk.start(step)
        self._show(focus=False)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show that keys act here."""
        super().focusInEvent(event)
        ring(self.card, on=True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show that they act elsewhere."""
        super().focusOutEvent(event)
        ring(self.card, on=False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Answer on a digit, go back on Retour arrière, begin anew on Origine."""
        if self.walk is None or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier & ~_SHIFT:
            super().keyPressEvent(event)
            return
        digit = digit_of(event)
        if digit is not None:
            self.take(digit)
        elif event.key() == Qt.Key.Key_Backspace:
            self._on_back()
        elif event.key() == Qt.Key.Key_Home:
            self._on_again()
        elif event.key() == Qt.Key.Key_D:
            self.words_wanted.emit(self.terms)
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and len(self._buttons) == 1:
            self.take(1)
        else:
            super().keyPressEvent(event)

    @property
    def terms(self) -> tuple[GlossaryTerm, ...]:
        """The words of the step, in order."""
        return tuple(term for text in self._texts for term in text.words)

    def take(self, rank: int) -> None:
        """Take a way by its rank, from 1."""
        if self.walk is not None and self.walk.take(rank):
            self._show()

    @Slot()
    def _on_back(self) -> None:
        if self.walk is not None and self.walk.back():
            self._show()

    @Slot()
    def _on_again(self) -> None:
        if self.walk is not None:
            self.walk.start()
            self._show()

    @Slot()
    def _on_dress(self) -> None:
        if self.walk is not None:
            self._show(focus=False)

    def _show(self, *, focus: bool = True) -> None:
        """Show where the walk is; the whole step is what a screen reader says of the view."""
        walk = self.walk
        if walk is None:
            return
        fiche = walk.fiche
        self.when.setText(f"Quand : {fiche.when}")
        self._show_path(walk)
        emptied(self._inner)
        self._buttons, self._texts = [], []
        self.setAccessibleName(self._show_here(walk.here))
        self.setAccessibleDescription(words.described(self.terms))
        self.back.setEnabled(bool(walk.path))
        self.again.setEnabled(bool(walk.path))
        self.never.setText("\n".join(["Ne jamais :", *(f"•  {each}" for each in fiche.never)]))
        theme.mark(self.never, tone=Tone.BAD.value)
        self.never.setVisible(bool(fiche.never))
        if focus:
            self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.moved.emit()

    def _show_path(self, walk: Walk) -> None:
        emptied(self._path)
        for rank, taken in enumerate(walk.path, 1):
            answer = f" → {taken.answer}" if taken.answer else ""
            self._path.addWidget(label(f"{rank}. {taken.step.title}{answer}", f"fiche_path_{rank}", "small"))
        self.behind.setVisible(bool(walk.path))

    def _show_here(self, here: Step | Outcome) -> str:
        if isinstance(here, Outcome):
            return self._show_outcome(here)
        self._show_texts(here)
        said = [here.title, here.text]
        for rank, way in enumerate(here.ways, 1):
            text = way.label or "Continuer"
            made = ChoiceButton(f"fiche_choice_{rank}", text, str(rank))
            made.clicked.connect(self._on_choice)
            self._buttons.append(made)
            self._inner.addWidget(made)
            said.append(f"{rank} : {text}")
        return ". ".join(filter(None, said))

    def _show_texts(self, here: Step | Outcome) -> None:
        seen: set[str] = set()
        for text, name, look in ((here.title, "fiche_title", "heading"), (here.text, "fiche_text", "")):
            made = WordedLabel(name, look)
            self._inner.addWidget(made)
            made.show_text(text, seen)
            made.word_wanted.connect(self._on_word)
            self._texts.append(made)

    @Slot(object)
    def _on_word(self, term: GlossaryTerm) -> None:
        self.words_wanted.emit((term,))

    def _show_outcome(self, here: Outcome) -> str:
        word = TONE_WORDS[here.tone]
        sign = label("", "fiche_sign", wrap=False)
        sign.setPixmap(
            symbol_pixmap(SIGNS[here.tone], theme.current().ink(here.tone), theme.current().px(20))
        )
        state = label(word, "fiche_state", "strong", wrap=False)
        self._inner.addLayout(row(sign, state, None))
        self._show_texts(here)
        return f"Issue, {word.lower()}. {here.title}. {here.text}"

    @Slot()
    def _on_choice(self) -> None:
        pressed = self.sender()
        ranks = [rank for rank, each in enumerate(self._buttons, 1) if each is pressed]
        if ranks:
            self.take(ranks[0])


_SHIFT = Qt.KeyboardModifier.ShiftModifier
