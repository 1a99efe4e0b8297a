"""What opening a workspace needs, imported and read while somebody types a passphrase."""

from contextlib import suppress

from ivaudit.app import audits, backups, workspaces
from ivaudit.app.library import library
from ivaudit.domain.errors import KnownError
from ivaudit.store import encryption

NEEDED = (audits, backups, workspaces)
"""Imported with this module."""


def warm_up() -> None:
    """Do it, the slowest first; whoever asks for the grids says what is wrong with them."""
    encryption.warm_up()
    with suppress(KnownError):
        library().checklists()
