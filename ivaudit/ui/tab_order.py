"""The Tab order of what is made late: Qt would put it after everything else in the window."""

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


def follow(before: QWidget, stops: Iterable[QWidget]) -> None:
    """Let Tab go from a widget to others, in their order, then on to what followed it.

    Args:
        before: where Tab comes from; where it cannot take the focus, the last one before it that can.
        stops: the widgets to come next.
    """
    before = _last_stop(before)
    for stop in stops:
        if stop is not before:
            QWidget.setTabOrder(before, stop)
            before = stop


def before(widget: QWidget) -> QWidget:
    """Return the last widget before another that can take the focus."""
    return _last_stop(widget.previousInFocusChain() or widget)


def first(inside: QWidget) -> QWidget | None:
    """Return the first widget that Tab reaches inside another, as it is shown now."""
    found = inside.nextInFocusChain()
    while found is not None and found is not inside:
        stops = found.focusPolicy() & Qt.FocusPolicy.TabFocus and found.isEnabled() and found.isVisible()
        if stops and inside.isAncestorOf(found):
            return found
        found = found.nextInFocusChain()
    return None


def _last_stop(widget: QWidget) -> QWidget:
    """Return a widget, or the last one before it that can take the focus: Qt leaves the others alone."""
    found = widget
    while found.focusPolicy() == Qt.FocusPolicy.NoFocus:
        found = found.previousInFocusChain() or widget
        if found is widget:
            break
    return found
