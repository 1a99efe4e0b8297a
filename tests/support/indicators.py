"""Indicators made for tests."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any

from ivaudit.domain.checklist import Confidence
from ivaudit.domain.indicator_model import IndicatorReport, IndicatorView
from ivaudit.domain.indicator_view import view
from ivaudit.domain.indicators import Direction, Indicator, Measure, Nature, Unit
from ivaudit.domain.months import Rhythm, shifted, span
from ivaudit.domain.readings import Counts, History, Reading, Target

TODAY = date(2026, 11, 22)

_PLAIN = Indicator(
    id="essai",
    title="Taux d'essai",
    nature=Nature.FLOW,
    measure=Measure.SHARE,
    unit=Unit.PERCENT,
    rhythm=Rhythm.MONTH,
    direction=Direction.UP,
    numerator="Ce qui est compté.",
    denominator="Tout ce qui pouvait l'être.",
    aim="Cible locale.",
    report="Statistique du logiciel.",
    origin="définition propre à l'outil",
    confidence=Confidence.TO_CHECK,
)


def indicator(**fields: Any) -> Indicator:  # noqa: ANN401 - any field of an indicator
    """Return a monthly flow in per cent whose rise is good, but for the fields given."""
    return replace(_PLAIN, **fields)


def views() -> tuple[IndicatorView, ...]:
    """Return a flow with limits and a signal, a stock with a target, a rare event, and nothing read."""
    flow = indicator(id="flux", title="Taux de flux", direction=Direction.DOWN)
    stock = indicator(id="stock", title="Taux de stock", nature=Nature.STOCK, excluded="non-éligibles")
    rare = indicator(
        id="rare", title="Collisions", direction=Direction.DOWN, rare=True, event="collision avérée"
    )
    counts = [*((8, 100), (13, 100)) * 5, (10, 100), (40, 100)]
    known = {
        "flux": History(readings=_readings("flux", counts)),
        "stock": History(
            readings=_readings("stock", [(76, 80), (61, 80)], excluded=3),
            target=Target(indicator="stock", value=Fraction(98)),
        ),
        "rare": History(occurrences=("2025-03-01", "2025-03-11", "2025-04-10")),
    }
    every = (flow, stock, rare, indicator(id="vide", title="Rien de lu"))
    return tuple(view(each, known.get(each.id, History()), today=TODAY, small=30) for each in every)


def report() -> IndicatorReport:
    """Return the indicators of a made-up structure over a year."""
    return IndicatorReport(
        facility="EHPAD =Les Tilleuls",
        setting="ehpad",
        active_file="File active en EHPAD : les résidents présents le dernier jour du mois.",
        months=span("2025-01", "2025-12"),
        made="2026-11-22",
        views=views(),
    )


def _readings(key: str, counts: Sequence[tuple[int, int]], excluded: int | None = None) -> dict[str, Reading]:
    months = span("2025-01", shifted("2025-01", len(counts) - 1))
    return {
        month: Reading(
            indicator=key,
            month=month,
            counts=Counts(numerator=numerator, denominator=denominator, excluded=excluded),
            source="=Statistique",
            date="2026-01-05",
        )
        for month, (numerator, denominator) in zip(months, counts, strict=True)
    }
