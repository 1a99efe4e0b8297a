"""The log of a crash that is our fault: places in the program, never what a user typed."""

import sys
from pathlib import Path

import ivaudit
from ivaudit.domain.errors import BugError
from ivaudit.store import layout
from ivaudit.store.place import workspace_exists

FOLDER = layout.LOGS
PREFIX = "ivaudit-arret-"


def write(error: BaseException, workspace: Path | None) -> Path:
    """Write the log in the workspace, or in the temporary folder where there is none, and return its path."""
    import tempfile  # noqa: PLC0415 - the window imports this module before its first paint
    from datetime import datetime  # noqa: PLC0415 - idem

    home = workspace / FOLDER if workspace and workspace_exists(workspace) else Path(tempfile.gettempdir())
    for folder in (home, Path(tempfile.gettempdir())):
        path = folder / f"{PREFIX}{datetime.now().astimezone():%Y%m%d-%H%M%S-%f}.txt"
        try:
            folder.mkdir(parents=True, exist_ok=True)
            path.write_text(described(error), encoding="utf-8")
        except OSError:
            continue
        return path
    return Path("-")


def described(error: BaseException) -> str:
    """Return classes and lines of code, causes first; the message for `BugError` only.

    A `KeyError` or a decoding error carries what the user typed: other messages stay out.
    """
    import platform  # noqa: PLC0415 - idem

    header = f"ivaudit {ivaudit.__version__}, Python {platform.python_version()}, {sys.platform}"
    parts = [_one(each) for each in _chain(error)]
    return "\n\n".join([header, *parts]) + "\n"


def _chain(error: BaseException) -> list[BaseException]:
    found: list[BaseException] = []
    link: BaseException | None = error
    while link is not None and link not in found:
        found.append(link)
        link = link.__cause__ or (None if link.__suppress_context__ else link.__context__)
    return found[::-1]


def _one(error: BaseException) -> str:
    import traceback  # noqa: PLC0415 - idem

    kind = type(error)
    name = f"{kind.__module__}.{kind.__qualname__}" + (f": {error}" if isinstance(error, BugError) else "")
    frames = traceback.extract_tb(error.__traceback__)
    return "\n".join([name, *(f"  {_place(f.filename)}:{f.lineno} {f.name}: {f.line}" for f in frames)])


def _place(filename: str) -> str:
    """Return the file from its package on: the path before it may name the user."""
    parts = Path(filename).parts
    start = next((i for i, part in enumerate(parts) if part == "site-packages"), -4)
    return "/".join(parts[start + 1 :] if start >= 0 else parts[-3:])
