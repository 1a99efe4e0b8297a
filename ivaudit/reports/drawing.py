"""Charts drawn once: the same vectors in the printed report and, rasterised, on the screen."""

from dataclasses import dataclass
from math import cos, pi, sin
from typing import cast

from reportlab.graphics import renderPDF
from reportlab.graphics.shapes import Circle, Drawing, Group, Polygon, Shape, String
from reportlab.lib.colors import Color

from ivaudit.domain.charts import Axis, BarChart, ChartModel, CountChart, RadarChart, SeriesChart
from ivaudit.reports import fonts
from ivaudit.reports.drawing_series import series
from ivaudit.reports.drawing_shapes import SIZE, Anchor, box, stroke, text
from ivaudit.reports.fonts import BOLD, REGULAR
from ivaudit.reports.palette import LIGHT, Inks
from ivaudit.reports.raster import first_page_png

_LEADING = 9.2

_RINGS = (25, 50, 75, 100)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Web:
    """The geometry of a radar, in points."""

    x: float
    y: float
    radius: float
    axes: int

    def at(self, axis: int, share: float) -> tuple[float, float]:
        """Return where `share` of an axis lies; the first axis points up, the others follow clockwise."""
        angle = pi / 2 - 2 * pi * axis / self.axes
        return self.x + self.radius * share * cos(angle), self.y + self.radius * share * sin(angle)


def draw(chart: ChartModel, width: float, inks: Inks = LIGHT) -> Drawing:
    """Return a chart as a drawing.

    Args:
        chart: what to draw.
        width: width of the drawing, in points.
        inks: colours by role.
    """
    fonts.register()
    match chart:
        case RadarChart():
            return _radar(chart, width, inks)
        case BarChart() | CountChart():
            return _bars(chart, width, inks)
        case SeriesChart():
            return series(chart, width, inks)


def png(drawing: Drawing, width: int, inks: Inks = LIGHT) -> bytes:
    """Return a drawing as a PNG picture on the surface of its inks.

    Args:
        drawing: what `draw` returned.
        width: width of the picture, in pixels.
        inks: those it was drawn with.
    """
    whole = Drawing(drawing.width, drawing.height)
    whole.add(box(0, 0, (drawing.width, drawing.height), inks.surface))
    whole.add(drawing.asGroup())
    pdf = cast("bytes", renderPDF.drawToString(whole))  # the stubs say str
    return first_page_png(pdf, width / drawing.width)


def _radar(chart: RadarChart, width: float, inks: Inks) -> Drawing:
    count = len(chart.axes)
    radius = min(width * 0.21, 104.0)
    web = _Web(x=width / 2, y=radius + 44, radius=radius, axes=count)
    drawing = Drawing(width, 2 * radius + 88)
    for ring in _RINGS:
        drawing.add(_ring(web, ring / 100, inks))
    for rank, axis in enumerate(chart.axes):
        drawing.add(stroke((web.x, web.y), web.at(rank, 1), inks.line, dashed=axis.value is None))
    drawing.add(_shape(web, chart.axes, inks))
    for ring in _RINGS[1::2]:
        drawing.add(text(web.x + 2, web.y + web.radius * ring / 100 - 7, str(ring), inks.muted, size=6))
    for rank, axis in enumerate(chart.axes):
        drawing.add(_radar_label(web, rank, axis, width, inks))
    return drawing


def _ring(web: _Web, share: float, inks: Inks) -> Polygon:
    corners = [value for axis in range(web.axes) for value in web.at(axis, share)]
    return Polygon(corners, fillColor=None, strokeColor=inks.line, strokeWidth=0.9 if share == 1 else 0.5)


def _shape(web: _Web, axes: tuple[Axis, ...], inks: Inks) -> Group:
    """Draw the surface where every axis has a value, otherwise only the sides between neighbours."""
    group = Group()
    ends = [None if axis.value is None else web.at(rank, axis.value / 100) for rank, axis in enumerate(axes)]
    known = [end for end in ends if end is not None]
    if len(known) == len(ends):
        tint = Color(inks.accent.red, inks.accent.green, inks.accent.blue, alpha=0.14)
        corners = [value for end in known for value in end]
        group.add(Polygon(corners, fillColor=tint, strokeColor=None))
    for rank, end in enumerate(ends):
        following = ends[(rank + 1) % len(ends)]
        if end is not None and following is not None:
            group.add(stroke(end, following, inks.accent, 1.4))
    for x, y in known:
        group.add(Circle(x, y, 2.1, fillColor=inks.accent, strokeColor=inks.surface, strokeWidth=0.5))
    return group


def _radar_label(web: _Web, rank: int, axis: Axis, width: float, inks: Inks) -> Group:
    x, y = web.at(rank, 1)
    side = (x - web.x) / web.radius
    middle = abs(side) < 0.2  # noqa: PLR2004 - the label of an axis near the vertical is centred on it
    anchor: Anchor = "middle" if middle else "start" if side > 0 else "end"
    room = min(150.0, width / 2) if middle else width / 2 - abs(x - web.x) - 10
    lines = fonts.wrapped(axis.label, REGULAR, SIZE, room)
    at = x if middle else x + (8 if side > 0 else -8)
    rise = (y - web.y) / web.radius
    block = (len(lines) + 1) * _LEADING
    top = y + block / 2 + rise * (block / 2 + 5) - _LEADING + 2
    group = Group()
    for line_rank, line in enumerate(lines):
        group.add(text(at, top - line_rank * _LEADING, line, inks.text, anchor=anchor))
    group.add(_value_text(at, top - len(lines) * _LEADING, axis, inks, anchor))
    return group


def _value_text(x: float, y: float, axis: Axis, inks: Inks, anchor: Anchor) -> String:
    if axis.value is None:
        return text(x, y, fonts.drawable(axis.note), inks.muted, anchor=anchor)
    return text(x, y, str(axis.value), inks.text, font=BOLD, anchor=anchor)


def _bars(chart: BarChart | CountChart, width: float, inks: Inks) -> Drawing:
    """Return bars; those of counts have their title and their note: they are pasted in slides."""
    left = width * 0.44
    head = 16 if isinstance(chart, CountChart) else 0
    label_room = left - 10
    rows = [(axis, fonts.wrapped(axis.label, REGULAR, SIZE, label_room)) for axis in chart.axes]
    heights = [max(15.0, len(lines) * _LEADING + 5) for _, lines in rows]
    said = chart.note if isinstance(chart, CountChart) else ""
    note = fonts.wrapped(said, REGULAR, SIZE, width) if said else []
    foot = 12 + (len(note) * _LEADING + 4 if note else 0)
    height = sum(heights) + foot + 4 + head
    # Beyond the end of the scale, room for «100» or for the word said instead of a figure.
    right = width - 24
    drawing = Drawing(width, height)
    for tick in chart.ticks:
        x = left + (right - left) * tick / chart.ticks[-1]
        drawing.add(stroke((x, foot), (x, height - head), inks.line, 0.5))
        drawing.add(text(x, foot - 9, _figure(tick), inks.muted, anchor="middle", size=6.5))
    for rank, line in enumerate(note):
        drawing.add(text(0, foot - 12 - (rank + 1) * _LEADING + 2, line, inks.muted))
    if head:
        drawing.add(text(0, height - 9, chart.title, inks.text, size=9, font=BOLD))
    y = height - head
    for (axis, lines), row in zip(rows, heights, strict=True):
        y -= row
        drawing.add(_bar(axis, lines, y + row / 2, (left, right, chart.ticks[-1]), inks))
    return drawing


def _figure(number: float) -> str:
    """Return a figure with its thousands apart."""
    return f"{number:,}".replace(",", "\u00a0")


def _bar(axis: Axis, lines: list[str], y: float, scale: tuple[float, float, int], inks: Inks) -> Group:
    left, right, top = scale
    group = Group()
    first = y + len(lines) * _LEADING / 2 - _LEADING + 2
    for rank, line in enumerate(lines):
        group.add(text(left - 8, first - rank * _LEADING, line, inks.text, anchor="end"))
    if axis.value is None:
        for shape in hatched(left, y - 4, right - left, 8, inks):
            group.add(shape)
        note = fonts.drawable(axis.note)
        room = fonts.width(note, REGULAR, SIZE) + 8
        group.add(box(left + 4, y - 5, (room, 10), inks.surface))
        group.add(text(left + 8, y - 2.6, note, inks.muted))
        return group
    length = (right - left) * axis.value / top
    group.add(box(left, y - 4, (max(length, 0.8), 8), inks.accent))
    group.add(text(left + length + 4, y - 2.8, _figure(axis.value), inks.text, font=BOLD))
    return group


def gauge(score: int, width: float, inks: Inks) -> Drawing:
    """Return a small bar for a table, with its figure before it.

    Args:
        score: whole points of 100.
        width: width of the drawing, in points.
        inks: colours by role.
    """
    drawing = Drawing(width, 9)
    left = 20.0
    drawing.add(text(left - 5, 1.6, str(score), inks.text, font=BOLD, anchor="end"))
    drawing.add(box(left, 1.5, (width - left, 6), inks.soft, inks.line))
    drawing.add(box(left, 1.5, ((width - left) * score / 100, 6), inks.accent))
    return drawing


def hatched(x: float, y: float, width: float, height: float, inks: Inks) -> list[Shape]:
    """Return an outlined rectangle filled with slanted lines: there is no figure here."""
    shapes: list[Shape] = [
        box(x, y, (width, height), None, inks.line),
    ]
    start = x - height
    while start < x + width:
        lower, upper = max(start, x), min(start + height, x + width)
        shapes.append(stroke((lower, y + lower - start), (upper, y + upper - start), inks.line, 0.6))
        start += 4
    return shapes
