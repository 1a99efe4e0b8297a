"""Confidentialité: words that should not be there, backups that hold them, durations, nameless copies."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from ivaudit.ui.controls import Readable, button, label, row, scrolling
from ivaudit.ui.page import Page, Said
from ivaudit.ui.trail.backups_card import BackupsCard
from ivaudit.ui.trail.copies_card import CopiesCard
from ivaudit.ui.trail.retention_card import RetentionCard
from ivaudit.ui.trail.words_card import WordsCard
from ivaudit.ui.writer import Writer


class PrivacyPage(Page):
    """Cards, one under the other."""

    def __init__(self, writer: Writer, parent: QWidget | None = None) -> None:
        super().__init__("privacy", "Confidentialité", writer, parent)
        self.back = button("‹ Réglages", "privacy_back", "quiet", "Revenir aux réglages")
        self.trail = button("Journal…", "privacy_trail", "", "Journal : qui a changé quoi")
        title = label("Confidentialité", "privacy_title", "title", wrap=False)
        self.column.addLayout(row(title, None, self.trail, self.back))
        self.words = WordsCard(writer)
        self.backups = BackupsCard(writer)
        self.retention = RetentionCard(writer)
        self.copies = CopiesCard(writer)
        inner = Readable()
        for part in (self.words, self.backups, self.retention, self.copies):
            inner.body.addWidget(part)
        inner.body.addStretch(1)
        self.column.addWidget(scrolling(inner, "privacy_scroll", "Confidentialité"), 1)
        self.back.clicked.connect(self._on_back)
        self.trail.clicked.connect(self._on_trail)
        for told in (self.words.erased, self.backups.done, self.retention.done):
            told.connect(self._on_done)
        self.words.erased.connect(self.backups.look)
        self.retention.done.connect(self.backups.look)
        self.retention.refused.connect(self.on_known_error)

    def enter(self, about: object = None) -> None:
        """Be shown: the durations are read."""
        del about
        self.retention.enter()
        self.words.line.setFocus()

    def settle(self) -> None:
        """Stop looking, forget the word, ask for nothing."""
        self.words.forget()
        self.backups.settle()
        self.retention.settle()
        self.copies.settle()

    def stop(self) -> None:
        """Look and copy no further: the workspace is about to be closed."""
        self.settle()
        self.retention.stop()
        self.copies.stop()

    @Slot(str)
    def _on_done(self, sentence: str) -> None:
        self.said.emit(Said(sentence=sentence))

    @Slot()
    def _on_back(self) -> None:
        self.asked.emit("settings", None)

    @Slot()
    def _on_trail(self) -> None:
        self.asked.emit("trail", None)
