"""Indicators as tables: what a column of readings, or of definitions, says."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from fractions import Fraction
from typing import TypeAlias

from ivaudit.domain.indicator_model import IndicatorReport, IndicatorView, SeriesPoint
from ivaudit.domain.indicators import Indicator
from ivaudit.domain.readings import rounded

Value: TypeAlias = str | int | float | date | None
"""What a cell holds; numbers and days are real ones."""


def _denominator(indicator: Indicator, active_file: str) -> str:
    return f"{indicator.denominator} {active_file}" if indicator.active_file else indicator.denominator


READING_FIELDS: Mapping[str, Callable[[IndicatorView, SeriesPoint], Value]] = {
    "id": lambda view, _: view.indicator.id,
    "title": lambda view, _: view.indicator.title,
    "nature": lambda view, _: view.indicator.nature.value,
    "rhythm": lambda view, _: view.indicator.rhythm.value,
    "unit": lambda view, _: view.indicator.unit.value,
    "target": lambda view, _: view.target_shown,
    "month": lambda _, point: point.month,
    "period": lambda _, point: point.label,
    "numerator": lambda _, point: point.numerator,
    "denominator": lambda _, point: point.denominator,
    "excluded": lambda _, point: point.excluded,
    "value": lambda _, point: point.value,
    "without": lambda _, point: point.without,
    "low": lambda _, point: _tenths(point.low),
    "high": lambda _, point: _tenths(point.high),
    "signal": lambda _, point: "signal" if point.flagged else "",
    "origin": lambda _, point: point.origin.value,
    "source": lambda _, point: point.source,
    "date": lambda _, point: date.fromisoformat(point.date) if point.date else None,
    "explanation": lambda _, point: point.explanation,
}
"""What a column of the table of readings may hold, by its field."""

DEFINITION_FIELDS: Mapping[str, Callable[[Indicator, str], str]] = {
    "id": lambda indicator, _: indicator.id,
    "title": lambda indicator, _: indicator.title,
    "nature": lambda indicator, _: indicator.nature.value,
    "rhythm": lambda indicator, _: indicator.rhythm.value,
    "direction": lambda indicator, _: indicator.direction.value,
    "numerator": lambda indicator, _: indicator.numerator,
    "denominator": _denominator,
    "excluded": lambda indicator, _: indicator.excluded,
    "unit": lambda indicator, _: indicator.unit.value,
    "aim": lambda indicator, _: indicator.aim,
    "note": lambda indicator, _: indicator.note,
    "report": lambda indicator, _: indicator.report,
    "computed": lambda indicator, _: indicator.computed.counts.value if indicator.computed else "",
    "origin": lambda indicator, _: indicator.origin,
    "confidence": lambda indicator, _: indicator.confidence.value,
}
"""What a column of the table of definitions may hold, by its field."""


def points_of(report: IndicatorReport) -> Iterator[tuple[IndicatorView, SeriesPoint]]:
    """Yield the readings of a report, indicator by indicator, those of its months only."""
    shown = frozenset(report.months)
    for view in report.views:
        for point in view.points:
            if point.month in shown:
                yield view, point


def _tenths(value: float | None) -> float | None:
    return None if value is None else float(rounded(Fraction(value)))
