"""What opening a workspace needs, imported and read while somebody types a passphrase."""

from ivaudit.app import audits, backups, workspaces
from ivaudit.app.library import library
from ivaudit.store import encryption

NEEDED = (audits, backups, workspaces)
"""Imported with this module."""


def warm_up() -> None:
    """Do it, the slowest first; how much this person added to the library makes it no slower."""
    encryption.warm_up()
    library().read_shipped()
