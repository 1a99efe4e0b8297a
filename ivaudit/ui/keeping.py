"""What goes on beside the work, wherever one is: backups and checks that are due, what opening found."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from ivaudit.domain.errors import KnownError
from ivaudit.ui.aside import Aside
from ivaudit.ui.backing_up import back_up
from ivaudit.ui.page import Said
from ivaudit.ui.writer import Writer

if TYPE_CHECKING:
    from ivaudit.app.checks import CheckReport
    from ivaudit.app.session import Session
    from ivaudit.domain.progress import Progress

LOOK = 10 * 60_000
"""Milliseconds between two looks at whether a backup is due."""
SETTLED = 60_000
"""Milliseconds after the opening before everything is checked, when that is due."""
_WRONG = (
    "La vérification de fond a trouvé un défaut dans le dossier de travail. Rien n'a été modifié : Réglages, "
    "« Base de données », dit lequel et quoi faire."
)


def _opening(session: "Session") -> tuple[str, ...]:
    from ivaudit.app import checks  # noqa: PLC0415 - on the writer's thread

    return checks.at_opening(session)


def _if_due(session: "Session") -> "Session | None":
    from ivaudit.app import checks  # noqa: PLC0415 - on the writer's thread

    return session if checks.due(session) else None


def _check(session: "Session", progress: "Progress") -> "CheckReport":
    from ivaudit.app import checks  # noqa: PLC0415 - beside the window

    return checks.check_beside(session, progress)


def _remember(report: "CheckReport", session: "Session") -> None:
    from ivaudit.app import checks  # noqa: PLC0415 - on the writer's thread

    checks.remember(session, report)


class Keeper(QObject):
    """Keeps an open workspace safe; `made(backups)` after each backup, `said(Said)` when there is a word."""

    made = Signal(object)
    said = Signal(object)

    def __init__(self, writer: Writer, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._writer = writer
        self._aside = Aside(writer, self)
        self._backups = QTimer(self)
        self._backups.setInterval(LOOK)
        self._backups.timeout.connect(self.look)
        self._checks = QTimer(self)
        self._checks.setSingleShot(True)
        self._checks.setInterval(SETTLED)
        self._checks.timeout.connect(self.check)

    def start(self) -> None:
        """Say what opening found, make the backup that is due, then look again from time to time."""
        self._writer.submit(_opening, done=self._on_opening, failed=self._on_failed)
        self._backups.start()
        self._checks.start()
        self.look()

    def stop(self) -> None:
        """Stop what is under way: the workspace is about to be closed."""
        self._aside.cancel()

    @Slot()
    def look(self) -> None:
        """Make a backup if one is due."""
        back_up(self._writer, done=self.made.emit, failed=self._on_failed, only_if_due=True)

    @Slot()
    def check(self) -> None:
        """Check everything beside the work if that is due."""
        self._writer.submit(_if_due, done=self._on_due, failed=self._on_failed)

    def _on_due(self, session: "Session | None") -> None:
        if session is not None:
            self._aside.start(partial(_check, session), done=self._on_checked, failed=self._on_failed)

    def _on_checked(self, report: "CheckReport") -> None:
        self._writer.submit(partial(_remember, report), failed=self._on_failed)
        if not report.whole:
            self.said.emit(Said(sentence=_WRONG, error=True))

    def _on_opening(self, sentences: tuple[str, ...]) -> None:
        if sentences:
            self.said.emit(Said(sentence=" ".join(sentences)))

    def _on_failed(self, error: KnownError) -> None:
        self.said.emit(Said(sentence=error.sentence, error=True))
