"""A log of anomalies coming in: read by a child process, previewed beside the register, recorded whole."""

import json
import re
import tempfile
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ivaudit.app import anomalies, anomaly_import, anomaly_words, jobs, placing
from ivaudit.app.anomaly_import import Declared, Edited, RefusedRow
from ivaudit.app.session import Session
from ivaudit.domain.anomalies import Entry
from ivaudit.domain.audit import Changes
from ivaudit.domain.errors import InvalidValue, KnownError, NotFound
from ivaudit.domain.log_comparison import NEW, TAKEN_BACK, Comparing, LogComparison, NewEntry
from ivaudit.domain.log_intake import LogLook, LogMapping, StrangeWord
from ivaudit.domain.log_read import LogRead, LogRow
from ivaudit.domain.log_rows import LogRows
from ivaudit.domain.log_titles import plain_title
from ivaudit.domain.progress import Progress, silent
from ivaudit.domain.sheet_comparison import Change, SheetComparison
from ivaudit.domain.sheet_problems import ProblemList, SheetProblem
from ivaudit.exchange.identities import masked_text
from ivaudit.reports.plain import from_plain, to_plain
from ivaudit.store import anomalies as stored
from ivaudit.store import layout

if TYPE_CHECKING:
    from ivaudit.domain.journal import Json

PATIENCE = 300.0
"""Seconds after which reading one file is given up; it can be stopped before."""

LINES = "_numeros"
"""How the name of the file of numbers ends."""

DECLARED = "déclaration de service"
"""What entries that a service declared say they come from."""

SERVICE = "declaration"
"""How what a service declares was found out."""

_MEMO = "journaux"
_REMEMBERED = 40
_NAME = 60
_STEP = 500
_UNNAMED = "journal importé"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What reading a log needs of the workspace: it no longer has to be read meanwhile."""

    path: Path
    work: Path
    request: Mapping[str, Any]
    names: Mapping[str, str]


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


# -- reading -----------------------------------------------------------------------------------------------


def ask(session: Session, path: Path, mapping: LogMapping | None = None) -> Asked:
    """Return what reading a log needs, on the thread of the session.

    Args:
        session: the open workspace.
        path: the file, XLSX or CSV, whatever its name.
        mapping: what somebody decided of its titles and words; what is remembered unless told.

    Raises:
        NotFound: there is no such file.
    """
    if not path.is_file():
        raise NotFound("Ce fichier n'existe pas ou n'est plus là. Rien n'a été modifié.")
    memory = _memory(session)
    request = {
        "path": str(path.absolute()),
        "words": to_plain(anomaly_words.words(session)),
        "tables": to_plain(anomaly_words.logs(session.library)),
        "intake": to_plain(anomaly_words.intake(session.library)),
        "today": _today().isoformat(),
        "memory": memory,
        "chosen": None if mapping is None else mapping.targets,
        "also": None if mapping is None else mapping.words,
    }
    names = {mark: str(each.get("name") or "") for mark, each in memory.items()}
    return Asked(path=path, work=session.workspace.folder / layout.WORK, request=request, names=names)


def read(asked: Asked, *, progress: Progress = silent, cancelled: Callable[[], bool] = jobs.never) -> LogRead:
    """Return what a log says, nothing of it that names somebody; nothing is recorded.

    Raises:
        UnreadableFile: it is no table, has no titles, or cannot be read safely.
        TookTooLong: it takes minutes.
        Cancelled: somebody asked to stop.
    """
    with tempfile.TemporaryDirectory(prefix="journal-", dir=asked.work, ignore_cleanup_errors=True) as folder:
        rows = Path(folder) / "lignes.jsonl"
        request = {**asked.request, "tempdir": folder, "rows": str(rows)}
        found = jobs.run("lire-journal", request, progress=progress, cancelled=cancelled, timeout=PATIENCE)
        kept = tuple(_rows(rows))
    look = from_plain(LogLook, found["look"])
    targets = {int(rank): target for rank, target in found["targets"].items()}
    look = replace(
        look, columns=tuple(replace(each, target=targets.get(each.rank, "")) for each in look.columns)
    )
    return LogRead(
        look=look,
        name=DECLARED if found["declared"] else asked.names.get(look.mark) or _named(asked.path),
        rows=kept,
        masked=found["masked"],
        skipped=found["skipped"],
        strange=from_plain(tuple[StrangeWord, ...], found["strange"]),
        problems=from_plain(tuple[SheetProblem, ...], found["problems"]),
    )


def _rows(path: Path) -> Iterator[LogRow]:
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            for row, number, source, values, rest in json.loads(line):
                yield LogRow(row=row, number=number, source=source, values=values, rest=rest)


def _named(path: Path) -> str:
    """Return what entries of a file say they come from: its name, unless it may be somebody's."""
    plain = " ".join(re.sub(r"[\W_]+", " ", path.stem).split())[:_NAME]
    return plain if plain and masked_text(plain) == plain else _UNNAMED


# -- what is remembered of a set of titles -----------------------------------------------------------------


def _memory(session: Session) -> dict[str, dict[str, Any]]:
    text = session.workspace.recall(_MEMO)
    found = json.loads(text) if text else {}
    return found if isinstance(found, dict) else {}


def remember(session: Session, read: LogRead, mapping: LogMapping | None = None) -> None:
    """Keep what was decided of a set of titles, for the next file that has them."""
    memory = _memory(session)
    before = memory.pop(read.look.mark, {})
    targets = {plain_title(each.title): each.target for each in read.look.columns if not each.nominative}
    words = dict(before.get("words", {})) if mapping is None else dict(mapping.words)
    memory[read.look.mark] = {"name": read.name, "targets": targets, "words": words}
    kept = dict(list(memory.items())[-_REMEMBERED:])
    session.workspace.remember(_MEMO, json.dumps(kept, ensure_ascii=False))


def remembered(session: Session, look: LogLook) -> LogMapping:
    """Return what was decided of a set of titles."""
    kept = _memory(session).get(look.mark, {})
    return LogMapping(
        name=str(kept.get("name") or ""),
        targets=dict(kept.get("targets", {})),
        words={name: dict(words) for name, words in kept.get("words", {}).items()},
    )


# -- preview -----------------------------------------------------------------------------------------------


def preview(session: Session, read: LogRead, *, facility: str = "", channel: str = "") -> LogPreview:
    """Return what importing a log would do; nothing is recorded.

    Args:
        session: the open workspace.
        read: the log.
        facility: id of the structure of its new entries, where they name none.
        channel: how its new entries were found out, where they do not tell.
    """
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
        remember(session, seen.read, mapping)
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


def _today() -> date:
    return date.today()  # noqa: DTZ011 - the local day


def _now() -> str:
    return datetime.now().isoformat(timespec="minutes")  # noqa: DTZ005 - the local moment
