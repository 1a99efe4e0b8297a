"""Readings of indicators in an open workspace: written, computed, aimed at, undone, refused."""

from collections.abc import Callable
from datetime import date

import pytest
from support.bench import Bench

from ivaudit.app import actions, campaigns, facilities, indicator_sources, indicators, observations
from ivaudit.app.indicators import Written
from ivaudit.app.privacy import IdentityFound
from ivaudit.app.session import Session
from ivaudit.domain import clock
from ivaudit.domain.errors import InvalidValue, NotAllowedNow, NotFound
from ivaudit.domain.indicator_model import IndicatorView, Origin
from ivaudit.domain.observation import ObservedValue
from ivaudit.domain.readings import Counts

TODAY = date(2026, 11, 22)


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "today", lambda: TODAY)


@pytest.fixture
def place(session: Session) -> str:
    _, key = facilities.create(session, {"name": "EHPAD Les Tilleuls", "setting": "ehpad"})
    return key


def _cell(indicator: str, month: str, *counts: int | None, **more: str) -> Written:
    numerator, denominator, excluded = (*counts, None, None, None)[:3]
    found = Counts(numerator=numerator, denominator=denominator, excluded=excluded)
    return Written(indicator=indicator, month=month, counts=found, **more)


def _view(session: Session, place: str, indicator: str, last: str = "") -> IndicatorView:
    found = indicators.report(session, place, last=last)
    return next(each for each in found.views if each.indicator.id == indicator)


def test_a_structure_without_readings_sees_every_definition_and_its_active_file(
    session: Session, place: str
) -> None:
    found = indicators.report(session, place)
    assert (found.months[0], found.months[-1], len(found.months)) == ("2025-12", "2026-11", 12)
    assert "dernier jour du mois" in found.active_file
    assert all(not view.points for view in found.views)
    assert {view.indicator.origin for view in found.views} == {"définition propre à l'outil"}


@pytest.mark.parametrize(
    ("setting", "words"),
    [("es", "usagers distincts venus"), ("ehpad", "dernier jour du mois"), ("", "ne définit pas")],
)
def test_the_active_file_is_that_of_the_setting(session: Session, setting: str, words: str) -> None:
    _, key = facilities.create(session, {"name": "Structure", "setting": setting or None})
    assert words in indicators.report(session, key).active_file


def test_a_reading_says_what_from_where_and_when(session: Session, place: str) -> None:
    cell = _cell("identites-qualifiees", "2026-10", 76, 80, 4, source="Statistique du DUI, onglet INS")
    changes = indicators.write(session, place, [cell])
    assert changes.undo == "Taux d'identités qualifiées, octobre 2026"
    point = _view(session, place, "identites-qualifiees").points[0]
    assert (point.shown, point.without, point.source, point.date) == (
        "95,0\u00a0%",
        "100,0\u00a0%",
        "Statistique du DUI, onglet INS",
        "2026-11-22",
    )
    again = indicators.write(session, place, [_cell("identites-qualifiees", "2026-10", 76, 80, 4)])
    assert again.done == ""


def test_a_pasted_column_is_one_gesture_and_all_or_nothing(session: Session, place: str) -> None:
    cells = [_cell("doublons-flux", f"2026-{month:02d}", month, 400) for month in range(1, 11)]
    changes = indicators.write(session, place, cells)
    assert (changes.done, changes.undo) == ("10 relevés", "10 relevés")
    assert len(_view(session, place, "doublons-flux").points) == 10
    wrong = [_cell("doublons-flux", "2026-11", 1, 400), _cell("doublons-flux", "2026-10", 500, 400)]
    with pytest.raises(InvalidValue, match="octobre 2026 : le numérateur"):
        indicators.write(session, place, wrong)
    assert _view(session, place, "doublons-flux").at("2026-11") is None
    indicators.undo(session, place)
    assert _view(session, place, "doublons-flux").points == ()
    indicators.redo(session, place)
    assert len(_view(session, place, "doublons-flux").points) == 10


def test_a_cleared_cell_is_no_reading_any_more(session: Session, place: str) -> None:
    indicators.write(session, place, [_cell("doublons-flux", "2026-10", 3, 400)])
    indicators.write(session, place, [_cell("doublons-flux", "2026-10", source="")])
    assert _view(session, place, "doublons-flux").points == ()
    assert indicators.reading(session, place, "doublons-flux", "2026-10").date == ""
    indicators.undo(session, place)
    assert _view(session, place, "doublons-flux").points[0].shown == "0,8\u00a0%"


@pytest.mark.parametrize(
    ("indicator", "month", "words"),
    [
        ("doublons-flux", "2026-12", "pas encore commencé"),
        ("doublons-stock", "2026-10", "mars, juin"),
        ("collisions", "2026-10", "décembre"),
    ],
)
def test_a_period_that_is_none_is_refused(
    session: Session, place: str, indicator: str, month: str, words: str
) -> None:
    with pytest.raises(InvalidValue, match=words):
        indicators.write(session, place, [_cell(indicator, month, 1, 2)])


def test_a_name_in_a_source_never_reaches_the_journal(session: Session, place: str) -> None:
    with pytest.raises(IdentityFound):
        indicators.write(
            session, place, [_cell("doublons-flux", "2026-10", 1, 2, source="Vu avec Mme Durand")]
        )
    assert _view(session, place, "doublons-flux").points == ()


def test_unknown_things_are_said(session: Session, place: str) -> None:
    with pytest.raises(NotFound, match="indicateur"):
        indicators.write(session, place, [_cell("rien", "2026-10", 1, 2)])
    with pytest.raises(NotFound, match="structure"):
        indicators.write(session, "rien", [_cell("doublons-flux", "2026-10", 1, 2)])
    with pytest.raises(NotAllowedNow):
        indicators.undo(session, place)


def test_a_target_is_set_changed_undone_and_taken_away(session: Session, place: str) -> None:
    indicators.aim(session, place, "identites-qualifiees", "98,5")
    assert _view(session, place, "identites-qualifiees").target == 98.5
    indicators.aim(session, place, "identites-qualifiees", "95")
    assert _view(session, place, "identites-qualifiees").target_shown == "95,0\u00a0% ou plus"
    indicators.undo(session, place)
    assert _view(session, place, "identites-qualifiees").target == 98.5
    indicators.aim(session, place, "identites-qualifiees", "")
    assert _view(session, place, "identites-qualifiees").target is None
    with pytest.raises(InvalidValue, match="tendance"):
        indicators.aim(session, place, "ei-declares", "2")


def test_days_of_rare_events_are_noted_once_and_taken_away(session: Session, place: str) -> None:
    for day in ("2026-03-01", "2026-03-11", "2026-03-01"):
        indicators.note_event(session, place, "collisions", day)
    rare = _view(session, place, "collisions").rare
    assert rare is not None
    assert (rare.days, rare.intervals, rare.since) == (("2026-03-01", "2026-03-11"), (10,), 256)
    indicators.note_event(session, place, "collisions", "2026-03-11", there=False)
    rare = _view(session, place, "collisions").rare
    assert rare is not None
    assert rare.days == ("2026-03-01",)
    for wrong in ("2026-11-23", "hier"):
        with pytest.raises(InvalidValue):
            indicators.note_event(session, place, "collisions", wrong)
    with pytest.raises(InvalidValue, match="rares"):
        indicators.note_event(session, place, "doublons-flux", "2026-03-01")


def test_two_structures_never_mix(session: Session, place: str) -> None:
    _, other = facilities.create(session, {"name": "Clinique du Parc"})
    indicators.write(session, place, [_cell("doublons-flux", "2026-10", 3, 400)])
    assert _view(session, other, "doublons-flux").points == ()


@pytest.fixture
def observed(session: Session, place: str) -> Callable[..., None]:
    _, campaign = campaigns.create(session, place, "obs-bracelet")

    def note(day: str, **values: ObservedValue) -> None:
        _, row = observations.add_row(session, campaign)
        observations.set_row(session, campaign, row, date=day)
        for item, value in values.items():
            observations.note(session, campaign, row, item.replace("_", "-"), value)

    return note


def test_observations_are_counted_and_what_was_counted_is_told(
    session: Session, place: str, observed: Callable[..., None]
) -> None:
    yes, no = ObservedValue.YES, ObservedValue.NO
    observed("2026-10-05", bra_present=yes, bra_lisible=yes, bra_dossier=yes)
    observed("2026-10-05", bra_present=yes, bra_lisible=no, bra_dossier=yes)
    observed("2026-10-05", bra_present=ObservedValue.REFUSED)
    (point,) = _view(session, place, "bracelets-conformes").points
    assert (point.origin, point.shown, point.numerator, point.denominator) == (
        Origin.COMPUTED,
        "50,0\u00a0%",
        1,
        2,
    )
    assert "1 avec refus tracé" in point.explanation
    indicators.keep(session, place, "bracelets-conformes", "2026-10")
    (kept,) = _view(session, place, "bracelets-conformes").points
    assert (kept.origin, kept.numerator, kept.differs) == (Origin.TYPED, 1, False)
    assert kept.source.startswith("Calculé par ivaudit. 2 lignes de 1 campagne")
    with pytest.raises(NotFound, match="Rien n'a été calculé"):
        indicators.keep(session, place, "bracelets-conformes", "2026-09")


def test_actions_due_are_counted_for_their_structure_only(session: Session, bench: Bench) -> None:
    _, other = facilities.create(session, {"name": "Clinique du Parc"})
    for facility, done in (
        (bench.facility, "2026-08-31"),
        (bench.facility, "2026-09-02"),
        (other, "2026-08-01"),
    ):
        actions.create(session, facility, "Faire.", due="2026-09-01", state="réalisée", done=done)
    (point,) = _view(session, bench.facility, "actions-a-temps").points
    assert (point.month, point.numerator, point.denominator) == ("2026-09", 1, 2)


def test_readings_survive_a_rebuild_of_the_caches(session: Session, place: str) -> None:
    indicators.write(session, place, [_cell("doublons-flux", "2026-10", 3, 400)])
    indicators.aim(session, place, "doublons-flux", "1")
    indicators.note_event(session, place, "collisions", "2026-03-01")
    before = indicators.report(session, place)
    session.workspace.journal.rebuild()
    assert indicators.report(session, place) == before
    assert session.workspace.journal.state_matches()


def test_every_shipped_computation_has_a_source(session: Session) -> None:
    known = indicators.catalogue(session.library)
    counted = [each.computed.counts for each in known.indicators if each.computed]
    assert counted
    assert set(counted) <= set(indicator_sources.COUNTS)
