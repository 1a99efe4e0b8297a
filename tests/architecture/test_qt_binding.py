"""The binding of Qt does not use up what belongs to Python.

PySide6 6.12.0 takes a reference off `None` at each call that returns nothing: where `None` is counted (before
Python 3.12) the window aborts after some thousand calls, «none_dealloc», with no Python error to catch.
"""

import os
import subprocess
import sys

CALLS = 1000
COUNT = f"""
import os, sys
from PySide6.QtWidgets import QApplication, QWidget
application = QApplication([])
widget = QWidget()
before = sys.getrefcount(None)
for _ in range({CALLS}):
    widget.update()
print(before - sys.getrefcount(None), flush=True)
os._exit(0)
"""


def test_calls_into_qt_leave_none_alone() -> None:
    done = subprocess.run(
        [sys.executable, "-c", COUNT],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) < CALLS // 10
