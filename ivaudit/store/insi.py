"""Rows of monthly INSi files: written by batch, read by month."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ivaudit.domain.insi import Channel, Usage
from ivaudit.store.encryption import transaction, translated
from ivaudit.store.journal import Recorded

if TYPE_CHECKING:
    from sqlite_utils import Database

BATCH = "insi"
_ROW = "month, finess, name, department, category, calls, retrievals, checks, users"
_INSERT = f"INSERT OR REPLACE INTO insi_row(channel, {_ROW}, batch) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthTotal:
    """What a month amounts to in one channel: structures listed, and the sums of what can be added."""

    month: str
    channel: Channel
    structures: int
    calls: int
    retrievals: int
    checks: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """An import: the SHA-256 of its file in hexadecimal, the op that records it, and what it writes."""

    id: str
    sha: str
    recorded: Recorded
    channel: Channel
    rows: Sequence[Usage]


def write(db: "Database", batch: Batch) -> None:
    """Write the rows of a batch over those of the same month and structure; inside a transaction."""
    recorded, channel = batch.recorded, batch.channel.value
    with transaction(db):
        db.execute(
            "INSERT INTO batch(id, kind, source_sha, rows, at, op) VALUES(?, ?, ?, ?, ?, ?)",
            (batch.id, BATCH, bytes.fromhex(batch.sha), len(batch.rows), recorded.at, recorded.op),
        )
        db.conn.executemany(_INSERT, ((channel, *row, batch.id) for row in batch.rows))


def remove(db: "Database", channel: Channel, rows: Iterable[Usage]) -> None:
    """Take away rows that a reissued month no longer has; inside a transaction."""
    with transaction(db):
        db.conn.executemany(
            "DELETE FROM insi_row WHERE channel = ? AND month = ? AND finess = ?",
            ((channel.value, row.month, row.finess) for row in rows),
        )


@translated()
def rows(db: "Database", channel: Channel, months: Iterable[str]) -> tuple[Usage, ...]:
    """Return the rows of some months in one channel, by month and structure."""
    found: list[Usage] = []
    for month in months:
        select = f"SELECT {_ROW} FROM insi_row WHERE channel = ? AND month = ? ORDER BY finess"  # noqa: S608 - names of ours
        found += map(Usage._make, db.execute(select, (channel.value, month)))
    return tuple(found)


@translated()
def received(db: "Database") -> dict[str, frozenset[Channel]]:
    """Return the months of which a file was received, each with its channels."""
    found: dict[str, set[Channel]] = {}
    # One step of the key a month: a plain DISTINCT would read every row.
    following = "SELECT MIN(month) FROM insi_row WHERE channel = ? AND month > ?"
    for channel in Channel:
        month = ""
        while month := db.execute(following, (channel.value, month)).fetchone()[0] or "":
            found.setdefault(month, set()).add(channel)
    return {month: frozenset(channels) for month, channels in sorted(found.items())}


@translated()
def last_calls(db: "Database", until: str) -> dict[str, str]:
    """Return the last month in which each structure called, up to a month.

    The files list who called: a number that is not communicated is a call, only zero says otherwise.
    """
    select = (
        "SELECT finess, MAX(month) FROM insi_row WHERE (calls IS NULL OR calls > 0) AND month <= ?"
        " GROUP BY finess"
    )
    return dict(db.execute(select, (until,)).fetchall())


@translated()
def callers(db: "Database", months: Iterable[str]) -> dict[str, frozenset[str]]:
    """Return the structures that called at least once, by month."""
    select = "SELECT finess FROM insi_row WHERE channel = ? AND month = ? AND calls > 0"
    return {
        month: frozenset(row[0] for channel in Channel for row in db.execute(select, (channel.value, month)))
        for month in months
    }


@translated()
def totals(db: "Database", months: Iterable[str]) -> tuple[MonthTotal, ...]:
    """Return what each month amounts to, by channel; unique users are never added."""
    select = (
        "SELECT COUNT(*), TOTAL(calls), TOTAL(retrievals), TOTAL(checks) FROM insi_row"
        " WHERE channel = ? AND month = ?"
    )
    found = []
    for month in months:
        for channel in Channel:
            many, *sums = db.execute(select, (channel.value, month)).fetchone()
            if many:
                calls, retrievals, checks = map(int, sums)
                found.append(
                    MonthTotal(
                        month=month,
                        channel=channel,
                        structures=many,
                        calls=calls,
                        retrievals=retrievals,
                        checks=checks,
                    )
                )
    return tuple(found)


@translated()
def seen(db: "Database") -> tuple[Usage, ...]:
    """Return every structure that a file ever named, as its last file says it."""
    select = f"SELECT {_ROW}, MAX(month) FROM insi_row GROUP BY finess ORDER BY finess"  # noqa: S608 - names of ours
    return tuple(Usage._make(row[:-1]) for row in db.execute(select))
