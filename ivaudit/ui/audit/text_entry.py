"""A text being typed: a draft within a second, recorded when it rests, never overwritten under the cursor."""

from PySide6.QtCore import QEvent, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from ivaudit.domain import clock
from ivaudit.domain.identity import IdentityAlert, alerts, masked
from ivaudit.ui.audit.identity_box import IdentityBox
from ivaudit.ui.controls import Prose
from ivaudit.ui.theme import Space

DRAFT_AFTER = 1_000
"""Milliseconds after which what was typed is a draft on disk."""
REST = 30_000
"""Milliseconds without a key after which the text is recorded."""


class Editor(Prose):
    """The editor itself: Échap goes back, Ctrl+Z and Ctrl+Y stay its own."""

    escaped = Signal()

    def event(self, event: QEvent) -> bool:
        """Keep Ctrl+Y for the editor: elsewhere it redoes the last answer."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and _is_redo(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave by Échap; redo by Ctrl+Y on every platform."""
        if event.key() == Qt.Key.Key_Escape:
            self.escaped.emit()
        elif _is_redo(event):
            self.redo()
        else:
            super().keyPressEvent(event)


def _is_redo(event: QKeyEvent) -> bool:
    control = event.modifiers() == Qt.KeyboardModifier.ControlModifier
    return (control and event.key() == Qt.Key.Key_Y) or event.matches(QKeySequence.StandardKey.Redo)


class TextEntry(QWidget):
    """A labelled text with its draft. `drafted` and `settled` carry the text; `escaped` leaves it.

    A text that looks like an identity is not handed over before it is masked, or said to be nobody's
    (`cleared` carries it); `held` carries it when it is left so, and nothing once that is settled.
    """

    drafted = Signal(str)
    settled = Signal(str)
    escaped = Signal()
    cleared = Signal(str)
    held = Signal(str)

    def __init__(self, name: str, title: str, help_text: str, *, lines: int = 3) -> None:
        super().__init__()
        self.setObjectName(f"{name}_entry")
        self._sent = ""
        self._draft = ""
        self.label = QLabel(title)
        self.label.setObjectName(f"{name}_label")
        self.label.setWordWrap(True)
        self.editor = Editor(name, title.split("—", maxsplit=1)[0].strip(), lines)
        self.editor.setAccessibleDescription(help_text)
        self.editor.setPlaceholderText(help_text)
        self.label.setBuddy(self.editor)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(Space.TINY)
        layout.addWidget(self.label)
        layout.addWidget(self.editor)
        self.identity = IdentityBox(name)
        self.identity.mask_wanted.connect(self._on_mask)
        self.identity.none_wanted.connect(self._on_none)
        self._nobody: set[str] = set()
        layout.addWidget(self.identity)
        self._draft_timer = self._timer(DRAFT_AFTER)
        self._draft_timer.timeout.connect(self._on_draft_due)
        self._rest_timer = self._timer(REST)
        self._rest_timer.timeout.connect(self.settle)
        self.editor.textChanged.connect(self._on_text_changed)
        self.editor.left.connect(self.settle)
        self.editor.escaped.connect(self.escaped)

    def _timer(self, milliseconds: int) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(milliseconds)
        return timer

    @property
    def text(self) -> str:
        """Return what stands in the editor."""
        return self.editor.toPlainText()

    @property
    def dirty(self) -> bool:
        """Tell whether something was typed since it was last handed over."""
        return self.text.strip() != self._sent.strip()

    def load(self, text: str) -> None:
        """Take another text: settle the present one first."""
        self._stop()
        self._sent = self._draft = text
        if self.text != text:
            self.editor.blockSignals(True)
            self.editor.setPlainText(text)
            self.editor.blockSignals(False)
            self.editor.fit()
        self.identity.hide()

    def resume(self, text: str) -> None:
        """Show a text that was left with an open alert, over what is recorded."""
        self.editor.setPlainText(text)
        self._draft = text
        self.identity.show_alerts(text, self._alerts())

    def refresh(self, text: str) -> None:
        """Follow what was recorded elsewhere (an undo), unless something is being typed here."""
        if not self.dirty and self.text.strip() != text.strip():
            self.load(text)

    def retry(self, recorded: str) -> None:
        """Keep what is typed as not yet recorded: its recording was refused."""
        self._sent = recorded
        if self.dirty:
            self._rest_timer.start()

    @Slot()
    def settle(self) -> None:
        """Hand the text over to be recorded."""
        dirty = self.dirty
        self._stop()
        if not dirty:
            return
        found = self._alerts()
        self.identity.show_alerts(self.text, found)
        if found:
            self._on_draft_due()
            self.held.emit(self.text)
            return
        self._sent = self._draft = self.text
        self.held.emit("")
        self.settled.emit(self.text)

    def _alerts(self) -> tuple[IdentityAlert, ...]:
        """Return what looks like an identity, is not recorded yet, and was not said to be nobody's."""
        text = self.text
        known = (self._sent, *self._nobody)
        found = alerts(text, clock.today())
        return tuple(each for each in found if not any(text[each.start : each.end] in said for said in known))

    @Slot()
    def _on_mask(self) -> None:
        self.editor.setPlainText(masked(self.text, self._alerts()))
        self.editor.setFocus()
        self.settle()

    @Slot()
    def _on_none(self) -> None:
        text = self.text
        self._nobody.update(text[each.start : each.end] for each in self._alerts())
        self.cleared.emit(text)
        self.editor.setFocus()
        self.settle()

    @Slot()
    def _on_text_changed(self) -> None:
        if not self._draft_timer.isActive():
            self._draft_timer.start()
        self._rest_timer.start()

    @Slot()
    def _on_draft_due(self) -> None:
        if self.text != self._draft:
            self._draft = self.text
            self.drafted.emit(self.text)
        self.identity.show_alerts(self.text, self._alerts())

    def _stop(self) -> None:
        self._draft_timer.stop()
        self._rest_timer.stop()
