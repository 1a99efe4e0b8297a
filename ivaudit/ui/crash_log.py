"""What our own mistakes leave behind: places in the program, never what a user typed, never sent."""

import faulthandler
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import IO

from ivaudit.app import crash

FOLDER = crash.FOLDER
_FAULTS = "defaillances.txt"
_KEPT = 10
_SHOWN = 3


class CrashLog:
    """Armed before the window is built; written beside the workspace, or to the error stream without one."""

    def __init__(self, workspace: Path | None) -> None:
        self._home = workspace / FOLDER if workspace is not None and workspace.is_dir() else None
        self._faults: IO[str] | None = None
        self.count = 0

    def arm(self) -> None:
        """Catch what nobody caught, in any thread, and faults of the libraries."""
        sys.excepthook = self.on_exception
        threading.excepthook = self._on_thread
        self._faults = self._opened()
        if self._faults is not None:
            faulthandler.enable(self._faults)
        elif sys.stderr is not None:
            faulthandler.enable()

    def disarm(self) -> None:
        """Give the hooks back."""
        sys.excepthook = sys.__excepthook__
        threading.excepthook = threading.__excepthook__
        if self._faults is not None:
            faulthandler.disable()
            self._faults.close()
            self._faults = None

    def on_exception(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        """Write one exception down."""
        del kind, trace
        self.count += 1
        text = crash.described(error)
        if self._home is None:
            if sys.stderr is not None:
                sys.stderr.write(text)
            return
        name = f"{crash.PREFIX}{time.strftime('%Y%m%d-%H%M%S')}-{time.monotonic_ns()}.txt"
        try:
            (self._home / name).write_text(text, encoding="utf-8")
        except OSError:
            return

    def _opened(self) -> IO[str] | None:
        """Return the file of faults; a folder that takes none must not keep the window from saying so."""
        if self._home is None:
            return None
        try:
            self._home.mkdir(parents=True, exist_ok=True)
            return (self._home / _FAULTS).open("w", encoding="utf-8")
        except OSError:
            self._home = None
            return None

    def _on_thread(self, hook: threading.ExceptHookArgs) -> None:
        if hook.exc_value is not None:
            self.on_exception(hook.exc_type, hook.exc_value, hook.exc_traceback)


def left_behind(workspace: Path) -> str:
    """Return what earlier runs wrote and nobody has read yet, the newest last, empty when all is well."""
    home = workspace / FOLDER
    faults = home / _FAULTS
    found = sorted(home.glob(f"{crash.PREFIX}*.txt"))
    texts = [_read(path) for path in found[-_SHOWN:]]
    if faults.is_file() and faults.stat().st_size:
        texts.append(_read(faults))
    return "\n".join(text for text in texts if text)


def mark_read(workspace: Path) -> None:
    """Remember that they were shown; the oldest are thrown away, those that are held are left for later."""
    home = workspace / FOLDER
    for path in home.glob(f"{crash.PREFIX}*.txt"):
        with suppress(OSError):
            path.replace(home / path.name.replace(crash.PREFIX, "lu-"))
    for path in sorted(home.glob("lu-*.txt"))[:-_KEPT]:
        with suppress(OSError):
            path.unlink(missing_ok=True)
    faults = home / _FAULTS
    with suppress(OSError):  # another window may be holding it
        if faults.is_file() and faults.stat().st_size:
            faults.replace(home / f"lu-{faults.name}")


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
