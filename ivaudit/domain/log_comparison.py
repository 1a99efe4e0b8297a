"""A log that comes in beside the register: what is new, what would change, what stays; nothing is erased."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from ivaudit.domain.anomalies import Awaited, Entry, EntryKind, State, Turn
from ivaudit.domain.anomaly_states import is_moment, moved
from ivaudit.domain.entry_fold import entry_of
from ivaudit.domain.errors import KnownError
from ivaudit.domain.identity import alerts, masked
from ivaudit.domain.journal import Json
from ivaudit.domain.log_fields import Holding, LogWords
from ivaudit.domain.log_read import LogRead, LogRow
from ivaudit.domain.log_rows import LogRows, same_text
from ivaudit.domain.log_table import COMPUTED, LogField
from ivaudit.domain.sheet_comparison import Change, Outcome, SheetComparison
from ivaudit.domain.sheet_problems import Severity, SheetProblem

TAKEN_BACK = "reprise du journal"
"""Who a state that comes from a log is told by, and why."""

NEW = "nouvelle"
_LINKS = frozenset({LogField.FACILITY})
_STATE = frozenset({LogField.STATE, LogField.AWAITED, LogField.ENDED})
_ASIDE = (
    frozenset({LogField.NUMBER, LogField.SOURCE_NUMBER, LogField.REST, LogField.KIND, LogField.BY}) | _STATE
)
_SUMMARY = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class NewEntry:
    """An entry that a row would declare."""

    row: int
    kind: EntryKind
    values: dict[str, Json]
    facility: str = ""
    at: str = ""
    number: str = ""
    trail: tuple[Turn, ...] = ()
    source: str = ""
    source_number: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LogComparison:
    """What importing a log would do: `changes` as people read them, with what each one writes.

    `fresh` are the new entries by the key of their change; `values` what a changed cell writes, by the id of
    its change; `trails` the states of the entries whose state changes, by the id of its change.
    """

    seen: SheetComparison
    fresh: dict[str, NewEntry] = field(default_factory=dict)
    values: dict[str, Json] = field(default_factory=dict)
    trails: dict[str, tuple[Turn, ...]] = field(default_factory=dict)


class Comparing:
    """Compares rows with entries, one after the other.

    Args:
        words: of the fields.
        rows: says entries as a log does.
        fields: the fields of each kind of entries.
        now: the local moment, `AAAA-MM-JJTHH:MM`.
        by: the function of who imports.
    """

    def __init__(
        self,
        words: LogWords,
        rows: LogRows,
        fields: Mapping[EntryKind, frozenset[str]],
        *,
        now: str,
        by: str,
    ) -> None:
        self._words = words
        self._rows = rows
        self._fields = fields
        self._now = now
        self._by = by
        self._titles = {each.field: each.title for each in words.fields}
        self.problems: list[SheetProblem] = []

    def changes(self, read: LogRead, row: LogRow, entry: Entry) -> Iterator[tuple[Change, Json]]:
        """Yield what a row would change in its entry, its state apart, with the value each one writes."""
        known = self._fields[entry.kind]
        for name, theirs in row.values.items():
            field_ = LogField(name)
            if field_ in _ASIDE or field_ in COMPUTED:
                continue
            if field_ not in _LINKS and name not in known:
                self._tell(read, row, f"« {self._titles[field_]} » n'est pas sur une fiche {entry.kind}.")
                continue
            if not self._same(field_, entry, theirs):
                change = self._change(read, row, entry, field_, self._said(field_, theirs))
                yield change, theirs

    def turn(self, read: LogRead, row: LogRow, entry: Entry) -> tuple[Change, tuple[Turn, ...]] | None:
        """Return what a row would change of the state of its entry, and its states then."""
        wanted = _wanted(read, row, entry.state)
        awaited = row.values.get(LogField.AWAITED)
        state = wanted or entry.state
        waits = Awaited(str(awaited)) if awaited and state is State.WAITING else None
        if state is entry.state and (waits is None or waits is entry.trail[-1].awaited):
            return None
        at = max(self._now, entry.trail[-1].at)
        turn = Turn(state=state, at=at, by=self._by, awaited=waits, reason=TAKEN_BACK)
        try:
            trail = moved(entry.trail, turn)
        except KnownError as error:
            self._tell(read, row, f"État non repris : {error.sentence}")
            return None
        said = self._said(LogField.STATE, state.value)
        return self._change(read, row, entry, LogField.STATE, said), trail

    def fresh(self, read: LogRead, row: LogRow) -> NewEntry:
        """Return the entry that a row would declare."""
        rest = _rest(row.rest) if read.look.own else {}
        kind = EntryKind(str(row.values.get(LogField.KIND) or EntryKind.ANOMALY))
        known = self._fields[kind]
        told = rest.get("values")
        kept: dict[str, Json] = (
            {name: value for name, value in told.items() if name in known} if isinstance(told, dict) else {}
        )
        written = {name: value for name, value in row.values.items() if name in known}
        lost = [
            name
            for name in row.values
            if name not in known and LogField(name) not in _ASIDE | COMPUTED | _LINKS
        ]
        for name in lost:
            self._tell(
                read, row, f"« {self._titles[LogField(name)]} » n'est pas sur une fiche {kind} : non repris."
            )
        values = {**written, **{name: value for name, value in kept.items() if self._still(name, value, row)}}
        source = rest.get("source")
        told_source = (
            (str(source[0]), str(source[1]))
            if isinstance(source, list) and len(source) == 2  # noqa: PLR2004 - a log and a number
            else ("", "")
            if row.number
            else (read.name, row.source)
        )
        return NewEntry(
            row=row.row,
            kind=kind,
            values=values,
            facility=str(row.values.get(LogField.FACILITY) or ""),
            at=self._declared_at(row),
            number=row.number,
            trail=self._trail(read, row, rest, kind),
            source=told_source[0],
            source_number=told_source[1],
        )

    def new_line(self, read: LogRead, row: LogRow, entry: NewEntry) -> Change:
        """Return a new entry as a line of a preview."""
        parts = [
            self._said(LogField(name), entry.values[name])
            for name in ("type", "unit", "description")
            if entry.values.get(name)
        ]
        found = str(entry.values.get("found") or "")
        return Change(
            key=f"+{row.row}",
            line=" ".join(" – ".join(parts).split())[:_SUMMARY] or f"Ligne {row.row}",
            field=NEW,
            title="Nouvelle anomalie",
            mine="",
            theirs=found or "sans date",
            outcome=Outcome.NEW,
            place=self._place(read, row),
            added=True,
        )

    # -- parts

    def _still(self, name: str, value: Json, row: LogRow) -> bool:
        """Tell whether a cell still says the value that only a machine reads to the letter."""
        field_ = LogField(name)
        if name not in row.values:
            return True
        entry = entry_of("", {"kind": "anomalie", name: value}, "")
        return self._same(field_, entry, row.values[name])

    def _same(self, name: LogField, entry: Entry, theirs: Json) -> bool:
        """Tell whether a cell says what the entry holds already, as it left or as it is masked."""
        if name is LogField.FACILITY:
            return entry.facility == theirs
        mine = entry.values.get(name.value)
        if mine == theirs:
            return True
        holds = self._words.by_field[name].holds
        if holds in {Holding.TEXT, Holding.LONG}:
            return isinstance(mine, str) and self._same_words(mine, str(theirs))
        if holds in {Holding.CHOICES, Holding.REFERENCES} and isinstance(mine, list):
            return self._rows.said(name, entry) == self._rows.said(
                name, entry_of("", {"kind": entry.kind.value, name.value: theirs}, "")
            )
        return False

    def _same_words(self, mine: str, theirs: str) -> bool:
        if same_text(mine, theirs):
            return True
        found = alerts(mine, date.fromisoformat(self._now[:10]))
        return bool(found) and same_text(masked(mine, found), theirs)

    def _said(self, name: LogField, value: Json) -> str:
        if name is LogField.FACILITY:
            return self._words.by_field[name].labels.get(str(value), str(value))
        if name is LogField.STATE:
            return self._words.by_field[name].labels.get(str(value), str(value))
        return self._rows.said(name, entry_of("", {"kind": "anomalie", name.value: value}, ""))

    def _change(self, read: LogRead, row: LogRow, entry: Entry, name: LogField, theirs: str) -> Change:
        return Change(
            key=entry.id,
            line=entry.number,
            field=name.value,
            title=self._titles[name],
            mine=self._rows.said(name, entry),
            theirs=theirs,
            outcome=Outcome.NEW,
            place=self._place(read, row),
        )

    def _place(self, read: LogRead, row: LogRow) -> str:
        return f"{read.look.sheet or 'fichier'}, ligne {row.row}"

    def _declared_at(self, row: LogRow) -> str:
        found = str(row.values.get(LogField.FOUND) or "")
        return found if is_moment(found) else ""

    def _trail(
        self, read: LogRead, row: LogRow, rest: Mapping[str, Json], kind: EntryKind
    ) -> tuple[Turn, ...]:
        """Return the states of a new entry: those it left with, or those that its columns tell."""
        told = rest.get("trail")
        if isinstance(told, list) and told:
            trail = entry_of("", {"kind": kind.value, "trail": told}, "").trail
            wanted = _wanted(read, row, trail[-1].state)
            if not wanted or trail[-1].state == wanted:
                return trail
        else:
            first = self._declared_at(row) or self._now
            state = State.CLOSED if kind is EntryKind.BATCH else State.REPORTED
            trail = (Turn(state=state, at=first, by=str(row.values.get(LogField.BY) or TAKEN_BACK)),)
        state = _wanted(read, row, trail[-1].state) or trail[-1].state
        if trail[-1].state == state:
            return trail
        awaited = row.values.get(LogField.AWAITED)
        ended = str(row.values.get(LogField.ENDED) or "")
        at = ended if ended and ended >= trail[-1].at[:10] else trail[-1].at
        turn = Turn(
            state=state,
            at=at,
            by=TAKEN_BACK,
            awaited=Awaited(str(awaited)) if awaited and state is State.WAITING else None,
            reason=TAKEN_BACK if state in {State.NO_FIX, State.REOPENED} else "",
        )
        return (*trail, turn)

    def _tell(self, read: LogRead, row: LogRow, message: str) -> None:
        problem = SheetProblem(
            sheet=read.look.sheet or "fichier", row=row.row, message=message, severity=Severity.WARNING
        )
        self.problems.append(problem)


def _wanted(read: LogRead, row: LogRow, now: State) -> State | None:
    """Return the state that a row tells; in a log that is not ours, a day of end says that it is closed."""
    told = row.values.get(LogField.STATE)
    if told:
        return State(str(told))
    ended = not read.look.own and row.values.get(LogField.ENDED)
    return State.CLOSED if ended and now.open else None


def _rest(text: str) -> dict[str, Json]:
    """Return what only a machine reads, nothing where somebody changed it."""
    try:
        found = json.loads(text) if text else {}
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
