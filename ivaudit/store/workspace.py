"""One open workspace: a folder, its lock, its encrypted database, its journal and its drafts."""

import secrets
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ivaudit.domain.errors import (
    DiskFull,
    KnownError,
    StorageFailing,
    UnsafePlace,
    WorkspaceExists,
    WorkspaceMissing,
    WrongPassphrase,
)
from ivaudit.store import (
    audits,
    backup,
    erasure,
    evidence_rows,
    installation,
    keys,
    layout,
    meta,
    migrations,
    start_check,
)
from ivaudit.store.directory import Directory
from ivaudit.store.drafts import Draft, Drafts
from ivaudit.store.encryption import open_database, transaction, translated
from ivaudit.store.evidence import EvidenceStore
from ivaudit.store.journal import Journal
from ivaudit.store.keys import STANDARD, FacilitySlot, KdfCost, Unlocked
from ivaudit.store.lock import OwnerLock
from ivaudit.store.place import place_problem, workspace_exists

if TYPE_CHECKING:
    from sqlite_utils import Database


@dataclass(frozen=True, slots=True, kw_only=True)
class Openers:
    """What opens a workspace beside its passphrase: a recovery sheet, the key of a facility."""

    recovery: bool
    facility: FacilitySlot | None


_CACHE, _BULK_CACHE = 2_000, 64_000
"""KiB of pages kept at hand: the engine's own choice, and for a long import."""


class Workspace:
    """One open workspace; everything on the thread that opened it. Made by `create` and `open`.

    Attributes:
        folder: where it lives.
        db: its connection, the only one that writes.
        journal: what was done.
        drafts: what is being typed.
        directory: the FINESS directory, which may be missing.
        device: id of this copy.
        unclean: whether it was not closed the last time.
        mended: what was put right while opening, in French.
        recovered_drafts: drafts found at opening, now recorded.
    """

    def __init__(self, folder: Path, lock: OwnerLock, unlocked: Unlocked) -> None:
        self.folder = folder
        self._lock = lock
        self._unlocked = unlocked
        self._former_tempdir = tempfile.tempdir
        start_check.file_is_whole(folder / layout.DATABASE)
        self.db: Database = open_database(folder / layout.DATABASE, unlocked.data_key)
        self._evidence: EvidenceStore | None = None
        self.directory = Directory(folder, unlocked.data_key)
        try:
            self._start()
        except BaseException:
            self._close_evidence()
            self.db.close()
            raise

    @classmethod
    def create(
        cls, folder: Path, passphrase: str, *, cost: KdfCost = STANDARD, with_recovery: bool = True
    ) -> "tuple[Workspace, str | None]":
        """Make a workspace and open it.

        Args:
            folder: absent, or without a workspace.
            passphrase: what opens it.
            cost: cost of the key derivation.
            with_recovery: whether to make a recovery code too.

        Returns:
            The workspace, and the recovery code grouped for humans, kept nowhere else.

        Raises:
            UnsafePlace: a network share or a synchronised folder.
            WorkspaceExists: there is one already; it was not touched.
            KnownError: the disk refuses; there is no workspace, or a whole one.
        """
        _check_place(folder)
        with translated():
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with _held(folder) as lock:
            _check_absent(folder)
            with installation.preparing(folder) as prepared:
                data_key, code = keys.create(prepared, passphrase, cost=cost, with_recovery=with_recovery)
                _lay_database(prepared / layout.DATABASE, data_key)
                installation.install(folder, prepared)
            return cls(folder, lock, Unlocked(data_key=data_key, cost=cost)), code

    @classmethod
    def open(
        cls, folder: Path, *, passphrase: str | None = None, recovery_code: str | None = None
    ) -> "Workspace":
        """Open a workspace with its passphrase or its recovery code.

        Raises:
            KnownError: missing, unsafe place, in use, wrong secret, damaged, newer, read-only…: whichever it
                is, the data is as it was.
        """
        _check_place(folder)
        if not workspace_exists(folder):
            raise WorkspaceMissing(
                "Il n'y a pas de dossier de travail ivaudit à cet endroit. Rien n'a été créé. "
                "Vérifiez l'emplacement, ou créez un nouveau dossier de travail."
            )
        with _held(folder) as lock:
            installation.finish(folder)
            installation.sweep(folder)
            unlocked = keys.unlock(folder, passphrase=passphrase, recovery_code=recovery_code)
            keys.mend(folder)
            return cls(folder, lock, unlocked)

    @property
    def data_key(self) -> bytes:
        """Return the key of the database: for backups, which open it by themselves."""
        return self._unlocked.data_key

    @property
    def evidence(self) -> EvidenceStore:
        """Return the pictures and files kept as evidence, opened when first asked for.

        Raises:
            KnownError: damaged, newer, full or failing disk; the journal is whole.
        """
        if self._evidence is None:
            self._evidence = EvidenceStore(self.folder, self.data_key, self.db)
        return self._evidence

    def close(self) -> None:
        """Close cleanly: drafts and gestures were settled by whoever used it."""
        try:
            with translated():
                self.db.rollback()
                self.rest()
                meta.remember(self.db, meta.CLEAN, "yes")
        finally:
            self._close_evidence()
            self.directory.close()
            self.db.close()
            _empty(self.folder / layout.WORK)
            tempfile.tempdir = self._former_tempdir
            self._lock.release()

    def rest(self) -> None:
        """Do what can wait until nobody types: fold the write-ahead log into the database, erase for good.

        Raises:
            KnownError: what the engine answers; nothing recorded is lost.
        """
        erasure.scrub(self.db)
        start_check.fold_log(self.db)
        if self._evidence is not None:
            self._evidence.rest()

    def leave_temporary_files(self) -> None:
        """Leave the temporary files of the program to the workspace that was open before this one."""
        tempfile.tempdir = self._former_tempdir

    @contextmanager
    def gesture(self) -> Iterator[None]:
        """Record everything in the block or nothing.

        Raises:
            KnownError: what the disk answers, the end of the block included; nothing was recorded.
        """
        with transaction(self.db):
            yield

    @contextmanager
    def bulk(self) -> Iterator[None]:
        """Keep more pages at hand during the block: keys made at random touch all of an index."""
        with translated():
            self.db.execute(f"PRAGMA cache_size = -{_BULK_CACHE}").fetchall()
        try:
            yield
        finally:
            with translated():
                self.db.execute(f"PRAGMA cache_size = -{_CACHE}").fetchall()

    def change_passphrase(self, new: str) -> None:
        """Give the workspace another passphrase, at the same cost; the former opens only earlier backups.

        Raises:
            KnownError: the disk refuses; the former passphrase still stands.
        """
        keys.change_passphrase(self.folder, self.data_key, new, cost=self._unlocked.cost)

    def renew_recovery(self) -> str:
        """Return a new recovery code; the former sheet opens only the backups made before.

        Raises:
            KnownError: the disk refuses; the former sheet still stands.
        """
        return keys.renew_recovery(self.folder, self.data_key, cost=self._unlocked.cost)

    def opens(self, passphrase: str) -> bool:
        """Tell whether a passphrase is the present one; as slow as opening, on purpose.

        Raises:
            KnownError: the key file cannot be read.
        """
        try:
            return keys.unlock(self.folder, passphrase=passphrase).data_key == self.data_key
        except WrongPassphrase:
            return False

    def openers(self) -> Openers:
        """Return what opens the workspace beside its passphrase."""
        return Openers(recovery=keys.has_recovery(self.folder), facility=keys.facility(self.folder))

    def add_facility(self, public: bytes) -> FacilitySlot:
        """Let the holder of a private key open the workspace, instead of the one before.

        Raises:
            InvalidValue: it is no public key.
            KnownError: the disk refuses; what opened the workspace still does.
        """
        return keys.add_facility(self.folder, self.data_key, public)

    def remove_facility(self) -> None:
        """Let no key of a facility open the workspace any more.

        Raises:
            KnownError: the disk refuses; the key still opens.
        """
        keys.remove_facility(self.folder)

    def remember(self, key: str, value: str) -> None:
        """Keep a small text of this copy, outside the journal."""
        meta.remember(self.db, meta.MEMO + key, value)

    def recall(self, key: str) -> str | None:
        """Return a text kept by `remember`, or nothing."""
        return meta.recall(self.db, meta.MEMO + key)

    def _close_evidence(self) -> None:
        opened, self._evidence = self._evidence, None
        if opened is not None:
            # The journal is closed whatever becomes of this; the log left behind is read at the next opening.
            with suppress(KnownError):
                opened.close()

    def _start(self) -> None:
        migrations.check_version(self.db)
        self.unclean = meta.recall(self.db, meta.CLEAN) != "yes"
        if self.unclean:
            start_check.after_sudden_stop(self.db)
        pending = migrations.pending(self.db)
        if pending:
            backup.back_up(self, backup.BEFORE_MIGRATION)
        self.mended = () if pending else start_check.mend(self.db)
        migrations.apply(self.db)
        meta.remember(self.db, meta.CLEAN, "no")
        with suppress(DiskFull, StorageFailing):  # still due: no reason not to open what can be read
            erasure.scrub(self.db)
        self.device = meta.recall(self.db, meta.DEVICE) or ""
        self.journal = Journal(self.db, self.device)
        self.drafts = Drafts(self.db)
        self.recovered_drafts: tuple[Draft, ...] = self.drafts.recover(self.journal, self._author())
        self._finish_evidence()
        self._make_folders()

    def _finish_evidence(self) -> None:
        """Open the evidence where something of it may be left to erase: opening it does that."""
        if not (self.folder / layout.EVIDENCE).exists():
            return
        with suppress(KnownError, ValueError):  # the journal opens all the same; the full check tells
            if self.unclean or evidence_rows.erased(self.db):
                self._evidence = EvidenceStore(self.folder, self.data_key, self.db)

    def _author(self) -> str:
        return str(audits.settings(self.db).get("author") or "")

    def _make_folders(self) -> None:
        with translated():
            for name in (layout.BACKUPS, layout.WORK, layout.LOGS):
                (self.folder / name).mkdir(mode=0o700, exist_ok=True)
            _empty(self.folder / layout.WORK)
        # Libraries leave clear text in temporary files when they are killed: in here, and not for long.
        tempfile.tempdir = str(self.folder / layout.WORK)


def _lay_database(file: Path, data_key: bytes) -> None:
    db = open_database(file, data_key, create=True)
    try:
        migrations.apply(db)
        with transaction(db):
            meta.remember(db, meta.DEVICE, secrets.token_hex(6))
            meta.remember(db, meta.CLEAN, "yes")
        start_check.fold_log(db)
    finally:
        db.close()


@contextmanager
def _held(folder: Path) -> Iterator[OwnerLock]:
    """Hold the lock of a workspace, and let go of it if opening fails."""
    lock = OwnerLock(folder)
    try:
        with translated():
            yield lock
    except BaseException:
        lock.release()
        raise


def _check_absent(folder: Path) -> None:
    if workspace_exists(folder):
        raise WorkspaceExists("Un dossier de travail existe déjà à cet endroit. Il n'a pas été touché.")


def _check_place(folder: Path) -> None:
    if problem := place_problem(folder):
        raise UnsafePlace(problem)


def _empty(folder: Path) -> None:
    """Remove what can be: on Windows, a file that another program holds waits for the next time."""
    for path in folder.glob("*"):
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path, ignore_errors=True)
        else:
            with suppress(OSError):
                path.unlink()
