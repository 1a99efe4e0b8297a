"""A finished file put where the user asked: whole or not at all."""

import errno
import io
import os
import secrets
import shutil
import time
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

from ivaudit.domain.errors import CannotWriteExport

_TRIES = 5
_PAUSE = 0.2
_SAFE = "Rien n'a été écrit et l'audit est intact."
_HELD = (
    "Le fichier est ouvert dans Excel, Word ou un autre programme. Il n'a pas été modifié et l'audit est "
    "intact. Fermez-le et recommencez, ou choisissez un autre nom."
)
_ELSEWHERE = "Choisissez un autre dossier."
_OTHER = ("Le fichier n'a pas pu être écrit à cet endroit.", _ELSEWHERE)
_FULL = ("Il n'y a plus de place à l'endroit choisi.", "Libérez de la place ou choisissez un autre dossier.")
_REFUSED = ("Vous n'avez pas le droit d'écrire à cet endroit.", _ELSEWHERE)
_WHY = {
    errno.ENOSPC: _FULL,
    errno.EDQUOT: _FULL,
    errno.EACCES: _REFUSED,
    errno.EPERM: _REFUSED,
    errno.EROFS: ("L'endroit choisi est en lecture seule.", _ELSEWHERE),
    errno.ENAMETOOLONG: ("Le nom du fichier est trop long.", "Choisissez un nom plus court."),
    errno.EISDIR: ("Un dossier porte déjà ce nom.", "Choisissez un autre nom."),
}


def put(source: Path, target: Path, *, pause: Callable[[float], None] = time.sleep) -> Path:
    """Copy a file beside its target, then rename it over the target in one step.

    Args:
        source: the finished file, inside the workspace.
        target: where the user wants it.
        pause: waits between two tries while another program holds the target.

    Raises:
        CannotWriteExport: with the sentence that says why, and what to do.
    """
    return _put(lambda partial: _copy(source, partial), target, pause)


def put_bytes(data: bytes, target: Path, *, pause: Callable[[float], None] = time.sleep) -> Path:
    """Write bytes beside their target, then rename them over it in one step.

    Args:
        data: the whole file.
        target: where the user wants it.
        pause: waits between two tries while another program holds the target.

    Raises:
        CannotWriteExport: with the sentence that says why, and what to do.
    """
    return _put(lambda partial: _write(io.BytesIO(data), partial), target, pause)


def _put(fill: Callable[[Path], None], target: Path, pause: Callable[[float], None]) -> Path:
    partial = target.parent / f".ivaudit-{secrets.token_hex(4)}.tmp"
    try:
        fill(partial)
        _rename(partial, target, pause)
    except OSError as error:
        raise CannotWriteExport(_sentence(error, target)) from None
    finally:
        _forget(partial)
    return target


def _copy(source: Path, partial: Path) -> None:
    with source.open("rb") as read:
        _write(read, partial)


def _write(read: BinaryIO, partial: Path) -> None:
    with partial.open("xb") as written:
        shutil.copyfileobj(read, written)
        written.flush()
        os.fsync(written.fileno())


def _rename(partial: Path, target: Path, pause: Callable[[float], None]) -> None:
    for left in reversed(range(_TRIES)):
        try:
            partial.replace(target)
        except PermissionError:
            if not left:
                raise
            pause(_PAUSE)
        else:
            return


def _forget(partial: Path) -> None:
    try:
        partial.unlink(missing_ok=True)
    except OSError:
        return  # the sentence about the real trouble is already on its way


def _sentence(error: OSError, target: Path) -> str:
    """Return what happened, what is safe and what to do, without naming the file."""
    if not _is_folder(target.parent):
        return f"Le dossier choisi n'existe pas, ou plus. {_SAFE} Choisissez un autre dossier."
    refused = error.errno in {errno.EACCES, errno.EPERM}
    if refused and target.is_file() and os.access(target.parent, os.W_OK):
        return _HELD
    what, remedy = _WHY.get(error.errno or 0, _OTHER)
    return f"{what} {_SAFE} {remedy}"


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:
        return False
