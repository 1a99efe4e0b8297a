"""Circuits: four questions for an EIGS, delays from the moment of knowledge, the unsure is never computed."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from ivaudit.app.library import library
from ivaudit.content.shapes import Family
from ivaudit.domain.checklist import Confidence
from ivaudit.domain.circuits import (
    NOT_NOTED,
    UNKNOWN_DELAY,
    Certainty,
    Circuits,
    CircuitStep,
    deadline,
    proposed,
    reports_due,
)

PARIS = ZoneInfo("Europe/Paris")


def _every() -> tuple[Circuits, ...]:
    return library().every(Family.CIRCUITS)


def _national() -> list[Circuits]:
    return [each for each in _every() if not each.region]


def _ids(*facts: str) -> dict[str, Certainty]:
    return {each.circuit.id: each.certainty for each in proposed(_national(), facts)}


def test_an_eigs_needs_the_unexpected_and_one_of_three() -> None:
    assert _ids("unexpected") == {}
    assert _ids("death", "vital", "disability") == {}
    for grave in ("death", "vital", "disability"):
        assert _ids("unexpected", grave) == {"eigs": Certainty.YES}
    assert _ids("unexpected?", "vital") == {"eigs": Certainty.MAYBE}


def test_no_fact_proposes_nothing_whatever_the_severity() -> None:
    assert _ids() == {}


def test_a_social_care_defect_is_reported_only_by_a_social_care_structure() -> None:
    assert _ids("care_defect") == {}
    assert _ids("care_defect", "esms") == {"esms": Certainty.YES}


def test_the_region_comes_in_only_when_chosen_and_follows_national_duties() -> None:
    facts = ("hemovigilance",)
    assert [each.circuit.id for each in proposed(_national(), facts)] == ["hemovigilance"]
    found = proposed(_every(), facts)
    assert [(each.circuit.id, each.region) for each in found] == [
        ("hemovigilance", ""),
        ("na-criv", "Nouvelle-Aquitaine"),
    ]
    assert proposed(_every(), ()) == ()


def _step(**given: int) -> CircuitStep:
    return CircuitStep(id="e", title="Étape", delay="…", confidence=Confidence.READ, **given)


@pytest.mark.parametrize(
    ("known", "step", "due"),
    [
        ((2026, 3, 10, 14, 30), {"hours": 0}, (2026, 3, 10, 14, 30)),
        ((2026, 3, 10, 14, 30), {"hours": 72}, (2026, 3, 13, 14, 30)),
        # The clocks go on one hour on 29 March 2026, and back on 25 October: 72 hours still pass.
        ((2026, 3, 27, 14, 30), {"hours": 72}, (2026, 3, 30, 15, 30)),
        ((2026, 10, 24, 10, 0), {"hours": 72}, (2026, 10, 27, 9, 0)),
        ((2026, 11, 30, 8, 0), {"months": 3}, (2027, 2, 28, 8, 0)),
        ((2027, 11, 30, 8, 0), {"months": 3}, (2028, 2, 29, 8, 0)),
        ((2026, 10, 31, 23, 59), {"months": 3}, (2027, 1, 31, 23, 59)),
        # Three months of the calendar keep the hour of the wall, over the change of clocks too.
        ((2026, 1, 15, 9, 0), {"months": 3}, (2026, 4, 15, 9, 0)),
    ],
)
def test_delays_run_from_the_day_and_hour_of_knowledge(
    known: tuple[int, ...], step: dict[str, int], due: tuple[int, ...]
) -> None:
    start = datetime(*known, tzinfo=PARIS)  # type: ignore[misc,arg-type]
    found = deadline(start, _step(**step))
    assert found.astimezone(PARIS).timetuple()[:5] == due


def test_what_is_unsure_or_not_noted_has_no_day() -> None:
    known = datetime(2026, 3, 10, 14, 30, tzinfo=PARIS)
    found = proposed(_national(), ("breach", "radioprotection"))
    steps = {each.key: each for each in reports_due(found, (), known)}
    assert steps["violation-donnees/cnil"].at == datetime(2026, 3, 13, 14, 30, tzinfo=PARIS)
    assert (steps["radioprotection/declaration"].at, steps["radioprotection/declaration"].why) == (
        None,
        UNKNOWN_DELAY,
    )
    unnoted = reports_due(found, (), None)
    assert {each.why for each in unnoted} == {UNKNOWN_DELAY, NOT_NOTED}


def test_what_is_done_is_not_due_and_the_most_pressing_comes_first() -> None:
    known = datetime(2026, 3, 10, 14, 30, tzinfo=PARIS)
    found = proposed(_national(), ("unexpected", "death", "breach"))
    steps = [each.key for each in reports_due(found, {"violation-donnees/dpo"}, known)]
    assert steps == [
        "eigs/volet-1",
        "violation-donnees/cnil",
        "eigs/volet-2",
        "violation-donnees/personnes",
    ]
