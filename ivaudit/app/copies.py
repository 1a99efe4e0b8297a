"""What each copy of a workspace contains, and what putting it back would lose, before anything is touched."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from ivaudit.app.session import Session
from ivaudit.domain.errors import KnownError
from ivaudit.domain.progress import Progress, silent
from ivaudit.domain.report_form import long_date
from ivaudit.store import backup_contents, installation, restoring
from ivaudit.store.backup_contents import Contents, Copy, HeldAudit, Missing
from ivaudit.store.backup_list import BackupInfo, copies_under
from ivaudit.store.lock import OwnerLock
from ivaudit.store.place import workspace_exists

__all__ = ["BackupInfo", "Contents", "Look", "audits_of", "found_at", "look", "look_locked"]

_UNREADABLE = (
    "Le dossier de travail actuel ne se lit pas : on ne peut pas dire ce qu'il contient de plus que cette "
    "copie."
)
_NO_PRESENT = "Il n'y a pas de dossier de travail à cet endroit : rien ne serait perdu."
_NOTHING_LOST = (
    "Rien ne serait perdu : le dossier de travail actuel ne contient rien de plus que cette copie."
)
_ERASED_BACK = (
    "effacement serait défait : la valeur effacée depuis reviendrait",
    "effacements seraient défaits : les valeurs effacées depuis reviendraient",
)
_OTHER_SCOPES = {
    "campaign": "des observations",
    "action": "des actions",
    "anomaly": "le registre des anomalies",
    "indicators": "des indicateurs",
    "insi": "le suivi de l'usage de l'INSi",
    "audit": "d'autres audits",
    "structure": "des structures",
    "workspace": "les réglages",
}
_MOST_AUDITS = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """A copy looked into.

    Attributes:
        info: which one.
        contents: what it holds, nothing when it cannot be read; `problem` then says why.
        lost: what the present holds and it does not, in French lines; never empty.
        gained: what it holds and the present does not, in French lines.
        loses: whether anything would be lost, or nobody can tell.
    """

    info: BackupInfo
    contents: Contents | None
    problem: str = ""
    lost: tuple[str, ...] = ()
    gained: tuple[str, ...] = ()
    loses: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class _Ground:
    """What copies are looked at from: the present workspace, or why it cannot be compared."""

    folder: Path
    data_key: bytes
    present: Copy | None
    without: str


def found_at(place: Path) -> tuple[BackupInfo, ...]:
    """Return the copies in a folder of another drive, or the one that it is, the newest first."""
    return copies_under(place)


def look(session: Session, infos: Sequence[BackupInfo], progress: Progress = silent) -> tuple[Look, ...]:
    """Look into copies of an open workspace, from any thread: of the session it takes the folder and the key.

    Raises:
        Cancelled: `progress` said so.
    """
    folder, data_key = session.workspace.folder, session.workspace.data_key
    with backup_contents.in_use(folder, data_key) as present:
        ground = _Ground(folder=folder, data_key=data_key, present=present, without=_UNREADABLE)
        return tuple(_looked(ground, infos, progress))


def look_locked(
    folder: Path,
    infos: Sequence[BackupInfo],
    *,
    passphrase: str | None = None,
    recovery_code: str | None = None,
    progress: Progress = silent,
) -> tuple[Look, ...]:
    """Look into copies of a closed workspace, or of one that is not there, with a secret that opens them.

    Args:
        folder: the workspace.
        infos: at least one copy.
        passphrase: the present one, or that of one of the copies.
        recovery_code: or a code.
        progress: told how many were looked into.

    Raises:
        KnownError: the secret opens none of them, or the workspace is in use.
        Cancelled: `progress` said so.
    """
    data_key = _data_key(folder, infos, passphrase, recovery_code)
    without = _UNREADABLE if workspace_exists(folder) else _NO_PRESENT
    ground = _Ground(folder=folder, data_key=data_key, present=None, without=without)
    if without is _NO_PRESENT:
        return tuple(_looked(ground, infos, progress))
    lock = OwnerLock(folder)
    try:
        installation.finish(folder)
        with ExitStack() as stack:
            with suppress(KnownError):
                present = stack.enter_context(backup_contents.finished(folder, data_key, folder))
                ground = replace(ground, present=present)
            return tuple(_looked(ground, infos, progress))
    finally:
        lock.release()


def audits_of(contents: Contents) -> tuple[str, ...]:
    """Return the audits of a copy, a French line each, the latest visit first."""
    newest = sorted(contents.audits, key=lambda audit: audit.date, reverse=True)
    return tuple(f"{_called(audit)} : {_count(audit.answers, 'réponse', 'réponses')}" for audit in newest)


def _data_key(
    folder: Path, infos: Sequence[BackupInfo], passphrase: str | None, recovery_code: str | None
) -> bytes:
    """Return what the secret opens: copies of one workspace have one data key, whatever their passphrase."""
    first: KnownError | None = None
    for info in infos:
        try:
            found = restoring.opening(folder, info, passphrase=passphrase, recovery_code=recovery_code)
        except KnownError as error:
            first = first or error
        else:
            return found.data_key
    raise first if first is not None else KnownError("Il n'y a pas de copie à cet endroit.")


def _looked(ground: _Ground, infos: Sequence[BackupInfo], progress: Progress) -> Iterator[Look]:
    for rank, info in enumerate(infos):
        progress(rank, len(infos), "Lecture des copies")
        yield _look(ground, info)
    progress(len(infos), len(infos), "Copies lues")


def _look(ground: _Ground, info: BackupInfo) -> Look:
    present, without = ground.present, (ground.without,)
    try:
        with backup_contents.finished(info.folder, ground.data_key, ground.folder) as copy:
            contents = copy.contents()
            if present is None:
                return Look(info=info, contents=contents, lost=without, loses=ground.without != _NO_PRESENT)
            lost, gained = present.missing_in(copy), copy.missing_in(present)
            now = present.contents()
    except KnownError as error:
        return Look(info=info, contents=None, problem=error.sentence, lost=without, loses=True)
    return Look(
        info=info,
        contents=contents,
        lost=tuple(_lines(lost, now)) if not lost.nothing else (_NOTHING_LOST,),
        gained=tuple(_lines(gained, contents)) if not gained.nothing else (),
        loses=not lost.nothing,
    )


def _lines(missing: Missing, holder: Contents) -> Iterator[str]:
    if missing.gestures:
        since = _moment(missing.since)
        yield f"{_count(missing.gestures, 'geste enregistré', 'gestes enregistrés')} depuis {since} :"
        yield from _by_scope(missing.scopes, holder)
    if missing.evidence:
        yield _count(missing.evidence, "photo ou fichier gardé comme preuve", "photos ou fichiers gardés")
    if missing.erased:
        yield _count(missing.erased, *_ERASED_BACK)


def _by_scope(scopes: Mapping[str, int], holder: Contents) -> Iterator[str]:
    named = {f"audit:{audit.id}": _called(audit) for audit in holder.audits}
    known = sorted((scope for scope in scopes if scope in named), key=lambda scope: -scopes[scope])
    for scope in known[:_MOST_AUDITS]:
        yield f"– {named[scope]} : {_count(scopes[scope], 'geste', 'gestes')}"
    others: dict[str, int] = {}
    for scope, number in scopes.items():
        if scope not in known[:_MOST_AUDITS]:
            what = _OTHER_SCOPES.get(scope.partition(":")[0], "d'autres données")
            others[what] = others.get(what, 0) + number
    for what, number in others.items():
        yield f"– {_count(number, 'geste', 'gestes')} sur {what}"


def _called(audit: HeldAudit) -> str:
    what = audit.title or "audit"
    day = f" du {long_date(audit.date)}" if audit.date else ""
    return f"{audit.facility or 'structure sans nom'}, {what}{day}"


def _moment(at: str) -> str:
    moment = datetime.fromisoformat(at).astimezone()
    return f"le {long_date(moment.date().isoformat())} à {moment:%H:%M}"


def _count(number: int, one: str, many: str) -> str:
    return f"{number} {one if number < 2 else many}"  # noqa: PLR2004 - French: zero and one alike
