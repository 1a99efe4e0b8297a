"""Texts of others in tool tips: shown as they are, never taken for mark-up."""

from PySide6.QtGui import Qt


def plain(text: str) -> str:
    """Return a text for a tool tip, which would read mark-up, and the files that mark-up names."""
    if not Qt.mightBeRichText(text):
        return text
    from html import escape  # noqa: PLC0415 - its table of entities takes 2 ms that the first window spares

    return f"<p>{escape(text).replace(chr(10), '<br>')}</p>"
