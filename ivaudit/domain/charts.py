"""Charts as values: which axes, which figures, and which form suits them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

from ivaudit.domain.scoring import DomainResult

MIN_RADAR_AXES = 3
_STEPS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Axis:
    """A named value, in whole points of 100; `note` is said instead where there is none."""

    label: str
    value: int | None
    note: str = "pas de score"


@dataclass(frozen=True, slots=True, kw_only=True)
class RadarChart:
    """Axes around a centre; an axis without value stays without point."""

    title: str
    axes: tuple[Axis, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BarChart:
    """Horizontal bars from 0 to 100; an axis without value is hatched."""

    title: str
    axes: tuple[Axis, ...]

    @property
    def ticks(self) -> tuple[int, ...]:
        """Return the figures of the scale."""
        return (0, 25, 50, 75, 100)


@dataclass(frozen=True, slots=True, kw_only=True)
class CountChart:
    """Horizontal bars of counts, from 0 to a round figure above the highest; every axis has a value.

    `note` is written under the bars: what must be known to read them.
    """

    title: str
    axes: tuple[Axis, ...]
    note: str = ""

    @property
    def ticks(self) -> tuple[int, ...]:
        """Return the figures of the scale, at most five steps of 1, 2 or 5 × a power of ten."""
        highest = max((axis.value or 0 for axis in self.axes), default=0)
        power = 1
        while True:
            for step in (power, 2 * power, 5 * power):
                if step * _STEPS >= highest:
                    return tuple(range(0, max(highest, 1) + step, step))[: _STEPS + 1]
            power *= 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """One point of a series; without `value` the line is broken there.

    `low` and `high` are its control limits, where it has some; `flagged` points make a signal; `hollow` ones
    were counted by the program.
    """

    label: str
    value: float | None
    shown: str = ""
    low: float | None = None
    high: float | None = None
    flagged: bool = False
    hollow: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """A horizontal line with its words: a mean, a target."""

    value: float
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesChart:
    """Points in the order of time, joined by a line or not, with their limits, mean and target."""

    title: str
    unit: str
    marks: tuple[Mark, ...]
    centre: Level | None = None
    target: Level | None = None
    joined: bool = True


ChartModel: TypeAlias = RadarChart | BarChart | CountChart | SeriesChart


def radar_or_bars(title: str, axes: Sequence[Axis]) -> RadarChart | BarChart:
    """Return a radar where it draws a shape, bars otherwise.

    A radar needs three axes with a value, and three quarters of its axes: scattered dots say nothing.
    """
    known = sum(axis.value is not None for axis in axes)
    if known >= MIN_RADAR_AXES and known * 4 >= len(axes) * 3:
        return RadarChart(title=title, axes=tuple(axes))
    return BarChart(title=title, axes=tuple(axes))


def axes_of(results: Sequence[DomainResult]) -> tuple[Axis, ...]:
    """Return one axis per domain, numbered as people say them."""
    return tuple(
        Axis(label=f"{rank}. {each.domain.title}", value=each.result.score)
        for rank, each in enumerate(results, 1)
    )


def described(chart: ChartModel) -> str:
    """Return what a chart shows, in words, for those who do not see it."""
    if isinstance(chart, SeriesChart):
        return _series(chart)
    if isinstance(chart, CountChart):
        counts = " ; ".join(f"{axis.label} : {axis.value}" for axis in chart.axes)
        return f"Diagramme en barres – {chart.title}. {counts}. {chart.note}".rstrip()
    form = "Diagramme en radar" if isinstance(chart, RadarChart) else "Diagramme en barres"
    values = " ; ".join(f"{axis.label} : {_said(axis)}" for axis in chart.axes)
    return f"{form} – {chart.title}. {values}."


def _said(axis: Axis) -> str:
    return axis.note if axis.value is None else f"{axis.value} sur 100"


def _series(chart: SeriesChart) -> str:
    values = " ; ".join(f"{mark.label} : {mark.shown}" for mark in chart.marks if mark.value is not None)
    levels = [level.label for level in (chart.centre, chart.target) if level is not None]
    flagged = [mark.label for mark in chart.marks if mark.flagged]
    more = f" Repères : {', '.join(levels)}." if levels else ""
    signals = f" Points signalés : {', '.join(flagged)}." if flagged else ""
    return f"Courbe – {chart.title}. {values}.{more}{signals}"
