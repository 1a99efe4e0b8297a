"""The charts of the register, drawn for the screen and for a slide."""

from ivaudit.domain.charts import CountChart

_WIDTH = 480
"""Width of the drawing, in points."""


def chart_png(chart: CountChart, *, width: int, dark: bool = False) -> bytes:
    """Return a count as a PNG picture.

    Args:
        chart: what to draw.
        width: width of the picture, in pixels.
        dark: draw for a dark window.
    """
    from ivaudit.reports import drawing, palette  # noqa: PLC0415 - reportlab is loaded for the first chart

    inks = palette.DARK if dark else palette.LIGHT
    return drawing.png(drawing.draw(chart, _WIDTH, inks), width, inks)
