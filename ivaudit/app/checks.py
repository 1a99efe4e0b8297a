"""Proofs that what is stored is whole: the journal, the database beneath it; what to do when it is not."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from ivaudit.app import anomaly_erasure, names, privacy
from ivaudit.app.copies import Look, look
from ivaudit.app.session import Session
from ivaudit.app.trail_names import Names
from ivaudit.domain.audit import Changes
from ivaudit.domain.entry_fold import DECLARED
from ivaudit.domain.errors import KnownError, NotFound
from ivaudit.domain.progress import Progress, silent
from ivaudit.store import check
from ivaudit.store import repair as repairs
from ivaudit.store.check import CheckReport, Finding, Part
from ivaudit.store.journal import Recorded, Verification
from ivaudit.store.repair import Repaired
from ivaudit.store.verification import Damage

__all__ = [
    "Advice",
    "CheckReport",
    "Finding",
    "Part",
    "Repaired",
    "Verification",
    "advice",
    "at_opening",
    "check_beside",
    "erase",
    "erase_field",
    "full_check",
    "repair",
    "verify",
]

_CHECKED = "verification"
_EVERY = timedelta(days=7)
_STOPPED = (
    "Le programme s'était arrêté brutalement. Le fichier a été relu page par page : il est entier, et ce "
    "qui était marqué « Enregistré » est là."
)
_DRAFT = "Le texte en cours de saisie a été repris."


@dataclass(frozen=True, slots=True, kw_only=True)
class Advice:
    """What no repair puts right, said exactly, and the copy that is best put back, if there is one."""

    damaged: tuple[str, ...]
    copy: Look | None


def verify(session: Session) -> Verification:
    """Recompute every digest of the journal."""
    return session.workspace.journal.verify()


def full_check(session: Session, progress: Progress = silent) -> CheckReport:
    """Check the database, its triggers, the journal, and that the state is the fold of the journal.

    Raises:
        KnownError: the engine cannot even read the file.
        Cancelled: `progress` said so.
    """
    return check.full_check(session.workspace, progress)


def check_beside(session: Session, progress: Progress = silent) -> CheckReport:
    """Do the same from any thread while the workspace is used: gestures do not wait.

    Raises:
        KnownError: the engine cannot even read the file.
        Cancelled: `progress` said so.
    """
    return check.check_beside(session.workspace, progress)


def remember(session: Session, report: CheckReport) -> None:
    """Remember when everything was checked, and whether it was whole."""
    now = datetime.now(UTC).isoformat(timespec="seconds")
    session.workspace.remember(_CHECKED, f"{now} {'intact' if report.whole else 'défaut'}")


def last(session: Session) -> tuple[str, bool]:
    """Return when everything was last checked (UTC, ISO 8601; empty: never), and whether it was whole."""
    at, _, found = (session.workspace.recall(_CHECKED) or "").partition(" ")
    return at, found == "intact"


def due(session: Session, *, now: datetime | None = None) -> bool:
    """Tell whether a full check is worth making beside the work: after a sudden stop, and once a week."""
    at, _ = last(session)
    if session.workspace.unclean or session.workspace.mended or not at:
        return True
    return (now or datetime.now(UTC)) - datetime.fromisoformat(at) >= _EVERY


def at_opening(session: Session) -> tuple[str, ...]:
    """Return what opening the workspace found and put right, in French sentences; nothing on most days."""
    workspace = session.workspace
    said = [_STOPPED] if workspace.unclean else []
    if drafts := len(workspace.recovered_drafts):
        said.append(_DRAFT if drafts == 1 else f"{drafts} textes en cours de saisie ont été repris.")
    return (*said, *workspace.mended)


def repair(session: Session, report: CheckReport, progress: Progress = silent) -> Repaired:
    """Put right what may be without losing anything, after a backup, then check again.

    Raises:
        KnownError: no backup can be made first, or the disk refuses; nothing was changed.
        Cancelled: `progress` said so, never in the middle.
    """
    return repairs.repair(session.workspace, report, progress)


def advice(session: Session, report: CheckReport) -> Advice:
    """Say exactly what cannot be put right, and which copy is best put back."""
    lasting = [finding.sentence for finding in report.lasting if finding.part is not Part.JOURNAL]
    damaged = (*(_told(session, damage) for damage in report.damages), *lasting)
    if not damaged:
        return Advice(damaged=(), copy=None)
    best = repairs.best_copy(session.workspace)
    try:
        return Advice(damaged=damaged, copy=look(session, (best,))[0] if best else None)
    except KnownError:
        return Advice(damaged=damaged, copy=None)


def erase(session: Session, entity: str, field: str, reason: str) -> Changes:
    """Erase for good every content a field ever had; the journal still verifies.

    Args:
        session: the open workspace.
        entity: name in the journal, e.g. `answer:<audit>/structure/<criterion>`.
        field: name of the field.
        reason: why, without the value itself.

    Raises:
        NotFound: this field never had a content.
        IdentityFound: the reason looks like the identity of a person; nothing is erased.
    """
    privacy.check_reason(session, reason)
    with session.workspace.gesture():
        recorded = erase_field(session, entity, field, reason)
    if recorded is None:
        raise NotFound("Ce champ n'a aucun contenu à effacer.")
    later = session.rewrite()
    return names.changes({entity}, done=f"Contenu effacé{later}", at=recorded.at)


def erase_field(session: Session, entity: str, field: str, reason: str) -> Recorded | None:
    """Erase every content a field ever had, inside a gesture; return the last erasure, if any."""
    journal = session.workspace.journal
    recorded, entry = None, entity.startswith(names.anomaly(""))
    if entry:
        recorded = anomaly_erasure.forget(session, entity, field, reason)
    if entry and field == DECLARED:
        return recorded  # its declarations were erased just now, the rest recorded again
    left = [(each.op, each.index) for each in journal.history(entity, field) if not each.erased]
    done = journal.erase_all(left, author=session.author, reason=reason)
    return done[-1] if done else recorded


def _told(session: Session, damage: Damage) -> str:
    """Return what a damage is about, as precisely as it can still be read."""
    where = "; ".join(dict.fromkeys(_places(Names(session), damage)))
    about = f" ({where})" if where else ""
    return f"{damage.sentence[:-1]}, par {damage.author or 'un auteur illisible'}{about}."


def _places(words: Names, damage: Damage) -> Iterator[str]:
    for entity, field in damage.fields:
        try:
            yield f"{words.where(damage.scope, entity)}, {words.what(entity, field)}"
        except (KnownError, ValueError, LookupError):
            yield f"{entity}, {field}"
