"""The signs of answers drawn as vector shapes: no font decides how they look."""

from math import cos, pi, sin

from reportlab.graphics.shapes import Circle, Group, Line, Path, Wedge
from reportlab.lib.colors import Color

from ivaudit.domain.scale import Symbol


def symbol(kind: str, ink: Color, size: float) -> Group:  # noqa: PLR0911 - one sign each
    """Return a sign in a square of `size` points whose lower left corner is the origin.

    Args:
        kind: a `Symbol`, by its French name.
        ink: its colour.
        size: side of the square, in points.
    """
    half, radius, pen = size / 2, size * 0.42, max(0.7, size * 0.12)
    match Symbol(kind):
        case Symbol.FULL:
            return Group(Circle(half, half, radius, fillColor=ink, strokeColor=ink, strokeWidth=pen / 2))
        case Symbol.HALF:
            left = Wedge(half, half, radius, 90, 270, fillColor=ink, strokeColor=None)
            return Group(_ring(half, radius, ink, pen), left)
        case Symbol.CROSS:
            return _cross(half, radius * 0.85, ink, pen * 1.2)
        case Symbol.DASH:
            return Group(_line((half - radius, half), (half + radius, half), ink, pen * 1.2))
        case Symbol.EYE:
            return _eye(half, radius, ink, pen * 0.8)
        case Symbol.QUESTION:
            return _question(half, radius, ink, pen)
        case Symbol.EMPTY:
            return Group(_ring(half, radius, ink, pen))


def _ring(half: float, radius: float, ink: Color, pen: float) -> Circle:
    return Circle(half, half, radius, fillColor=None, strokeColor=ink, strokeWidth=pen)


def _line(start: tuple[float, float], end: tuple[float, float], ink: Color, pen: float) -> Line:
    return Line(*start, *end, strokeColor=ink, strokeWidth=pen, strokeLineCap=1)


def _cross(half: float, arm: float, ink: Color, pen: float) -> Group:
    return Group(
        _line((half - arm, half - arm), (half + arm, half + arm), ink, pen),
        _line((half - arm, half + arm), (half + arm, half - arm), ink, pen),
    )


def _eye(half: float, radius: float, ink: Color, pen: float) -> Group:
    """Draw a crossed-out eye: the point was not seen."""
    lids = Path(fillColor=None, strokeColor=ink, strokeWidth=pen)
    lids.moveTo(half - radius, half)
    lids.curveTo(half - radius / 2, half + radius, half + radius / 2, half + radius, half + radius, half)
    lids.curveTo(half + radius / 2, half - radius, half - radius / 2, half - radius, half - radius, half)
    lids.closePath()
    pupil = Circle(half, half, radius * 0.3, fillColor=ink, strokeColor=None)
    return Group(lids, pupil, _line((half - radius, half - radius), (half + radius, half + radius), ink, pen))


def _question(half: float, radius: float, ink: Color, pen: float) -> Group:
    hook = Path(fillColor=None, strokeColor=ink, strokeWidth=pen, strokeLineCap=1)
    top, arc = half + radius * 0.42, radius * 0.55
    for step in range(13):
        angle = pi * (1 - step / 9)
        x, y = half + arc * cos(angle), top + arc * sin(angle)
        hook.lineTo(x, y) if step else hook.moveTo(x, y)
    hook.lineTo(half, half - radius * 0.35)
    return Group(hook, Circle(half, half - radius * 0.9, pen * 0.65, fillColor=ink, strokeColor=None))
