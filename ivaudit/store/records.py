"""Reading what is kept as it was written: campaigns and their rows, findings, actions, evidence."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ivaudit.domain.days import day
from ivaudit.domain.journal import Json
from ivaudit.store.encryption import translated

if TYPE_CHECKING:
    from sqlite_utils import Database


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """An entity with its fields; `owner` is what it belongs to (an audit, a campaign), empty when nothing.

    `created` is UTC, ISO 8601; `conflict` tells that a field has two values after a merge.
    """

    kind: str
    owner: str
    id: str
    fields: Mapping[str, Json]
    created: str
    conflict: bool = False

    def text(self, field: str) -> str:
        """Return a field that is a text, empty when it is not."""
        value = self.fields.get(field)
        return value if isinstance(value, str) else ""

    def day(self, field: str) -> str:
        """Return a field that is a local day, empty when it is not: another copy may have written it."""
        return day(self.fields.get(field))

    def texts(self, field: str) -> tuple[str, ...]:
        """Return a field that is a list of texts, empty when it is not."""
        value = self.fields.get(field)
        return tuple(str(each) for each in value) if isinstance(value, list) else ()

    def whole(self, field: str) -> int | None:
        """Return a field that is a whole number, nothing when it is not."""
        value = self.fields.get(field)
        return value if isinstance(value, int) and not isinstance(value, bool) else None


_SELECT = "SELECT kind, owner, id, fields, created, conflict FROM record WHERE present = 1 AND kind = ?"


@translated()
def records(db: "Database", kind: str, owner: str | None = None) -> tuple[Record, ...]:
    """Return the records of a kind, or those of one owner, in the order they were made."""
    if owner is None:
        rows = db.execute(f"{_SELECT} ORDER BY created, id", (kind,))
    else:
        rows = db.execute(f"{_SELECT} AND owner = ? ORDER BY created, id", (kind, owner))
    return tuple(map(_record, rows))


@translated()
def record(db: "Database", kind: str, owner: str, id: str) -> Record | None:  # noqa: A002 - its name everywhere
    """Return one record, or nothing when there is none or it was removed."""
    row = db.execute(f"{_SELECT} AND owner = ? AND id = ?", (kind, owner, id)).fetchone()
    return _record(row) if row else None


def _record(row: tuple[str, str, str, str, str, int]) -> Record:
    kind, owner, identity, fields, created, conflict = row
    return Record(
        kind=kind,
        owner=owner,
        id=identity,
        fields=json.loads(fields),
        created=created,
        conflict=bool(conflict),
    )
