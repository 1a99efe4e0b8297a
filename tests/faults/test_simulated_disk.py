"""A sample of the campaigns of `make faults` at each run, and the proof that each would notice."""

from collections.abc import Callable
from pathlib import Path

import pytest
from faults import bit_flips, io_faults, power_cuts
from faults.power_cuts import SCENARIOS

from ivaudit.domain.errors import KnownError
from ivaudit.store import key_file


@pytest.mark.parametrize("name", SCENARIOS)
def test_a_power_cut_loses_nothing_acknowledged_and_breaks_nothing(name: str) -> None:
    report = power_cuts.campaign(SCENARIOS[name](), 12, seed=7)
    assert report.problems == []
    assert report.states == 12
    assert report.acknowledged > 0


def test_the_simulation_notices_an_engine_that_makes_nothing_durable() -> None:
    report = power_cuts.without_full(12, seed=7)
    assert report.lost > 0
    assert report.broken > 0


def test_the_simulation_notices_files_of_ours_that_are_not_made_durable() -> None:
    report = power_cuts.without_fsync(25, seed=7)
    assert report.lost > 0


@pytest.mark.parametrize("name", SCENARIOS)
def test_a_refused_call_leaves_the_old_or_the_new(name: str) -> None:
    report = io_faults.campaign(SCENARIOS[name](), every=40, first=7)
    assert report.problems == []
    assert report.told > 0


def test_every_call_of_a_change_of_passphrase_is_refused_once() -> None:
    report = io_faults.campaign(SCENARIOS["passphrase"]())
    assert report.problems == []
    assert report.refused == 2 * report.calls > 100


def test_the_refusals_notice_a_change_that_is_half_undone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(key_file, "_put_back", lambda *_: None)
    assert io_faults.campaign(SCENARIOS["passphrase"]()).problems


def test_the_refusals_notice_what_is_not_told(monkeypatch: pytest.MonkeyPatch) -> None:
    scenario = SCENARIOS["passphrase"]()
    really = scenario.play

    def play(root: Path, ack: Callable[[str], None]) -> None:
        try:
            really(root, ack)
        except KnownError:
            raise OSError from None

    monkeypatch.setattr(scenario, "play", play)
    assert any("not told: OSError" in each for each in io_faults.campaign(scenario, every=20).problems)


def test_a_flipped_bit_is_noticed_wherever_it_is() -> None:
    reports = bit_flips.campaign(6, seed=7)
    assert [report.noticed for report in reports] == [6] * 5
