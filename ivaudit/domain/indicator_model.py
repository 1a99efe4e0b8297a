"""What screens, files and prints show of indicators: plain values, computed once."""

from dataclasses import dataclass, replace
from enum import StrEnum

from ivaudit.domain.indicators import Indicator
from ivaudit.domain.readings import Counts
from ivaudit.domain.tone import Tone


class Origin(StrEnum):
    """Where a point comes from."""

    TYPED = "saisi"
    COMPUTED = "calculé"
    BOTH = "calculé, dénominateur saisi"


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesPoint:
    """One period; `value`, `low` and `high` are in the unit of the indicator, `shown` and `without` in words.

    `value` is the figure as displayed, to one decimal, so that charts and files say it alike.

    `explanation` says what this program counted, empty when it counted nothing; `differs` tells that it is
    not what was typed; `flagged` points make a signal.
    """

    month: str
    label: str
    origin: Origin
    numerator: int | None
    denominator: int | None
    excluded: int | None
    value: float | None
    shown: str
    without: str
    low: float | None = None
    high: float | None = None
    flagged: bool = False
    source: str = ""
    date: str = ""
    explanation: str = ""
    differs: bool = False
    conflict: bool = False

    @property
    def counts(self) -> Counts:
        """Return what was counted."""
        return Counts(numerator=self.numerator, denominator=self.denominator, excluded=self.excluded)

    @property
    def typed(self) -> Counts:
        """Return what of it was typed."""
        match self.origin:
            case Origin.TYPED:
                return self.counts
            case Origin.BOTH:
                return replace(self.counts, numerator=None)
            case Origin.COMPUTED:
                return Counts()


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """A sentence and how it is to be taken."""

    text: str
    tone: Tone


@dataclass(frozen=True, slots=True, kw_only=True)
class RareEvents:
    """Days of rare events, the days between one and the next, and the days since the last."""

    days: tuple[str, ...]
    intervals: tuple[int, ...]
    since: int | None
    said: str


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorView:
    """What is shown of one indicator; `centre` and `target` are in its unit."""

    indicator: Indicator
    points: tuple[SeriesPoint, ...]
    centre: float | None
    centre_shown: str
    target: float | None
    target_shown: str
    standing: Remark | None
    limits_said: str
    signals: tuple[Remark, ...]
    remarks: tuple[str, ...]
    rare: RareEvents | None

    @property
    def last(self) -> SeriesPoint | None:
        """Return the latest period that has a value, or else that has counts."""
        valued = [each for each in self.points if each.value is not None] or list(self.points)
        return valued[-1] if valued else None

    def at(self, month: str) -> SeriesPoint | None:
        """Return the point of a month, or nothing."""
        return next((each for each in self.points if each.month == month), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorReport:
    """The indicators of one structure up to a month; `made` is the local day it was made on."""

    facility: str
    setting: str
    active_file: str
    months: tuple[str, ...]
    made: str
    views: tuple[IndicatorView, ...]
