"""Bundles coming in: opened, looked at without a trace, taken in whole or not at all.

The file is read in a child process, which is given the key of this file and none of the workspace. A preview
is the import itself, rolled back: it cannot say anything else than what accepting would do.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import chain, islice
from typing import NoReturn

from ivaudit.app import backups, bundle_files, jobs, names, own_keys, teams
from ivaudit.app.bundle_opening import Opened
from ivaudit.app.bundle_rows import BundleRows, Incoming
from ivaudit.app.bundle_taking import BundlePreview, Taking
from ivaudit.app.session import Session
from ivaudit.app.teams import PhraseUse
from ivaudit.domain.audit import Changes
from ivaudit.domain.bundle import BundleHead, Contents
from ivaudit.domain.errors import KnownError
from ivaudit.domain.progress import Progress, silent

BEFORE = "avant import d'un échange"
PATIENCE = 20.0
"""Seconds that one row of a bundle may take to be read."""


_TOGETHER = 50
"""Bundles under one commit."""


class _Undone(Exception):  # noqa: N818 - no error
    """Rolls a preview back."""


# -- looking and taking in


def preview(
    session: Session,
    opened: Opened,
    *,
    progress: Progress = silent,
    cancelled: Callable[[], bool] = jobs.never,
) -> BundlePreview:
    """Return what taking a bundle in would change; nothing is changed.

    Raises:
        UnreadableFile: it breaks a rule, a bound, or its signature does not hold.
        NewerFile: it comes from a later version.
        NotAllowedNow: it speaks of an audit validated here.
        Cancelled: somebody asked to stop.
    """
    with reading(session, [opened], cancelled) as bundles:
        return _looked_at(session, next(bundles), opened, progress)


def accept(
    session: Session,
    opened: Opened,
    *,
    keep_phrase: bool = False,
    progress: Progress = silent,
    cancelled: Callable[[], bool] = jobs.never,
) -> tuple[Changes, BundlePreview]:
    """Take a bundle in, whole or not at all; taking it in twice changes nothing.

    Args:
        session: the open workspace.
        opened: the bundle.
        keep_phrase: whether the passphrase that opened it is kept as that of the team of its audit, where
            none was agreed on here: whoever knows it will open what is sent from here.
        progress: told how far it was read.
        cancelled: asked often whether to stop.

    Raises:
        UnreadableFile: it breaks a rule, a bound, or its signature does not hold.
        NewerFile: it comes from a later version.
        NotAllowedNow: it speaks of an audit validated here.
        Cancelled: somebody asked to stop.
        KnownError: what the disk answers; nothing was taken in.
    """
    with reading(session, [opened], cancelled) as bundles:
        taking = Taking(session, next(bundles), keep=True, progress=progress)
        taken = _taken_in(session, taking)
    files = _finish(session, taking, taken, opened, keep_phrase=keep_phrase)
    taken = replace(taken, files=files, phrase=_phrase(session, taken.head, opened))
    return _changes(taking.touched, _done(taken)), taken


@dataclass(frozen=True, slots=True, kw_only=True)
class FolderResult:
    """What became of one file of several: gestures received, disagreements, or why it was refused.

    `identities` are the texts it brought that look like the identity of a person.
    """

    name: str
    added: int = 0
    several: int = 0
    identities: int = 0
    refused: str = ""


def accept_all(
    session: Session,
    files: Sequence[Opened],
    *,
    keep_phrase: bool = False,
    progress: Progress = silent,
    cancelled: Callable[[], bool] = jobs.never,
) -> tuple[Changes, tuple[FolderResult, ...]]:
    """Take several bundles in, each whole or not at all; a refused one does not stop the others.

    Some are committed at a time: waiting for the disk after each would take longer than reading it.

    Args:
        session: the open workspace.
        files: the bundles.
        keep_phrase: as for `accept`.
        progress: told how many files were read.
        cancelled: asked often whether to stop.

    Raises:
        Cancelled: somebody asked to stop; those committed before stay, and may be taken in again.
        KnownError: what the disk answers.
    """
    results: list[FolderResult] = []
    touched: set[str] = set()
    with session.workspace.bulk(), reading(session, files, cancelled) as bundles:
        pairs = zip(files, bundles, strict=False)
        while group := tuple(islice(pairs, 1)):
            progress(len(results), len(files), group[0][0].path.name)
            merged = _group(session, chain(group, islice(pairs, _TOGETHER - 1)), touched, results)
            for taking, taken, opened in merged:
                _finish(session, taking, taken, opened, keep_phrase=keep_phrase)
    count = sum(not each.refused for each in results)
    done = f"{count} fichier{'s'[: count > 1]} importé{'s'[: count > 1]}"
    return _changes(touched, done), tuple(results)


def back_up(session: Session) -> None:
    """Make the backup that undoes what follows.

    Raises:
        KnownError: full or failing disk; the workspace is untouched.
    """
    backups.back_up(session, BEFORE)


def _group(
    session: Session,
    pairs: Iterable[tuple[Opened, Incoming]],
    touched: set[str],
    results: list[FolderResult],
) -> list[tuple[Taking, BundlePreview, Opened]]:
    """Take some bundles in under one commit; each that is refused is rolled back alone."""
    merged: list[tuple[Taking, BundlePreview, Opened]] = []
    with session.workspace.gesture():
        for opened, incoming in pairs:
            taking = Taking(session, incoming, keep=True)
            try:
                with session.workspace.gesture():
                    taken = taking.take()
            except KnownError as error:
                taking.forget_pictures()
                results.append(FolderResult(name=opened.path.name, refused=error.sentence))
                continue
            merged.append((taking, taken, opened))
            results.append(
                FolderResult(
                    name=opened.path.name,
                    added=taken.added,
                    several=taken.several,
                    identities=taken.identities,
                )
            )
            touched.update(map(_in_short, taking.touched))
    return merged


def _in_short(entity: str) -> str:
    """Return what stands for an entity where thousands changed: its audit, the register, or itself."""
    if (audit := names.audit_of(entity)) is not None:
        return names.audit(audit)
    return "anomaly:" if entity.startswith("anomaly:") else entity


@contextmanager
def reading(
    session: Session, files: Sequence[Opened], cancelled: Callable[[], bool]
) -> Iterator[Iterator[Incoming]]:
    """Read bundles in a child process, as long as it is used.

    Raises:
        KnownError: full or failing disk; what is wrong with a bundle raises where it is met.
    """
    rows = BundleRows(
        session.workspace.folder, [(each.path, each.key) for each in files], cancelled, PATIENCE
    )
    try:
        yield rows.bundles()
    finally:
        rows.close()


def _looked_at(session: Session, incoming: Incoming, opened: Opened, progress: Progress) -> BundlePreview:
    found: list[BundlePreview] = []
    try:
        with session.workspace.gesture():
            found.append(Taking(session, incoming, keep=False, progress=progress).take())
            _undo()
    except _Undone:
        return replace(found[0], phrase=_phrase(session, found[0].head, opened))


def _undo() -> NoReturn:
    raise _Undone


def _taken_in(session: Session, taking: Taking) -> BundlePreview:
    try:
        with session.workspace.gesture():
            return taking.take()
    except BaseException:
        taking.forget_pictures()
        raise


def _finish(
    session: Session, taking: Taking, taken: BundlePreview, opened: Opened, *, keep_phrase: bool
) -> tuple[str, ...]:
    """Do what follows a commit; return what became of the content files."""
    if taking.kept:
        session.workspace.evidence.settle(taking.kept)
    done = tuple(bundle_files.take_in(session, each) for each in taking.files)
    own_keys.accept(session, taking.signature, taken.head.author)
    if keep_phrase and _phrase(session, taken.head, opened) is PhraseUse.NEW:
        teams.keep(session, _audit_of(taken.head), opened.passphrase)
    if taken.erased:
        session.rewrite()
    return done


def _phrase(session: Session, head: BundleHead, opened: Opened) -> PhraseUse:
    """Return what the passphrase that opened the file of one audit is to the team of this audit here."""
    audit = _audit_of(head)
    return teams.use_of(session, audit, opened.passphrase) if audit else PhraseUse.NONE


def _audit_of(head: BundleHead) -> str:
    """Return the audit that a bundle is the file of, empty when it is of none or of several."""
    prefix = names.audit("")
    found = [each.scope.removeprefix(prefix) for each in head.scopes if each.scope.startswith(prefix)]
    return found[0] if len(found) == 1 and head.contents is Contents.AUDIT else ""


def _done(taken: BundlePreview) -> str:
    if taken.nothing:
        return "Rien de nouveau : tout ce que contient ce fichier était déjà là"
    several = f", {taken.several} désaccord(s) à trancher" if taken.several else ""
    return f"Échange importé : {taken.added} geste(s) reçu(s){several}"


def _changes(touched: Iterable[str], done: str) -> Changes:
    return replace(names.changes(touched, done=done), workspace=True)
