"""Every widget that takes the focus has an object name and a name that is read aloud; targets are large."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QAbstractScrollArea,
    QApplication,
    QLabel,
    QPushButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from ivaudit.app import audits
from ivaudit.ui import theme
from ivaudit.ui.desk import PAGES, Desk
from ivaudit.ui.main_window import MainWindow

GATES = ("first_start", "unlock", "recovery", "restore", "begin", "recovery_sheet", "library")


def _focusable(root: QWidget) -> Iterator[QWidget]:
    for widget in root.findChildren(QWidget):
        own = not widget.objectName().startswith("qt_")
        parent = widget.parentWidget()
        inside = isinstance(parent, QAbstractScrollArea) and isinstance(parent, QAbstractItemView)
        if widget.focusPolicy() != Qt.FocusPolicy.NoFocus and own and not inside:
            yield widget


def _said(widget: QWidget) -> str:
    """Return what a screen reader says: a label says its text; an empty one is not there."""
    if isinstance(widget, QLabel):
        return widget.accessibleName() or widget.text() or "rien à dire"
    return widget.accessibleName()


def _nameless(root: QWidget) -> list[str]:
    return [
        f"{type(widget).__name__} {widget.objectName()!r} {widget.accessibleName()!r}"
        for widget in _focusable(root)
        if not widget.objectName() or not _said(widget)
    ]


def _small(root: QWidget) -> list[str]:
    return [
        f"{button.objectName()} {button.height()}"
        for button in root.findChildren(QPushButton)
        if button.isVisible() and button.height() < theme.TARGET
    ]


@pytest.mark.parametrize("name", PAGES)
def test_pages(name: str, window: MainWindow, desk: Desk, qtbot: QtBot) -> None:
    desk.go(name)
    qtbot.waitUntil(lambda: window.writer.pending == 0, timeout=10_000)
    assert _nameless(window) == []
    assert _small(window) == []


def test_the_audit(window: MainWindow, desk: Desk, qtbot: QtBot) -> None:
    found: list[tuple[audits.AuditSummary, ...]] = []
    window.writer.submit(audits.all_of, done=found.append)
    assert window.writer.drain(10)
    desk.go("audit", found[0][0].audit.id)
    qtbot.waitUntil(lambda: window.writer.pending == 0, timeout=10_000)
    assert _nameless(window) == []


@pytest.mark.parametrize("name", GATES)
def test_gates(name: str, made: Path, open_window: object, qtbot: QtBot) -> None:
    window = open_window(made)
    window.show_gate(name, "ABCD-EFGH")
    qtbot.wait(1)
    assert _nameless(window) == []
    assert _small(window) == []


@pytest.mark.parametrize("scale", [1.0, 2.0])
@pytest.mark.parametrize("size", [(1024, 600), (1366, 768)])
def test_no_page_needs_to_be_scrolled_sideways(  # noqa: PLR0917 - fixtures and parameters
    size: tuple[int, int], scale: float, window: MainWindow, desk: Desk, qapp: QApplication, qtbot: QtBot
) -> None:
    theme.apply(qapp, scale, dark=False)
    window.resize(*size)
    for name in PAGES:
        desk.go(name)
        qtbot.waitUntil(lambda: window.writer.pending == 0, timeout=10_000)
        page = desk.current()
        assert page is not None
        assert page.minimumSizeHint().width() <= size[0] - desk.rail.width(), name
