"""Putting a copy of a workspace in its place, with the secret of its time or the present one."""

from dataclasses import dataclass
from pathlib import Path

from ivaudit.domain.errors import (
    CorruptFile,
    KnownError,
    NotAllowedNow,
    NotFound,
    UnsafePlace,
    WrongPassphrase,
)
from ivaudit.store import backup_contents, backup_evidence, installation, keys, layout
from ivaudit.store.backup_check import check
from ivaudit.store.backup_list import BackupInfo
from ivaudit.store.database_copy import copy_closed
from ivaudit.store.encryption import connect, translated
from ivaudit.store.lock import OwnerLock
from ivaudit.store.place import place_problem
from ivaudit.store.verification import verify as journal_check


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """What opens a copy: its data key, and the folder whose key file the secret opened."""

    data_key: bytes
    keys: Path


def opening(
    folder: Path, chosen: BackupInfo, *, passphrase: str | None = None, recovery_code: str | None = None
) -> Opening:
    """Return what opens a copy: the secret it had when it was made or, failing that, the present one.

    A copy of this workspace has the data key it has today: who changed the passphrase since needs not
    remember the former one.

    Raises:
        KnownError: neither opens it; the sentence is about the secret of its time.
    """
    try:
        own = keys.unlock(chosen.folder, passphrase=passphrase, recovery_code=recovery_code)
        return Opening(data_key=own.data_key, keys=chosen.folder)
    except (WrongPassphrase, NotAllowedNow, CorruptFile) as error:
        present = _present(folder, chosen, passphrase, recovery_code)
        if present is None:
            raise error from None
        return present


def restore(
    folder: Path, chosen: BackupInfo, *, passphrase: str | None = None, recovery_code: str | None = None
) -> Path:
    """Put a copy in the place of the closed workspace; whole or not at all.

    Args:
        folder: the workspace; it is made where there is none, on another machine for instance.
        chosen: one of its `backups`, or a copy found elsewhere.
        passphrase: the one it had when the backup was made, or the present one.
        recovery_code: or the code of the sheet, or the key of the facility.

    Returns:
        The folder where the files replaced are kept; it does not exist when there were none.

    Raises:
        KnownError: in use, wrong secret, damaged backup, full disk; the workspace is as it was.
    """
    if problem := place_problem(folder):
        raise UnsafePlace(problem)
    if not (chosen.folder / layout.DATABASE).exists():
        raise NotFound("Cette sauvegarde n'existe plus. Rien n'a été modifié : choisissez-en une autre.")
    found = opening(folder, chosen, passphrase=passphrase, recovery_code=recovery_code)
    with translated():
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    lock = OwnerLock(folder)
    try:
        installation.finish(folder)
        with installation.preparing(folder) as prepared:
            copy_closed(chosen.folder / layout.DATABASE, found.data_key, prepared / layout.DATABASE)
            check(prepared / layout.DATABASE, found.data_key)
            backup_evidence.take(chosen.folder, found.data_key, prepared)
            keys.copy(found.keys, prepared)
            return installation.install(folder, prepared)
    finally:
        lock.release()


def _present(
    folder: Path, chosen: BackupInfo, passphrase: str | None, recovery_code: str | None
) -> Opening | None:
    """Return the opening by the present key file, nothing when the secret is not its, or not of that copy."""
    try:
        found = keys.unlock(folder, passphrase=passphrase, recovery_code=recovery_code)
        connect(chosen.folder / layout.DATABASE, found.data_key, read_only=True).close()
    except KnownError:
        return None
    return Opening(data_key=found.data_key, keys=folder)


def verify(chosen: BackupInfo, data_key: bytes, scratch: Path) -> None:
    """Read a whole copy: its pages, its tables, its journal, its evidence.

    Args:
        chosen: the copy.
        data_key: what it is encrypted with.
        scratch: a workspace folder, where a copy may be made for a moment.

    Raises:
        CorruptFile: something is not what it was; the sentence says what.
        KnownError: what the engine answers.
    """
    with backup_contents.finished(chosen.folder, data_key, scratch) as copy:
        check(copy.place / layout.DATABASE, data_key)
        if copy.evidence is not None:
            backup_evidence.check(copy.place / layout.EVIDENCE, data_key)
        with translated():
            journal = journal_check(copy.db)
    if journal.problems:
        raise CorruptFile("\n".join(("Le journal de cette copie n'est pas intact.", *journal.problems)))
