"""The evolution of INSi usage as a drawing: calls of each month by operation, months not received hatched."""

from reportlab.graphics.shapes import Drawing, Group, Line

from ivaudit.domain.insi_evolution import Evolution, MonthPoint
from ivaudit.domain.months import short
from ivaudit.reports import fonts
from ivaudit.reports.drawing import hatched, png
from ivaudit.reports.drawing_shapes import box, text
from ivaudit.reports.fonts import BOLD
from ivaudit.reports.palette import DARK, LIGHT, Inks

_WIDTH, _HEIGHT = 480.0, 190.0
_LEFT, _FOOT, _HEAD = 44.0, 26.0, 22.0
_STEPS = 4
_CROWDED = 12
"""Beyond so many months, every other one is named."""


def evolution_png(evolution: Evolution, width: int, *, dark: bool) -> bytes:
    """Return the evolution as a PNG picture, for the screen.

    Args:
        evolution: the months.
        width: width of the picture, in pixels.
        dark: draw for a dark window.
    """
    inks = DARK if dark else LIGHT
    return png(drawn(evolution, inks), width, inks)


def drawn(evolution: Evolution, inks: Inks = LIGHT) -> Drawing:
    """Return the evolution as a drawing; a bar is cut in retrieval below and verification above."""
    fonts.register()
    drawing = Drawing(_WIDTH, _HEIGHT)
    months = evolution.months
    top = _rounded(max((each.retrievals + each.checks for each in months), default=0))
    high = _HEIGHT - _FOOT - _HEAD
    for step in range(_STEPS + 1):
        y = _FOOT + high * step / _STEPS
        drawing.add(Line(_LEFT, y, _WIDTH, y, strokeColor=inks.line, strokeWidth=0.5))
        drawing.add(text(_LEFT - 4, y - 2.5, _figure(top * step // _STEPS), inks.muted, anchor="end"))
    slot = (_WIDTH - _LEFT) / max(len(months), 1)
    for rank, each in enumerate(months):
        room = (_LEFT + rank * slot + slot * 0.16, slot * 0.68)
        drawing.add(_bar(each, room, high / max(top, 1), high, inks))
        if len(months) <= _CROWDED or rank % 2 == (len(months) - 1) % 2:
            drawing.add(_under(each, room[0] + room[1] / 2, inks))
    drawing.add(_legend(inks))
    return drawing


def _bar(month: MonthPoint, room: tuple[float, float], scale: float, high: float, inks: Inks) -> Group:
    left, width = room
    group = Group()
    if not month.received:
        for shape in hatched(left, _FOOT, width, high * 0.25, inks):
            group.add(shape)
        return group
    low, up = month.retrievals * scale, month.checks * scale
    group.add(box(left, _FOOT, (width, low), inks.accent))
    group.add(box(left, _FOOT + low, (width, up), inks.soft, inks.accent))
    return group


def _under(month: MonthPoint, x: float, inks: Inks) -> Group:
    """Return the name of a month, and the share of the perimeter that called."""
    group = Group()
    group.add(text(x, _FOOT - 10, short(month.month), inks.text, anchor="middle"))
    share = "non reçu" if not month.received else "" if month.percent is None else f"{month.percent} %"
    group.add(text(x, _FOOT - 20, share, inks.muted, anchor="middle", font=BOLD))
    return group


def _legend(inks: Inks) -> Group:
    group = Group()
    y = _HEIGHT - 12
    group.add(box(_LEFT, y, (9, 7), inks.accent))
    group.add(text(_LEFT + 13, y + 0.5, "récupération", inks.text))
    group.add(box(_LEFT + 72, y, (9, 7), inks.soft, inks.accent))
    group.add(text(_LEFT + 85, y + 0.5, "vérification", inks.text))
    under = "sous le mois : part du périmètre qui a appelé"
    group.add(text(_WIDTH, y + 0.5, under, inks.muted, anchor="end"))
    return group


def _rounded(most: int) -> int:
    """Return a round figure above the highest bar, so that the scale reads."""
    unit = 1
    while unit * 10 <= most:
        unit *= 10
    return next((unit * step for step in (1, 2, 4, 5, 8, 10) if unit * step >= most), unit * 10) or 4


def _figure(number: int) -> str:
    return f"{number:,}".replace(",", "\u00a0")
