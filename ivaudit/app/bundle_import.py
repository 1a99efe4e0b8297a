"""Bundles coming in: opened, looked at without a trace, taken in whole or not at all.

The file is read in a child process, which is given the key of this file and none of the workspace. A preview
is the import itself, rolled back: it cannot say anything else than what accepting would do.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import NoReturn, TypeAlias

from ivaudit.app import backups, bundle_files, jobs, names, own_keys, seals, teams
from ivaudit.app.bundle_opening import Opened
from ivaudit.app.bundle_rows import BundleRows, Incoming
from ivaudit.app.bundle_taking import BundlePreview, Taking
from ivaudit.app.session import Session
from ivaudit.domain.audit import Changes
from ivaudit.domain.bundle import BundleHead, Contents
from ivaudit.domain.errors import KnownError
from ivaudit.domain.progress import Progress, silent
from ivaudit.domain.seal import SealReport

BEFORE = "avant import d'un échange"
PATIENCE = 20.0
"""Seconds that one row of a bundle may take to be read."""


Seals: TypeAlias = Mapping[str, SealReport]
"""What verifying the seals found, by audit."""


class _Undone(Exception):  # noqa: N818 - no error
    """Rolls a preview back."""


# -- looking and taking in


def preview(session: Session, opened: Opened, *, cancelled: Callable[[], bool] = jobs.never) -> BundlePreview:
    """Return what taking a bundle in would change; nothing is changed.

    Raises:
        UnreadableFile: it breaks a rule, a bound, or its signature does not hold.
        NewerFile: it comes from a later version.
        NotAllowedNow: it speaks of an audit validated here.
        Cancelled: somebody asked to stop.
    """
    with _reading(session, [opened], cancelled) as bundles:
        return _looked_at(session, next(bundles))[0]


def verify(session: Session, opened: Opened) -> tuple[BundlePreview, Seals]:
    """Return what a bundle holds, and whether each audit of it is what was sealed; nothing is changed.

    Raises:
        UnreadableFile: it breaks a rule, a bound, or its signature does not hold.
        NewerFile: it comes from a later version.
    """

    def seals_of(head: BundleHead) -> Seals:
        audits = [key for each in head.scopes if (key := each.scope.removeprefix("audit:")) != each.scope]
        return {key: seals.verify(session, key) for key in audits}

    with _reading(session, [opened], jobs.never) as bundles:
        return _looked_at(session, next(bundles), seals_of)


def accept(
    session: Session, opened: Opened, *, cancelled: Callable[[], bool] = jobs.never
) -> tuple[Changes, BundlePreview]:
    """Take a bundle in, whole or not at all; taking it in twice changes nothing.

    Raises:
        UnreadableFile: it breaks a rule, a bound, or its signature does not hold.
        NewerFile: it comes from a later version.
        NotAllowedNow: it speaks of an audit validated here.
        Cancelled: somebody asked to stop.
        KnownError: what the disk answers; nothing was taken in.
    """
    with _reading(session, [opened], cancelled) as bundles:
        taken, touched = _taken_in(session, next(bundles), opened)
    return _changes(touched, _done(taken)), taken


@dataclass(frozen=True, slots=True, kw_only=True)
class FolderResult:
    """What became of one file of a folder: what it changed, or why it was refused."""

    name: str
    preview: BundlePreview | None = None
    refused: str = ""


def accept_all(
    session: Session,
    files: Sequence[Opened],
    *,
    progress: Progress = silent,
    cancelled: Callable[[], bool] = jobs.never,
) -> tuple[Changes, tuple[FolderResult, ...]]:
    """Take several bundles in, each whole or not at all; a refused one does not stop the others.

    Raises:
        Cancelled: somebody asked to stop; those taken in before stay, and may be taken in again.
        KnownError: what the disk answers.
    """
    results: list[FolderResult] = []
    touched: dict[str, None] = {}
    with _reading(session, files, cancelled) as bundles:
        for rank, (opened, rows) in enumerate(zip(files, bundles, strict=False)):
            progress(rank, len(files), opened.path.name)
            result, entities = _one_of_many(session, rows, opened)
            results.append(result)
            touched.update(dict.fromkeys(entities))
    several = sum(each.preview is not None for each in results)
    return _changes(touched, f"{several} fichiers importés"), tuple(results)


def back_up(session: Session) -> None:
    """Make the backup that undoes what follows.

    Raises:
        KnownError: full or failing disk; the workspace is untouched.
    """
    backups.back_up(session, BEFORE)


def _one_of_many(session: Session, rows: Incoming, opened: Opened) -> tuple[FolderResult, tuple[str, ...]]:
    try:
        taken, touched = _taken_in(session, rows, opened)
    except KnownError as error:
        return FolderResult(name=opened.path.name, refused=error.sentence), ()
    # Conflicts of a thousand files would fill the memory: they are read again from the journal.
    return FolderResult(name=opened.path.name, preview=replace(taken, conflicts=())), touched


@contextmanager
def _reading(
    session: Session, files: Sequence[Opened], cancelled: Callable[[], bool]
) -> Iterator[Iterator[Incoming]]:
    rows = BundleRows(
        session.workspace.folder, [(each.path, each.key) for each in files], cancelled, PATIENCE
    )
    try:
        yield rows.bundles()
    finally:
        rows.close()


def _looked_at(
    session: Session, incoming: Incoming, seals_of: Callable[[BundleHead], Seals] | None = None
) -> tuple[BundlePreview, Seals]:
    found: list[tuple[BundlePreview, Seals]] = []
    try:
        with session.workspace.gesture():
            taken = Taking(session, incoming, keep=False).take()
            found.append((taken, seals_of(taken.head) if seals_of else {}))
            _undo()
    except _Undone:
        return found[0]


def _undo() -> NoReturn:
    raise _Undone


def _taken_in(session: Session, incoming: Incoming, opened: Opened) -> tuple[BundlePreview, tuple[str, ...]]:
    taking = Taking(session, incoming, keep=True)
    try:
        with session.workspace.gesture():
            taken = taking.take()
    except BaseException:
        taking.forget_pictures()
        raise
    if taking.kept:
        session.workspace.evidence.settle(taking.kept)
    done = tuple(bundle_files.take_in(session, each) for each in incoming.files)
    own_keys.accept(session, incoming.signature, taken.head.author)
    if opened.passphrase and taken.head.contents is Contents.AUDIT:
        _keep_team(session, taken.head, opened.passphrase)
    if taken.erased:
        session.rest()
    return replace(taken, files=done), taking.touched


def _keep_team(session: Session, head: BundleHead, passphrase: str) -> None:
    """Keep the passphrase that opened the file of an audit, where its team has none here yet."""
    for each in head.scopes:
        kind, _, key = each.scope.partition(":")
        if kind == "audit" and teams.of_audit(session, key) is None:
            teams.keep(session, key, passphrase)


def _done(taken: BundlePreview) -> str:
    if taken.nothing:
        return "Rien de nouveau : tout ce que contient ce fichier était déjà là"
    several = f", {taken.several} désaccord(s) à trancher" if taken.several else ""
    return f"Échange importé : {taken.added} geste(s) reçu(s){several}"


def _changes(touched: Iterable[str], done: str) -> Changes:
    return replace(names.changes(touched, done=done), workspace=True)
