"""Dates, hours, numbers and sizes in French."""

import pytest

from ivaudit.ui import french


@pytest.mark.parametrize(
    ("typed", "iso"),
    [("21/11/2026", "2026-11-21"), ("2026-11-21", "2026-11-21"), ("1.3.27", "2027-03-01"),
     ("01012027", "2027-01-01"), ("31/02/2026", None), ("demain", None), ("", None)],
)  # fmt: skip
def test_dates_typed(typed: str, iso: str | None) -> None:
    assert french.typed_date(typed) == iso


@pytest.mark.parametrize(
    ("typed", "time"), [("9h30", "09:30"), ("9 h", "09:00"), ("930", "09:30"), ("25:00", None), ("", None)]
)
def test_times_typed(typed: str, time: str | None) -> None:
    assert french.typed_time(typed) == time


@pytest.mark.parametrize(
    ("typed", "iso"),
    [("21/11/2026 14:05", "2026-11-21T14:05"), ("1.3.27 à 9h05", "2027-03-01T09:05"), ("21/11/2026", None)],
)
def test_moments_typed(typed: str, iso: str | None) -> None:
    assert french.typed_moment(typed) == iso


def test_an_hour_alone_is_that_of_today() -> None:
    assert french.typed_moment("16:25") == f"{french.today()}T16:25"


def test_moments_shown() -> None:
    assert french.short_moment("2026-11-21T14:05") == "21/11/2026 14:05"
    assert french.short_moment("") == ""


def test_dates_shown() -> None:
    assert french.short_date("2026-11-21") == "21/11/2026"
    assert french.long_date("2026-03-01") == "1er mars 2026"
    assert french.long_date("2026-12-31") == "31 décembre 2026"
    assert french.long_date("un jour") == "un jour"


def test_amounts_shown() -> None:
    assert french.size(0) == "0 octet"
    assert french.size(812) == "812 octets"
    assert french.size(1_468_006) == "1,4 Mo"
    assert french.duration(45) == "45 min"
    assert french.duration(70) == "1 h 10"
    assert french.duration(120) == "2 h"
    assert french.duration(246) == "4 h 05"
    assert french.count(0, "point", "points") == "0 point"
    assert french.count(1250, "point", "points") == "1\u202f250 points"
