"""Frequency, criticality, what looks alike, figures: against values worked out by hand."""

from datetime import date

import pytest
from support.register import line, terms

from ivaudit.domain.anomalies import State
from ivaudit.domain.batch_delays import BatchDelay, batch_delay
from ivaudit.domain.charts import Axis, CountChart, described
from ivaudit.domain.criticality import a_year_before, criticality
from ivaudit.domain.entry_fold import entry_of
from ivaudit.domain.register_stats import local_days, statistics
from ivaudit.domain.register_views import View, in_view
from ivaudit.domain.similar import Alike, Likeness, Lookalikes

TODAY = "2026-11-22"


def test_a_year_before_the_29th_of_february() -> None:
    assert a_year_before(date(2028, 2, 29)) == date(2027, 2, 28)


@pytest.mark.parametrize(
    ("potential", "count", "frequency", "value", "level"),
    [
        (4, 1, 1, 4, "À suivre"),
        (4, 3, 2, 8, "À traiter en priorité"),
        (4, 4, 3, 12, "À traiter sans attendre"),
        (5, 10, 4, 20, "À traiter sans attendre"),
        (1, 40, 4, 4, "À suivre"),
        (None, 5, 3, None, None),
    ],
)
def test_criticality_is_potential_times_frequency(
    potential: int | None, count: int, frequency: int, value: int | None, level: str | None
) -> None:
    found = criticality(potential, count, terms())
    assert (found.frequency.rank, found.value) == (frequency, value)
    assert (found.level.label if found.level else None) == level


# -- alike -------------------------------------------------------------------------------------------------


def _alike(key: str, **given: object) -> Alike:
    return Alike(id=key, **{"type": "P01", "unit": "a", "application": "gap", "found": "2026-03-10", **given})  # type: ignore[arg-type]


KNOWN = [
    _alike("same-day"),
    _alike("three-days", found="2026-03-13"),
    _alike("four-days", found="2026-03-14"),
    _alike("other-unit", unit="b"),
    _alike("other-type", type="P02"),
    _alike("other-house", facility="ailleurs", references=frozenset({"123"})),
    _alike("reference", type="S01", found="2020-01-01", references=frozenset({"123"})),
    _alike("nowhere", unit="", application=""),
]


def test_entries_look_alike_by_reference_or_by_circumstances() -> None:
    index = Lookalikes(KNOWN, 3)
    found = {each.id: each.reasons for each in index.of(_alike("me", references=frozenset({"123", "456"})))}
    assert found == {
        "same-day": (Likeness.CIRCUMSTANCES,),
        "three-days": (Likeness.CIRCUMSTANCES,),
        "reference": (Likeness.REFERENCE,),
    }
    assert index.of(_alike("nowhere-either", unit="", application="")) == ()


def test_nothing_looks_like_itself() -> None:
    index = Lookalikes(KNOWN, 3)
    assert "same-day" not in {each.id for each in index.of(KNOWN[0])}


# -- figures -----------------------------------------------------------------------------------------------

CLOSED = [
    ["signalée", "2026-03-01T09:00", "r"],
    ["en attente", "2026-03-02T09:00", "r", "caisse"],
    ["en correction", "2026-03-12T09:00", "r"],
    ["close", "2026-03-20T09:00", "r"],
]
LINES = [
    line("a", type="P01", found="2026-03-01", severity="0", application="GAP", step="base", trail=CLOSED),
    line("b", type="S08", found="2026-05-02", severity="4", potential="5", due="2026-11-21", unit="USI"),
    line("c", type="P01", found="2026-05-03", state=State.WAITING, due="2026-11-01", application="GAP"),
    line("d", type="P01", found="2026-05-04", state=State.UNCONFIRMED),
    line("e", type="P01", found="2026-05-31", kind="lot", confirmed=60, state=State.CLOSED),
]


def test_figures_are_counted_once() -> None:
    found = statistics(LINES, terms(), TODAY)
    assert (found.entries, found.cases, found.open, found.waiting) == (5, 63, 2, 1)
    assert (found.late, found.serious, found.unconfirmed, found.median_days) == (1, 1, 1, 9)
    assert [(row.key, row.cases) for row in found.by_type.rows] == [("P01", 62), ("S08", 1)]
    assert [(row.label, row.cases) for row in found.by_month.rows] == [
        ("mars 2026", 1),
        ("avril 2026", 0),
        ("mai 2026", 62),
    ]
    assert {row.key: row.cases for row in found.by_delay.rows if row.cases} == {"3": 1}
    assert {row.key: row.cases for row in found.by_severity.rows if row.cases} == {"0": 1, "4": 1, "": 61}
    assert [(row.key, row.cases) for row in found.by_application.rows] == [("GAP", 2), ("", 61)]
    assert [row.cases for row in found.by_family.rows] == [62, 1]
    assert {tally.total for tally in found.tallies if tally.id != "delay"} == {63}


def test_a_batch_weighs_for_what_it_corrected_in_the_class_it_declares() -> None:
    """By hand: «a» took 9 days (class 3); of two batches, the first corrected 50 within the day."""
    lines = [*LINES, line("f", type="P02", found="2026-05-31", kind="lot", confirmed=12, state=State.CLOSED)]
    told = {"e": BatchDelay("1", 50), "f": BatchDelay("", 12)}
    found = statistics(lines, terms(), TODAY, told).by_delay
    assert {row.key: row.cases for row in found.rows if row.cases} == {"1": 50, "3": 1}
    assert found.note.endswith("sans classe déclarée, 12 corrections n'y sont pas.")
    assert described(found.chart).endswith(found.note)
    assert statistics(lines, terms(), TODAY, told).median_days == 9
    told["f"] = BatchDelay("3", 12)
    again = statistics(lines, terms(), TODAY, told).by_delay
    assert {row.key: row.cases for row in again.rows if row.cases} == {"1": 50, "3": 13}
    assert again.note == "Un lot compte pour ses corrections, dans la classe de délai qu'il déclare."
    assert statistics(LINES[:4], terms(), TODAY).by_delay.note == ""


@pytest.mark.parametrize(
    ("values", "wanted"),
    [
        ({"confirmed": 60, "corrected": 58, "delay": "2"}, ("2", 58)),
        ({"confirmed": 60, "corrected": 0, "delay": "2"}, ("2", 0)),
        ({"confirmed": 60, "delay": "2"}, ("2", 60)),
        ({"detected": 64}, ("", 64)),
    ],
)
def test_a_batch_declares_its_delay(values: dict[str, object], wanted: tuple[str, int]) -> None:
    found = entry_of("e", {"kind": "lot", "type": "P01", **values}, "")  # type: ignore[dict-item]
    assert batch_delay(found) == wanted


def test_a_count_draws_as_bars_on_a_round_scale() -> None:
    chart = statistics(LINES, terms(), TODAY).by_type.chart
    assert chart.ticks == (0, 20, 40, 60, 80)
    assert described(chart).startswith("Diagramme en barres – Par type. P01 – Doublon potentiel : 62")


@pytest.mark.parametrize(
    ("highest", "ticks"), [(0, (0, 1)), (1, (0, 1)), (5, (0, 1, 2, 3, 4, 5)), (6, (0, 2, 4, 6))]
)
def test_scales_are_round_and_hold_the_highest(highest: int, ticks: tuple[int, ...]) -> None:
    assert CountChart(title="t", axes=(Axis(label="a", value=highest),)).ticks == ticks


def test_delays_leave_waits_out() -> None:
    assert local_days(LINES[0]) == 9  # 19 days, less 10 waited
    assert local_days(LINES[1]) is None


def test_views_say_what_there_is_to_do() -> None:
    seen = {
        view: [each.id for each in LINES if in_view(each, view, today=TODAY, terms=terms(), to_report={"b"})]
        for view in View
    }
    assert seen == {
        View.TO_DO: ["b"],
        View.WAITING: ["c"],
        View.LATE: ["b"],
        View.SERIOUS: ["b"],
        View.TO_REPORT: ["b"],
    }


def test_the_median_of_two_is_half_way() -> None:
    """One day and four days: two and a half, said as three."""
    trails = [
        [["signalée", "2026-03-01T09:00", "r"], ["close", f"2026-03-0{day}T09:00", "r"]] for day in (2, 5)
    ]
    lines = [line(str(at), trail=trail) for at, trail in enumerate(trails)]
    assert statistics(lines, terms(), TODAY).median_days == 3
