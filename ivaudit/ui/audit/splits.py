"""Where the panes of an audit were left, for the next time."""

from PySide6.QtCore import QByteArray, QSettings
from PySide6.QtWidgets import QSplitter


def keep(splitter: QSplitter, arrangement: str) -> None:
    """Keep where a splitter stands in an arrangement («large», «colonne»)."""
    _kept().setValue(_name(splitter, arrangement), splitter.saveState())


def restore(splitter: QSplitter, arrangement: str) -> bool:
    """Put a splitter where it was left in an arrangement; tell whether it was known."""
    state = _kept().value(_name(splitter, arrangement), QByteArray())
    return isinstance(state, QByteArray) and not state.isEmpty() and splitter.restoreState(state)


def _name(splitter: QSplitter, arrangement: str) -> str:
    return f"{splitter.objectName()}/{arrangement}"


def _kept() -> QSettings:
    return QSettings(QSettings.Format.IniFormat, QSettings.Scope.UserScope, "ivaudit", "fenetre")
