"""What this program can count for indicators, one function per source; a new source is one more entry."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import TypeAlias

from ivaudit.app import actions, campaigns
from ivaudit.app.session import Session
from ivaudit.domain.indicator_counts import SeenRow, observed, on_time
from ivaudit.domain.indicators import Counted, Indicator
from ivaudit.domain.readings import Computed
from ivaudit.store import campaigns as stored

Count: TypeAlias = Callable[[Session, str, Indicator, date], Mapping[str, Computed]]
"""From an open workspace, a structure, an indicator and the local day, to what was counted, by month."""

Days: TypeAlias = Callable[[Session, str, Indicator], tuple[str, ...]]
"""From an open workspace, a structure and an indicator of rare events, to the days they happened on."""


def computed(session: Session, facility: str, indicator: Indicator, today: date) -> Mapping[str, Computed]:
    """Return what this program counts of an indicator in a structure, by month; nothing when it cannot.

    Args:
        session: the open workspace.
        facility: id of the structure.
        indicator: its definition.
        today: the local day.
    """
    if indicator.computed is None or (count := COUNTS.get(indicator.computed.counts)) is None:
        return {}
    return count(session, facility, indicator, today)


def occurrences(session: Session, facility: str, indicator: Indicator) -> tuple[str, ...]:
    """Return the days of rare events that this program knows of by itself, none when it knows no source."""
    if indicator.computed is None or (days := DAYS.get(indicator.computed.counts)) is None:
        return ()
    return days(session, facility, indicator)


def _observed(session: Session, facility: str, indicator: Indicator, _today: date) -> Mapping[str, Computed]:
    facts = indicator.computed.facts if indicator.computed else ()
    return observed(_seen(session, facility, {each.grid for each in facts}), facts)


def _seen(session: Session, facility: str, grids: set[str]) -> Iterator[SeenRow]:
    for campaign in campaigns.all_of(session):
        grid = campaign.grid[0]
        if campaign.facility != facility or grid not in grids:
            continue
        for row in stored.rows(session.workspace.db, campaign.id):
            if day := row.date or campaign.start:
                yield SeenRow(grid=grid, campaign=campaign.id, day=date.fromisoformat(day), row=row)


def _on_time(session: Session, facility: str, indicator: Indicator, today: date) -> Mapping[str, Computed]:
    found = (each for each in actions.all_of(session) if each.facility == facility)
    return on_time(found, indicator.rhythm, today)


COUNTS: Mapping[Counted, Count] = {Counted.OBSERVATIONS: _observed, Counted.ACTIONS: _on_time}
DAYS: Mapping[Counted, Days] = {}
