"""The colours of drawings, by role: print and light screen, dark screen."""

from dataclasses import dataclass, replace

from reportlab.lib.colors import Color, HexColor


@dataclass(frozen=True, slots=True, kw_only=True)
class Inks:
    """Colours by what they are for."""

    surface: Color
    text: Color
    muted: Color
    line: Color
    soft: Color
    accent: Color
    good: Color
    middle: Color
    bad: Color
    neutral: Color
    waiting: Color

    def tone(self, tone: str) -> Color:
        """Return the ink of a tone of an answer, by its French name."""
        return {
            "bon": self.good,
            "moyen": self.middle,
            "mauvais": self.bad,
            "attente": self.waiting,
        }.get(tone, self.neutral)


LIGHT = Inks(
    surface=HexColor("#ffffff"),
    text=HexColor("#1a2233"),
    muted=HexColor("#525c6b"),
    line=HexColor("#d8dee7"),
    soft=HexColor("#f1f4f8"),
    accent=HexColor("#1c56b0"),
    good=HexColor("#13693a"),
    middle=HexColor("#7d5100"),
    bad=HexColor("#b0221b"),
    neutral=HexColor("#525c6b"),
    waiting=HexColor("#3c5478"),
)

DARK = Inks(
    surface=HexColor("#1b2029"),
    text=HexColor("#e8ebf0"),
    muted=HexColor("#a6afbd"),
    line=HexColor("#3b4453"),
    soft=HexColor("#232a35"),
    accent=HexColor("#86b4ff"),
    good=HexColor("#7fd6a0"),
    middle=HexColor("#efc26e"),
    bad=HexColor("#ff9d94"),
    neutral=HexColor("#abb4c2"),
    waiting=HexColor("#adc6ec"),
)


def with_accent(inks: Inks, accent: str) -> Inks:
    """Return the inks with the accent of an outline (`#rrggbb`)."""
    return replace(inks, accent=HexColor(accent))
