"""One indicator in one structure, put together: points, limits, signals, target, days since a rare event."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction
from itertools import pairwise

from ivaudit.domain import indicator_words as words
from ivaudit.domain.control_chart import Control, Point, Refusal, control
from ivaudit.domain.indicator_model import IndicatorView, Origin, RareEvents, Remark, SeriesPoint
from ivaudit.domain.indicators import Direction, Indicator
from ivaudit.domain.months import period
from ivaudit.domain.readings import Counts, History, rounded, shown, value_of, value_without
from ivaudit.domain.tone import Tone

MOST_POINTS = 36
"""At most so many periods are shown, the latest ones; limits are computed on those shown."""


def view(indicator: Indicator, history: History, *, today: date, small: int, last: str = "") -> IndicatorView:
    """Return what is shown of an indicator.

    Args:
        indicator: its definition.
        history: what was read, computed, aimed at.
        today: the local day.
        small: denominator under which a value is said to rest on few cases.
        last: the last month shown; the latest known unless told.
    """
    points = _points(indicator, history, last)
    found = control(indicator.nature, indicator.measure, _proportions(points))
    points = _with_limits(indicator, points, found)
    latest = next((each for each in reversed(points) if each.value is not None), None)
    target = history.target.value if history.target and indicator.direction.aims else None
    signals = found.signals if isinstance(found, Control) else ()
    centre = found.centre * indicator.unit.scale if isinstance(found, Control) else None
    return IndicatorView(
        indicator=indicator,
        points=points,
        centre=None if centre is None else float(centre),
        centre_shown="" if centre is None else shown(indicator.unit, centre),
        target=None if target is None else float(target),
        target_shown="" if target is None else words.target(indicator, target),
        standing=_standing(indicator, latest, target),
        limits_said=words.limits(indicator, found, len(_proportions(points))) if points else "",
        signals=tuple(words.signal(indicator, each) for each in signals),
        remarks=words.remarks(indicator, latest.counts, small) if latest else (),
        rare=_rare(indicator, history.occurrences, today) if indicator.rare else None,
    )


def _points(indicator: Indicator, history: History, last: str) -> tuple[SeriesPoint, ...]:
    months = sorted({*history.readings, *history.computed})
    made = (_point(indicator, history, month) for month in months if not last or month <= last)
    return tuple(each for each in made if not each.counts.empty)[-MOST_POINTS:]


def _point(indicator: Indicator, history: History, month: str) -> SeriesPoint:
    reading, computed = history.readings.get(month), history.computed.get(month)
    typed = reading.counts if reading is not None and not reading.counts.empty else None
    counts, origin = _together(typed, computed.counts if computed else Counts())
    value, without = value_of(indicator, counts), value_without(indicator, counts)
    return SeriesPoint(
        month=month,
        label=period(month, indicator.rhythm),
        origin=origin,
        numerator=counts.numerator,
        denominator=counts.denominator,
        excluded=counts.excluded,
        value=None if value is None else float(rounded(value)),
        shown=words.counts(counts) if value is None else shown(indicator.unit, value),
        without="" if without is None else shown(indicator.unit, without),
        source=reading.source if reading else "",
        date=reading.date if reading else "",
        explanation=computed.explanation if computed else "",
        differs=bool(computed and origin is Origin.TYPED and not _same(computed.counts, counts)),
        conflict=reading.conflict if reading else False,
    )


def _together(typed: Counts | None, computed: Counts) -> tuple[Counts, Origin]:
    """Return what counts: what was typed wins, a denominator typed alone completes a number of cases."""
    if typed is None:
        return computed, Origin.COMPUTED
    if typed.numerator is None and computed.numerator is not None:
        if computed.denominator is not None:
            return computed, Origin.COMPUTED  # another whole would not be the one that was judged
        return replace(typed, numerator=computed.numerator), Origin.BOTH
    return typed, Origin.TYPED


def _same(computed: Counts, typed: Counts) -> bool:
    """Tell whether what was computed is what was typed; a denominator that was not computed says nothing."""
    known = computed.denominator is None or computed.denominator == typed.denominator
    return known and computed.numerator == typed.numerator


def _proportions(points: Sequence[SeriesPoint]) -> list[Point]:
    return [
        Point(month=each.month, numerator=each.numerator, denominator=each.denominator)
        for each in points
        if each.numerator is not None and each.denominator
    ]


def _with_limits(
    indicator: Indicator, points: tuple[SeriesPoint, ...], found: Control | Refusal
) -> tuple[SeriesPoint, ...]:
    if isinstance(found, Refusal):
        return points
    scale = indicator.unit.scale
    limits = {each.month: (each.low * scale, each.high * scale) for each in found.limits}
    flagged = {month for each in found.signals for month in each.months}
    return tuple(
        replace(each, low=limits[each.month][0], high=limits[each.month][1], flagged=each.month in flagged)
        if each.month in limits
        else each
        for each in points
    )


def _standing(indicator: Indicator, latest: SeriesPoint | None, target: Fraction | None) -> Remark | None:
    value = value_of(indicator, latest.counts) if latest else None
    if latest is None or value is None or target is None:
        return None
    # As displayed, so that what is read and what is judged are the same figure.
    seen = rounded(value)
    reached = seen >= target if indicator.direction is Direction.UP else seen <= target
    said = "atteinte" if reached else "pas encore atteinte"
    text = f"Cible {said} : {latest.shown} ({latest.label}), pour {words.target(indicator, target)}."
    return Remark(text=text, tone=Tone.GOOD if reached else Tone.MIDDLE)


def _rare(indicator: Indicator, occurrences: Sequence[str], today: date) -> RareEvents:
    days = tuple(sorted(set(occurrences)))
    dates = [date.fromisoformat(each) for each in days]
    intervals = tuple((later - former).days for former, later in pairwise(dates))
    since = (today - dates[-1]).days if dates else None
    said = words.since(indicator, days, intervals, since)
    return RareEvents(days=days, intervals=intervals, since=since, said=said)
