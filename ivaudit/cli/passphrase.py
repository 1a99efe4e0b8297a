"""Passphrases, from a file, the environment or a prompt.

Never from the command line: other accounts can read it.
"""

import getpass
import os
import stat
import warnings
from argparse import Namespace
from pathlib import Path

from ivaudit.cli.output import warn
from ivaudit.domain.errors import KnownError, ReadOnlyPlace

VARIABLE = "IVAUDIT_PASSPHRASE"
MOST = 4096
"""What is read of a file of a secret, in bytes: a passphrase is a line, not a film."""

NEW_VARIABLE = "IVAUDIT_NEW_PASSPHRASE"


class NoPassphrase(KnownError):  # noqa: N818 - errors are named for what the user can do
    """Nobody to ask and nothing given."""

    def __init__(self) -> None:
        super().__init__(
            "Aucune phrase de passe : il n'y a pas de terminal où la demander. Donnez "
            f"--passphrase-file FICHIER, ou la variable d'environnement {VARIABLE}."
        )


def take_environment(args: Namespace) -> None:
    """Keep the variables aside and take them out of the environment, before any child could inherit them."""
    args.environment = {name: os.environ.pop(name, None) for name in (VARIABLE, NEW_VARIABLE)}


def present(args: Namespace) -> str:
    """Return the passphrase of the workspace."""
    return _given(args, args.passphrase_file, VARIABLE) or asked("Phrase de passe : ")


def recovery_code(args: Namespace) -> str | None:
    """Return the recovery code when one was given."""
    return from_file(args.recovery_code_file) if args.recovery_code_file else None


def new(args: Namespace, file: Path | None, variable: str) -> str:
    """Return a passphrase being chosen: typed twice when it comes from the keyboard."""
    if given := _given(args, file, variable):
        return given
    chosen = asked("Nouvelle phrase de passe : ")
    if asked("La même, encore une fois : ") != chosen:
        raise KnownError("Les deux saisies diffèrent. Rien n'a été modifié.")
    return chosen


def _given(args: Namespace, file: Path | None, variable: str) -> str | None:
    return from_file(file) if file else args.environment[variable]


def from_file(path: Path) -> str:
    """Return the secret that a file holds: its text, without the end of its line."""
    try:
        with path.open("rb") as file:
            raw = file.read(MOST + 1)
        text = raw.decode("utf-8-sig") if len(raw) <= MOST else ""
        readable = path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO)
    except (OSError, UnicodeDecodeError):
        raise ReadOnlyPlace(
            "Le fichier qui contient le secret ne se lit pas. Rien n'a été modifié."
        ) from None
    if len(raw) > MOST:
        raise KnownError(
            f"Le fichier qui contient le secret est trop long : {MOST} octets au plus. Rien n'a été modifié."
        )
    if readable and os.name == "posix":
        warn(
            "Attention : d'autres comptes peuvent lire ce fichier de secret (chmod 600 le réserve au vôtre)."
        )
    return text.rstrip("\r\n")


def asked(prompt: str) -> str:
    """Return what is typed, unseen."""
    with warnings.catch_warnings():
        warnings.simplefilter("error", getpass.GetPassWarning)
        try:
            return getpass.getpass(prompt)
        except (getpass.GetPassWarning, EOFError, OSError):
            raise NoPassphrase from None
