"""The ring around a card that takes keys for what it holds."""

from PySide6.QtWidgets import QFrame

from ivaudit.ui import theme


def ring(frame: QFrame, *, on: bool) -> None:
    """Draw, or take away, the ring of the focus around a card."""
    colour = theme.current().palette.focus
    frame.setStyleSheet(f"QFrame#{frame.objectName()} {{ border: 2px solid {colour}; }}" if on else "")
