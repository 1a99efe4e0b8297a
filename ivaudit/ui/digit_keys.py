"""Which digit of the top row a key means, on French keyboards as on others.

On an AZERTY layout the key marked «1» arrives as `Key_Ampersand`, text «&»: a shortcut on «1» never fires.
"""

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent

_XKB_FIRST: Final = 10  # evdev code of the «1» key + 8, on X11 and Wayland
_WINDOWS_FIRST: Final = 0x02
_FIRST_SCAN_CODE: Final = {
    "xcb": _XKB_FIRST,
    "wayland": _XKB_FIRST,
    "wayland-egl": _XKB_FIRST,
    "windows": _WINDOWS_FIRST,
}

# The unshifted characters of the French (&é"'(-è_çà) and Belgian (§è!ç in places) digit rows.
_AZERTY: Final = {c: n for n, c in enumerate("&é\"'(-è_ç", 1)} | {"à": 0, "§": 6, "!": 8}
_KEYS: Final = {
    Qt.Key.Key_Ampersand: 1,
    Qt.Key.Key_Eacute: 2,
    Qt.Key.Key_QuoteDbl: 3,
    Qt.Key.Key_Apostrophe: 4,
    Qt.Key.Key_ParenLeft: 5,
    Qt.Key.Key_Minus: 6,
    Qt.Key.Key_section: 6,
    Qt.Key.Key_Egrave: 7,
    Qt.Key.Key_Underscore: 8,
    Qt.Key.Key_Exclam: 8,
    Qt.Key.Key_Ccedilla: 9,
    Qt.Key.Key_Agrave: 0,
}


def digit_of(event: QKeyEvent) -> int | None:
    """Return the digit, 0 to 9, that a key press means, or nothing.

    The keypad and the characters 0 to 9 mean themselves; the physical place of the key comes next; the
    characters of an AZERTY row count only where the place is unknown, so that the apostrophe of another
    layout answers nothing. Modifiers are the caller's business.
    """
    plain = _plain_digit(event)
    if plain is not None:
        return plain
    if event.modifiers() & Qt.KeyboardModifier.KeypadModifier:
        return None
    first = _FIRST_SCAN_CODE.get(QGuiApplication.platformName())
    if first is not None and event.nativeScanCode():
        rank = event.nativeScanCode() - first
        return (rank + 1) % 10 if 0 <= rank < 10 else None  # noqa: PLR2004 - ten keys, «0» is the last
    return _azerty_digit(event)


def _plain_digit(event: QKeyEvent) -> int | None:
    text = event.text()
    if len(text) == 1 and text in "0123456789":
        return int(text)
    rank = event.key() - Qt.Key.Key_0.value
    return rank if 0 <= rank <= 9 else None  # noqa: PLR2004 - the ten digits


def _azerty_digit(event: QKeyEvent) -> int | None:
    by_text = _AZERTY.get(event.text().lower()) if event.text() else None
    if by_text is not None:
        return by_text
    try:
        return _KEYS.get(Qt.Key(event.key()))
    except ValueError:  # a key that this Qt has no name for
        return None
