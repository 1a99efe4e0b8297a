"""The digit row on French keyboards, on others, and the keypad."""

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent

from ivaudit.ui.digit_keys import digit_of

pytestmark = pytest.mark.usefixtures("qapp")

NONE = Qt.KeyboardModifier.NoModifier
CTRL = Qt.KeyboardModifier.ControlModifier
KEYPAD = Qt.KeyboardModifier.KeypadModifier


def press(key: Qt.Key, text: str = "", modifiers: Qt.KeyboardModifier = NONE, scan: int = 0) -> QKeyEvent:
    return QKeyEvent(QEvent.Type.KeyPress, key.value, modifiers, scan, 0, 0, text)


AZERTY = [
    (Qt.Key.Key_Ampersand, "&", 1),
    (Qt.Key.Key_Eacute, "é", 2),
    (Qt.Key.Key_QuoteDbl, '"', 3),
    (Qt.Key.Key_Apostrophe, "'", 4),
    (Qt.Key.Key_ParenLeft, "(", 5),
    (Qt.Key.Key_Minus, "-", 6),
    (Qt.Key.Key_Egrave, "è", 7),
    (Qt.Key.Key_Underscore, "_", 8),
    (Qt.Key.Key_Ccedilla, "ç", 9),
    (Qt.Key.Key_Agrave, "à", 0),
]


@pytest.mark.parametrize(("key", "text", "digit"), AZERTY)
def test_the_french_row_answers(key: Qt.Key, text: str, digit: int) -> None:
    assert digit_of(press(key, text)) == digit
    assert digit_of(press(key, "", CTRL)) == digit, "Ctrl takes the text away"


@pytest.mark.parametrize("digit", range(10))
def test_digits_and_the_keypad_mean_themselves(digit: int) -> None:
    key = Qt.Key(Qt.Key.Key_0.value + digit)
    assert digit_of(press(key, str(digit))) == digit
    assert digit_of(press(key, str(digit), KEYPAD)) == digit
    assert digit_of(press(key, "", CTRL)) == digit


@pytest.mark.parametrize(("platform", "first"), [("xcb", 10), ("wayland", 10), ("windows", 0x02)])
def test_the_physical_row_wins_over_its_characters(
    monkeypatch: pytest.MonkeyPatch, platform: str, first: int
) -> None:
    monkeypatch.setattr(QGuiApplication, "platformName", lambda: platform)
    # BÉPO: the «1» key types a quote, which is the «3» of an AZERTY row.
    assert digit_of(press(Qt.Key.Key_QuoteDbl, '"', scan=first)) == 1
    assert digit_of(press(Qt.Key.Key_Ccedilla, "ç", scan=first + 8)) == 9
    assert digit_of(press(Qt.Key.Key_Agrave, "à", scan=first + 9)) == 0


def test_an_apostrophe_elsewhere_answers_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QGuiApplication, "platformName", lambda: "xcb")
    assert digit_of(press(Qt.Key.Key_Apostrophe, "'", scan=48)) is None


def test_the_keypad_minus_answers_nothing() -> None:
    assert digit_of(press(Qt.Key.Key_Minus, "-", KEYPAD)) is None


@pytest.mark.parametrize(
    ("key", "text"), [(Qt.Key.Key_A, "a"), (Qt.Key.Key_Space, " "), (Qt.Key.Key_Down, "")]
)
def test_other_keys_are_not_digits(key: Qt.Key, text: str) -> None:
    assert digit_of(press(key, text)) is None
