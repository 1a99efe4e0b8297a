"""Reading the register: its lines, light; one entry, whole."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import TYPE_CHECKING

from ivaudit.domain.anomalies import Entry, EntryKind, EntryLine, State
from ivaudit.domain.journal import Head
from ivaudit.domain.similar import Alike
from ivaudit.domain.wording import folded
from ivaudit.store import anomaly_rows
from ivaudit.store.encryption import translated
from ivaudit.store.journal_rows import read_heads

if TYPE_CHECKING:
    from sqlite_utils import Database

_BATCH = EntryKind.BATCH.value
_COLUMNS = ", ".join(EntryLine._fields)
_SELECT = f"SELECT {_COLUMNS} FROM anomaly WHERE present = 1"  # noqa: S608 - names of ours


@dataclass(frozen=True, slots=True, kw_only=True)
class Among:
    """Which lines are wanted; what is empty is any. Days are local and both included; `words` are folded."""

    kind: str = ""
    facility: str = ""
    types: tuple[str, ...] = ()
    found_from: str = ""
    found_to: str = ""
    words: tuple[str, ...] = ()


@translated()
def lines(db: "Database", among: Among | None = None) -> tuple[EntryLine, ...]:
    """Return the lines of the register, the last found first."""
    where, values = _where(among or Among())
    rows = db.execute(f"{_SELECT}{where} ORDER BY found DESC, created DESC, id", values)
    return tuple(map(EntryLine._make, rows))


@translated()
def texts(db: "Database") -> dict[str, str]:
    """Return what a search looks in, folded, by the id of the entry: read once, for a list that filters."""
    rows = db.execute("SELECT substr(entity, 9), folded FROM anomaly_text")
    return dict(rows.fetchall())


@translated()
def line(db: "Database", key: str) -> EntryLine | None:
    """Return one line, or nothing when there is none or it was removed."""
    row = db.execute(f"{_SELECT} AND id = ?", (key,)).fetchone()
    return EntryLine._make(row) if row else None


@translated()
def lines_of(db: "Database", keys: Sequence[str]) -> tuple[EntryLine, ...]:
    """Return the lines of some entries, in their order; those that are gone are left out."""
    found = (line(db, key) for key in keys)
    return tuple(each for each in found if each is not None)


@translated()
def entry(db: "Database", key: str) -> Entry | None:
    """Return an entry whole, or nothing when there is none or it was removed."""
    return anomaly_rows.entry(key, read_heads(db, f"anomaly:{key}"))


def entries(db: "Database") -> Iterator[Entry]:
    """Yield every entry whole, in the order of their ids: for exports, which go through all of them."""
    with translated():
        rows = db.execute(
            "SELECT entity, field, op, i, at, author, body FROM head"
            " WHERE entity >= 'anomaly:' AND entity < 'anomaly;' ORDER BY entity, field"
        )
        for entity, group in groupby(rows, key=lambda row: row[0]):
            heads: dict[str, list[Head]] = {}
            for _, field, op, index, at, author, body in group:
                heads.setdefault(field, []).append(Head(op=op, index=index, at=at, author=author, body=body))
            found = anomaly_rows.entry(entity.partition(":")[2], heads)
            if found is not None:
                yield found


def batches(db: "Database") -> Iterator[Entry]:
    """Yield the batches whole: they are few, one line standing for a week of corrections."""
    with translated():
        rows = db.execute("SELECT id FROM anomaly WHERE present = 1 AND kind = ?", (_BATCH,)).fetchall()
    for (key,) in rows:
        found = entry(db, key)
        if found is not None:
            yield found


@translated()
def by_number(db: "Database", number: str) -> tuple[str, ...]:
    """Return the ids of the entries that have a number: one, unless two copies gave it to two."""
    rows = db.execute("SELECT id FROM anomaly WHERE number = ? AND present = 1", (number,))
    return tuple(row[0] for row in rows)


@translated()
def series(db: "Database") -> frozenset[str]:
    """Return the series of the numbers that the register holds."""
    rows = db.execute("SELECT DISTINCT substr(number, 4, 3) FROM anomaly")
    return frozenset(row[0] for row in rows)


@translated()
def with_key(db: "Database", key: str) -> tuple[str, ...]:
    """Return the ids of the entries found by a key: `ref:…` (folded), `entry:…`, `action:…`, `audit:…`."""
    rows = db.execute("SELECT entity FROM anomaly_key WHERE key = ? ORDER BY entity", (key,))
    return tuple(row[0].partition(":")[2] for row in rows)


@translated()
def lines_to_report(db: "Database") -> tuple[EntryLine, ...]:
    """Return the lines of which something was said that a circuit may wait for, found by an index."""
    return tuple(map(EntryLine._make, db.execute(f"{_SELECT} AND facts <> ''")))


@translated()
def cases(db: "Database", type_: str, facility: str, after: str, until: str) -> int:
    """Return how many anomalies of a type a structure found after a local day, until another one included.

    Those that were not confirmed are left out; a batch counts for what it stands for.
    """
    row = db.execute(
        "SELECT coalesce(sum(cases), 0) FROM anomaly WHERE present = 1 AND type = ? AND facility = ?"
        " AND found > ? AND found <= ? AND state <> ?",
        (type_, facility, after, until, State.UNCONFIRMED.value),
    ).fetchone()
    return int(row[0])


@translated()
def candidates(db: "Database", wanted: Alike, days: int) -> tuple[Alike, ...]:
    """Return entries that may look like one, found by indexes: too many rather than too few.

    Each is told with what it was found by: a reference of the one wanted, or its circumstances.
    """
    found = [
        Alike(id=key, facility=row[0], references=frozenset({each}))
        for each in sorted(wanted.references)
        for key in with_key(db, f"ref:{each}")
        if (row := db.execute("SELECT facility FROM anomaly WHERE id = ? AND present = 1", (key,)).fetchone())
    ]
    if wanted.type and wanted.found:
        day, near = date.fromisoformat(wanted.found), timedelta(days=days)
        rows = db.execute(
            "SELECT id, unit, application, found FROM anomaly"
            " WHERE present = 1 AND type = ? AND facility = ? AND found BETWEEN ? AND ? AND kind <> ?",
            (wanted.type, wanted.facility, (day - near).isoformat(), (day + near).isoformat(), _BATCH),
        )
        found += [
            Alike(
                id=key,
                facility=wanted.facility,
                type=wanted.type,
                unit=folded(unit),
                application=folded(application),
                found=on,
            )
            for key, unit, application, on in rows
        ]
    return tuple(found)


def _where(among: Among) -> tuple[str, dict[str, str]]:
    values = {"kind": among.kind, "facility": among.facility, "from": among.found_from, "to": among.found_to}
    tests = {
        "kind": "kind = :kind",
        "facility": "facility = :facility",
        "from": "found >= :from",
        "to": "found <= :to",
    }
    given = {name: value for name, value in values.items() if value}
    parts = [tests[name] for name in given]
    for rank, each in enumerate(among.types):
        given[f"type{rank}"] = each
    if among.types:
        parts.append(f"type IN ({', '.join(f':type{rank}' for rank in range(len(among.types)))})")
    for rank, word in enumerate(among.words):
        given[f"word{rank}"] = word
    if among.words:
        holding = " AND ".join(f"instr(folded, :word{rank}) > 0" for rank in range(len(among.words)))
        parts.append(f"id IN (SELECT substr(entity, 9) FROM anomaly_text WHERE {holding})")  # noqa: S608 - ours
    return "".join(f" AND {part}" for part in parts), given
