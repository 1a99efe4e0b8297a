"""Reading observation campaigns and their rows."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from ivaudit.domain.campaign import Campaign, Draw, ObservedRow
from ivaudit.domain.journal import Json
from ivaudit.domain.observation import ObservedValue
from ivaudit.store.records import Record, record, records

if TYPE_CHECKING:
    from sqlite_utils import Database

ITEM, CONTEXT = "item.", "context."
"""What the fields of a row that hold an observed value, or a choice of its context, start with."""

_GRID = 3


def campaigns(db: "Database") -> tuple[Campaign, ...]:
    """Return the campaigns, the newest first."""
    return tuple(map(_campaign, reversed(records(db, "campaign", ""))))


def campaign(db: "Database", id: str) -> Campaign | None:  # noqa: A002 - its name everywhere
    """Return a campaign, or nothing when there is none or it was removed."""
    found = record(db, "campaign", "", id)
    return _campaign(found) if found else None


def rows(db: "Database", campaign_id: str) -> tuple[ObservedRow, ...]:
    """Return the rows of a campaign, by their number."""
    found = map(_row, records(db, "row", campaign_id))
    return tuple(sorted(found, key=lambda row: row.number))


def row(db: "Database", campaign_id: str, id: str) -> ObservedRow | None:  # noqa: A002
    """Return a row, or nothing when there is none or it was removed."""
    found = record(db, "row", campaign_id, id)
    return _row(found) if found else None


def _campaign(found: Record) -> Campaign:
    draw = found.text("draw")
    return Campaign(
        id=found.id,
        facility=found.text("facility"),
        audit=found.text("audit"),
        grid=_grid(found.texts("grid")),
        title=found.text("title"),
        start=found.day("start"),
        end=found.day("end"),
        units=found.texts("units"),
        observers=found.texts("observers"),
        present=_present(found.fields.get("present")),
        draw=Draw(draw) if draw in Draw.__members__.values() else Draw.CONVENIENCE,
    )


def _grid(parts: tuple[str, ...]) -> tuple[str, str, str]:
    return (parts[0], parts[1], parts[2]) if len(parts) == _GRID else ("", "", "")


def _present(value: Json) -> Mapping[str, int]:
    found = value if isinstance(value, dict) else {}
    return {unit: count for unit, count in found.items() if isinstance(count, int)}


def _row(found: Record) -> ObservedRow:
    values = {name.removeprefix(ITEM): value for name, value in found.fields.items() if name.startswith(ITEM)}
    context = {
        name.removeprefix(CONTEXT): str(value)
        for name, value in found.fields.items()
        if name.startswith(CONTEXT) and value
    }
    known = ObservedValue.__members__.values()
    return ObservedRow(
        id=found.id,
        number=found.whole("number") or 0,
        unit=found.text("unit"),
        date=found.day("date"),
        time=found.text("time"),
        professional=found.text("professional"),
        reason=found.text("reason"),
        context=context,
        values={item: ObservedValue(str(value)) for item, value in values.items() if value in known},
    )
