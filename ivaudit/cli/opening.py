"""The workspace a command works on, open for the time of the command."""

from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from ivaudit.app import checks, places, workspaces
from ivaudit.app.session import Session
from ivaudit.cli import passphrase
from ivaudit.cli.output import warn
from ivaudit.domain.errors import KnownError, WorkspaceMissing


def folder(args: Namespace) -> Path:
    """Return the folder of the workspace: the one given, or this person's own."""
    return args.workspace or places.default_folder()


@contextmanager
def session(args: Namespace) -> Iterator[Session]:
    """Open the workspace with its passphrase, or with its recovery code, and close it after."""
    place = folder(args)
    if not places.exists(place):
        raise WorkspaceMissing(
            "Il n'y a pas de dossier de travail à cet endroit. « ivaudit-cli init » en crée un ; "
            "--workspace DOSSIER en désigne un autre."
        )
    code = passphrase.recovery_code(args)
    opened = (
        workspaces.open_with_recovery(place, code)
        if code
        else workspaces.open_with_passphrase(place, passphrase.present(args))
    )
    opened.trusting = bool(getattr(args, "nobody", False))
    try:
        for sentence in checks.at_opening(opened):
            warn(sentence)
        yield opened
    except BaseException:
        # What went wrong first is what to say: closing then often fails too, for a reason that tells less.
        with suppress(KnownError):
            opened.close()
        raise
    opened.close()
