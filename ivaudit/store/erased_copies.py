"""Which backups still hold what was erased since, and how they go before their time."""

import json
import shutil
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ivaudit.domain.errors import KnownError
from ivaudit.domain.journal import CHANGE_ID, ERASE, split, split_change_id
from ivaudit.store import backup, erasure, evidence_rows, layout, meta
from ivaudit.store.backup import BackupInfo
from ivaudit.store.encryption import connect, transaction, translated
from ivaudit.store.journal import now

if TYPE_CHECKING:
    from sqlcipher3 import dbapi2 as engine
    from sqlite_utils import Database

_DRAFTS = f"{meta.MEMO}erased_drafts"
_EVER = "9999"
"""Until when, where an earlier version did not note it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Erasures:
    """What was erased from a workspace: changes by id, bodies by SHA-256.

    `drafts`: (entity, field, until): what was typed there until then (UTC, ISO 8601) was erased, or became a
    value that was. A backup made while one typed holds the text as a draft and not yet the value.
    """

    changes: tuple[bytes, ...]
    drafts: tuple[tuple[str, str, str], ...]
    bodies: tuple[bytes, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """A backup that holds `amount` values or pictures erased since; `unreadable` when nobody can tell."""

    backup: BackupInfo
    amount: int
    unreadable: bool = False


@translated()
def erased(db: "Database") -> Erasures:
    """Return what the journal, and the note of drafts, say was erased."""
    abouts = db.execute("SELECT about FROM op WHERE kind = ?", (ERASE,)).fetchall()
    changes = dict.fromkeys(each for (about,) in abouts for each in split(about or b"", CHANGE_ID))
    recorded = "SELECT c.entity, c.field, o.at FROM change c JOIN op o ON o.id = c.op WHERE op = ? AND i = ?"
    typed = (db.execute(recorded, split_change_id(each)).fetchone() for each in changes)
    return Erasures(
        changes=tuple(changes),
        drafts=(*_noted(db), *dict.fromkeys(each for each in typed if each is not None)),
        bodies=tuple(bytes.fromhex(each) for each in sorted(evidence_rows.erased(db))),
    )


def erase_drafts(db: "Database", drafts: Sequence[tuple[str, str]]) -> None:
    """Erase drafts for good, and keep in mind which: the journal never knew them.

    Raises:
        KnownError: what the disk answers; none was erased.
    """
    until = now()
    every = list(dict.fromkeys((*_noted(db), *((entity, field, until) for entity, field in drafts))))
    with transaction(db):
        db.conn.executemany("DELETE FROM draft WHERE entity = ? AND field = ?", drafts)
        meta.remember(db, _DRAFTS, json.dumps(every))
        erasure.ask_scrub(db)


def holding(folder: Path, data_key: bytes, what: Erasures) -> tuple[Holding, ...]:
    """Return the backups, and what restorations put aside, that still hold something of it; from any thread.

    Args:
        folder: the workspace.
        data_key: its key; a backup that it does not open is told as unreadable.
        what: what `erased` returned.
    """
    if not (what.changes or what.drafts or what.bodies):
        return ()
    found = (_held(info, data_key, what) for info in backup.backups(folder))
    return tuple(each for each in found if each.amount or each.unreadable)


def remove(folder: Path, chosen: Sequence[BackupInfo]) -> None:
    """Remove backups of this workspace for good; the newest one that was checked always stays.

    Raises:
        KnownError: the disk refuses; those before it are gone.
    """
    known = backup.backups(folder)
    newest = next((info.folder for info in known if not info.replaced), None)
    wanted = {info.folder for info in chosen} - {newest}
    for info in known:
        if info.folder in wanted:
            with translated():
                shutil.rmtree(info.folder)


def _held(info: BackupInfo, data_key: bytes, what: Erasures) -> Holding:
    if info.replaced and any((info.folder / name).exists() for name in layout.SIDE_FILES):
        return Holding(backup=info, amount=0, unreadable=True)  # its log is not folded: read alone, it lies
    try:
        amount = _in_journal(info, data_key, what) + _in_evidence(info, data_key, what)
    except KnownError:
        return Holding(backup=info, amount=0, unreadable=True)
    return Holding(backup=info, amount=amount)


def _in_journal(info: BackupInfo, data_key: bytes, what: Erasures) -> int:
    if not (what.changes or what.drafts):
        return 0
    connection = connect(info.folder / layout.DATABASE, data_key, read_only=True)
    try:
        with translated():
            values = "SELECT 1 FROM change WHERE op = ? AND i = ? AND body IS NOT NULL"
            drafts = "SELECT 1 FROM draft WHERE entity = ? AND field = ? AND at <= ?"
            return _count(connection, values, map(split_change_id, what.changes)) + _count(
                connection, drafts, what.drafts
            )
    finally:
        connection.close()


def _in_evidence(info: BackupInfo, data_key: bytes, what: Erasures) -> int:
    place = info.folder / layout.EVIDENCE
    if not what.bodies or not place.exists():
        return 0
    connection = connect(place, data_key, read_only=True)
    try:
        with translated():
            keys = ((each,) for each in what.bodies)
            return _count(connection, "SELECT 1 FROM picture WHERE sha = ?", keys)
    finally:
        connection.close()


def _count(connection: "engine.Connection", select: str, keys: Iterable[tuple[object, ...]]) -> int:
    return sum(connection.execute(select, key).fetchone() is not None for key in keys)


def _noted(db: "Database") -> tuple[tuple[str, str, str], ...]:
    kept = meta.recall(db, _DRAFTS)
    noted = json.loads(kept) if kept else []
    return tuple(
        (str(entity), str(field), str(until[0]) if until else _EVER) for entity, field, *until in noted
    )
