"""What the content check says of an adaptation, in words, as it is written."""

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from ivaudit.app.adaptation_words import Verdict
from ivaudit.domain.tone import Tone
from ivaudit.ui import theme
from ivaudit.ui.controls import column_in, label, say, scrolling
from ivaudit.ui.theme import Space

_HIGH = 110


class VerdictList(QWidget):
    """As high as what it says, up to some lines; it scrolls beyond."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("adaptation_verdict")
        self.said = label("", "adaptation_said")
        self.area = scrolling(self.said, "adaptation_saying", "Ce que dit la vérification")
        self.area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        column_in(self).addWidget(self.area)
        theme.notice().changed.connect(self._fit)

    def show_verdict(self, verdict: Verdict) -> None:
        """List what forbids the use of the adaptation, then what is advised."""
        lines = [f"À corriger – {each}" for each in verdict.blocking]
        lines += [f"Conseil – {each}" for each in verdict.advice]
        tone = Tone.BAD if verdict.blocking else Tone.MIDDLE if verdict.advice else Tone.GOOD
        say(self.said, "\n".join(lines) or "Rien à corriger.", tone)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Take the height of the text at the new width."""
        super().resizeEvent(event)
        self._fit()

    @Slot()
    def _fit(self) -> None:
        most = theme.current().px(_HIGH)
        wanted = self.said.heightForWidth(max(self.width() - Space.MEDIUM, 100)) + Space.SMALL
        self.area.setFixedHeight(min(wanted, most))
