"""The envelope of a bundle, opened with the keys of this copy or with a passphrase."""

from dataclasses import dataclass, field
from pathlib import Path

from ivaudit.app import own_keys, teams
from ivaudit.app.session import Session
from ivaudit.domain.bundle import SUFFIX
from ivaudit.domain.errors import KnownError, NotFound, UnreadableFile, WrongPassphrase
from ivaudit.exchange import age_header, age_recipients


class NeedsPassphrase(KnownError):  # noqa: N818 - errors are named for what the user can do
    """A passphrase opens the file, and none that is known here does."""


class WrongFilePassphrase(WrongPassphrase):
    """What was typed does not open the file."""

    def __init__(self) -> None:
        KnownError.__init__(
            self,
            "Cette phrase n'ouvre pas le fichier. Rien n'a été modifié. Vérifiez-la avec son auteur, mot par "
            "mot.",
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A bundle whose envelope opens: its path, its key, and the passphrase that opened it, if one did."""

    path: Path
    key: bytes = field(repr=False)
    passphrase: str = field(default="", repr=False)


def in_folder(folder: Path, *, newest_first: bool = False, but: str = "") -> tuple[Path, ...]:
    """Return the bundles of a folder, by name or the newest first; a stick may be slow, or gone.

    Args:
        folder: where they are.
        newest_first: whether the order is that of their writing.
        but: the end of the names to leave out, empty when there is none.

    Raises:
        NotFound: the folder does not read.
    """
    try:
        found = [each for each in folder.iterdir() if each.name.endswith(SUFFIX) and each.is_file()]
        right = sorted(each for each in found if not (but and each.name.endswith(but)))
        return tuple(sorted(right, key=_written, reverse=True) if newest_first else right)
    except OSError:
        raise NotFound("Ce dossier n'existe pas, ne se lit pas, ou la clé a été débranchée.") from None


def _written(path: Path) -> float:
    return path.stat().st_mtime


def open_file(session: Session, path: Path, passphrase: str = "") -> Opened:
    """Open the envelope of a bundle with the keys of this copy, or with a passphrase.

    Args:
        session: the open workspace.
        path: the file.
        passphrase: what was typed; those agreed on for audits are tried first.

    Raises:
        NotFound: there is no file.
        NeedsPassphrase: a passphrase opens it, and none known does.
        WrongPassphrase: the one typed does not open it.
        UnreadableFile: it is no bundle, was changed, or is for somebody else.
        NewerFile: it is of a later format.
    """
    try:
        with path.open("rb") as source:
            header = age_header.read_header(source)
    except OSError:
        raise NotFound("Ce fichier n'existe pas, ne se lit pas, ou la clé a été débranchée.") from None
    own = own_keys.own_keys(session)
    if (key := age_recipients.file_key_by_key(header, own.reading)) is not None:
        return Opened(path=path, key=key)
    for each in filter(None, (*teams.passphrases(session), " ".join(passphrase.split()))):
        key = age_recipients.file_key_by_passphrase(header, each, teams.derived)
        if key is not None:
            return Opened(path=path, key=key, passphrase=each)
    if not age_recipients.takes_passphrase(header):
        raise UnreadableFile(
            "Ce fichier n'est pas destiné à ce poste : il a été chiffré pour d'autres clés. Rien n'a été "
            "modifié. Donnez votre clé de réception à son auteur (page « Échanges »)."
        )
    if not passphrase.strip():
        raise NeedsPassphrase(
            "Ce fichier s'ouvre avec une phrase : celle dont l'équipe est convenue, ou celle que son auteur "
            "vous a donnée."
        )
    raise WrongFilePassphrase
