"""The developer's commands, the same on every system, with nothing but Python.

    python3 packaging/dev.py demo|test|check|bench|faults|install     (on Windows: py packaging/dev.py …)

`.venv` is made once, and again when the pins change. System libraries that Qt needs are looked for in a child
process (Qt aborts where they are missing): as root on Debian or Ubuntu they are installed, otherwise the
command stops at once with the one line to type.
"""

import argparse
import hashlib
import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
VENV = PROJECT / ".venv"
STAMP = VENV / "ivaudit-stamp"
CONSTRAINTS = PROJECT / "constraints.txt"
WINDOWS = os.name == "nt"
PYTHON = VENV / ("Scripts/python.exe" if WINDOWS else "bin/python")

PACKAGES = "make python3-venv libglib2.0-0 libgl1 libegl1 libxkbcommon0 libfontconfig1 libdbus-1-3"
APT = f"apt-get install -y --no-install-recommends {PACKAGES}"
LIBRARIES = (
    "libglib-2.0.so.0",
    "libGL.so.1",
    "libEGL.so.1",
    "libxkbcommon.so.0",
    "libfontconfig.so.1",
    "libdbus-1.so.3",
)
OLDEST = (3, 11)

LOAD = "import ctypes, sys\nfor name in sys.argv[1:]: ctypes.CDLL(name)"
PICTURES = "import pathlib, sys; from ivaudit.ui.pictures import write; write(pathlib.Path(sys.argv[1]))"
APPLICATION = "from PySide6.QtWidgets import QApplication; QApplication([])"


class Stopped(Exception):  # noqa: N818 - it is not an error of the program
    """The command cannot go on; its text says what to do."""


def say(text: str) -> None:
    """Print a heading at once, before what a child prints."""
    print(f"\n== {text}", flush=True)


def run(command: Sequence[str | Path], env: Mapping[str, str] | None = None) -> None:
    """Run a child in the project folder; stop where it fails, with its exit code."""
    done = subprocess.run([str(word) for word in command], cwd=PROJECT, env=env, check=False)
    if done.returncode:
        sys.exit(done.returncode if done.returncode > 0 else 1)


def succeeds(command: Sequence[str | Path], env: Mapping[str, str] | None = None) -> bool:
    """Tell whether a child ends well, without showing what it prints."""
    words = [str(word) for word in command]
    try:
        done = subprocess.run(words, cwd=PROJECT, env=env, check=False, capture_output=True, timeout=60)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


def offscreen() -> dict[str, str]:
    """Return the environment of a child that must not need a display."""
    return {**os.environ, "QT_QPA_PLATFORM": "offscreen"}


# -- system packages ---------------------------------------------------------------------------------------


def apt_may_help() -> bool:
    """Tell whether we are root on Debian, Ubuntu or a relative."""
    if not hasattr(os, "geteuid") or os.geteuid() != 0 or shutil.which("apt-get") is None:
        return False
    try:
        release = Path("/etc/os-release").read_text(encoding="utf-8").lower()
    except OSError:
        return False
    return "debian" in release or "ubuntu" in release


def require(what: str, present: Callable[[], bool]) -> None:
    """Make sure something of the system is present: install the packages if we may, else stop."""
    if present():
        return
    if apt_may_help():
        say(f"{what} missing, installing the system packages")
        quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        run(["apt-get", "update", "-q"], quiet)
        run(APT.split(), quiet)
        if present():
            return
    advice = f"On Debian or Ubuntu, as root:\n  {APT}" if sys.platform == "linux" else "Reinstall Python."
    raise Stopped(f"{what} missing. {advice}")


def can_make_venv() -> bool:
    """Tell whether this Python can make a virtual environment with pip in it (Debian splits that off)."""
    return succeeds([sys.executable, "-c", "import ensurepip, venv"])


def qt_libraries_load() -> bool:
    """Tell whether the shared libraries that Qt needs are on this system; known by name on Linux only."""
    return sys.platform != "linux" or succeeds([sys.executable, "-c", LOAD, *LIBRARIES])


def qt_starts() -> bool:
    """Tell whether a Qt application starts without a display."""
    return succeeds([PYTHON, "-c", APPLICATION], offscreen())


# -- the environment ---------------------------------------------------------------------------------------


def wanted_stamp() -> str:
    """Return what the environment must have been made from."""
    made_from = hashlib.sha256(CONSTRAINTS.read_bytes() + (PROJECT / "pyproject.toml").read_bytes())
    made_from.update(f"{platform.python_version()} {platform.machine()} {PROJECT}".encode())
    return made_from.hexdigest()


def up_to_date() -> bool:
    """Tell whether `.venv` holds the present pins."""
    return PYTHON.exists() and STAMP.exists() and STAMP.read_text(encoding="utf-8") == wanted_stamp()


def install() -> None:
    """Make `.venv` with the pinned versions, unless it is already so."""
    require("A system library of the window is", qt_libraries_load)
    if not up_to_date():
        make_environment()
    require("A system library of the window is", qt_starts)


def make_environment() -> None:
    """Create `.venv`, install the pins by their hashes, then this project in place."""
    require("Python's venv module is", can_make_venv)
    say("making .venv")
    STAMP.unlink(missing_ok=True)
    if not succeeds([PYTHON, "-m", "pip", "--version"]):
        run([sys.executable, "-m", "venv", "--clear", VENV])
    pip: list[str | Path] = [
        PYTHON,
        "-m",
        "pip",
        "--disable-pip-version-check",
        "--no-input",
        "install",
        "--quiet",
    ]
    # The file is used with -r: pip refuses a folder or an editable project under hashed constraints (-c).
    run([*pip, "--require-hashes", "--only-binary", ":all:", "-r", CONSTRAINTS])
    run([*pip, "--no-deps", "--no-build-isolation", "--no-index", "-e", "."])
    run([*pip[:-2], "check"])
    STAMP.write_text(wanted_stamp(), encoding="utf-8")


# -- the commands ------------------------------------------------------------------------------------------


def demo(arguments: Sequence[str]) -> None:
    """Answer a whole audit, write its exports to demo/, then open the window or paint its pages."""
    install()
    folder = Path(arguments[0]).resolve() if arguments else PROJECT / "demo"
    if not arguments and (folder / "espace").is_dir():
        say("demo/ is made anew")
        shutil.rmtree(folder)
    say("demonstration")
    run([PYTHON, "-m", "ivaudit", "demo", "--out", folder])
    if display_works():
        say("opening the window")
        run([PYTHON, "-m", "ivaudit", "--workspace", folder / "espace"])
        return
    say("no display here: painting the pages, light and dark")
    run([PYTHON, "-c", PICTURES, folder / "images"], offscreen())
    print(f"Everything is in {folder}", flush=True)


def display_works() -> bool:
    """Tell whether a window would open: tried in a child, since DISPLAY being set proves nothing."""
    named = {"DISPLAY", "WAYLAND_DISPLAY"}.intersection(os.environ) or sys.platform in {"win32", "darwin"}
    forced = os.environ.get("QT_QPA_PLATFORM") in {"offscreen", "minimal"}
    return bool(named) and not forced and succeeds([PYTHON, "-c", APPLICATION])


def test(arguments: Sequence[str]) -> None:
    """Run the tests, or those named."""
    install()
    spread = [] if arguments else ["-n", "2", "--dist", "loadfile"]
    # An open() without encoding is cp1252 on Windows: it fails here too.
    say("tests")
    run([PYTHON, "-m", "pytest", *spread, *arguments], {**os.environ, "PYTHONWARNDEFAULTENCODING": "1"})


def check(arguments: Sequence[str]) -> None:
    """Check format, style and types, then run the tests (import rules among them)."""
    install()
    steps: tuple[tuple[str, list[str | Path]], ...] = (
        ("format", ["ruff", "format", "--check", "."]),
        ("style", ["ruff", "check", "."]),
        ("types", ["mypy"]),
        ("content", ["ivaudit", "content", "check"]),
    )
    for title, words in steps:
        say(title)
        run([PYTHON, "-m", *words])
    test(arguments)


def bench(arguments: Sequence[str]) -> None:
    """Print the measurements of the work that has a budget."""
    install()
    say("measurements")
    run([PYTHON, "tests/benchmarks/run.py", *arguments], offscreen())


def faults(arguments: Sequence[str]) -> None:
    """Run the long campaigns: kills in a loop, full disks, damaged files."""
    install()
    programs = sorted((PROJECT / "tests/faults").glob("[!_]*.py"))
    for program in programs:
        if not program.name.startswith(("test_", "conftest")):
            say(program.stem)
            run([PYTHON, program, *arguments], offscreen())
    say("the journal's state machine, long")
    machine = "tests/store/test_journal_machine.py"
    run([PYTHON, "-m", "pytest", "-q", machine], {**os.environ, "HYPOTHESIS_PROFILE": "faults"})


COMMANDS: dict[str, Callable[[Sequence[str]], None]] = {
    "demo": demo,
    "test": test,
    "check": check,
    "bench": bench,
    "faults": faults,
    "install": lambda _arguments: install(),
}


def main() -> int:
    """Run one command."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("command", choices=COMMANDS)
    parser.add_argument("arguments", nargs=argparse.REMAINDER, help="handed to the command")
    asked = parser.parse_args()
    if sys.version_info < OLDEST:
        print("Python 3.11 or newer is needed.", file=sys.stderr)
        return 3
    try:
        COMMANDS[asked.command](asked.arguments)
    except Stopped as stopped:
        print(stopped, file=sys.stderr)
        return 3
    except KeyboardInterrupt:
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main())
