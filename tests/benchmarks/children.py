"""What is timed in a process of its own: starts, and the way from the passphrase to the home page.

    python children.py bare | unlock FOLDER | home FOLDER

`bare` and `unlock` end at the first paint (the parent times the whole process); `home` prints, in seconds,
the key derivation alone and the way from Return to a home page that shows its audits.
"""

import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget


class Painted(QObject):
    """Ends the process once a window was painted."""

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt
        """Leave after the event has been served."""
        if event.type() == QEvent.Type.Paint:
            QTimer.singleShot(0, lambda: os._exit(0))
        return False


def _until_painted(window: QWidget, application: QApplication) -> None:
    painted = Painted()
    window.installEventFilter(painted)
    for child in window.findChildren(QWidget):
        child.installEventFilter(painted)
    window.show()
    application.exec()


def bare() -> None:
    """Paint an empty window."""
    application = QApplication([])
    _until_painted(QMainWindow(), application)


def unlock(folder: Path) -> None:
    """Paint the window that asks for the passphrase."""
    from ivaudit.ui.app import application_for  # noqa: PLC0415 - part of what is timed
    from ivaudit.ui.main_window import MainWindow  # noqa: PLC0415

    application = application_for([])
    _until_painted(MainWindow(folder), application)


def home(folder: Path) -> None:
    """Type the passphrase and wait for a home page that lists its audits."""
    from grown import PASSPHRASE  # noqa: PLC0415

    from ivaudit.store import keys  # noqa: PLC0415
    from ivaudit.ui.app import Warmer, application_for  # noqa: PLC0415
    from ivaudit.ui.main_window import MainWindow  # noqa: PLC0415
    from ivaudit.ui.start.unlock import Unlock  # noqa: PLC0415

    application = application_for([])
    window = MainWindow(folder)
    window.show()
    application.processEvents()
    warmer = Warmer()
    warmer.start()
    warmer.wait()  # somebody types a passphrase meanwhile
    start = time.perf_counter()
    keys.unlock(folder, passphrase=PASSPHRASE)
    derivation = time.perf_counter() - start
    gate = window.gate
    assert isinstance(gate, Unlock)
    gate.passphrase.put(PASSPHRASE)
    start = time.perf_counter()
    gate.unlock()
    _wait(application, lambda: window.desk is not None and _shows_audits(window.desk))
    print(derivation, time.perf_counter() - start, flush=True)
    os._exit(0)


def _shows_audits(desk: QWidget) -> bool:
    table = desk.findChild(QWidget, "home_audits")
    return table is not None and table.isVisible() and table.model().rowCount() > 0  # type: ignore[attr-defined]


def _wait(application: QApplication, done: Callable[[], bool]) -> None:
    """Let the window live until something is so; looked at every millisecond."""
    QTimer.singleShot(30_000, lambda: os._exit(1))
    look = QTimer()
    look.setInterval(1)
    look.timeout.connect(lambda: application.quit() if done() else None)
    look.start()
    application.exec()
    look.stop()
    application.processEvents()


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["bare"]:
            bare()
        case ["unlock", place]:
            unlock(Path(place))
        case ["home", place]:
            home(Path(place))
