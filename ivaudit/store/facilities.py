"""Reading structures."""

import json
from typing import TYPE_CHECKING

from ivaudit.domain.audit import Facility
from ivaudit.store.encryption import translated

if TYPE_CHECKING:
    from sqlite_utils import Database

_SELECT = "SELECT id, name, finess_ej, finess_et, category, setting, city, profile, fields FROM facility"


@translated()
def facilities(db: "Database") -> tuple[Facility, ...]:
    """Return the structures, by name."""
    rows = db.execute(f"{_SELECT} WHERE present = 1")
    return tuple(sorted(map(_facility, rows), key=lambda each: (each.name.casefold(), each.id)))


@translated()
def facility(db: "Database", id: str) -> Facility | None:  # noqa: A002 - its name everywhere
    """Return a structure, also one that was removed: an audit still names it."""
    row = db.execute(f"{_SELECT} WHERE id = ?", (id,)).fetchone()
    return _facility(row) if row else None


def _facility(row: tuple[str, ...]) -> Facility:
    identity, name, finess_ej, finess_et, category, setting, city, profile, fields = row
    return Facility(
        id=identity,
        name=name,
        finess_ej=finess_ej,
        finess_et=finess_et,
        category=category,
        setting=setting,
        city=city,
        profile=tuple(str(each) for each in json.loads(profile)),
        values=json.loads(fields),
    )
