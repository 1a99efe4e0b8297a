"""Starting the window: little is imported before the first paint, the rest while the passphrase is typed."""

import gc
import importlib
import sys
import threading
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QLibraryInfo, QLocale, QObject, QTimer, QTranslator, Slot
from PySide6.QtWidgets import QApplication

import ivaudit
from ivaudit.app import places
from ivaudit.ui import crash_log, preferences, theme
from ivaudit.ui.collecting import Collector
from ivaudit.ui.main_window import MainWindow
from ivaudit.ui.qt_words import QtWords

_WARM = (
    "ivaudit.ui.desk",
    "ivaudit.ui.pages.home",
    "ivaudit.ui.audit.page",
)

SLICE = 0.0005
"""Seconds that a thread keeps the interpreter: the window repaints between slices of a long Python work."""


def run(argv: Sequence[str]) -> int:
    """Open the window and return its exit code.

    Args:
        argv: arguments without the name of the program.
    """
    folder = _folder(argv)
    sys.setswitchinterval(SLICE)
    application = application_for(argv)
    _show_last_crash(folder)
    log = crash_log.CrashLog(folder if places.exists(folder) else None)
    log.arm()
    window = MainWindow(folder)
    application.commitDataRequest.connect(window.on_session_end)
    warmer = Warmer(window)
    window.show()
    QTimer.singleShot(0, warmer.start)
    code = application.exec()
    warmer.wait()
    log.disarm()
    return code


def application_for(argv: Sequence[str]) -> QApplication:
    """Return the application in French, with its look."""
    made = QApplication.instance()
    # The style is asked for as an argument: `setStyle` would make Qt spell out all that styles know, 6 ms.
    wanted = [sys.argv[0], "-style", theme.STYLE, *argv]
    application = made if isinstance(made, QApplication) else QApplication(wanted)
    application.setProperty(theme.STYLED, made is None)
    application.setApplicationName("ivaudit")
    application.setApplicationDisplayName("ivaudit")
    application.setApplicationVersion(ivaudit.__version__)
    application.setDesktopFileName("ivaudit")
    french = QLocale(QLocale.Language.French, QLocale.Country.France)
    QLocale.setDefault(french)
    application.installTranslator(QtWords(application))
    translator = QTranslator(application)
    if translator.load(french, "qtbase", "_", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        application.installTranslator(translator)
    kept = preferences.read()
    theme.apply(application, kept.text_scale / 100, kept.dark)
    return application


class Warmer(QObject):
    """Imports and reads, on a thread of its own, what the workspace will need."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._collector = Collector(self)
        self._thread = threading.Thread(target=_warm_up, name="ivaudit-warm-up", daemon=True)

    @Slot()
    def start(self) -> None:
        """Start once the window is painted; what is no longer used is looked for from now on."""
        self._collector.start()
        self._thread.start()

    def wait(self) -> None:
        """Wait for the end, so that nothing is imported while the program closes."""
        if self._thread.is_alive():
            self._thread.join()


def _warm_up() -> None:
    from ivaudit.app import warming  # noqa: PLC0415 - after the first paint

    for name in _WARM:
        importlib.import_module(name)
    warming.warm_up()
    gc.freeze()  # all that stays: a collection that looked through it again would hold the window 40 ms


def _folder(argv: Sequence[str]) -> Path:
    if not argv:
        return places.default_folder()
    import argparse  # noqa: PLC0415 - start-up budget

    parser = argparse.ArgumentParser(prog="ivaudit", description="Audit d'identitovigilance, hors ligne.")
    parser.add_argument("--workspace", metavar="DOSSIER", type=Path, help="dossier de travail à ouvrir")
    chosen: Path | None = parser.parse_known_args(list(argv))[0].workspace
    return chosen if chosen is not None else places.default_folder()


def _show_last_crash(folder: Path) -> None:
    text = crash_log.left_behind(folder)
    if not text:
        return
    from ivaudit.ui.crash_dialog import CrashDialog  # noqa: PLC0415 - seldom needed

    CrashDialog(text).exec()
    crash_log.mark_read(folder)
