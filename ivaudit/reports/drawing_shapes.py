"""The few shapes that charts are drawn with."""

from typing import Literal

from reportlab.graphics.shapes import Line, Polygon, String
from reportlab.lib.colors import Color

from ivaudit.reports.fonts import REGULAR

SIZE = 7.5
"""Of the words of a chart, in points."""

Anchor = Literal["start", "middle", "end"]


def text(
    x: float,
    y: float,
    words: str,
    ink: Color,
    *,
    font: str = REGULAR,
    anchor: Anchor = "start",
    size: float = SIZE,
) -> String:
    """Return words that start, end or are centred at a point, in points from the lower left corner."""
    return String(x, y, words, fontName=font, fontSize=size, fillColor=ink, textAnchor=anchor)


def stroke(
    start: tuple[float, float],
    end: tuple[float, float],
    ink: Color,
    pen: float = 0.6,
    *,
    dashed: bool = False,
) -> Line:
    """Return a line from a point to another, `pen` points wide."""
    made = Line(*start, *end, strokeColor=ink, strokeWidth=pen)
    if dashed:
        made.strokeDashArray = (2, 2)
    return made


def box(
    x: float, y: float, size: tuple[float, float], fill: Color | None, edge: Color | None = None
) -> Polygon:
    """Return a rectangle whose lower left corner and (width, height) are given."""
    # A polygon and not a Rect, whose stubs take no colour.
    width, height = size
    corners = [x, y, x + width, y, x + width, y + height, x, y + height]
    return Polygon(corners, fillColor=fill, strokeColor=edge, strokeWidth=0.6)
