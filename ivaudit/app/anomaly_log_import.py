"""A log of anomalies coming in, once it is read: previewed beside the register, then recorded whole."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ivaudit.app import (
    anomalies,
    anomaly_import,
    anomaly_log_reading,
    anomaly_words,
    facilities,
    placing,
)
from ivaudit.app.anomaly_import import Declared, Edited, RefusedRow
from ivaudit.app.session import Session
from ivaudit.domain import clock
from ivaudit.domain.anomalies import Entry
from ivaudit.domain.audit import Changes
from ivaudit.domain.errors import InvalidValue, KnownError
from ivaudit.domain.log_comparison import NEW, TAKEN_BACK, Comparing, LogComparison, NewEntry
from ivaudit.domain.log_intake import LogMapping
from ivaudit.domain.log_read import LogRead, LogRow
from ivaudit.domain.log_rows import LogRows
from ivaudit.domain.progress import Progress, silent
from ivaudit.domain.sheet_comparison import Change, SheetComparison
from ivaudit.domain.sheet_problems import ProblemList, SheetProblem
from ivaudit.store import anomalies as stored

if TYPE_CHECKING:
    from ivaudit.domain.journal import Json


LINES = "_numeros"
"""How the name of the file of numbers ends."""


SERVICE = "declaration"
"""How what a service declares was found out."""

_STEP = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class LogPreview:
    """What importing a log would do; `facility` is given to new entries without one."""

    read: LogRead
    comparison: LogComparison
    facility: str = ""

    @property
    def seen(self) -> SheetComparison:
        """Return the changes as people read them."""
        return self.comparison.seen


# -- preview -----------------------------------------------------------------------------------------------


def preview(session: Session, read: LogRead, *, facility: str = "", channel: str = "") -> LogPreview:
    """Return what importing a log would do; nothing is recorded.

    Args:
        session: the open workspace.
        read: the log.
        facility: id of the structure of its new entries, where they name none.
        channel: how its new entries were found out, where they do not tell.

    Raises:
        NotFound: no such structure.
    """
    if facility:
        facilities.get(session, facility)
    words = anomaly_words.words(session)
    says = LogRows(anomaly_words.log(session.library), words, anomalies.terms(session))
    comparing = Comparing(words, says, anomaly_words.fields(session), now=_now(), by=session.author)
    beside = _Beside(session, read, comparing, facility, channel)
    beside.compare()
    return LogPreview(read=read, comparison=beside.comparison(), facility=facility)


class _Beside:
    """A log beside the register."""

    def __init__(
        self, session: Session, read: LogRead, comparing: Comparing, facility: str, channel: str
    ) -> None:
        self._session = session
        self._read = read
        self._comparing = comparing
        self._facility = facility
        self._channel = channel
        self._changes: dict[int, list[Change]] = {}
        self._values: dict[str, Json] = {}
        self._trails: dict[str, Any] = {}
        self._fresh: dict[str, NewEntry] = {}
        self._same = 0
        self._problems = ProblemList(read.problems)

    def compare(self) -> None:
        """Compare every row with the entry it is known by, or see what it would declare."""
        known: dict[str, LogRow] = {}
        keys = self._keys()
        for row in self._read.rows:
            key = keys.get(row.row)
            if key is None:
                self._declare(row)
            elif key in known:
                self._tell(row, f"même anomalie que la ligne {known[key].row} : non reprise.")
            else:
                known[key] = row
        for entry in self._entries(known):
            self._compare(known[entry.id], entry)

    def comparison(self) -> LogComparison:
        """Return what was found, in the order of the rows."""
        for each in self._comparing.problems:
            self._problems.append(each)
        changes = [change for row in sorted(self._changes) for change in self._changes[row]]
        seen = SheetComparison(
            changes=tuple(changes), same=self._same, unknown=(), problems=tuple(self._problems)
        )
        return LogComparison(seen=seen, fresh=self._fresh, values=self._values, trails=self._trails)

    def _keys(self) -> dict[int, str]:
        """Return the entry that each row is known by, by its number or by where it came from."""
        db = self._session.workspace.db
        numbers = {line.number: line.id for line in anomalies.lines(self._session)}
        found = {}
        for row in self._read.rows:
            key = numbers.get(row.number) if row.number else None
            if key is None and row.source:
                same = stored.with_key(db, f"source:{self._read.name}/{row.source}")
                key = same[0] if same else None
            if key is not None:
                found[row.row] = key
        return found

    def _entries(self, known: Mapping[str, LogRow]) -> Iterator[Entry]:
        if len(known) < _STEP:
            yield from (anomalies.get(self._session, key) for key in known)
        else:
            yield from (each for each in anomalies.entries(self._session) if each.id in known)

    def _compare(self, row: LogRow, entry: Entry) -> None:
        changes = []
        for change, value in self._comparing.changes(self._read, row, entry):
            try:
                anomalies.checked(self._session, entry.kind, {change.field: value}, entry.values)
            except InvalidValue as error:
                if change.field != "facility":
                    self._tell(row, error.sentence)
                    continue
            changes.append(change)
            self._values[change.id] = value
        turned = self._comparing.turn(self._read, row, entry)
        if turned is not None:
            change, trail = turned
            changes.append(change)
            self._trails[change.id] = trail
        self._same += not changes
        if changes:
            self._changes[row.row] = changes

    def _declare(self, row: LogRow) -> None:
        entry = self._comparing.fresh(self._read, row)
        entry = replace(entry, facility=entry.facility or self._facility)
        if self._channel:
            entry.values.setdefault("channel", self._channel)
        try:
            anomalies.declaration(self._session, entry.kind, entry.values, at=entry.at, by=TAKEN_BACK)
        except KnownError as error:
            self._tell(row, f"{error.sentence} Ligne non reprise.")
            return
        line = self._comparing.new_line(self._read, row, entry)
        self._fresh[line.key] = entry
        self._changes[row.row] = [line]

    def _tell(self, row: LogRow, message: str) -> None:
        self._problems.append(
            SheetProblem(sheet=self._read.look.sheet or "fichier", row=row.row, message=message)
        )


# -- recording ---------------------------------------------------------------------------------------------


def back_up(session: Session) -> None:
    """Make the backup that undoes an import."""
    anomaly_import.back_up(session)


def accept(
    session: Session,
    seen: LogPreview,
    take: Collection[str] | None = None,
    *,
    mapping: LogMapping | None = None,
    progress: Progress = silent,
) -> tuple[Changes, dict[int, str]]:
    """Record what was previewed, all of it or nothing.

    Args:
        session: the open workspace.
        seen: what was shown.
        take: ids of the changes that are written; those proposed unless told.
        mapping: what was decided of its titles and words, kept for the next file that has them.
        progress: told of the entries; raises `Cancelled` to stop.

    Returns:
        What changed, and the number of the entry of each row that was taken.

    Raises:
        InvalidValue: a row cannot be recorded; nothing was.
        Cancelled: somebody asked to stop; nothing is recorded.
    """
    taken = seen.seen.to_write(take)
    fresh = [(each.key, seen.comparison.fresh[each.key]) for each in taken if each.field == NEW]
    declared = [_declared(entry) for _, entry in fresh]
    edited = _edited(seen, taken)
    total = len(declared) + len(edited)

    def told(before: int) -> Progress:
        return lambda done, _total, label: progress(before + done, total, label)

    with session.workspace.gesture():
        try:
            new, keys = (
                anomaly_import.record_many(session, declared, progress=told(0))
                if declared
                else (Changes(), ())
            )
            changed = (
                anomaly_import.edit_many(session, edited, progress=told(len(declared)))
                if edited
                else Changes()
            )
        except RefusedRow as error:
            rows = [entry.row for _, entry in fresh]
            row = rows[error.row] if error.row < len(rows) else 0
            where = f"Ligne {row} du fichier : " if row else ""
            raise InvalidValue(f"{where}{error.error.sentence} Rien n'a été enregistré.") from error
        anomaly_log_reading.remember(session, seen.read, mapping)
    changes = replace(
        new,
        entities=new.entities | changed.entities,
        done=_said(len(declared), len(edited)),
        at=changed.at or new.at,
    )
    lines = {entry.row: key for (_, entry), key in zip(fresh, keys, strict=True)}
    return changes, lines


def _declared(entry: NewEntry) -> Declared:
    return Declared(
        kind=entry.kind,
        values=entry.values,
        facility=entry.facility,
        at=entry.at,
        by=TAKEN_BACK,
        number=entry.number,
        trail=entry.trail,
        source=entry.source,
        source_number=entry.source_number,
        undated=not entry.values.get("found"),
    )


def _edited(seen: LogPreview, taken: Collection[Change]) -> list[Edited]:
    values: dict[str, dict[str, object]] = {}
    trails: dict[str, Any] = {}
    for each in taken:
        if each.id in seen.comparison.trails:
            trails[each.key] = seen.comparison.trails[each.id]
        elif each.id in seen.comparison.values:
            values.setdefault(each.key, {})[each.field] = seen.comparison.values[each.id]
    keys = dict.fromkeys([*values, *trails])
    return [Edited(id=key, values=values.get(key, {}), trail=trails.get(key, ())) for key in keys]


def _said(new: int, changed: int) -> str:
    parts = [f"{new} {'anomalie reprise' if new == 1 else 'anomalies reprises'}"] if new else []
    parts += [f"{changed} {'mise à jour' if changed == 1 else 'mises à jour'}"] if changed else []
    return ", ".join(parts)


def write_lines(session: Session, path: Path, lines: Mapping[int, str]) -> Path:
    """Write which line of the original became which number, in a file beside the original.

    Only the number and the line: who it is about stays in the original, outside this program.

    Args:
        session: the open workspace.
        path: the original.
        lines: ids of entries, by row.

    Raises:
        CannotWriteExport: the place refuses the file.
    """
    numbers = {line.id: line.number for line in anomalies.lines(session)}
    rows = ["N° d'anomalie;Ligne de l'original"]
    rows += [f"{numbers[key]};{row}" for row, key in sorted(lines.items()) if key in numbers]
    text = "\r\n".join(rows) + "\r\n"
    return placing.put_bytes(text.encode("utf-8-sig"), path.with_name(f"{path.stem}{LINES}.csv"))


def _now() -> str:
    return clock.now().isoformat(timespec="minutes")
