"""The indicators of the demonstration: readings of the months before today, recorded as real ones."""

from dataclasses import dataclass
from datetime import timedelta

from ivaudit.app import indicators
from ivaudit.app.session import Session
from ivaudit.content.packaged import packaged
from ivaudit.domain import clock
from ivaudit.domain.months import month_of, shifted
from ivaudit.domain.readings import Counts

_SCRIPT = "demonstration/indicateurs-les-tilleuls.yaml"


@dataclass(frozen=True, slots=True, kw_only=True)
class ScriptedSeries:
    """Counts of successive months up to the one before today; without numerators, the register counts."""

    indicator: str
    source: str
    target: str
    numerators: tuple[int, ...]
    denominators: tuple[int, ...]
    excluded: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ScriptedEvents:
    """Rare events, by how many days ago they happened."""

    indicator: str
    days_ago: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorScript:
    """What the made-up care home counted."""

    series: tuple[ScriptedSeries, ...]
    events: tuple[ScriptedEvents, ...]


def build(session: Session, facility: str) -> None:
    """Record the readings, targets and rare events of the made-up care home."""
    found: IndicatorScript = packaged(_SCRIPT, IndicatorScript)
    today = clock.today()
    for each in found.series:
        indicators.write(session, facility, _cells(each, month_of(today)))
        if each.target:
            indicators.aim(session, facility, each.indicator, each.target)
    for events in found.events:
        for days in events.days_ago:
            day = (today - timedelta(days=days)).isoformat()
            indicators.note_event(session, facility, events.indicator, day)


def _cells(found: ScriptedSeries, now: str) -> list[indicators.Written]:
    count = len(found.denominators)
    return [
        indicators.Written(
            indicator=found.indicator,
            month=shifted(now, at - count),
            counts=Counts(
                numerator=found.numerators[at] if found.numerators else None,
                denominator=found.denominators[at],
                excluded=found.excluded[at] if found.excluded else None,
            ),
            source=found.source,
        )
        for at in range(count)
    ]
