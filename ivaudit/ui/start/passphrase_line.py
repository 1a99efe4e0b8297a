"""A line for a passphrase: hidden or shown, and a word when the capital lock seems on."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget

from ivaudit.domain.tone import Tone
from ivaudit.ui import theme
from ivaudit.ui.controls import Line, button, column_in, label, row


class _Secret(Line):
    caps = Signal(bool)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Guess the capital lock from a letter and the Shift key: Qt does not tell it."""
        text = event.text()
        if text.isalpha() and text.upper() != text.lower():
            shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self.caps.emit(text.isupper() != shift)
        super().keyPressEvent(event)


class PassphraseLine(QWidget):
    """The line, the button that shows it, and the word under it; `changed(text)` and `entered()`."""

    changed = Signal(str)
    entered = Signal()

    def __init__(self, name: str, accessible: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(f"{name}_group")
        self.line = _Secret(name, accessible)
        self.line.setEchoMode(QLineEdit.EchoMode.Password)
        self.line.setInputMethodHints(
            Qt.InputMethodHint.ImhSensitiveData | Qt.InputMethodHint.ImhNoPredictiveText
        )
        self.show_button: QPushButton = button("Afficher", f"{name}_show", "quiet")
        self.show_button.setCheckable(True)
        self._caps = label("La touche Verr. Maj semble active.", f"{name}_caps")
        theme.mark(self._caps, tone=Tone.MIDDLE.value)
        self._caps.hide()
        column = column_in(self, spacing=theme.Space.TINY)
        column.addLayout(row(self.line, self.show_button))
        column.addWidget(self._caps)
        self.setFocusProxy(self.line)
        self.line.caps.connect(self._caps.setVisible)
        self.line.textChanged.connect(self.changed)
        self.line.returnPressed.connect(self.entered)
        self.show_button.toggled.connect(self.show_text)

    def text(self) -> str:
        """Return what is typed."""
        return self.line.text()

    def put(self, text: str) -> None:
        """Replace what is typed."""
        self.line.setText(text)

    @Slot(bool)
    def show_text(self, shown: bool) -> None:
        """Show the characters or dots."""
        mode = QLineEdit.EchoMode
        self.line.setEchoMode(mode.Normal if shown else mode.Password)
        self.show_button.setChecked(shown)
        self.show_button.setText("Masquer" if shown else "Afficher")
        self.show_button.setAccessibleName("Masquer la saisie" if shown else "Afficher la saisie")
