"""The question of the point and its help, with the words of the glossary explained where they stand."""

from itertools import starmap
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal, Slot

from ivaudit.domain.adapted import mark_words
from ivaudit.ui import theme, words
from ivaudit.ui.audit.criterion_text import explanation
from ivaudit.ui.audit.open_audit import OpenAudit
from ivaudit.ui.audit.phrases import bound
from ivaudit.ui.audit.rich_text import RichText
from ivaudit.ui.audit.rows import Row
from ivaudit.ui.words_box import WordedLabel, WordsBox

if TYPE_CHECKING:
    from ivaudit.domain.glossary import GlossaryTerm


class PointWords(QObject):
    """Three widgets that go together; `explained` when the box of words is to be seen."""

    explained = Signal()

    def __init__(self, audit: OpenAudit, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._audit = audit
        self._row: Row | None = None
        self.question = WordedLabel("question", "heading")
        self.box = WordsBox()
        self.help = RichText("criterion_help", "Aide sur le point")
        self.help.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.LinksAccessibleByMouse
        )
        self.help.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.question.word_wanted.connect(self._on_word)
        self.help.word_wanted.connect(self._on_word)
        words.reading().changed.connect(self._on_look)
        theme.notice().changed.connect(self._on_look)

    def show_row(self, row: Row | None) -> None:
        """Show the question and the help, each word of the glossary underlined where it first stands."""
        self._row = row
        if row is None:
            return
        point, criterion = row.point, row.criterion
        sheet = self._audit.loaded.sheet
        seen: set[str] = set()
        self.question.show_text(f"{point.number}  {bound(criterion.question)}", seen)
        scale, vocabulary = row.checklist.scale_of(criterion), self._audit.loaded.vocabulary
        said = [] if self._audit.interview else row.checklist.adapted(criterion.id)
        marks = starmap(mark_words, said)
        codes = [code.words for code in sheet.codes.get(criterion.id, ())]
        setting = sheet.facility.setting
        text = explanation(criterion, scale, vocabulary, setting, marks=marks, codes=codes)
        self.help.show_html(text, seen)

    def explain(self) -> None:
        """Show the words of the point explained, or put them away."""
        if not self.box.isHidden():
            self.box.put_away()
        elif self._row is not None:
            self._explain((*self.question.words, *self.help.words))

    def _explain(self, found: "tuple[GlossaryTerm, ...]") -> None:
        self.box.show_words(found)
        self.explained.emit()

    @Slot(object)
    def _on_word(self, term: "GlossaryTerm") -> None:
        self._explain((term,))

    @Slot()
    def _on_look(self) -> None:
        self.show_row(self._row)
