"""Many entries in one gesture: a log that comes in, edited rows that come back; all of them or none.

Entries are recorded in ops of some hundreds inside one transaction: an op is read whole when it is verified
or merged, and a single one of 100,000 changes would not fit. A gesture of more than one op is undone by the
backup made before it, like every import.
"""

import secrets
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ivaudit.app import anomalies, gestures, names, sheets
from ivaudit.app.anomaly_numbering import Numbers, numbers
from ivaudit.app.privacy import IdentityFound
from ivaudit.app.session import Session
from ivaudit.domain.anomalies import Entry, EntryKind, Turn
from ivaudit.domain.audit import Changes
from ivaudit.domain.entry_fold import DECLARED, TRAIL, trail_value
from ivaudit.domain.errors import KnownError
from ivaudit.domain.journal import IMPORT, Json
from ivaudit.domain.progress import Progress, silent
from ivaudit.store.journal import Edit, Recorded

BEFORE = "avant import du registre"
CHUNK = 500
MANY = "anomaly:"
"""What the changes of a gesture of more than one chunk name, instead of every entry it touched."""

_LABEL = "Registre des anomalies"


@dataclass(frozen=True, slots=True, kw_only=True)
class Declared:
    """An entry to record.

    `values` are the fields of its form, `at` the local moment it was declared. `number` is kept where it is
    one of ours that nobody has; `trail` are its states where the log tells them. `source` is the name of the
    log, `source_number` the number of its line there: an entry is known again by both. `undated` tells that
    nobody noted when it was found: the day of the import would be a lie.
    """

    kind: EntryKind
    values: Mapping[str, object]
    facility: str = ""
    at: str = ""
    by: str = ""
    number: str = ""
    trail: tuple[Turn, ...] = ()
    source: str = ""
    source_number: str = ""
    undated: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Edited:
    """An entry to change: fields of its form or links, and its states where they changed."""

    id: str
    values: Mapping[str, object]
    trail: tuple[Turn, ...] = ()


class RefusedRow(KnownError):  # noqa: N818 - errors are named for what the user can do
    """A row that cannot be recorded; nothing was.

    Args:
        row: its rank among those given, from 0.
        error: why.
    """

    def __init__(self, row: int, error: KnownError) -> None:
        super().__init__(f"Ligne {row + 1} : {error.sentence} Rien n'a été enregistré.")
        self.row = row
        self.error = error


def back_up(session: Session) -> None:
    """Make the backup that an import is undone by."""
    sheets.back_up(session, BEFORE)


def record_many(
    session: Session, declared: Sequence[Declared], *, progress: Progress = silent
) -> tuple[Changes, tuple[str, ...]]:
    """Record entries as one gesture, durable when this returns, none of them if it is stopped.

    Args:
        session: the open workspace.
        declared: the entries.
        progress: told after each chunk; raises `Cancelled` to stop.

    Returns:
        What changed, and the ids of the entries, in order.

    Raises:
        RefusedRow: one of them cannot be; nothing is recorded.
        Cancelled: somebody asked to stop; nothing is recorded.
    """
    keys = sorted(secrets.token_hex(6) for _ in declared)  # indexes then grow at one end: far fewer pages
    with session.workspace.gesture(), numbers(session) as given:
        edits = (
            [Edit(names.anomaly(key), DECLARED, _value(session, given, row, each))]
            for row, (key, each) in enumerate(zip(keys, declared, strict=True))
        )
        recorded = _chunks(session, edits, len(keys), progress)
    return _changes(session, recorded, f"{len(keys)} anomalies reprises"), tuple(keys)


def edit_many(session: Session, edited: Sequence[Edited], *, progress: Progress = silent) -> Changes:
    """Change entries as one gesture, all of them or none; what is the same already is left alone.

    Args:
        session: the open workspace.
        edited: the entries.
        progress: told after each chunk; raises `Cancelled` to stop.

    Raises:
        RefusedRow: one of them cannot be so; nothing is recorded.
        Cancelled: somebody asked to stop; nothing is recorded.
    """
    edits = (_edits(session, row, each) for row, each in enumerate(edited))
    with session.workspace.gesture():
        recorded = _chunks(session, edits, len(edited), progress)
    return _changes(session, recorded, f"{len(edited)} anomalies mises à jour")


def _chunks(session: Session, edits: Iterator[list[Edit]], total: int, progress: Progress) -> list[Recorded]:
    recorded: list[Recorded] = []
    chunk: list[tuple[int, Edit]] = []
    progress(0, total, _LABEL)
    for row, each in enumerate(edits):
        chunk += ((row, edit) for edit in each)
        if (row + 1) % CHUNK == 0 or row + 1 == total:
            recorded += [_record(session, chunk)] if chunk else []
            chunk = []
            progress(row + 1, total, _LABEL)
    return recorded


def _record(session: Session, chunk: Sequence[tuple[int, Edit]]) -> Recorded:
    try:
        return session.record(names.REGISTER, [edit for _, edit in chunk], kind=IMPORT)
    except IdentityFound as error:
        raise RefusedRow(next(row for row, edit in chunk if edit.entity == error.entity), error) from error


def _value(session: Session, given: Numbers, row: int, each: Declared) -> Json:
    try:
        found = anomalies.declaration(session, each.kind, each.values, at=each.at, by=each.by)
    except KnownError as error:
        raise RefusedRow(row, error) from error
    if each.trail:
        found[TRAIL] = trail_value(each.trail)
    links = {"facility": each.facility, "source": each.source, "source_number": each.source_number}
    found.update({name: value for name, value in links.items() if value})
    found["number"] = given.keep_or_give(each.number, str(found["found"])[:4])
    if each.undated:
        del found["found"]
    return found


def _edits(session: Session, row: int, each: Edited) -> list[Edit]:
    try:
        now = anomalies.get(session, each.id)
        edits = anomalies.edits_of(session, now, each.values)
    except KnownError as error:
        raise RefusedRow(row, error) from error
    return [*edits, *_trail(now, each.trail)]


def _trail(now: Entry, trail: tuple[Turn, ...]) -> list[Edit]:
    return [Edit(names.anomaly(now.id), TRAIL, trail_value(trail))] if trail and trail != now.trail else []


def _changes(session: Session, recorded: Sequence[Recorded], label: str) -> Changes:
    if len(recorded) == 1:
        return gestures.done(session, anomalies.STACK, recorded[0], label)
    return Changes(entities=frozenset({MANY}), done=label, at=recorded[-1].at) if recorded else Changes()
