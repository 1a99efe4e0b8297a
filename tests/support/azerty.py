"""A French keyboard, and nothing else: keys go to what has the focus, shortcuts included, never a click."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from ivaudit.ui.main_window import MainWindow

Key = Qt.Key
NONE = Qt.KeyboardModifier.NoModifier
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier

DIGITS = {
    1: (Key.Key_Ampersand, "&"),
    2: (Key.Key_Eacute, "é"),
    3: (Key.Key_QuoteDbl, '"'),
    4: (Key.Key_Apostrophe, "'"),
    5: (Key.Key_ParenLeft, "("),
    6: (Key.Key_Minus, "-"),
    7: (Key.Key_Egrave, "è"),
    8: (Key.Key_Underscore, "_"),
    9: (Key.Key_Ccedilla, "ç"),
    0: (Key.Key_Agrave, "à"),
}
"""What the digit row of a French keyboard sends without Shift."""

_FAR = 90
_LATIN_1 = 0xFF


class Azerty:
    """Presses keys in a window."""

    def __init__(self, qtbot: QtBot, window: MainWindow) -> None:
        self.qtbot = qtbot
        self.window = window

    @property
    def focus(self) -> QWidget:
        """Return what has the focus: a keyboard always needs one."""
        found = QApplication.focusWidget()
        assert found is not None, "nothing has the focus"
        return found

    @property
    def at(self) -> str:
        """Return the name of what has the focus."""
        return self.focus.objectName()

    def press(self, key: Qt.Key, text: str = "", held: Qt.KeyboardModifier = NONE) -> None:
        """Press and release a key."""
        QTest.sendKeyEvent(QTest.KeyAction.Click, self.focus, key, text, held)

    def type(self, text: str) -> None:
        """Type a text; capitals and digits are shifted."""
        for sign in text:
            key = Key(ord(sign.upper())) if ord(sign.upper()) <= _LATIN_1 else Key.Key_unknown
            self.press(key, sign, SHIFT if sign.isupper() or sign.isdigit() else NONE)

    def digit(self, digit: int, held: Qt.KeyboardModifier = NONE) -> None:
        """Press a key of the digit row, without Shift."""
        key, text = DIGITS[digit]
        self.press(key, "" if held else text, held)

    def letter(self, letter: str, held: Qt.KeyboardModifier = NONE) -> None:
        """Press one letter."""
        self.press(Key(ord(letter.upper())), "" if held else letter, held)

    def enter(self) -> None:
        """Press Entrée."""
        self.press(Key.Key_Return, "\r")

    def space(self) -> None:
        """Press the space bar."""
        self.press(Key.Key_Space, " ")

    def escape(self) -> None:
        """Press Échap."""
        self.press(Key.Key_Escape)

    def replace(self, text: str) -> None:
        """Type over what the line holds."""
        self.letter("a", CTRL)
        self.type(text)

    def tab_to(self, name: str, *, back: bool = False) -> None:
        """Press Tab, or Shift+Tab, until a widget has the focus, without going round the window.

        What is passed must be seen and named.
        """
        passed: list[str] = []
        while self.at != name:
            assert len(passed) < _FAR, f"Tab never reaches {name}: {passed}"
            passed.append(self.at)
            self.press(Key.Key_Backtab if back else Key.Key_Tab, "\t", SHIFT if back else NONE)
            self._look_at(self.focus)
            assert not self.at.startswith("rail_"), f"one goes round the window to reach {name}: {passed}"

    def repeat(self, key: Qt.Key, there: Callable[[], bool]) -> None:
        """Press a key until one is there."""
        for _ in range(_FAR):
            if there():
                return
            self.press(key)
        raise AssertionError(f"{key} leads nowhere: {self.at} has the focus")

    def settled(self) -> None:
        """Wait until all that was done is on disk and shown."""
        self.qtbot.waitUntil(lambda: self.window.writer.pending == 0, timeout=10_000)
        QApplication.processEvents()

    def _look_at(self, widget: QWidget) -> None:
        assert widget.objectName(), f"a {type(widget).__name__} without a name takes the focus"
        assert widget.accessibleName(), f"{widget.objectName()} says nothing to a screen reader"
        assert widget.isVisible(), f"{widget.objectName()} has the focus and is not seen"
        assert not widget.visibleRegion().isEmpty(), f"{widget.objectName()} has the focus out of sight"
