"""What the register counts for indicators, against figures worked out by hand."""

from datetime import date

from ivaudit.domain.months import Rhythm
from ivaudit.domain.readings import Counts
from ivaudit.domain.register_counts import Closed, Reviewed, cases, delays, reviewed

TODAY = date(2026, 11, 22)


def test_every_period_that_is_over_counts_since_the_register_is_kept() -> None:
    found = cases({"2026-08": 2, "2026-10": 1, "2026-11": 9}, "2026-07-15", Rhythm.MONTH, TODAY)
    assert {month: each.counts.numerator for month, each in found.items()} == {
        "2026-07": 0,
        "2026-08": 2,
        "2026-09": 0,
        "2026-10": 1,
    }
    assert found["2026-08"].counts.denominator is None
    assert "Registre tenu depuis juillet 2026." in found["2026-08"].explanation
    assert cases({}, "", Rhythm.MONTH, TODAY) == {}


def test_a_year_is_the_sum_of_its_months() -> None:
    found = cases({"2025-01": 1, "2025-12": 2, "2026-03": 4}, "2025-01-01", Rhythm.YEAR, TODAY)
    assert {month: each.counts.numerator for month, each in found.items()} == {"2025-12": 3}


def test_delays_are_days_over_entries_and_waiting_is_told_apart() -> None:
    closed = {
        "2026-09": Closed(entries=2, days=11, waited=3 * 24 * 60 + 13 * 60),
        "2026-11": Closed(entries=1, days=1, waited=0),
    }
    found = delays(closed, Rhythm.MONTH, TODAY)
    assert {month: each.counts for month, each in found.items()} == {
        "2026-09": Counts(numerator=11, denominator=2)
    }
    assert found["2026-09"].explanation == (
        "2 anomalies closes dans la période, 11 jours en tout de la découverte à la clôture, "
        "dont 4 jours en attente d'un tiers."
    )


def test_reviews_held_are_counted_over_those_meant() -> None:
    events = [
        Reviewed(found="2026-07-01", review="crex-tenu", day=""),
        Reviewed(found="2026-08-01", review="rmm-prevue", day=""),
        Reviewed(found="2026-09-30", review="autre", day="2026-10-02"),
        Reviewed(found="2026-09-30", review="autre", day=""),
        Reviewed(found="2026-09-30", review="aucun", day=""),
        Reviewed(found="2026-09-30", review="", day=""),
        Reviewed(found="2026-10-01", review="crex-tenu", day=""),
    ]
    found = reviewed(events, Rhythm.QUARTER, TODAY)
    assert {month: each.counts for month, each in found.items()} == {
        "2026-09": Counts(numerator=2, denominator=4)
    }
    assert "Hors du compte : 2 événements sans retour d'expérience prévu." in found["2026-09"].explanation
