"""The page alone, read, without a workspace."""

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from ivaudit.app.library import finder
from ivaudit.app.library_items import Finder
from ivaudit.ui.pages.library import LibraryPage
from ivaudit.ui.writer import Writer


@pytest.fixture(scope="session")
def found() -> Finder:
    return finder()


@pytest.fixture
def page(qtbot: QtBot) -> Iterator[LibraryPage]:
    writer = Writer()
    page = LibraryPage(writer)
    qtbot.addWidget(page)
    page.resize(1150, 740)
    page.show()
    page.activateWindow()
    page.enter()
    qtbot.waitUntil(lambda: bool(page.model.nodes), timeout=20_000)
    yield page
    writer.close()
