"""The colours by role, light and dark: one accent, one ink and one fill per tone of an answer."""

from dataclasses import dataclass

from ivaudit.domain.tone import Tone


@dataclass(frozen=True, slots=True, kw_only=True)
class ToneColours:
    """The two colours of a tone: `ink` is for signs and words, `fill` for what lies behind them."""

    ink: str
    fill: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Palette:
    """Colours by what they are for, as `#rrggbb`.

    `window` lies behind the cards, `surface` is a card or a field, `sunken` a quiet part of a card;
    `border` separates, `edge` outlines what can be operated (3:1 at least), `focus` is the ring.
    """

    window: str
    surface: str
    sunken: str
    text: str
    muted: str
    border: str
    edge: str
    accent: str
    on_accent: str
    accent_strong: str
    accent_soft: str
    focus: str
    rail: str
    rail_text: str
    rail_current: str
    rail_on_current: str
    tones: dict[Tone, ToneColours]

    def pairs(self) -> tuple[tuple[str, str, str], ...]:
        """Return (name, ink, fill) for every text colour and every background it may lie on."""
        inks = {"text": self.text, "muted": self.muted, "accent": self.accent}
        fills = {
            "window": self.window,
            "surface": self.surface,
            "sunken": self.sunken,
            "accent_soft": self.accent_soft,
        }
        pairs = [(f"{i}/{f}", ink, fill) for i, ink in inks.items() for f, fill in fills.items()]
        for tone, colours in self.tones.items():
            pairs.append((f"{tone}/fill", colours.ink, colours.fill))
            pairs.append((f"text/{tone}", self.text, colours.fill))
            pairs.extend((f"{tone}/{f}", colours.ink, fill) for f, fill in fills.items())
        pairs.append(("on_accent/accent", self.on_accent, self.accent))
        pairs.append(("on_accent/accent_strong", self.on_accent, self.accent_strong))
        pairs.append(("rail", self.rail_text, self.rail))
        pairs.append(("rail current", self.rail_on_current, self.rail_current))
        return tuple(pairs)

    def outlines(self) -> tuple[tuple[str, str, str], ...]:
        """Return (name, outline, background) for what must stand out at 3:1: edges and focus rings."""
        return (
            ("edge/surface", self.edge, self.surface),
            ("edge/window", self.edge, self.window),
            ("focus/surface", self.focus, self.surface),
            ("focus/window", self.focus, self.window),
            ("focus/accent_soft", self.focus, self.accent_soft),
            ("focus on rail", self.rail_on_current, self.rail),
        )


LIGHT = Palette(
    window="#f4f6f9",
    surface="#ffffff",
    sunken="#eef1f5",
    text="#1a2233",
    muted="#525c6b",
    border="#d8dee7",
    edge="#7f8a9b",
    accent="#1c56b0",
    on_accent="#ffffff",
    accent_strong="#16458d",
    accent_soft="#e5eefc",
    focus="#1c56b0",
    rail="#14233c",
    rail_text="#c9d4e6",
    rail_current="#2b4672",
    rail_on_current="#ffffff",
    tones={
        Tone.GOOD: ToneColours(ink="#13693a", fill="#e2f3e8"),
        Tone.MIDDLE: ToneColours(ink="#7d5100", fill="#fcf1dc"),
        Tone.BAD: ToneColours(ink="#b0221b", fill="#fde8e6"),
        Tone.NEUTRAL: ToneColours(ink="#525c6b", fill="#eaedf2"),
        Tone.WAITING: ToneColours(ink="#3c5478", fill="#e3eaf4"),
    },
)

DARK = Palette(
    window="#11151d",
    surface="#1b2029",
    sunken="#161b23",
    text="#e8ebf0",
    muted="#a6afbd",
    border="#323a47",
    edge="#768194",
    accent="#86b4ff",
    on_accent="#0d1b33",
    accent_strong="#a9caff",
    accent_soft="#1f3253",
    focus="#86b4ff",
    rail="#0a0d13",
    rail_text="#b6c1d0",
    rail_current="#2b4672",
    rail_on_current="#ffffff",
    tones={
        Tone.GOOD: ToneColours(ink="#7fd6a0", fill="#17331f"),
        Tone.MIDDLE: ToneColours(ink="#efc26e", fill="#3a2a10"),
        Tone.BAD: ToneColours(ink="#ff9d94", fill="#45191b"),
        Tone.NEUTRAL: ToneColours(ink="#abb4c2", fill="#29303b"),
        Tone.WAITING: ToneColours(ink="#adc6ec", fill="#222f47"),
    },
)


def contrast(one: str, other: str) -> float:
    """Return the WCAG contrast ratio of two colours, 1 to 21."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)  # noqa: PLR2004 - WCAG
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
