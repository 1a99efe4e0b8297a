"""Cells that a spreadsheet has damaged."""

import pytest

from ivaudit.domain.insi_cells import Refused, count_in, day_in, finess_of, month_in


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("250000015", "250000015"),
        ("10000011", "010000011"),
        ("10000011.0", "010000011"),
        (" 25\u00a0000 001\u202f5 ", "250000015"),
        ("'010000011", "010000011"),
        ("2b0000012", "2B0000012"),
        ("9A0000012", "9A0000012"),
    ],
)
def test_a_finess_number_is_given_back_whole(text: str, number: str) -> None:
    assert finess_of(text) == number


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "absent"),
        ("2,5E+08", "scientifique"),
        ("2.50000015E8", "scientifique"),
        ("25000001", ""),
        ("1234567", "7 caractères"),
        ("2500000155", "10 caractères"),
        ("25000OO15", "autres signes"),
        ("Total", "5 caractères"),
    ],
)
def test_a_finess_number_that_is_lost_is_refused(text: str, said: str) -> None:
    found = finess_of(text)
    if not said:  # eight digits: the zero is given back, whatever the key
        assert found == "025000001"
        return
    assert isinstance(found, Refused)
    assert said in found.reason


@pytest.mark.parametrize(
    "text",
    [
        *("202609", "202609.0", "2026-09", "2026/9", "09/2026", "9-2026", "46266", "46266.0", "01/09/2026"),
        *(
            "2026-09-01",
            "2026-09-30 00:00:00",
            "septembre 2026",
            "Sept. 2026",
            "sept-26",
            "SEPTEMBRE\u00a02026",
        ),
    ],
)
def test_a_month_is_read_however_it_is_written(text: str) -> None:
    assert month_in(text) == "2026-09"


@pytest.mark.parametrize(
    ("text", "month"),
    [
        ("202608", "2026-08"),
        ("août 2026", "2026-08"),
        ("févr. 2026", "2026-02"),
        ("juin 2026", "2026-06"),
        ("juil 26", "2026-07"),
    ],
)
def test_months_that_look_alike_are_told_apart(text: str, month: str) -> None:
    assert month_in(text) == month


@pytest.mark.parametrize("text", ["", "202613", "2026", "13/2026", "199909", "bientôt", "ma 2026", "Total"])
def test_a_month_that_is_none_is_refused(text: str) -> None:
    assert isinstance(month_in(text), Refused)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        *(
            ("12", 12),
            ("0", 0),
            ("1 234", 1234),
            ("1\u00a0234", 1234),
            ("1\u202f234", 1234),
            ("12.0", 12),
            ("1,5E+03", 1500),
        ),
        *(
            ("1.234.567", 1_234_567),
            ("", None),
            ("nc", None),
            ("NC", None),
            ("n.c.", None),
            ("-", None),
            ("< 11", None),
        ),
    ],
)
def test_a_figure_or_none(text: str, count: int | None) -> None:
    assert count_in(text) == count


@pytest.mark.parametrize(
    "text", ["-3", "douze", "12,5", "1;2", "١٢x", "9" * 20, "1.000.000.000.000", "9,9E+40"]
)
def test_a_figure_that_is_none_is_refused(text: str) -> None:
    assert isinstance(count_in(text), Refused)


def test_days() -> None:
    assert [day_in(each) for each in ("", "30/09/2026", "2026-09-30", "46295")] == ["", *["2026-09-30"] * 3]
    assert isinstance(day_in("31/02/2026"), Refused)
    assert isinstance(day_in("demain"), Refused)
