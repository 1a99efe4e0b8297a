"""The chart of an indicator: every period from its first reading to its last, gaps included."""

from ivaudit.domain.charts import Level, Mark, SeriesChart
from ivaudit.domain.indicator_model import IndicatorView, Origin, SeriesPoint
from ivaudit.domain.indicators import Unit
from ivaudit.domain.months import Rhythm, short, span
from ivaudit.domain.readings import number

_LEAST = 2
"""Values under which there is no chart to draw."""


def chart_of(view: IndicatorView) -> SeriesChart | None:
    """Return the chart of an indicator, nothing under two values; a period without a reading is no zero."""
    valued = [each for each in view.points if each.value is not None]
    if len(valued) < _LEAST:
        return None
    indicator = view.indicator
    step = indicator.rhythm.months
    known = {each.month: each for each in valued}
    sampled = indicator.rhythm is Rhythm.AUDIT
    months = tuple(known) if sampled else span(valued[0].month, valued[-1].month, step)
    return SeriesChart(
        title=indicator.title,
        unit=indicator.unit.value,
        marks=tuple(_mark(month, known.get(month)) for month in months),
        centre=None
        if view.centre is None
        else Level(value=view.centre, label=f"moyenne {view.centre_shown}"),
        target=None if view.target is None else Level(value=view.target, label=f"cible {_target(view)}"),
    )


def intervals_of(view: IndicatorView) -> SeriesChart | None:
    """Return the days between one rare event and the next as dots, nothing under two intervals."""
    rare = view.rare
    if rare is None or len(rare.intervals) < _LEAST:
        return None
    marks = (
        Mark(label="/".join(reversed(day.split("-"))), value=float(days), shown=number(days))
        for day, days in zip(rare.days[1:], rare.intervals, strict=True)
    )
    return SeriesChart(
        title=f"Jours entre deux événements ({view.indicator.event})",
        unit=Unit.DAYS.value,
        marks=tuple(marks),
        joined=False,
    )


def _mark(month: str, point: SeriesPoint | None) -> Mark:
    if point is None:
        return Mark(label=short(month), value=None)
    return Mark(
        label=short(month),
        value=point.value,
        shown=point.shown,
        low=point.low,
        high=point.high,
        flagged=point.flagged,
        hollow=point.origin is not Origin.TYPED,
    )


def _target(view: IndicatorView) -> str:
    return view.target_shown.partition(" ou ")[0]
