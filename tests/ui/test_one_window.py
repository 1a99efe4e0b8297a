"""There is one window: no part of a page is shown as a window of its own, not even for an instant."""

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from ivaudit.app import audits
from ivaudit.ui.desk import PAGES, Desk
from ivaudit.ui.library.tools import TOOLS
from ivaudit.ui.main_window import MainWindow
from ivaudit.ui.pages.library import LibraryPage


class Watch(QObject):
    """Remembers which widgets were shown as windows."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt
        """Look, and leave it be."""
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.seen.append(f"{type(watched).__name__} {watched.objectName()}")
        return False


def test_pages_tools_and_an_audit_open_in_the_window(
    window: MainWindow, desk: Desk, qapp: QApplication, qtbot: QtBot
) -> None:
    watch, found = Watch(), list[str]()
    qapp.installEventFilter(watch)
    try:
        for name in PAGES:
            desk.go(name)
            qtbot.waitUntil(lambda: window.writer.pending == 0)
        desk.go("library")
        library = desk.current()
        assert isinstance(library, LibraryPage)
        qtbot.waitUntil(lambda: bool(library.model.nodes), timeout=20_000)
        for tool in TOOLS:
            library.show_tool(tool.id)
        library.go("fiche-doublon")
        library.go("cas-pratiques/cas-01")
        window.writer.submit(lambda s: audits.all_of(s)[0].audit.id, done=found.append)
        qtbot.waitUntil(lambda: bool(found))
        desk.go("audit", found[0])
        assert desk.audit is not None
        qtbot.waitUntil(lambda: desk.audit is not None and desk.audit.audit.is_open)
        for tab in range(4):
            desk.audit.show_tab(tab)
    finally:
        qapp.removeEventFilter(watch)
    assert watch.seen == []
