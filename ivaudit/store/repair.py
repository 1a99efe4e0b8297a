"""Putting right what a check found, where the journal says what it must be; never the journal itself."""

from dataclasses import dataclass

from ivaudit.domain.errors import CorruptFile, KnownError
from ivaudit.domain.progress import Progress, silent
from ivaudit.store import backup, caches, evidence_check, layout, schema
from ivaudit.store.backup import BackupInfo
from ivaudit.store.check import CheckReport, Part, full_check
from ivaudit.store.encryption import connect, database, transaction, translated
from ivaudit.store.verification import verify
from ivaudit.store.workspace import Workspace

BEFORE = "avant réparation"

_GUARDS = "Les protections du journal ont été remises."
_STATE = "L'état a été reconstruit à partir du journal, sans rien perdre."
_INDEXES = "Les index ont été refaits à partir de leurs tables."


@dataclass(frozen=True, slots=True, kw_only=True)
class Repaired:
    """What was put right, in French, and what a check made afterwards still finds."""

    done: tuple[str, ...]
    report: CheckReport


def repair(workspace: Workspace, report: CheckReport, progress: Progress = silent) -> Repaired:
    """Put right what may be, after a backup, then check everything again.

    Args:
        workspace: the open workspace, on its thread.
        report: what a check found in it.
        progress: told how far it has come.

    Raises:
        KnownError: no backup can be made first, or the disk refuses; nothing but an index was changed.
        Cancelled: `progress` said so, before or after the repair, never in the middle.
    """
    if report.whole:
        return Repaired(done=(), report=report)
    # Indexes first: they are only another order of their tables, and a copy of theirs would not be whole.
    done = _indexes(workspace, report)
    progress(0, 1, "Sauvegarde avant réparation")
    backup.back_up(workspace, BEFORE)
    done += [*_journal_side(workspace, report), *_evidence(workspace)]
    return Repaired(done=tuple(done), report=full_check(workspace, progress))


def best_copy(workspace: Workspace) -> BackupInfo | None:
    """Return the newest backup whose journal is whole, nothing where none is."""
    made = (info for info in backup.backups(workspace.folder) if not info.replaced)
    return next((info for info in made if _sound(info, workspace.data_key)), None)


def _sound(info: BackupInfo, data_key: bytes) -> bool:
    try:
        connection = connect(info.folder / layout.DATABASE, data_key, read_only=True)
    except KnownError:
        return False
    try:
        with translated():
            rows = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
            return bool(rows == "ok") and not verify(database(connection)).damages
    except (KnownError, CorruptFile):
        return False
    finally:
        connection.close()


def _indexes(workspace: Workspace, report: CheckReport) -> list[str]:
    if not any(finding.part is Part.ROWS and finding.mendable for finding in report.findings):
        return []
    with transaction(workspace.db):
        workspace.db.execute("REINDEX")
    return [_INDEXES]


def _journal_side(workspace: Workspace, report: CheckReport) -> list[str]:
    """Set the guards anew and fold the journal again, together or not at all."""
    parts = {finding.part for finding in report.findings if finding.mendable}
    done = []
    with transaction(workspace.db):
        if Part.GUARDS in parts:
            schema.set_triggers(workspace.db)
            done.append(_GUARDS)
        if Part.STATE in parts:
            schema.create_caches(workspace.db)
            caches.rebuild(workspace.db)
            done.append(_STATE)
    return done


def _evidence(workspace: Workspace) -> list[str]:
    """Take from backups the bodies that are altered or missing: their digest says whether they are those."""
    bodies = workspace.evidence.db
    with translated():
        wanted = evidence_check.altered_bodies(bodies) | evidence_check.missing_bodies(bodies, workspace.db)
    back = 0
    for info in backup.backups(workspace.folder) if wanted else ():
        found = _taken_from(info, workspace, wanted)
        wanted -= found
        back += len(found)
    return [f"{back} image(s) de preuve ont été reprises d'une sauvegarde."] if back else []


def _taken_from(info: BackupInfo, workspace: Workspace, wanted: set[str]) -> set[str]:
    file = info.folder / layout.EVIDENCE
    if not wanted or not file.exists():
        return set()
    try:
        source = connect(file, workspace.data_key, read_only=True)
    except KnownError:
        return set()
    try:
        return evidence_check.take_back(workspace.evidence.db, database(source), wanted)
    finally:
        source.close()
