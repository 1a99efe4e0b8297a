"""Indicators made for tests."""

from dataclasses import replace
from typing import Any

from ivaudit.domain.checklist import Confidence
from ivaudit.domain.indicators import Direction, Indicator, Measure, Nature, Unit
from ivaudit.domain.months import Rhythm

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
