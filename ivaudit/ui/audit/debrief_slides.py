"""The end of a visit cut into screens: each holds what it says, in letters read from three metres away.

No widget here: sizes of texts are asked from whoever draws them.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ivaudit.domain.debrief import Debrief, DebriefLine, DebriefPart, shortened

Height = Callable[[DebriefLine], int]
"""How high a line is on the screen."""

_LONGEST = 150


@dataclass(frozen=True, slots=True, kw_only=True)
class Slide:
    """One screen: a title, its lines, and whether the title was already shown before."""

    title: str
    lines: tuple[DebriefLine, ...]
    again: bool = False


def slides(said: Debrief, height: Height, room: int) -> tuple[Slide, ...]:
    """Return the screens of a debrief, the first one saying of which structure.

    Args:
        said: what there is to say.
        height: how high a line is.
        room: how high all the lines of a screen may be.
    """
    first = Slide(title=said.title, lines=(DebriefLine(text=said.facility, under=said.what),))
    return (first, *(slide for part in said.parts for slide in _part(part, height, room)))


def _part(part: DebriefPart, height: Height, room: int) -> Sequence[Slide]:
    lines = [DebriefLine(text=shortened(each.text, _LONGEST), under=each.under) for each in part.lines]
    if part.more:
        lines.append(DebriefLine(text=part.rest))
    lines += [DebriefLine(text=text) for text in part.paragraphs]
    screens: list[list[DebriefLine]] = [[]]
    used = 0
    for line in lines:
        needed = height(line)
        if screens[-1] and used + needed > room:
            screens.append([])
            used = 0
        screens[-1].append(line)
        used += needed
    return [Slide(title=part.title, lines=tuple(held), again=rank > 0) for rank, held in enumerate(screens)]
