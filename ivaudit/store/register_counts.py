"""Counts of the register by month, made by the database: one structure, some types, some kinds of entries."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ivaudit.domain.anomalies import EntryKind, State
from ivaudit.domain.register_counts import Closed
from ivaudit.store.encryption import translated

if TYPE_CHECKING:
    from sqlite_utils import Database

_DELAYS = (
    "SELECT substr(ended, 1, 7), count(*), sum(max(0, julianday(ended) - julianday(found))), sum(waited) "
    "FROM anomaly"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """Which entries of a structure are counted: no type is any type; those not confirmed never are."""

    facility: str
    kinds: Sequence[EntryKind]
    types: Sequence[str] = ()


@translated()
def kept_since(db: "Database", facility: str) -> str:
    """Return the local day of the first entry of a structure, empty when it has none."""
    row = db.execute(
        "SELECT min(found) FROM anomaly WHERE present = 1 AND facility = ? AND found <> ''", (facility,)
    ).fetchone()
    return str(row[0] or "")


@translated()
def cases(db: "Database", kept: Kept) -> Mapping[str, int]:
    """Return how many cases were found, by month; a batch counts for what it stands for."""
    where, values = _where(kept)
    rows = db.execute(
        f"SELECT substr(found, 1, 7), sum(cases) FROM anomaly WHERE {where} GROUP BY 1",  # noqa: S608 - ours
        values,
    )
    return {month: int(count) for month, count in rows if month}


@translated()
def days(db: "Database", kept: Kept) -> tuple[str, ...]:
    """Return the local days on which something was found, in order."""
    where, values = _where(kept)
    rows = db.execute(
        f"SELECT DISTINCT found FROM anomaly WHERE {where} AND found <> '' ORDER BY found",  # noqa: S608 - ours
        values,
    )
    return tuple(row[0] for row in rows)


@translated()
def closed(db: "Database", kept: Kept) -> Mapping[str, Closed]:
    """Return, by month of their closing, how many entries were closed and how long they took."""
    where, values = _where(kept)
    rows = db.execute(
        f"{_DELAYS} WHERE {where} AND state = ? AND found <> '' GROUP BY 1",
        [*values, State.CLOSED.value],
    )
    return {
        month: Closed(entries=count, days=round(took), waited=int(waited))
        for month, count, took, waited in rows
        if month
    }


@translated()
def ids(db: "Database", kept: Kept, since: str) -> tuple[tuple[str, str], ...]:
    """Return the id and the local day of the entries found from a day on."""
    where, values = _where(kept)
    rows = db.execute(
        f"SELECT id, found FROM anomaly WHERE {where} AND found >= ? ORDER BY found, id",  # noqa: S608 - ours
        [*values, since],
    )
    return tuple((row[0], row[1]) for row in rows)


def _where(kept: Kept) -> tuple[str, list[str]]:
    kinds = [each.value for each in kept.kinds]
    parts = ["present = 1", "facility = ?", "state <> ?", f"kind IN ({_marks(kinds)})"]
    if kept.types:
        parts.append(f"type IN ({_marks(kept.types)})")
    return " AND ".join(parts), [kept.facility, State.UNCONFIRMED.value, *kinds, *kept.types]


def _marks(values: Sequence[str]) -> str:
    return ", ".join("?" * len(values))
