"""The window to unlock is painted before anything heavy is imported."""

import os
import subprocess
import sys
from pathlib import Path

PROJECT = Path(__file__).parents[2]
LATER = ("sqlite_utils", "openpyxl", "reportlab", "docx", "pikepdf", "pypdfium2", "PIL", "yaml")

OPEN = """
import sys
from pathlib import Path
from PySide6.QtWidgets import QWidget
import ivaudit.__main__
from ivaudit.ui.app import application_for
from ivaudit.ui.main_window import MainWindow

application = application_for([])
window = MainWindow(Path(sys.argv[1]))
window.show()
application.processEvents()
assert window.isVisible()
pages = [widget for widget in window.findChildren(QWidget, "page") if widget.isVisible()]
titles = [page.accessibleName() for page in pages]
print(titles, [name for name in sys.argv[2:] if name in sys.modules])
"""


def _opened_on(folder: Path) -> tuple[str, str]:
    done = subprocess.run(
        [sys.executable, "-c", OPEN, str(folder), *LATER, "PySide6.QtNetwork", "ssl"],
        cwd=PROJECT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    titles, loaded = done.stdout.strip().rsplit("] [", 1)
    return titles.strip("["), loaded.rstrip("]")


def test_unlocking_imports_nothing_heavy(tmp_path: Path) -> None:
    (tmp_path / "cle.json").write_text("{}", encoding="utf-8")
    (tmp_path / "ivaudit.db").write_bytes(b"")
    titles, loaded = _opened_on(tmp_path)
    assert titles
    assert loaded == ""


def test_the_first_start_imports_nothing_heavy(tmp_path: Path) -> None:
    titles, loaded = _opened_on(tmp_path / "absent")
    assert titles
    assert loaded == ""
