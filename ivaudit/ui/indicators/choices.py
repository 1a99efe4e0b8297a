"""Which indicators the table lists, and over which months."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from ivaudit.domain.indicator_model import IndicatorView
from ivaudit.domain.indicators import Nature

_YEARS = 5


class Listed(StrEnum):
    """A choice of indicators."""

    ALL = "Tous les indicateurs"
    FOLLOWED = "Suivis ici"
    STOCK = "Stocks"
    FLOW = "Flux"
    SAMPLE = "Échantillons"


_NATURES = {Listed.STOCK: Nature.STOCK, Listed.FLOW: Nature.FLOW, Listed.SAMPLE: Nature.SAMPLE}


@dataclass(frozen=True, slots=True)
class Span:
    """Months to show: `title` for people, the last one and how many."""

    title: str
    last: str
    months: int


def spans(now: str) -> tuple[Span, ...]:
    """Return the choices of months, the latest ones first."""
    year = int(now[:4])
    return (
        Span("12 derniers mois", now, 12),
        Span("24 derniers mois", now, 24),
        *(Span(f"Année {each}", f"{each}-12", 12) for each in range(year, year - _YEARS, -1)),
    )


def listed(views: Sequence[IndicatorView], choice: Listed) -> tuple[IndicatorView, ...]:
    """Return the indicators of a choice, in their order."""
    match choice:
        case Listed.ALL:
            return tuple(views)
        case Listed.FOLLOWED:
            return tuple(each for each in views if _followed(each))
        case _:
            return tuple(each for each in views if each.indicator.nature is _NATURES[choice])


def _followed(view: IndicatorView) -> bool:
    return bool(view.points or view.target is not None or (view.rare and view.rare.days))
