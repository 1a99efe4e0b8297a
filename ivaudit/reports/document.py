"""What a report is made of on a page: titles, texts, lists, tables, charts, whatever it is written in.

The blocks of a report are written once in these words; a writer per format lays them out. Texts are as they
were typed: typography, and what no page can show, belong to the writers. Widths are in points.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from ivaudit.domain.charts import ChartModel

PAGE_WIDTH, PAGE_HEIGHT = 595.2755905511812, 841.8897637795277
MARGIN = 48.0
WIDTH = PAGE_WIDTH - 2 * MARGIN


class Look(StrEnum):
    """How a text looks, by what it is for."""

    TEXT = "text"
    LARGE = "large"
    QUIET = "quiet"
    STRONG = "strong"
    SUBTITLE = "subtitle"
    UNDER = "under_sign"
    FORM_TITLE = "form_title"
    CELL = "cell"
    CELL_QUIET = "cell_quiet"
    CELL_STRONG = "cell_strong"
    CELL_RIGHT = "cell_right"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sign:
    """The sign of an answer and its tone, by their French names; the text beside it says the same."""

    symbol: str
    tone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Title:
    """A title: 1 is that of the report, 2 that of a block, 3 one inside a block; all but 1 are bookmarks."""

    text: str
    level: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """A short title inside a block that is no bookmark."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """A paragraph, after an optional label in bold («Constat»)."""

    text: str
    look: Look = Look.TEXT
    label: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Callout:
    """A paragraph that stands out."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Bullets:
    """A list; `large` where it is the page itself."""

    texts: tuple[str, ...]
    numbered: bool = False
    large: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A line across the page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """Room between two parts."""

    height: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """An image, a file or its bytes, in a room (width, height), with what is said instead of it."""

    file: str | bytes
    alt: str
    room: tuple[float, float]
    caption: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pictures:
    """Images read one after the other, two side by side where the page is laid out."""

    pictures: tuple[Picture, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """A chart over the whole width."""

    chart: ChartModel


@dataclass(frozen=True, slots=True, kw_only=True)
class Tile:
    """A figure in large letters, what it is, and what it stands on."""

    label: str
    value: str
    under: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Tiles:
    """Figures side by side."""

    tiles: tuple[Tile, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column of a table; `right` for figures."""

    title: str
    width: float
    right: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A text of a table, with a sign before it, bold words below it, or a result drawn as a small bar."""

    text: str
    look: Look = Look.CELL
    sign: Sign | None = None
    under: str = ""
    score: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table; where it is `named`, the first cell of each line says what the others are about.

    `titles` are the ranks of the lines whose first cell is a title over the whole width; `room` is left under
    the words of each line, to write by hand.
    """

    columns: tuple[Column, ...]
    lines: tuple[tuple[Cell, ...], ...]
    titles: tuple[int, ...] = ()
    named: bool = False
    room: float = 0.0

    @property
    def headed(self) -> bool:
        """Whether its columns have titles."""
        return any(column.title for column in self.columns)


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """Words inside a line."""

    text: str
    strong: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """The title of something said of one point: its sign, then a line of facts about it."""

    title: str
    sign: Sign
    about: tuple[Run, ...]


Element: TypeAlias = (
    Title | Label | Text | Callout | Bullets | Rule | Gap | Picture | Pictures | Chart | Tiles | Table | Card
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Titles that stay on the page of the first lines of what they announce; of all of it when `whole`."""

    heads: tuple[Element, ...] = ()
    body: tuple[Element, ...] = ()
    whole: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A block of the outline as it is laid out; it starts a page, or not."""

    title: str
    new_page: bool
    groups: tuple[Group, ...]
