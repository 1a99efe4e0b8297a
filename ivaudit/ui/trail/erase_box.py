"""Erasing for good: what goes, why, and a second press before anything does."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QProgressBar, QWidget

from ivaudit.domain.tone import Tone
from ivaudit.ui.controls import Line, button, called, column_in, label, row, say
from ivaudit.ui.theme import Space

_REASON = "Motif, sans ce qui est effacé : il reste au journal."


class EraseBox(QWidget):
    """Asks for a reason; `accepted(str)` carries it, `left()` when it is given up."""

    accepted = Signal(str)
    left = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName(f"{name}_erase")
        self.about = label("", f"{name}_erase_about")
        title = label("Motif", f"{name}_erase_title", "strong", wrap=False)
        self.reason = Line(f"{name}_erase_reason", "Motif de l'effacement")
        self.reason.setPlaceholderText(_REASON)
        title.setBuddy(self.reason)
        self.go = button("Effacer pour de bon", f"{name}_erase_go", "danger")
        self.cancel = button("Renoncer", f"{name}_erase_cancel", "quiet")
        self.result = label("", f"{name}_erase_result")
        self.progress = called(QProgressBar(), f"{name}_erase_progress", "Effacement en cours")
        self.progress.setRange(0, 0)
        self.progress.setTextVisible(False)
        column = column_in(self, spacing=Space.SMALL)
        for part in (self.about, title, self.reason):
            column.addWidget(part)
        column.addLayout(row(self.go, self.cancel, None))
        column.addWidget(self.result)
        column.addWidget(self.progress)
        self.go.clicked.connect(self._on_go)
        self.reason.returnPressed.connect(self._on_go)
        self.cancel.clicked.connect(self.leave)
        self.hide()

    def ask(self, about: str) -> None:
        """Say what would go, and ask why."""
        say(self.about, about, Tone.MIDDLE)
        say(self.result, "")
        self.reason.clear()
        self.wait(on=False)
        self.show()
        self.reason.setFocus()

    def wait(self, *, on: bool) -> None:
        """Be at work, or ready again."""
        for part in (self.reason, self.go, self.cancel):
            part.setEnabled(not on)
        self.progress.setVisible(on)
        if on:
            say(self.result, "Effacement en cours : une fois décidé, il va au bout ; la base est réécrite…")

    def refuse(self, sentence: str) -> None:
        """Say why nothing was erased, keeping the reason."""
        self.wait(on=False)
        say(self.result, sentence, Tone.BAD)
        self.reason.setFocus()

    @Slot()
    def leave(self) -> None:
        """Give it up."""
        self.hide()
        self.left.emit()

    @Slot()
    def _on_go(self) -> None:
        text = self.reason.text().strip()
        if not text:
            say(
                self.result,
                "Un motif est nécessaire : il dira plus tard pourquoi la valeur manque.",
                Tone.BAD,
            )
            return
        self.wait(on=True)
        self.accepted.emit(text)
