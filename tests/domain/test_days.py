"""What is a day or an instant, and what only looks like one."""

import pytest

from ivaudit.domain.days import day, is_instant


def test_a_day_is_kept_as_it_is() -> None:
    assert [day(each) for each in ("2026-11-22", "1900-01-01", "2024-02-29")] == [
        "2026-11-22",
        "1900-01-01",
        "2024-02-29",
    ]


@pytest.mark.parametrize(
    "value", ["", "2026-99-99", "2025-02-29", "20261122", "2026-W47-7", "0001-01-01", "9999-12-31", 3, None]
)
def test_anything_else_is_no_day(value: object) -> None:
    assert day(value) == ""


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("2026-11-22T10:00:00Z", True),
        ("2026-11-22T10:00:00.123456Z", True),
        ("2026-11-22T10:00:00", False),
        ("2026-11-22T25:00:00Z", False),
        ("9999-12-31T23:59:59Z", False),
        ("0001-01-01T00:00:00Z", False),
        ("", False),
    ],
)
def test_an_instant_says_its_offset_and_can_be_turned_into_local_time(text: str, right: bool) -> None:
    assert is_instant(text) is right
