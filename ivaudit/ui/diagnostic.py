"""What helps to understand a problem from afar: versions, screen, free space; no name, no path."""

import platform
import shutil
import sys

from PySide6 import __version__ as binding
from PySide6.QtCore import qVersion
from PySide6.QtGui import QGuiApplication

import ivaudit
from ivaudit.ui import french, theme


def diagnostic() -> str:
    """Return the lines to copy."""
    look = theme.current()
    screens = [
        f"{screen.size().width()}×{screen.size().height()} à {round(screen.devicePixelRatio() * 100)} %"
        for screen in QGuiApplication.screens()
    ]
    return "\n".join(
        (
            f"ivaudit {ivaudit.__version__}",
            f"Python {platform.python_version()}, Qt {qVersion()}, PySide6 {binding}",
            f"Système {platform.system()} {platform.release()}, {sys.platform}",
            f"Écran {', '.join(screens)}, affichage {QGuiApplication.platformName()}",
            f"Texte à {round(look.scale * 100)} %, couleurs {'sombres' if look.dark else 'claires'}",
            f"Espace libre {french.size(shutil.disk_usage('.').free)}",
        )
    )
