"""Observation campaigns: prepared, listed, read together with what their lines say."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date as day

from ivaudit.app import facilities, names, texts
from ivaudit.app.gestures import gesture_in, redo, undo
from ivaudit.app.session import Session
from ivaudit.content.compiled import freeze_grid
from ivaudit.domain.audit import Changes
from ivaudit.domain.campaign import Campaign, CampaignResult, Draw, ObservedRow, campaign_result
from ivaudit.domain.errors import InvalidValue, NotFound
from ivaudit.domain.journal import MODIFY, Json
from ivaudit.domain.observation import ObservationGrid
from ivaudit.domain.proposals import Proposal, proposals
from ivaudit.store import campaigns as stored
from ivaudit.store import definitions
from ivaudit.store.journal import Edit

__all__ = [
    "CampaignSheet",
    "all_of",
    "create",
    "edit",
    "get",
    "of_audit",
    "proposed",
    "proposed_by",
    "redo",
    "remove",
    "sheet",
    "stack_of",
    "undo",
]

MAX_TITLE = 200
MAX_NAME = 60
_MOST_PRESENT = 100_000


@dataclass(frozen=True, slots=True, kw_only=True)
class CampaignSheet:
    """A campaign with its grid, its rows and what they say together."""

    campaign: Campaign
    grid: ObservationGrid
    rows: tuple[ObservedRow, ...]
    result: CampaignResult


def all_of(session: Session) -> tuple[Campaign, ...]:
    """Return every campaign, the newest first."""
    return stored.campaigns(session.workspace.db)


def of_audit(session: Session, audit: str) -> tuple[Campaign, ...]:
    """Return the campaigns of an audit, the newest first."""
    return tuple(each for each in all_of(session) if each.audit == audit)


def sheet(session: Session, key: str) -> CampaignSheet:
    """Return everything known of a campaign.

    Raises:
        NotFound: no such campaign.
    """
    campaign = get(session, key)
    grid = session.grid(campaign.grid[2])
    rows = stored.rows(session.workspace.db, key)
    return CampaignSheet(
        campaign=campaign, grid=grid, rows=rows, result=campaign_result(campaign, grid, rows)
    )


def create(
    session: Session,
    facility: str,
    grid: str,
    *,
    audit: str = "",
    title: str = "",
    start: str = "",
    end: str = "",
    units: Sequence[str] = (),
    observers: Sequence[str] = (),
    present: Mapping[str, int] | None = None,
    draw: Draw = Draw.CONVENIENCE,
) -> tuple[Changes, str]:
    """Prepare a campaign; it keeps a copy of the exact grid it uses.

    Args:
        session: the open workspace.
        facility: id of the structure.
        grid: id of the observation grid in the library.
        audit: id of the audit it belongs to, empty when it stands alone.
        title: what people call it, the title of the grid when empty.
        start: first local day, `AAAA-MM-JJ`, may be empty.
        end: last local day, may be empty.
        units: where it takes place.
        observers: who observes, by function.
        present: how many there are to observe, by unit.
        draw: how the lines are chosen.

    Returns:
        What changed, and the id of the campaign.

    Raises:
        NotFound: no such structure, audit or grid.
        InvalidValue: an impossible day, name or count.
    """
    facilities.get(session, facility)
    if audit:
        session.audit(audit)
    found = session.library.observation(grid)
    key = secrets.token_hex(6)
    with session.workspace.gesture():
        body = freeze_grid(found)
        sha = definitions.put(session.workspace.db, "observation", found.id, found.version, body)
        values: dict[str, Json] = {
            "exists": True,
            "facility": facility,
            "audit": audit,
            "grid": [found.id, found.version, sha],
            "title": _title(title) or found.title,
            "start": day_of(start),
            "end": day_of(end),
            "units": _names(units),
            "observers": _names(observers),
            "present": _present(present or {}),
            "draw": draw.value,
        }
        edits = [Edit(names.campaign(key), name, value) for name, value in values.items()]
        label = "Campagne d'observation créée"
        return gesture_in(session, names.campaign(key), edits, label, audit=audit), key


def edit(
    session: Session,
    key: str,
    *,
    title: str | None = None,
    start: str | None = None,
    end: str | None = None,
    units: Sequence[str] | None = None,
    observers: Sequence[str] | None = None,
    present: Mapping[str, int] | None = None,
    draw: Draw | None = None,
) -> Changes:
    """Change what a campaign says of itself; nothing given, nothing changed.

    Raises:
        NotFound: no such campaign.
        InvalidValue: an impossible day, name or count, or no title left.
    """
    campaign = get(session, key)
    if title is not None and not _title(title):
        raise InvalidValue("Une campagne a besoin d'un intitulé.")
    wanted: dict[str, Json] = {
        "title": None if title is None else _title(title),
        "start": None if start is None else day_of(start),
        "end": None if end is None else day_of(end),
        "units": None if units is None else _names(units),
        "observers": None if observers is None else _names(observers),
        "present": None if present is None else _present(present),
        "draw": None if draw is None else draw.value,
    }
    now: dict[str, Json] = {
        "title": campaign.title,
        "start": campaign.start,
        "end": campaign.end,
        "units": list(campaign.units),
        "observers": list(campaign.observers),
        "present": dict(campaign.present),
        "draw": campaign.draw.value,
    }
    edits = [
        Edit(names.campaign(key), name, value)
        for name, value in wanted.items()
        if value is not None and now[name] != value
    ]
    return gesture(session, campaign, edits, "Campagne modifiée") if edits else Changes()


def remove(session: Session, key: str) -> Changes:
    """Take a campaign off the lists; undo brings it back.

    Raises:
        NotFound: no such campaign.
    """
    edit = Edit(names.campaign(key), "exists", False)
    return gesture(session, get(session, key), [edit], "Campagne retirée")


def proposed(session: Session, key: str) -> tuple[Proposal, ...]:
    """Return the answers that a campaign suggests for criteria; none is set.

    Raises:
        NotFound: no such campaign.
    """
    return proposed_by(session, sheet(session, key))


def proposed_by(session: Session, found: CampaignSheet) -> tuple[Proposal, ...]:
    """Return the answers that what was read of a campaign suggests; none is set."""
    return proposals(found.result.items, session.library.thresholds())


def get(session: Session, key: str) -> Campaign:
    """Return a campaign.

    Raises:
        NotFound: there is none with this id.
    """
    found = stored.campaign(session.workspace.db, key)
    if found is None:
        raise NotFound("Cette campagne d'observation n'existe pas, ou plus, dans ce dossier de travail.")
    return found


def gesture(
    session: Session, campaign: Campaign, edits: Sequence[Edit], label: str, *, kind: str = MODIFY
) -> Changes:
    """Record edits of a campaign as one gesture, undone with those of its audit where it has one."""
    scope = names.campaign(campaign.id)
    return gesture_in(session, scope, edits, label, audit=campaign.audit, kind=kind)


def stack_of(session: Session, key: str) -> str:
    """Return under which name the gestures of a campaign are undone.

    Raises:
        NotFound: no such campaign.
    """
    return get(session, key).audit or names.campaign(key)


def _title(text: str) -> str:
    return texts.bounded(" ".join(text.split()), MAX_TITLE)


def day_of(text: str) -> str:
    """Return a local day as it is kept, `AAAA-MM-JJ`, or an empty text.

    Raises:
        InvalidValue: it is no day.
    """
    try:
        return day.fromisoformat(text).isoformat() if text else ""
    except ValueError:
        raise InvalidValue("La date s'écrit comme 2026-11-21.") from None


def name_of(text: str) -> str:
    """Return the name of a unit or a function as it is kept.

    Raises:
        InvalidValue: it is too long.
    """
    return texts.bounded(" ".join(text.split()), MAX_NAME)


def _names(found: Sequence[str]) -> list[Json]:
    return list(dict.fromkeys(name for name in map(name_of, found) if name))


def _present(found: Mapping[str, int]) -> dict[str, Json]:
    if any(not 0 <= count <= _MOST_PRESENT for count in found.values()):
        raise InvalidValue("Le nombre de présents est un nombre entier, de 0 à 100 000.")
    return {name_of(unit): count for unit, count in found.items()}
