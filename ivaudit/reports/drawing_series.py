"""Points in the order of time, with limits, mean and target; signs tell what colours repeat."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import ceil, floor, log10

from reportlab.graphics.shapes import Circle, Drawing, Polygon, Shape

from ivaudit.domain.charts import Mark, SeriesChart
from ivaudit.reports import fonts
from ivaudit.reports.drawing_shapes import SIZE, box, stroke, text
from ivaudit.reports.fonts import BOLD, REGULAR
from ivaudit.reports.palette import Inks

_HEIGHT, _LEFT, _RIGHT, _BOTTOM, _TOP = 180.0, 34.0, 84.0, 40.0, 20.0
_TICKS = 5
_SMALL = 6.5
_APART = 9.0
"""Between two words on the right, in points."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Field:
    """Where values lie: from `low` to `high` upwards, `count` points from left to right."""

    right: float
    low: float
    high: float
    count: int

    @property
    def step(self) -> float:
        return (self.right - _LEFT) / max(self.count, 1)

    def x(self, rank: int) -> float:
        return _LEFT + (rank + 0.5) * self.step

    def y(self, value: float) -> float:
        return _BOTTOM + (value - self.low) / (self.high - self.low) * (_HEIGHT - _BOTTOM - _TOP)


def series(chart: SeriesChart, width: float, inks: Inks) -> Drawing:
    """Return a series as a drawing.

    Args:
        chart: what to draw.
        width: width of the drawing, in points.
        inks: colours by role.
    """
    ticks = ticks_of(_values(chart) if chart.joined else [0.0, *_values(chart)])
    named = chart.centre is not None or chart.target is not None
    right = width - (_RIGHT if named else _LEFT / 2)
    field = _Field(right=right, low=ticks[0], high=ticks[-1], count=len(chart.marks))
    drawing = Drawing(width, _HEIGHT)
    for shape in (
        *_axes(chart, field, ticks, inks),
        *_limits(chart, field, inks),
        *_levels(chart, field, inks),
        *_line(chart, field, inks),
        *_points(chart, field, inks),
        *_legend(chart, inks),
    ):
        drawing.add(shape)
    return drawing


def ticks_of(values: Sequence[float]) -> tuple[float, ...]:
    """Return round values, evenly apart, from just below the lowest to just above the highest."""
    low, high = min(values, default=0.0), max(values, default=1.0)
    room = (high - low) or max(abs(high), 1.0)
    raw = room / _TICKS
    size = 10.0 ** floor(log10(raw))
    step = next(each * size for each in (1, 2, 5, 10) if each * size >= raw)
    first = max(0, floor(low / step)) if low >= 0 else floor(low / step)
    last = max(ceil(high / step), first + 1)
    return tuple(round(rank * step, 9) for rank in range(first, last + 1))


def _values(chart: SeriesChart) -> list[float]:
    levels = (level.value for level in (chart.centre, chart.target) if level is not None)
    bounds = (each for mark in chart.marks for each in (mark.value, mark.low, mark.high) if each is not None)
    return [*levels, *bounds]


def _axes(chart: SeriesChart, field: _Field, ticks: Sequence[float], inks: Inks) -> Iterator[Shape]:
    for tick in ticks:
        y = field.y(tick)
        yield stroke((_LEFT, y), (field.right, y), inks.line, 0.5)
        yield text(_LEFT - 5, y - 2.4, _figure(tick), inks.muted, anchor="end", size=_SMALL)
    yield text(_LEFT - 5, _HEIGHT - 10, fonts.drawable(chart.unit), inks.muted, anchor="end", size=_SMALL)
    widest = max((fonts.width(mark.label, REGULAR, _SMALL) for mark in chart.marks), default=0.0)
    every = max(1, ceil((widest + 6) / field.step))
    for rank, mark in enumerate(chart.marks):
        if (field.count - 1 - rank) % every == 0:  # the latest one is always named
            words = fonts.drawable(mark.label)
            yield text(field.x(rank), _BOTTOM - 12, words, inks.muted, anchor="middle", size=_SMALL)


def _limits(chart: SeriesChart, field: _Field, inks: Inks) -> Iterator[Shape]:
    """Draw the limits of each point over its own width: they change with what was counted."""
    half = field.step / 2
    for rank, mark in enumerate(chart.marks):
        for bound in (mark.low, mark.high):
            if bound is not None:
                y = field.y(bound)
                yield stroke(
                    (field.x(rank) - half, y), (field.x(rank) + half, y), inks.neutral, 0.9, dashed=True
                )


def _levels(chart: SeriesChart, field: _Field, inks: Inks) -> Iterator[Shape]:
    """Draw mean and target, their words on the right kept apart."""
    levels = [level for level in (chart.centre, chart.target) if level is not None]
    placed: list[float] = []
    for level in sorted(levels, key=lambda each: each.value):
        y = field.y(level.value)
        aimed = level is chart.target
        yield stroke(
            (_LEFT, y), (field.right, y), inks.good if aimed else inks.neutral, 1.3 if aimed else 0.7
        )
        at = max(y - 2.4, placed[-1] + _APART) if placed else y - 2.4
        placed.append(at)
        words = fonts.wrapped(level.label, REGULAR, SIZE, _RIGHT - 8, most=1)[0]
        yield text(field.right + 5, at, words, inks.good if aimed else inks.muted, size=SIZE)


def _line(chart: SeriesChart, field: _Field, inks: Inks) -> Iterator[Shape]:
    if not chart.joined:
        return
    for (rank, former), (_, later) in pairwise(enumerate(chart.marks)):
        if former.value is not None and later.value is not None:
            start = field.x(rank), field.y(former.value)
            yield stroke(start, (field.x(rank + 1), field.y(later.value)), inks.accent, 1.3)


def _points(chart: SeriesChart, field: _Field, inks: Inks) -> Iterator[Shape]:
    for rank, mark in enumerate(chart.marks):
        if mark.value is not None:
            x, y = field.x(rank), field.y(mark.value)
            yield sign(x, y, mark, inks)
            if mark.flagged or rank == field.count - 1 or not chart.joined:
                yield from _value(x, y + 6, mark.shown, inks)


def _value(x: float, y: float, shown: str, inks: Inks) -> Iterator[Shape]:
    """Draw a figure on its own ground: a line may pass there."""
    words = fonts.drawable(shown)
    wide = fonts.width(words, BOLD, _SMALL) + 2
    yield box(x - wide / 2, y - 1.2, (wide, _SMALL + 1), inks.surface)
    yield text(x, y, words, inks.text, font=BOLD, anchor="middle", size=_SMALL)


def sign(x: float, y: float, mark: Mark, inks: Inks) -> Shape:
    """Return the sign of a point: a lozenge for a signal, a ring for what was computed, a dot otherwise."""
    if mark.flagged:
        corners = [x, y + 4.2, x + 4.2, y, x, y - 4.2, x - 4.2, y]
        return Polygon(corners, fillColor=inks.middle, strokeColor=inks.surface, strokeWidth=0.6)
    fill = inks.surface if mark.hollow else inks.accent
    return Circle(x, y, 2.6, fillColor=fill, strokeColor=inks.accent, strokeWidth=1.1)


def _legend(chart: SeriesChart, inks: Inks) -> Iterator[Shape]:
    x = _LEFT
    if not chart.joined:
        return
    for mark, words in _said(chart):
        yield sign(x + 3, 10.4, mark, inks)
        yield text(x + 10, 8, words, inks.muted, size=_SMALL)
        x += 10 + fonts.width(words, REGULAR, _SMALL) + 12
    if any(mark.high is not None for mark in chart.marks):
        yield stroke((x, 10.4), (x + 16, 10.4), inks.neutral, 0.9, dashed=True)
        yield text(x + 20, 8, "limites de contrôle", inks.muted, size=_SMALL)


def _said(chart: SeriesChart) -> Iterator[tuple[Mark, str]]:
    known = [mark for mark in chart.marks if mark.value is not None]
    kinds = (
        (Mark(label="", value=0), "relevé", [m for m in known if not m.hollow and not m.flagged]),
        (Mark(label="", value=0, hollow=True), "calculé", [m for m in known if m.hollow and not m.flagged]),
        (Mark(label="", value=0, flagged=True), "signal", [m for m in known if m.flagged]),
    )
    yield from ((mark, words) for mark, words, found in kinds if found)


def _figure(value: float) -> str:
    text = f"{value:,.6f}".rstrip("0").rstrip(".")
    return text.replace(",", "\u00a0").replace(".", ",")
