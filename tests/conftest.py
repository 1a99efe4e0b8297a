"""What holds for every test: no display, no network, a home of its own, no stray log and no stray thread.

The environment is set while this file is read, before anything imports Qt.
"""

import atexit
import locale
import logging
import os
import shutil
import socket
import sys
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

if TYPE_CHECKING:
    from ivaudit.store.keys import KdfCost

HOME = Path(tempfile.mkdtemp(prefix="ivaudit-tests-"))
atexit.register(shutil.rmtree, HOME, ignore_errors=True)

FOLDERS = {
    "HOME": "home",
    "USERPROFILE": "home",
    "LOCALAPPDATA": "local",
    "APPDATA": "roaming",
    "XDG_DATA_HOME": "data",
    "XDG_CONFIG_HOME": "config",
    "XDG_CACHE_HOME": "cache",
    "XDG_STATE_HOME": "state",
    "XDG_RUNTIME_DIR": "runtime",
}
for variable, folder in FOLDERS.items():
    (HOME / folder).mkdir(mode=0o700, exist_ok=True)
    os.environ[variable] = str(HOME / folder)
os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ["LC_ALL"] = "C.UTF-8"
os.environ.pop("IVAUDIT_PASSPHRASE", None)
os.environ.pop("IVAUDIT_CONTENT", None)
locale.setlocale(locale.LC_ALL, "C.UTF-8" if os.name == "posix" else "")

settings.register_profile(
    "ci",
    max_examples=100,
    stateful_step_count=30,
    derandomize=True,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.register_profile("faults", settings.get_profile("ci"), max_examples=2000, derandomize=False)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))

# -- no network --------------------------------------------------------------------------------------------

INTERNET = {socket.AF_INET, socket.AF_INET6}
refused: list[str] = []


def _refuse_internet(event: str, arguments: tuple[object, ...]) -> None:
    """Refuse, and remember, whatever would reach the network; hooks cannot be taken away, nor forgotten."""
    opened = event == "socket.__new__" and arguments[1] in INTERNET
    if opened or event in {"socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr"}:
        refused.append(event)
        raise PermissionError(f"no network: {event}")


sys.addaudithook(_refuse_internet)


@pytest.fixture
def refused_sockets() -> list[str]:
    """What the network hook refused in this test: a test that provokes it on purpose empties the list."""
    return refused


@pytest.fixture(autouse=True)
def _no_network() -> Iterator[None]:
    refused.clear()
    yield
    assert not refused, f"the test reached for the network: {refused}"


# -- nothing unexpected ------------------------------------------------------------------------------------


@pytest.fixture(autouse=True)
def _no_unexpected_log(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """Fail on a log of level warning or above; a test that expects one looks at it, then `caplog.clear()`."""
    yield
    records = [record for when in ("setup", "call") for record in caplog.get_records(when)]
    loud = [record.getMessage() for record in records if record.levelno >= logging.WARNING]
    assert not loud, f"unexpected log: {loud}"


@pytest.fixture(autouse=True)
def _no_stray_thread() -> Iterator[None]:
    """Fail when a thread that the test started outlives it."""
    before = set(threading.enumerate())
    yield
    # Python sees a thread of Qt's as a «Dummy» that never ends for it, whatever became of it.
    started = [t for t in threading.enumerate() if t not in before and not t.name.startswith("Dummy-")]
    for thread in started:
        thread.join(timeout=10)
    stray = [thread.name for thread in started if thread.is_alive()]
    assert not stray, f"threads still running: {stray}"


# -- shared values -----------------------------------------------------------------------------------------


@pytest.fixture
def local(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Path]:
    """Give the library a local folder of the test, which is not there yet."""
    from ivaudit.app import library  # noqa: PLC0415 - not every test needs it

    folder = tmp_path / "contenu"
    monkeypatch.setattr(library, "local_folder", lambda: folder)
    library.library.cache_clear()
    yield folder
    library.library.cache_clear()


PASSPHRASE = "sept mots pour ouvrir un dossier fictif"


@pytest.fixture
def passphrase() -> str:
    """A passphrase strong enough to be accepted."""
    return PASSPHRASE


@pytest.fixture
def cheap_cost() -> "KdfCost":
    """The least key derivation that key files accept when read: real ones take a quarter of a second each."""
    from ivaudit.store.keys import FLOOR  # noqa: PLC0415 - not every room's tests need the store

    return FLOOR
