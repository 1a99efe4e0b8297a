"""A bundle verified against the seals it carries: alone first, then beside the copy that is here.

Merged with the local copy it would borrow what it lacks, and answer for what was changed here. So it is taken
in a workspace of its own, encrypted under a key that nobody keeps, and erased at the end.
"""

import secrets
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from ivaudit.app import bundle_import, bundle_words, jobs, own_keys, seals
from ivaudit.app.bundle_opening import Opened
from ivaudit.app.bundle_taking import BundlePreview, Taking
from ivaudit.app.own_keys import Signer
from ivaudit.app.session import Session
from ivaudit.domain.bundle import BundleHead
from ivaudit.domain.errors import KnownError
from ivaudit.domain.seal import Seal, SealReport, SealState
from ivaudit.store import audits as stored
from ivaudit.store import keys, layout
from ivaudit.store.encryption import translated
from ivaudit.store.workspace import Workspace

_AUDIT = "audit:"


@dataclass(frozen=True, slots=True, kw_only=True)
class FileCheck:
    """What verifying a bundle found.

    Attributes:
        head: what it says of itself.
        signer: who signed it.
        seals: whether each of its audits is what was sealed, by audit, from the file and nothing else.
        unkept: what its head announces and it does not carry, in French.
        here: how it stands beside the copy that is here, in French.
    """

    head: BundleHead
    signer: Signer
    seals: Mapping[str, SealReport]
    unkept: tuple[str, ...]
    here: tuple[str, ...]

    @property
    def holds(self) -> bool:
        """Tell whether the file is what was sealed, whatever the copy that is here."""
        return not self.unkept and all(each.state is not SealState.CHANGED for each in self.seals.values())


def verify(session: Session, opened: Opened) -> FileCheck:
    """Verify a bundle alone, then compare it with what is here; nothing is changed.

    Raises:
        UnreadableFile: it breaks a rule, a bound, or its signature does not hold.
        NewerFile: it comes from a later version.
        KnownError: full or failing disk.
    """
    with _apart(session) as alone:
        taken, key = _taken_in(session, alone, opened)
        found = {audit: seals.verify(alone, audit, only=taken.head) for audit in _audits(alone, taken.head)}
    return FileCheck(
        head=taken.head,
        signer=own_keys.signer(session, key, taken.head.author),
        seals=found,
        unkept=tuple(_unkept(taken.head, found)),
        here=tuple(_here(session, opened, taken.head, found)),
    )


# -- alone


@contextmanager
def _apart(session: Session) -> Iterator[Session]:
    """Make an empty workspace beside the work of this one, and erase it at the end."""
    with (
        translated(),
        tempfile.TemporaryDirectory(
            prefix="verifier-", dir=session.workspace.folder / layout.WORK, ignore_cleanup_errors=True
        ) as place,
    ):
        workspace, _ = Workspace.create(
            Path(place) / "seul", secrets.token_hex(32), cost=keys.FLOOR, with_recovery=False
        )
        made = Session(workspace=workspace, library=session.library, author="")
        try:
            yield made
        finally:
            made.close()


def _taken_in(session: Session, alone: Session, opened: Opened) -> tuple[BundlePreview, bytes]:
    with bundle_import.reading(session, [opened], jobs.never) as bundles:
        taking = Taking(alone, next(bundles), keep=True)
        with alone.workspace.gesture():
            taken = taking.take()
        if taking.kept:
            alone.workspace.evidence.settle(taking.kept)
    return taken, taking.signature


def _audits(session: Session, head: BundleHead) -> Iterator[str]:
    for each in head.scopes:
        kind, _, key = each.scope.partition(":")
        if kind == "audit" and stored.audit(session.workspace.db, key) is not None:
            yield key


def _unkept(head: BundleHead, found: Mapping[str, SealReport]) -> Iterator[str]:
    """Return the seals announced that are not those the journal of the file carries."""
    for audit, mark in head.seals.items():
        carried = _standing(found.get(audit))
        if carried is None or carried.hash != mark:
            yield f"Le sommaire de ce fichier annonce un scellé qu'il ne porte pas : {mark}"


def _standing(found: SealReport | None) -> Seal | None:
    """Return the seal that is in force: not the one of before a reopening."""
    return found.seal if found is not None and found.state is not SealState.REOPENED else None


# -- beside what is here


def _here(
    session: Session, opened: Opened, head: BundleHead, found: Mapping[str, SealReport]
) -> Iterator[str]:
    titles = {each.scope: each.title for each in head.scopes}
    for audit, report in found.items():
        yield f"{titles[_AUDIT + audit]} : {_beside(session, audit, _standing(report))}"
    try:
        seen = bundle_import.preview(session, opened)
    except KnownError as error:
        yield f"L'importer serait refusé. {error.sentence}"
        return
    yield (
        "Tout ce qu'il contient est déjà ici."
        if seen.nothing
        else f"À importer : {bundle_words.changed(seen)}"
    )


def _beside(session: Session, audit: str, theirs: Seal | None) -> str:
    """Return how the seal of an audit that is here stands beside that of a file."""
    if stored.audit(session.workspace.db, audit) is None:
        return "cet audit n'est pas dans votre dossier de travail."
    own = seals.verify(session, audit)
    mine = _standing(own)
    if mine is None:
        return "votre copie n'est pas scellée." if theirs else "ni votre copie ni le fichier ne sont scellés."
    if theirs is None:
        return f"votre copie est scellée ({mine.printed}), le fichier ne l'est pas."
    if mine.hash != theirs.hash:
        return f"attention, votre copie porte un autre scellé : {mine.printed}"
    if own.state is SealState.CHANGED:
        return (
            "votre copie porte le même scellé, mais n'est plus ce qui a été scellé ; le fichier n'en est pas "
            f"la cause. Le détail : « ivaudit-cli verify {audit} »."
        )
    return "votre copie porte le même scellé, et elle est intacte."
