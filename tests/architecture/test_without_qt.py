"""Everything but the window works where Qt cannot be imported (a server, a console, a CI job)."""

import os
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
PROJECT = HERE.parents[1]

IMPORT_ALL = """
import refuse_qt, importlib, pkgutil, sys
import ivaudit
found = [m.name for m in pkgutil.walk_packages(ivaudit.__path__, "ivaudit.", onerror=print)
         if not m.name.startswith("ivaudit.ui")]
for name in found:
    importlib.import_module(name)
print(len(found), "PySide6" in sys.modules)
"""


def _run(*words: str) -> subprocess.CompletedProcess[str]:
    path = os.pathsep.join([str(HERE), str(PROJECT)])
    return subprocess.run(
        [sys.executable, *words],
        cwd=PROJECT,
        env={**os.environ, "PYTHONPATH": path},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def test_every_room_but_the_window_imports_without_qt() -> None:
    done = _run("-c", IMPORT_ALL)
    assert done.returncode == 0, done.stderr
    count, loaded = done.stdout.split()
    assert int(count) > 30
    assert loaded == "False"


def test_the_finder_refuses_qt() -> None:
    done = _run("-c", "import refuse_qt, PySide6.QtCore")
    assert done.returncode == 1
    assert "refused here" in done.stderr


def test_the_domain_passes_its_tests_without_qt() -> None:
    plain = ("-o", "addopts=--import-mode=importlib", "-o", "filterwarnings=", "-p", "no:cacheprovider")
    done = _run("-m", "pytest", "-q", "-p", "refuse_qt", "-p", "no:pytest-qt", *plain, "tests/domain")
    assert done.returncode == 0, done.stdout + done.stderr
    assert " passed" in done.stdout
