"""Imports point downwards only, and each third-party library stays in its room (README, layout)."""

import sys
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from pytest_archon import archrule
from pytest_archon.collect import collect_imports, walk

RANKS: tuple[tuple[str, ...], ...] = (
    ("ui", "cli"),
    ("app",),
    ("content", "store", "exchange", "reports"),
    ("tables", "pictures", "resources"),
    ("domain",),
)
ROOMS = tuple(room for rank in RANKS for room in rank)

LIBRARIES: dict[str, tuple[str, ...]] = {
    "PIL": ("pictures",),
    "PySide6": ("ui",),
    "cryptography": ("exchange", "store"),
    "defusedxml": ("tables",),
    "docx": ("reports",),
    "filelock": ("store",),
    "msgspec": ("content",),
    "openpyxl": ("tables",),
    "pikepdf": ("reports",),
    "platformdirs": ("store",),
    "pypdfium2": ("pictures", "reports"),
    "reportlab": ("reports",),
    "shiboken6": ("ui",),
    "sqlcipher3": ("store",),
    "sqlite_utils": ("store",),
    "yaml": ("content",),
}

NETWORK = (
    *("socket", "socketserver", "ssl", "asyncio", "ftplib", "imaplib", "poplib", "smtplib", "xmlrpc"),
    *("urllib", "http", "requests", "httpx", "aiohttp", "webbrowser", "multiprocessing.connection"),
    *("PySide6.QtNetwork", "PySide6.QtWebSockets", "PySide6.QtWebEngineCore"),
)


def _modules(room: str) -> tuple[str, str]:
    return f"ivaudit.{room}", f"ivaudit.{room}.*"


def _not_below(room: str) -> list[str]:
    """Return the rooms that a room must not import: those above it, and its neighbours."""
    mine = next(i for i, rank in enumerate(RANKS) if room in rank)
    return [other for rank in RANKS[: mine + 1] for other in rank if other != room]


@pytest.mark.parametrize("room", ROOMS)
def test_imports_point_downwards(room: str) -> None:
    forbidden = [pattern for other in _not_below(room) for pattern in _modules(other)]
    rule = archrule(f"{room} imports what lies below it").match(*_modules(room))
    rule.should_not_import("ivaudit.__main__", *forbidden).check("ivaudit")


def test_every_folder_is_a_room() -> None:
    package = Path(__file__).parents[2] / "ivaudit"
    assert {init.parent.name for init in package.glob("*/__init__.py")} == set(ROOMS)


def _third_party(imported: Iterable[str]) -> set[str]:
    tops = {name.split(".")[0] for name in imported}
    return tops - set(sys.stdlib_module_names) - {"ivaudit", "__future__"}


def _only(allowed: set[str]) -> Callable[[str, set[str], object], bool]:
    def at_home(_module: str, direct: set[str], _every: object) -> bool:
        return _third_party(direct) <= allowed

    return at_home


@pytest.mark.parametrize("room", ROOMS)
def test_libraries_stay_in_their_room(room: str) -> None:
    allowed = {library for library, rooms in LIBRARIES.items() if room in rooms}
    rule = archrule(f"{room} imports {sorted(allowed)} only").match(*_modules(room))
    rule.should(_only(allowed), f"third-party libraries within {sorted(allowed)}").check("ivaudit")


def test_the_entry_points_import_no_library() -> None:
    rule = archrule("the start imports nothing heavy").match("ivaudit", "ivaudit.__main__")
    rule.should(_only(set()), "standard library only").check("ivaudit")


def test_no_room_knows_the_network() -> None:
    forbidden = [pattern for name in NETWORK for pattern in (name, f"{name}.*")]
    rule = archrule("no network").match("ivaudit", "ivaudit.*")
    rule.should_not_import(*forbidden).check("ivaudit", only_direct_imports=True)


@pytest.mark.parametrize(
    ("library", "room"), [(library, room) for library, rooms in LIBRARIES.items() for room in rooms]
)
def test_every_permission_is_used(library: str, room: str) -> None:
    """A permission nobody uses is a misspelt name or a leftover: the rule above would prove nothing."""
    users = {
        module
        for module, imported in _direct_imports().items()
        if module.startswith(f"ivaudit.{room}.") and library in _third_party(imported)
    }
    assert users, f"no module of {room} imports {library}"


def _direct_imports() -> dict[str, set[str]]:
    return {name: set(found) for name, found in collect_imports("ivaudit", walk).items()}
