"""How the window looks now: palette, text scale, spacing; Fusion and one style sheet built from roles.

Widgets ask `current()` when they paint; they listen to `notice().changed` only when they keep a picture.
Style sheet hooks are dynamic properties: `look` («title», «heading», «muted», «small», «badge»…),
`kind` of a button («primary», «quiet», «danger»), `card`, `tone`.
"""

from dataclasses import dataclass
from enum import IntEnum

from PySide6.QtCore import QCoreApplication, QObject, Qt, Signal, Slot
from PySide6.QtGui import QColor, QFont, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from ivaudit.domain.tone import Tone
from ivaudit.ui.palette import DARK, LIGHT, Palette
from ivaudit.ui.style_sheet import style_sheet


class Space(IntEnum):
    """The spacing scale, in logical pixels."""

    TINY = 4
    SMALL = 8
    MEDIUM = 16
    LARGE = 24
    HUGE = 32


class Size(IntEnum):
    """The font size scale, in points at 100 %."""

    SMALL = 9
    BODY = 10
    HEADING = 12
    TITLE = 15
    DISPLAY = 19


TARGET = 32
"""The least height of what can be clicked or touched, in logical pixels."""

STYLE = "Fusion"
STYLED = "styled"
"""The property of an application that was started with this style."""

SCALES = (1.0, 1.25, 1.5, 1.75, 2.0)
"""The text sizes proposed in Réglages."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What was last applied: the palette, whether it is the dark one, and the text scale (1.0 to 2.0)."""

    palette: Palette = LIGHT
    dark: bool = False
    scale: float = 1.0

    def colour(self, role: str) -> QColor:
        """Return the colour of a role of the palette (a field name)."""
        return QColor(getattr(self.palette, role))

    def ink(self, tone: Tone) -> QColor:
        """Return the colour of signs and words of a tone."""
        return QColor(self.palette.tones[tone].ink)

    def fill(self, tone: Tone) -> QColor:
        """Return the colour behind the words of a tone."""
        return QColor(self.palette.tones[tone].fill)

    def font(self, size: Size = Size.BODY, *, bold: bool = False) -> QFont:
        """Return the application font at a size of the scale."""
        font = QFont(QApplication.font())
        font.setPointSizeF(size * self.scale)
        font.setBold(bold)
        return font

    def px(self, pixels: float) -> int:
        """Return a length that grows with the text."""
        return round(pixels * self.scale)


class Notice(QObject):
    """Tells that the look changed, and watches the scheme of the system."""

    changed = Signal()

    @Slot()
    def on_scheme_changed(self) -> None:
        """Follow the system when no scheme was chosen."""
        application = QCoreApplication.instance()
        if _state.dark is None and isinstance(application, QApplication):
            apply(application, _state.look.scale, None)


class _State:
    """The one look of the process, what was chosen for it, and who tells its changes."""

    def __init__(self) -> None:
        self.look = Look()
        self.dark: bool | None = None
        self.notice: Notice | None = None


_state = _State()


def current() -> Look:
    """Return the look that applies now."""
    return _state.look


def notice() -> Notice:
    """Return who tells that the look changed."""
    if _state.notice is None:
        _state.notice = Notice()
    return _state.notice


def apply(app: QApplication, scale: float = 1.0, dark: bool | None = None) -> Look:
    """Give the application its look.

    Args:
        app: the application.
        scale: text size, 1.0 to 2.0.
        dark: a scheme, or nothing to follow the system's.
    """
    first = _state.notice is None
    if first:
        if not app.property(STYLED):
            app.setStyle(STYLE)
        QGuiApplication.styleHints().colorSchemeChanged.connect(notice().on_scheme_changed)
    is_dark = _system_is_dark() if dark is None else dark
    scale = min(max(scale, SCALES[0]), SCALES[-1])
    look = Look(palette=DARK if is_dark else LIGHT, dark=is_dark, scale=scale)
    _state.dark = dark
    if look != _state.look or first:
        _state.look = look
        app.setFont(look.font())
        app.setPalette(_qt_palette(look.palette))
        app.setStyleSheet(style_sheet(look.palette, look.scale, TARGET))
        notice().changed.emit()
    return look


def mark(widget: QWidget, **properties: object) -> None:
    """Set style sheet hooks on a widget, and restyle it if it was shown already."""
    for name, value in properties.items():
        widget.setProperty(name, value)
    if not widget.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):
        return
    widget.style().unpolish(widget)
    widget.style().polish(widget)
    from PySide6.QtCore import QEvent  # noqa: PLC0415 - start-up budget

    QCoreApplication.sendEvent(widget, QEvent(QEvent.Type.StyleChange))  # frames measure their padding again


def _system_is_dark() -> bool:
    return QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark


def _qt_palette(colours: Palette) -> QPalette:
    palette = QPalette()
    role = QPalette.ColorRole
    for key, colour in {
        role.Window: colours.window,
        role.WindowText: colours.text,
        role.Base: colours.surface,
        role.AlternateBase: colours.sunken,
        role.Text: colours.text,
        role.PlaceholderText: colours.muted,
        role.Button: colours.surface,
        role.ButtonText: colours.text,
        role.BrightText: colours.tones[Tone.BAD].ink,
        role.Highlight: colours.accent,
        role.HighlightedText: colours.on_accent,
        role.Accent: colours.accent,
        role.Link: colours.accent,
        role.LinkVisited: colours.accent,
        role.ToolTipBase: colours.surface,
        role.ToolTipText: colours.text,
        role.Mid: colours.border,
        role.Dark: colours.edge,
        role.Light: colours.surface,
    }.items():
        palette.setColor(key, QColor(colour))
    for key in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, key, QColor(colours.muted))
    return palette
