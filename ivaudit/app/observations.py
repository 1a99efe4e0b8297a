"""The lines of an observation campaign, filled one key at a time; each gesture can be undone."""

import re
import secrets
from collections.abc import Callable, Mapping
from datetime import time
from functools import partial
from typing import TYPE_CHECKING

from ivaudit.app import campaigns, names
from ivaudit.app.campaigns import day_of, gesture, name_of
from ivaudit.app.session import Session
from ivaudit.domain import clock
from ivaudit.domain.audit import Changes
from ivaudit.domain.campaign import Campaign, ObservedRow
from ivaudit.domain.errors import InvalidValue, NotFound
from ivaudit.domain.observation import ObservationGrid, ObservedItem, ObservedValue
from ivaudit.store import campaigns as stored
from ivaudit.store.campaigns import CONTEXT, ITEM
from ivaudit.store.journal import Edit

if TYPE_CHECKING:
    from ivaudit.domain.journal import Json

MAX_ROWS = 2_000
_MARK = re.compile(r"[\w-]{1,8}")


def add_row(session: Session, key: str, *, like: str = "") -> tuple[Changes, str]:
    """Add an empty line after the last; it keeps the place, the day and the observed person of another.

    Args:
        session: the open workspace.
        key: id of the campaign.
        like: id of the line whose unit, day and professional it takes, the last one when empty.

    Returns:
        What changed, and the id of the line.

    Raises:
        NotFound: no such campaign.
        InvalidValue: the campaign has as many lines as it can hold.
    """
    campaign = campaigns.get(session, key)
    rows = stored.rows(session.workspace.db, key)
    if len(rows) >= MAX_ROWS:
        raise InvalidValue(f"Une campagne tient {MAX_ROWS} lignes : ouvrez-en une autre.")
    model = next((row for row in rows if row.id == like), rows[-1] if rows else None)
    identity = secrets.token_hex(6)
    number = max((row.number for row in rows), default=0) + 1
    values: dict[str, Json] = {"exists": True, "number": number, "date": clock.today().isoformat()}
    if model is not None:
        kept = {"unit": model.unit, "date": model.date, "professional": model.professional}
        values |= {name: value for name, value in kept.items() if value}
    edits = [Edit(names.row(key, identity), name, value) for name, value in values.items()]
    return gesture(session, campaign, edits, f"Ligne {number} ajoutée"), identity


def note(session: Session, key: str, row: str, item: str, value: ObservedValue | None) -> Changes:
    """Note one fact of a line, or clear it.

    Raises:
        NotFound: no such campaign, line or fact.
        InvalidValue: the fact cannot be noted so.
    """
    campaign, now = _row(session, key, row)
    found = _item(session.grid(campaign.grid[2]), item)
    if value is not None and value not in found.values:
        raise InvalidValue("Cette réponse n'est pas prévue pour ce fait.")
    if now.values.get(item) == value:
        return Changes()
    edits = [Edit(names.row(key, row), f"{ITEM}{item}", value.value if value else None)]
    if value is not None and now.reason:
        edits.append(Edit(names.row(key, row), "reason", ""))
    said = value.value.replace("_", " ") if value else "retiré"
    return gesture(session, campaign, edits, f"Ligne {now.number} : {said}")


def set_row(
    session: Session,
    key: str,
    row: str,
    *,
    unit: str | None = None,
    date: str | None = None,
    at: str | None = None,
    professional: str | None = None,
    reason: str | None = None,
    context: Mapping[str, str] | None = None,
) -> Changes:
    """Say where and when a line was observed, on whom, or why it was not.

    Args:
        session: the open workspace.
        key: id of the campaign.
        row: id of the line.
        unit: name of the unit.
        date: local day, `AAAA-MM-JJ`.
        at: local time, `HH:MM`.
        professional: a mark of at most 8 letters and figures («P1»), never a name.
        reason: id of a reason for not observing, empty when it was observed.
        context: choices by column id.

    Raises:
        NotFound: no such campaign or line.
        InvalidValue: a value that cannot be.
    """
    campaign, now = _row(session, key, row)
    grid = session.grid(campaign.grid[2])
    wanted: dict[str, str | None] = {
        "unit": None if unit is None else name_of(unit),
        "date": None if date is None else day_of(date),
        "time": None if at is None else _time(at),
        "professional": None if professional is None else _mark(professional),
        "reason": None if reason is None else _reason(grid, reason),
    }
    edits = [
        Edit(names.row(key, row), name, value)
        for name, value in wanted.items()
        if value is not None and getattr(now, name) != value
    ]
    for column, choice in (context or {}).items():
        if now.context.get(column, "") != _choice(grid, column, choice):
            edits.append(Edit(names.row(key, row), f"{CONTEXT}{column}", choice))
    return gesture(session, campaign, edits, f"Ligne {now.number}") if edits else Changes()


def remove_row(session: Session, key: str, row: str) -> Changes:
    """Take a line away; undo brings it back.

    Raises:
        NotFound: no such campaign or line.
    """
    campaign, now = _row(session, key, row)
    edit = Edit(names.row(key, row), "exists", False)
    return gesture(session, campaign, [edit], f"Ligne {now.number} retirée")


def checked(grid: ObservationGrid, field: str, text: str) -> str:
    """Return a value of a line as it is kept; `field` is that of the journal.

    Raises:
        NotFound: no such fact.
        InvalidValue: a line cannot have it.
    """
    if field.startswith(ITEM):
        item = _item(grid, field.removeprefix(ITEM))
        if text not in {value.value for value in item.values}:
            raise InvalidValue("Cette réponse n'est pas prévue pour ce fait.")
        return text
    if field.startswith(CONTEXT):
        return _choice(grid, field.removeprefix(CONTEXT), text)
    plain: Mapping[str, Callable[[str], str]] = {
        "unit": name_of,
        "date": day_of,
        "time": _time,
        "professional": _mark,
    }
    return plain.get(field, partial(_reason, grid))(text)


def _row(session: Session, key: str, row: str) -> tuple[Campaign, ObservedRow]:
    campaign = campaigns.get(session, key)
    found = stored.row(session.workspace.db, key, row)
    if found is None:
        raise NotFound("Cette ligne d'observation n'existe pas, ou plus, dans la campagne.")
    return campaign, found


def _item(grid: ObservationGrid, item: str) -> ObservedItem:
    found = next((each for each in grid.items if each.id == item), None)
    if found is None:
        raise NotFound("Ce fait n'est pas dans la grille d'observation de la campagne.")
    return found


def _time(text: str) -> str:
    try:
        return time.fromisoformat(text).strftime("%H:%M") if text else ""
    except ValueError:
        raise InvalidValue("L'heure s'écrit comme 14:05.") from None


def _mark(text: str) -> str:
    mark = text.strip().upper()
    if mark and not _MARK.fullmatch(mark):
        raise InvalidValue("Le professionnel observé se note par un repère court, comme P1 ; jamais un nom.")
    return mark


def _reason(grid: ObservationGrid, reason: str) -> str:
    if reason and reason not in {each.id for each in grid.not_observed}:
        raise InvalidValue("Ce motif n'est pas prévu par la grille d'observation.")
    return reason


def _choice(grid: ObservationGrid, column: str, choice: str) -> str:
    found = next((each for each in grid.context if each.id == column), None)
    if found is None or (choice and choice not in found.choices):
        raise InvalidValue("Ce choix n'est pas prévu par la grille d'observation.")
    return choice
