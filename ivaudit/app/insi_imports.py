"""Monthly INSi files: read in a child process, previewed, stored all or nothing as a batch."""

import json
import secrets
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from ivaudit.app import backups, jobs, names, privacy
from ivaudit.app.session import Session
from ivaudit.domain.audit import Changes
from ivaudit.domain.errors import InvalidValue, NotFound
from ivaudit.domain.insi import CHANNEL_WORDS, Channel, Usage, UsageComparison, UsageFile, compare
from ivaudit.domain.journal import IMPORT, Json
from ivaudit.domain.progress import Progress, silent
from ivaudit.domain.sheet_problems import SheetProblem
from ivaudit.reports.plain import from_plain
from ivaudit.store import insi as stored
from ivaudit.store import layout, records
from ivaudit.store.journal import Edit

BEFORE = "avant l'import d'un fichier INSi"
"""Why the backup before an import is made."""

PATIENCE = 120.0
"""Seconds after which reading one file is given up; it can be stopped before."""

_ID = 6
_WHICH = (
    "Rien dans ce fichier ne dit s'il compte les appels par certificat ou par carte CPx : choisissez-le "
    "avant d'importer (--channel certificat ou --channel cpx en ligne de commande)."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """A file that was imported: `at` is UTC, ISO 8601."""

    id: str
    name: str
    channel: Channel
    months: tuple[str, ...]
    rows: int
    added: int
    changed: int
    removed: int
    rejected: int
    at: str


def read(
    path: Path,
    work: Path,
    *,
    progress: Progress = silent,
    cancelled: Callable[[], bool] = jobs.never,
) -> UsageFile:
    """Return what a monthly file says; nothing is stored.

    Args:
        path: the file, XLSX or CSV, whatever its name.
        work: folder for temporary files, inside the workspace.
        progress: told how far the reading has come.
        cancelled: asked often whether to stop.

    Raises:
        UnreadableFile: it is no such file, or not one that can be read safely.
        TookTooLong: it takes minutes.
        Cancelled: somebody asked to stop.
    """
    if not path.is_file():
        raise NotFound("Ce fichier n'existe pas ou n'est plus là. Rien n'a été modifié.")
    with tempfile.TemporaryDirectory(prefix="insi-", dir=work, ignore_cleanup_errors=True) as place:
        rows = Path(place) / "lignes.jsonl"
        request = {"tempdir": place, "path": str(path.absolute()), "rows": str(rows)}
        found = jobs.run("lire-insi", request, progress=progress, cancelled=cancelled, timeout=PATIENCE)
        usages: list[Usage] = []
        with rows.open(encoding="utf-8") as lines:
            for line in lines:
                usages += map(Usage._make, json.loads(line))
    return UsageFile(
        name=path.name,
        sha=found["sha"],
        channel=Channel(found["channel"]) if found["channel"] else None,
        rows=tuple(usages),
        ignored=tuple(found["ignored"]),
        repeated=found["repeated"],
        subtotals=found["subtotals"],
        rejected=found["rejected"],
        problems=from_plain(tuple[SheetProblem, ...], found["problems"]),
    )


def preview(session: Session, file: UsageFile, channel: Channel | None = None) -> UsageComparison:
    """Return what storing a file would change; nothing is stored.

    Args:
        session: the open workspace.
        file: as it was read.
        channel: whose file it is, where the file does not say it or says it wrong.

    Raises:
        InvalidValue: nobody says whose file it is.
    """
    chosen = channel or file.channel
    if chosen is None:
        raise InvalidValue(_WHICH)
    return compare(file, chosen, stored.rows(session.workspace.db, chosen, file.months))


def accept(session: Session, seen: UsageComparison, *, whole_month: bool = False) -> Changes:
    """Store a file as one batch, all or nothing; a file that changes nothing leaves no trace.

    Args:
        session: the open workspace.
        seen: what was previewed; it is compared again with what is stored now.
        whole_month: the file replaces its months: rows that it does not have are taken away.
    """
    with session.workspace.gesture():
        now = preview(session, seen.file, seen.channel)
        gone = now.missing if whole_month else ()
        if now.nothing and not gone:
            return Changes()
        batch = secrets.token_hex(_ID)
        entity = names.insi("import", batch)
        privacy.keep(session, now.file.name)  # «… 12-03-2009.csv» is no day of birth
        recorded = session.record(names.INSI, _edits(entity, now, len(gone)), kind=IMPORT)
        written = (*now.added, *(each.after for each in now.changed if each.after is not None))
        made = stored.Batch(id=batch, sha=now.file.sha, recorded=recorded, channel=now.channel, rows=written)
        stored.write(session.workspace.db, made)
        stored.remove(session.workspace.db, now.channel, gone)
    return names.changes((entity,), done=_done(now), at=recorded.at)


def back_up(session: Session) -> None:
    """Make the backup that undoes an import."""
    backups.back_up(session, BEFORE)


def work_folder(session: Session) -> Path:
    """Return where temporary files of this workspace go."""
    return session.workspace.folder / layout.WORK


def all_of(session: Session) -> tuple[Imported, ...]:
    """Return the imports, the latest first."""
    found = (_imported(each) for each in records.records(session.workspace.db, "insi_import", ""))
    return tuple(sorted(found, key=lambda each: each.at, reverse=True))


def _edits(entity: str, seen: UsageComparison, gone: int) -> list[Edit]:
    values: dict[str, Json] = {
        "exists": True,
        "name": seen.file.name,
        "channel": seen.channel.value,
        "months": list(seen.file.months),
        "rows": len(seen.file.rows),
        "added": len(seen.added),
        "changed": len(seen.changed),
        "removed": gone,
        "rejected": seen.file.rejected,
        "sha": seen.file.sha,
    }
    return [Edit(entity, field, value) for field, value in values.items()]


def _done(seen: UsageComparison) -> str:
    many = len(seen.added) + len(seen.changed)
    lines = f"{many} ligne" if many == 1 else f"{many} lignes"
    return f"Fichier INSi {CHANNEL_WORDS[seen.channel]} importé ({lines})"


def _imported(found: records.Record) -> Imported:
    return Imported(
        id=found.id,
        name=found.text("name"),
        channel=Channel(found.text("channel")),
        months=found.texts("months"),
        **{field: found.whole(field) or 0 for field in ("rows", "added", "changed", "removed", "rejected")},
        at=found.created,
    )
