"""Backups made while one works: asked in turn, made beside, so that no answer waits behind one."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from ivaudit.domain.errors import KnownError
from ivaudit.ui.writer import Writer

if TYPE_CHECKING:
    from ivaudit.app.backups import BackupInfo
    from ivaudit.app.session import Session

REGULAR = "pendant le travail"
ON_DEMAND = "à la demande"


def back_up(
    writer: Writer,
    *,
    done: Callable[["tuple[BackupInfo, ...]"], None],
    failed: Callable[[KnownError], None],
    only_if_due: bool = False,
    reason: str = ON_DEMAND,
) -> None:
    """Make a backup after everything submitted before.

    Args:
        writer: whose workspace; it waits for the backup before it closes.
        done: told all the backups, the newest first, on the thread of the window; not if none was due.
        failed: told why it was not made.
        only_if_due: make none unless enough was done since the last one.
        reason: why, in a few French words, for one made whatever happened.
    """

    def go_on(session: "Session | None") -> None:
        if session is not None:
            why = REGULAR if only_if_due else reason
            writer.run_aside(lambda: _made(session, why), done=done, failed=failed)

    writer.submit(_if_due if only_if_due else _itself, done=go_on, failed=failed)


def _itself(session: "Session") -> "Session":
    return session


def _if_due(session: "Session") -> "Session | None":
    from ivaudit.app import backups  # noqa: PLC0415 - on the writer's thread

    return session if backups.due(session) else None


def _made(session: "Session", reason: str) -> "tuple[BackupInfo, ...]":
    # A backup has a connection of its own: of the session it takes the folder and the key only.
    from ivaudit.app import backups  # noqa: PLC0415 - beside the window

    backups.back_up(session, reason)
    return backups.backups(session.workspace.folder)
