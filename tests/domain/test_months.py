"""Months, the periods they close, and how they are typed."""

from datetime import date

import pytest

from ivaudit.domain.months import (
    Rhythm,
    bounds,
    closes,
    first_day,
    last_day,
    month_of,
    of,
    period,
    said,
    shifted,
    short,
    span,
    typed,
)


def test_months_go_over_the_end_of_a_year() -> None:
    assert (shifted("2026-11", 3), shifted("2026-01", -1), shifted("2026-05", 0)) == (
        "2027-02",
        "2025-12",
        "2026-05",
    )
    assert span("2025-11", "2026-02") == ("2025-11", "2025-12", "2026-01", "2026-02")
    assert span("2026-03", "2026-12", 3) == ("2026-03", "2026-06", "2026-09", "2026-12")
    assert span("2026-03", "2026-02") == ()
    assert month_of(date(2026, 3, 31)) == "2026-03"


def test_quarters_end_in_march_and_years_in_december() -> None:
    assert [m for m in range(1, 13) if closes(f"2026-{m:02d}", Rhythm.QUARTER)] == [3, 6, 9, 12]
    assert [m for m in range(1, 13) if closes(f"2026-{m:02d}", Rhythm.YEAR)] == [12]
    assert all(closes(f"2026-{m:02d}", Rhythm.AUDIT) for m in range(1, 13))


def test_a_period_has_a_first_and_a_last_day() -> None:
    assert bounds("2026-03", Rhythm.QUARTER) == (date(2026, 1, 1), date(2026, 3, 31))
    assert bounds("2024-02", Rhythm.MONTH) == (date(2024, 2, 1), date(2024, 2, 29))
    assert (first_day("2028-02"), last_day("2028-02")) == (date(2028, 2, 1), date(2028, 2, 29))
    assert bounds("2026-12", Rhythm.YEAR) == (date(2026, 1, 1), date(2026, 12, 31))


def test_a_month_is_said_whole_and_elided() -> None:
    assert (said("2026-10"), of("2026-10"), of("2026-04"), of("2026-08")) == (
        "octobre 2026",
        "d'octobre 2026",
        "d'avril 2026",
        "d'août 2026",
    )
    assert of("2026-09") == "de septembre 2026"
    assert said("") == ""


def test_periods_are_said_as_people_do() -> None:
    assert period("2026-03", Rhythm.QUARTER) == "1er trimestre 2026"
    assert period("2026-09", Rhythm.QUARTER) == "3e trimestre 2026"
    assert period("2026-12", Rhythm.YEAR) == "année 2026"
    assert (period("2026-08", Rhythm.MONTH), said("2026-08"), short("2026-09")) == (
        "août 2026",
        "août 2026",
        "sept. 26",
    )


@pytest.mark.parametrize(
    "text", ["2026-09", "202609", "09/2026", "9/2026", " 2026-9 ", "septembre 2026", "Sept. 2026", "sep 2026"]
)
def test_a_month_is_typed_in_many_ways(text: str) -> None:
    assert typed(text) == "2026-09"


@pytest.mark.parametrize(
    "text", ["", "2026-13", "00/2026", "2026", "ju 2026", "jui 2026", "12", "brumaire 2026"]
)
def test_what_is_no_month_is_not_guessed(text: str) -> None:
    assert typed(text) is None
