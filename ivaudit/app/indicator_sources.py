"""What this program can count for indicators, one function per source; a new source is one more entry."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from ivaudit.app import actions, campaigns
from ivaudit.app.session import Session
from ivaudit.domain import register_counts
from ivaudit.domain.indicator_counts import SeenRow, observed, on_time
from ivaudit.domain.indicator_view import MOST_POINTS
from ivaudit.domain.indicators import Counted, Indicator
from ivaudit.domain.months import month_of, shifted
from ivaudit.domain.readings import Computed
from ivaudit.domain.register_counts import Reviewed
from ivaudit.store import campaigns as stored
from ivaudit.store import register_counts as counted
from ivaudit.store.anomalies import entry
from ivaudit.store.register_counts import Kept

Count: TypeAlias = Callable[[Session, str, Indicator, date], Mapping[str, Computed]]
"""From an open workspace, a structure, an indicator and the local day, to what was counted, by month."""

Days: TypeAlias = Callable[[Session, str, Indicator], tuple[str, ...]]
"""From an open workspace, a structure and an indicator of rare events, to the days they happened on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Computations:
    """All that this program counts of one structure: by indicator and month, and days of rare events."""

    counts: Mapping[str, Mapping[str, Computed]]
    days: Mapping[str, tuple[str, ...]]


def all_of(session: Session, facility: str, indicators: Iterable[Indicator], today: date) -> Computations:
    """Return all that this program counts of some indicators in a structure.

    Args:
        session: the open workspace.
        facility: id of the structure.
        indicators: their definitions.
        today: the local day.
    """
    wanted = [each for each in indicators if each.computed is not None]
    return Computations(
        counts={each.id: computed(session, facility, each, today) for each in wanted},
        days={each.id: occurrences(session, facility, each) for each in wanted},
    )


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
    return days(session, facility, indicator) if indicator.rare else ()


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


def _cases(session: Session, facility: str, indicator: Indicator, today: date) -> Mapping[str, Computed]:
    db = session.workspace.db
    found = counted.cases(db, _kept(facility, indicator))
    return register_counts.cases(found, counted.kept_since(db, facility), indicator.rhythm, today)


def _delays(session: Session, facility: str, indicator: Indicator, today: date) -> Mapping[str, Computed]:
    found = counted.closed(session.workspace.db, _kept(facility, indicator))
    return register_counts.delays(found, indicator.rhythm, today)


def _reviews(session: Session, facility: str, indicator: Indicator, today: date) -> Mapping[str, Computed]:
    db = session.workspace.db
    since = f"{shifted(month_of(today), -indicator.rhythm.months * MOST_POINTS)}-01"
    found = (entry(db, key) for key, _ in counted.ids(db, _kept(facility, indicator), since))
    events = (
        Reviewed(found=each.found, review=each.text("review"), day=each.text("review_day"))
        for each in found
        if each is not None and each.found
    )
    return register_counts.reviewed(events, indicator.rhythm, today)


def _days(session: Session, facility: str, indicator: Indicator) -> tuple[str, ...]:
    return counted.days(session.workspace.db, _kept(facility, indicator))


def _kept(facility: str, indicator: Indicator) -> Kept:
    computed = indicator.computed
    return Kept(
        facility=facility,
        kinds=computed.entries if computed else (),
        types=computed.types if computed else (),
    )


COUNTS: Mapping[Counted, Count] = {
    Counted.OBSERVATIONS: _observed,
    Counted.ACTIONS: _on_time,
    Counted.CASES: _cases,
    Counted.DELAYS: _delays,
    Counted.REVIEWS: _reviews,
}
DAYS: Mapping[Counted, Days] = {Counted.CASES: _days}
