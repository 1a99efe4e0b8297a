"""Creating, opening and unlocking workspaces."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ivaudit.app import settings
from ivaudit.app.library import library
from ivaudit.app.places import exists, place_problem
from ivaudit.app.session import Session
from ivaudit.domain.errors import InvalidValue, UnsafePlace, WorkspaceExists, WrongPassphrase
from ivaudit.store import keys
from ivaudit.store.workspace import Workspace

_CLASSES = (r"[a-zà-öø-ÿ]", r"[A-ZÀ-ÖØ-Þ]", r"\d", r"[^\w\s]|_")
_WORDS = 7
_LONG, _VERY_LONG = 12, 14


def passphrase_problem(text: str) -> str | None:
    """Return what is missing for a passphrase to stand alone (CNIL, délibération 2022-100), or nothing.

    Twelve characters of four classes, fourteen of three, or seven words.
    """
    classes = sum(bool(re.search(pattern, text)) for pattern in _CLASSES)
    if len({word.casefold() for word in text.split() if len(word) > 1}) >= _WORDS:
        return None
    if (len(text) >= _LONG and classes == len(_CLASSES)) or (len(text) >= _VERY_LONG and classes >= 3):  # noqa: PLR2004
        return None
    return (
        "Choisissez sept mots, ou 14 caractères mêlant au moins trois sortes "
        "(minuscules, majuscules, chiffres, signes), ou 12 caractères mêlant les quatre."
    )


def create(
    folder: Path,
    passphrase: str,
    author: str,
    *,
    with_recovery: bool = True,
    cost: keys.KdfCost = keys.STANDARD,
) -> tuple[Session, str | None]:
    """Create a workspace and open it.

    Args:
        folder: an absent or empty folder of this machine.
        passphrase: what opens it.
        author: name or function written beside what is recorded.
        with_recovery: also make a recovery code, returned once and kept nowhere.
        cost: cost of the key derivation; only tests lower it.

    Raises:
        InvalidValue: the passphrase is too weak, or the author is no name; nothing was created.
        UnsafePlace: a network share or a synchronised folder.
        WorkspaceExists: there is one already.
    """
    settings.check(author=author)
    if problem := passphrase_problem(passphrase):
        raise InvalidValue(problem)
    if problem := place_problem(folder):
        raise UnsafePlace(problem)
    if exists(folder):
        raise WorkspaceExists("Un dossier de travail existe déjà à cet endroit. Il n'a pas été touché.")
    workspace, code = Workspace.create(folder, passphrase, cost=cost, with_recovery=with_recovery)
    with _closed_on_failure(workspace):
        session = Session(workspace=workspace, library=library(), author=author)
        settings.change(session, author=author)
        return session, code


def open_with_passphrase(folder: Path, passphrase: str) -> Session:
    """Open a workspace with its passphrase.

    Raises:
        KnownError: wrong passphrase, missing, locked, damaged or newer files, unsafe place.
    """
    return _opened(Workspace.open(_safe(folder), passphrase=passphrase))


def open_with_recovery(folder: Path, code: str) -> Session:
    """Open a workspace with the code of its recovery sheet, or with the key of the facility.

    Raises:
        KnownError: wrong code, missing, locked, damaged or newer files, unsafe place.
    """
    return _opened(Workspace.open(_safe(folder), recovery_code=code))


def change_passphrase(session: Session, new: str) -> None:
    """Give the workspace another passphrase; nothing is encrypted again.

    Args:
        session: the open workspace.
        new: what will open it.

    Raises:
        InvalidValue: the passphrase is too weak.
    """
    if problem := passphrase_problem(new):
        raise InvalidValue(problem)
    session.workspace.change_passphrase(new)


def check_passphrase(session: Session, present: str) -> None:
    """Refuse whoever does not know the present passphrase; from any thread.

    Raises:
        WrongPassphrase: it is not that one.
    """
    if not session.workspace.opens(present):
        raise WrongPassphrase


def renew_recovery(session: Session) -> str:
    """Return a new recovery code; the former sheet opens only the backups made before."""
    return session.workspace.renew_recovery()


def rest(session: Session) -> None:
    """Do what can wait until nobody types: fold the write-ahead log, erase for good.

    Raises:
        KnownError: what the disk answers; nothing recorded is lost.
    """
    session.workspace.rest()


def _safe(folder: Path) -> Path:
    if problem := place_problem(folder):
        raise UnsafePlace(problem)
    return folder


def _opened(workspace: Workspace) -> Session:
    with _closed_on_failure(workspace):
        session = Session(workspace=workspace, library=library(), author="")
        session.author = settings.get(session).author
        return session


@contextmanager
def _closed_on_failure(workspace: Workspace) -> Iterator[None]:
    """Close the workspace, and let go of its lock, when the session around it cannot be made."""
    try:
        yield
    except BaseException:
        workspace.close()
        raise
