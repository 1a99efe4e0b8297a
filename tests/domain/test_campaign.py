"""Campaigns against figures worked out by hand."""

from collections.abc import Mapping
from fractions import Fraction

import pytest

from ivaudit.domain.campaign import Campaign, CampaignResult, Draw, ObservedRow, campaign_result
from ivaudit.domain.checklist import Confidence, Reference
from ivaudit.domain.observation import ObservationGrid, ObservedItem, ObservedValue, Row
from ivaudit.domain.proposals import Thresholds, proposals
from ivaudit.domain.sampling import Counts

YES, NO, OUT = ObservedValue.YES, ObservedValue.NO, ObservedValue.NOT_APPLICABLE
THRESHOLDS = Thresholds(
    id="seuils", version="1.0.0", title="Seuils", chosen_by="la cellule", yes_from=95, partly_from=80, least=5
)


def _item(key: str, *criteria: str, stops: bool = False) -> ObservedItem:
    return ObservedItem(
        id=key, question=f"{key} ?", help="", values=(YES, NO, OUT), stops=stops, criteria=criteria
    )


def _grid(*items: ObservedItem, row: Row = Row.PERSON, target: int = 30) -> ObservationGrid:
    return ObservationGrid(
        id="obs",
        version="1.0.0",
        title="Observation",
        summary="",
        licence="",
        authors=(),
        published="2026-11-22",
        row=row,
        target=target,
        target_note="",
        period="",
        places=(),
        interlocutors=(),
        inclusion=(),
        exclusion=(),
        stance="",
        words="",
        not_observed=(),
        items=items,
        references=(Reference(document="Pratique", confidence=Confidence.TO_CHECK),),
    )


def _row(number: int, unit: str = "", **values: ObservedValue) -> ObservedRow:
    return ObservedRow(id=f"r{number}", number=number, unit=unit, values=values)


def _result(
    grid: ObservationGrid,
    rows: list[ObservedRow],
    draw: Draw = Draw.RANDOM,
    present: Mapping[str, int] | None = None,
) -> CampaignResult:
    campaign = Campaign(
        id="c", facility="f", grid=("obs", "1.0.0", ""), title="", draw=draw, present=present or {}
    )
    return campaign_result(campaign, grid, rows)


def test_lines_add_up() -> None:
    rows = [_row(1, a=YES), _row(2, a=NO), _row(3, a=OUT), _row(4)]
    rows.append(ObservedRow(id="r5", number=5, reason="dort"))
    found = _result(_grid(_item("a")), rows)
    assert found.items[0].counts == Counts(yes=1, no=1, not_applicable=1, not_observed=1)
    assert (found.observed, found.reasons, found.units) == (3, {"dort": 1}, ())


def test_a_ward_seen_whole_has_no_interval_and_the_hospital_has_one() -> None:
    rows = [_row(n, "Est", a=YES) for n in range(4)] + [_row(n, "Ouest", a=NO) for n in range(4, 8)]
    found = _result(_grid(_item("a")), rows, present={"Est": 4, "Ouest": 40})
    east, west = found.units
    assert east.items[0].interval is None
    assert west.items[0].interval is not None
    assert found.items[0].counts == Counts(yes=4, no=4)
    assert found.items[0].interval is not None
    assert "Cumul des observations, non pondéré par la taille des unités." in found.remarks


def test_units_are_pooled_by_adding() -> None:
    """9 of 10 and 1 of 2: 10 of 12, and not the mean of 90 % and 50 %."""
    east = [_row(rank, "Est", a=YES if rank else NO) for rank in range(10)]
    west = [_row(10, "Ouest", a=YES), _row(11, "Ouest", a=NO), _row(12, "Ouest", a=OUT)]
    found = _result(_grid(_item("a")), [*east, *west])
    assert found.items[0].counts == Counts(yes=10, no=2, not_applicable=1)
    assert found.items[0].counts.rate == Fraction(5, 6)
    assert [unit.items[0].counts.rate for unit in found.units] == [Fraction(9, 10), Fraction(1, 2)]


def test_taking_all_is_a_census_as_long_as_all_were_seen() -> None:
    rows = [_row(n, a=YES) for n in range(6)]
    found = _result(_grid(_item("a")), rows, Draw.EXHAUSTIVE)
    assert (found.items[0].interval, found.census) == (None, True)
    rows.append(ObservedRow(id="r9", number=9, reason="absent"))
    found = _result(_grid(_item("a")), rows, Draw.EXHAUSTIVE)
    assert found.items[0].interval is not None
    assert not found.census


def test_a_ward_nobody_counted_leaves_the_whole_uncounted() -> None:
    """12 of the 15 of one ward and 18 of another: 30 lines are no census of 15."""
    rows = [_row(n, "Est", a=YES if n else NO) for n in range(12)]
    rows += [_row(n, "Ouest", a=YES) for n in range(12, 30)]
    found = _result(_grid(_item("a")), rows, present={"Est": 15})
    bounds = found.items[0].interval
    assert bounds is not None
    assert (bounds.effective, found.population, found.wanted, found.census) == (30.0, None, 30, False)


def test_a_count_of_all_is_not_added_to_that_of_a_ward() -> None:
    rows = [_row(n, "Est", a=YES) for n in range(10)]
    assert _result(_grid(_item("a")), rows, present={"": 42, "Est": 14}).population == 42


def test_every_ward_of_a_hospital_seen_whole_was_seen_whole() -> None:
    rows = [_row(n, "Est" if n < 4 else "Ouest", a=YES) for n in range(8)]
    found = _result(_grid(_item("a")), rows, present={"": 8})
    assert found.census
    assert [each.items[0].interval for each in (found, *found.units)] == [None, None, None]


def test_the_target_is_what_is_there_when_fewer_are() -> None:
    grid = _grid(_item("a"), target=30)
    assert _result(grid, [], present={"": 12}).wanted == 12
    assert _result(grid, [], present={"": 60}).wanted == 30
    assert _result(grid, []).wanted == 30


def test_ten_acts_of_one_nurse_are_not_ten() -> None:
    rows = [ObservedRow(id=str(n), number=n, professional="P1", values={"a": YES}) for n in range(10)]
    found = _result(_grid(_item("a"), row=Row.ACT), rows)
    assert found.professionals == 1
    assert any("10 actes de 1 professionnel " in remark for remark in found.remarks)


@pytest.mark.parametrize(
    ("yes", "no", "expected"),
    [(19, 1, "oui"), (189, 11, "oui"), (18, 2, "partiel"), (8, 2, "partiel"), (7, 3, "non"), (0, 9, "non")],
)
def test_the_answer_proposed_follows_the_displayed_rate(yes: int, no: int, expected: str) -> None:
    """189 of 200 is 94.5 %, displayed 95: proposed as it reads."""
    rows = [_row(n, a=YES if n < yes else NO) for n in range(yes + no)]
    found = proposals(_result(_grid(_item("a", "crit")), rows).items, THRESHOLDS)
    assert [(each.criterion, each.value) for each in found] == [("crit", expected)]
    assert f"{yes} oui sur {yes + no}" in found[0].because


def test_too_few_lines_propose_nothing_but_one_failure_that_stops_the_act_does() -> None:
    rows = [_row(1, a=YES, b=NO)]
    grid = _grid(_item("a", "crit-a"), _item("b", "crit-b", stops=True))
    found = proposals(_result(grid, rows).items, THRESHOLDS)
    assert [(each.criterion, each.value) for each in found] == [("crit-b", "non")]


def test_the_worst_fact_decides() -> None:
    rows = [_row(n, a=YES, b=NO) for n in range(10)]
    found = proposals(_result(_grid(_item("a", "crit"), _item("b", "crit")), rows).items, THRESHOLDS)
    assert [(each.value, each.items) for each in found] == [("non", ("b",))]
