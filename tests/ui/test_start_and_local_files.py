"""What a person added to the library is read when it is asked for, not when the program starts."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from ivaudit.app import library as shelf
from ivaudit.app import warming
from ivaudit.content.library import Library
from ivaudit.resources import shipped
from ivaudit.ui.desk import Desk
from ivaudit.ui.main_window import MainWindow
from ivaudit.ui.pages.new_audit import NewAuditPage


@pytest.fixture
def local(made: Path) -> Iterator[Library]:  # noqa: ARG001 - made before, which reads the library
    """The library with two local grids, one of which has a fault."""
    folder = shelf.local_folder() / "checklists"
    folder.mkdir(parents=True, exist_ok=True)
    text = (shipped("checklists") / "flash.yaml").read_text(encoding="utf-8")
    files = [folder / "flash-region.yaml", folder / "cassee.yaml"]
    files[0].write_text(text.replace("id: flash", "id: flash-region", 1), encoding="utf-8")
    files[1].write_text("id: cassee\n", encoding="utf-8")
    shelf.reload()
    yield shelf.library()
    for file in files:
        file.unlink()
    shelf.reload()


def read(library: Library) -> list[str]:
    return [source.id for source in library._parsed if not source.shipped]


def test_nothing_local_is_read_before_it_is_asked_for(
    local: Library, window: MainWindow, qtbot: QtBot
) -> None:
    warming.warm_up()
    desk = window.desk
    assert isinstance(desk, Desk)
    for page in ("home", "audits", "facilities", "settings"):
        desk.go(page)
        qtbot.waitUntil(lambda: window.writer.pending == 0)
    assert read(local) == []
    desk.go("new_audit")
    page = desk.current()
    assert isinstance(page, NewAuditPage)
    qtbot.waitUntil(lambda: set(read(local)) == {"flash-region", "cassee"}, timeout=10_000)


def test_the_local_folder_may_be_missing(tmp_path: Path) -> None:
    assert Library.find(tmp_path / "absent", tmp_path / "cache").refused() == ()
