"""Campaigns filled line by line."""

from collections.abc import Iterator

import pytest
from support.bench import Bench

from ivaudit.app import audits, campaigns, observations
from ivaudit.domain.campaign import Draw
from ivaudit.domain.errors import InvalidValue, NotAllowedNow, NotFound
from ivaudit.domain.observation import ObservedValue
from ivaudit.store.check import full_check

GRID = "obs-bracelet"
YES, NO = ObservedValue.YES, ObservedValue.NO


@pytest.fixture
def campaign(bench: Bench) -> Iterator[str]:
    _, key = campaigns.create(
        bench.session, bench.facility, GRID, audit=bench.audit, units=("Médecine", "Chirurgie")
    )
    yield key
    assert full_check(bench.session.workspace).problems == ()


def _row(bench: Bench, campaign: str) -> str:
    return observations.add_row(bench.session, campaign)[1]


def _items(bench: Bench, campaign: str) -> list[str]:
    return [item.id for item in campaigns.sheet(bench.session, campaign).grid.items]


def test_a_line_keeps_the_place_of_the_one_before(bench: Bench, campaign: str) -> None:
    first = _row(bench, campaign)
    observations.set_row(
        bench.session, campaign, first, unit="Médecine", date="2026-11-20", professional="p1"
    )
    _row(bench, campaign)
    rows = campaigns.sheet(bench.session, campaign).rows
    assert [(row.number, row.unit, row.date, row.professional) for row in rows] == [
        (1, "Médecine", "2026-11-20", "P1"),
        (2, "Médecine", "2026-11-20", "P1"),
    ]


def test_each_cell_is_one_gesture(bench: Bench, campaign: str) -> None:
    row, (item, *_) = _row(bench, campaign), _items(bench, campaign)
    done = observations.note(bench.session, campaign, row, item, YES)
    assert done.undo == "Ligne 1 : oui"
    assert done.entities == {f"row:{campaign}/{row}"}
    campaigns.undo(bench.session, bench.audit)
    assert campaigns.sheet(bench.session, campaign).rows[0].values == {}
    campaigns.redo(bench.session, bench.audit)
    assert campaigns.sheet(bench.session, campaign).rows[0].values == {item: YES}


def test_a_line_taken_away_comes_back(bench: Bench, campaign: str) -> None:
    row = _row(bench, campaign)
    observations.remove_row(bench.session, campaign, row)
    assert campaigns.sheet(bench.session, campaign).rows == ()
    with pytest.raises(NotFound):
        observations.remove_row(bench.session, campaign, row)
    campaigns.undo(bench.session, bench.audit)
    assert [each.id for each in campaigns.sheet(bench.session, campaign).rows] == [row]


def test_noting_a_fact_forgets_why_it_was_not_observed(bench: Bench, campaign: str) -> None:
    row, (item, *_) = _row(bench, campaign), _items(bench, campaign)
    reason = campaigns.sheet(bench.session, campaign).grid.not_observed[0].id
    observations.set_row(bench.session, campaign, row, reason=reason)
    assert campaigns.sheet(bench.session, campaign).result.reasons == {reason: 1}
    observations.note(bench.session, campaign, row, item, NO)
    found = campaigns.sheet(bench.session, campaign).result
    assert (found.reasons, found.observed) == ({}, 1)


def test_what_was_seen_suggests_answers_and_sets_none(bench: Bench, campaign: str) -> None:
    grid = campaigns.sheet(bench.session, campaign).grid
    item = next(each for each in grid.items if each.criteria and not each.stops)
    for _ in range(6):
        observations.note(bench.session, campaign, _row(bench, campaign), item.id, YES)
    found = campaigns.proposed(bench.session, campaign)
    assert {(each.criterion, each.value) for each in found} == {(each, "oui") for each in item.criteria}
    assert audits.sheet(bench.session, bench.audit).answers == {}


@pytest.mark.parametrize(
    "wrong",
    [
        {"professional": "Mme Durand"},
        {"at": "26:00"},
        {"date": "hier"},
        {"reason": "inconnu"},
        {"unit": "u" * 61},
        {"context": {"inconnu": "x"}},
    ],
)
def test_what_cannot_be_is_refused(bench: Bench, campaign: str, wrong: dict[str, str]) -> None:
    row = _row(bench, campaign)
    with pytest.raises(InvalidValue):
        observations.set_row(bench.session, campaign, row, **wrong)  # type: ignore[arg-type]


def test_a_campaign_lives_without_an_audit(bench: Bench) -> None:
    _, key = campaigns.create(
        bench.session, bench.facility, GRID, start="2026-11-20", present={"": 12}, draw=Draw.EXHAUSTIVE
    )
    assert campaigns.of_audit(bench.session, bench.audit) == ()
    campaigns.edit(bench.session, key, title="Bracelets de novembre")
    campaigns.undo(bench.session, f"campaign:{key}")
    assert campaigns.get(bench.session, key).title != "Bracelets de novembre"
    campaigns.edit(bench.session, key, title="Bracelets de novembre", present={"Médecine": 7})
    found = campaigns.get(bench.session, key)
    assert (found.title, found.population(), found.draw) == ("Bracelets de novembre", 7, Draw.EXHAUSTIVE)
    campaigns.remove(bench.session, key)
    assert campaigns.all_of(bench.session) == ()
    campaigns.undo(bench.session, f"campaign:{key}")
    assert [each.id for each in campaigns.all_of(bench.session)] == [key]


def test_the_grid_of_a_campaign_is_frozen(bench: Bench, campaign: str) -> None:
    assert campaigns.get(bench.session, campaign).grid[0] == GRID
    assert campaigns.sheet(bench.session, campaign).grid == bench.session.library.observation(GRID)


def test_nothing_to_undo_is_said(bench: Bench, campaign: str) -> None:
    with pytest.raises(NotAllowedNow):
        campaigns.undo(bench.session, f"campaign:{campaign}")


def test_a_workspace_reopened_reads_the_same(bench: Bench, campaign: str) -> None:
    row, (item, *_) = _row(bench, campaign), _items(bench, campaign)
    observations.note(bench.session, campaign, row, item, YES)
    before = campaigns.sheet(bench.session, campaign)
    with bench.session.workspace.gesture():
        bench.session.workspace.journal.rebuild()
    assert campaigns.sheet(bench.session, campaign) == before
