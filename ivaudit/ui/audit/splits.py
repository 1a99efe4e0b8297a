"""Where the panes of an audit were left, for the next time, in each of their two arrangements."""

from collections.abc import Sequence

from PySide6.QtCore import QByteArray, QSettings
from PySide6.QtWidgets import QSplitter


def keep(splitter: QSplitter, narrow: bool) -> None:
    """Keep where a splitter stands in an arrangement."""
    _kept().setValue(_name(splitter, narrow), splitter.saveState())


def lay(splitter: QSplitter, narrow: bool, sizes: Sequence[int]) -> None:
    """Put a splitter where it was left in an arrangement, or at some sizes the first time."""
    state = _kept().value(_name(splitter, narrow), QByteArray())
    if not (isinstance(state, QByteArray) and not state.isEmpty() and splitter.restoreState(state)):
        splitter.setSizes(sizes)


def _name(splitter: QSplitter, narrow: bool) -> str:
    return f"{splitter.objectName()}/{'colonne' if narrow else 'large'}"


def _kept() -> QSettings:
    return QSettings(QSettings.Format.IniFormat, QSettings.Scope.UserScope, "ivaudit", "fenetre")
