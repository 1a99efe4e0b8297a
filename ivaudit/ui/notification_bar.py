"""The strip under every page: what was just done or went wrong, and whether all is on disk."""

from dataclasses import replace

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from ivaudit.domain.audit import Changes
from ivaudit.domain.tone import Tone
from ivaudit.ui import french, icons, theme
from ivaudit.ui.controls import button, label, row, say
from ivaudit.ui.page import Said

REST = 15_000
"""How long a sentence that is no error stays, in milliseconds."""


class NotificationBar(QFrame):
    """Sentences on the left, «Enregistré à 14:32» on the right; `back_asked(Said)` by the button between."""

    back_asked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("notification_bar")
        self._said: Said | None = None
        self._saved = ""
        self.sentence = label("", "notification_sentence")
        self.sentence.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.back = button("Annuler", "notification_back")
        self.close_button = button("", "notification_close", "quiet", "Fermer le message")
        self.state = label("", "save_state", "muted", wrap=False)
        self.state.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Preferred)
        line = row(self.sentence, self.back, self.close_button, self.state)
        line.setContentsMargins(theme.Space.MEDIUM, 0, theme.Space.MEDIUM, 0)
        line.setStretch(0, 1)
        self.setLayout(line)
        self.setMinimumHeight(theme.TARGET)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(REST)
        self._timer.timeout.connect(self.clear)
        self.back.clicked.connect(self._on_back)
        self.close_button.clicked.connect(self.clear)
        theme.notice().changed.connect(self._dress)
        self._dress()
        self.clear()

    @Slot(object)
    def show_said(self, said: Said) -> None:
        """Show a sentence; an error stays until it is closed or replaced."""
        self._said = said
        say(self.sentence, said.sentence, Tone.BAD if said.error else Tone.NEUTRAL)
        self.back.setText(said.back_label or "Annuler")
        self.back.setAccessibleName(said.back_label or "Annuler")
        self.back.setVisible(said.back is not None)
        self.close_button.show()
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, said.sentence))
        if said.error:
            self._timer.stop()
        else:
            self._timer.start()

    def add(self, sentence: str) -> None:
        """Add a sentence to the one that is shown; its button stays."""
        if self._said is not None:
            self.show_said(replace(self._said, sentence=f"{self._said.sentence} {sentence}"))

    @Slot()
    def clear(self) -> None:
        """Say nothing any more."""
        self._timer.stop()
        self._said = None
        self.sentence.setText("")
        self.sentence.setAccessibleName("Aucun message")
        theme.mark(self.sentence, tone="")
        self.sentence.setVisible(True)
        self.back.hide()
        self.close_button.hide()

    @Slot(object)
    def on_changed(self, changes: Changes) -> None:
        """Show when the last gesture reached the disk."""
        if changes.at:
            self._saved = f"Enregistré à {french.hour_at(changes.at)}"
            self._show_state(self._saved)

    @Slot(bool)
    def on_saving(self, late: bool) -> None:
        """Show that a commit is late, or that all is on disk again."""
        self._show_state("Enregistrement…" if late else self._saved)

    @Slot()
    def on_stalled(self) -> None:
        """Say that the disk is very slow."""
        sentence = (
            "Le disque tarde à répondre : les saisies attendent, dans l'ordre, et rien n'est perdu tant que "
            "la fenêtre reste ouverte."
        )
        self.show_said(Said(sentence=sentence, error=True))

    def _show_state(self, text: str) -> None:
        self.state.setText(text)
        self.state.setAccessibleName(text)

    @Slot()
    def _on_back(self) -> None:
        said, self._said = self._said, None
        self.clear()
        if said is not None and said.back is not None:
            self.back_asked.emit(said)

    @Slot()
    def _dress(self) -> None:
        self.close_button.setIcon(icons.icon("close", theme.current().colour("muted")))
