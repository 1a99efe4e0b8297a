"""Indicators that the register of anomalies feeds."""

from datetime import date

import pytest

from ivaudit.app import anomalies, anomaly_life, facilities, indicators
from ivaudit.app.indicators import Written
from ivaudit.app.session import Session
from ivaudit.domain import clock
from ivaudit.domain.anomalies import EntryKind, State
from ivaudit.domain.errors import NotFound
from ivaudit.domain.indicator_model import IndicatorView, Origin
from ivaudit.domain.readings import Counts


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "today", lambda: date(2026, 11, 22))


@pytest.fixture
def place(session: Session) -> str:
    _, key = facilities.create(session, {"name": "EHPAD Les Tilleuls", "setting": "ehpad"})
    return key


def _declare(session: Session, place: str, kind: EntryKind, day: str, **values: object) -> str:
    _, key = anomalies.declare(session, kind, {"found": day, **values}, facility=place, at=f"{day}T09:00")
    return key


def _view(session: Session, place: str, indicator: str) -> IndicatorView:
    found = indicators.report(session, place)
    return next(each for each in found.views if each.indicator.id == indicator)


def test_types_named_by_the_indicators_are_those_of_the_register(session: Session) -> None:
    known = {each.id for each in anomalies.terms(session).types}
    named = {
        type_
        for each in indicators.catalogue(session.library).indicators
        if each.computed
        for type_ in each.computed.types
    }
    assert named
    assert named <= known


def test_declared_events_are_counted_and_stays_are_typed(session: Session, place: str) -> None:
    for day in ("2026-09-03", "2026-10-04", "2026-10-05"):
        _declare(session, place, EntryKind.EVENT, day, type="S01")
    _declare(session, place, EntryKind.ANOMALY, "2026-10-05", type="P02")
    first, second = _view(session, place, "ei-declares").points
    assert (first.month, first.shown, first.value) == ("2026-09", "1", None)
    assert (second.numerator, second.origin) == (2, Origin.COMPUTED)
    stays = Written(indicator="ei-declares", month="2026-10", counts=Counts(denominator=800))
    indicators.write(session, place, [stays])
    point = _view(session, place, "ei-declares").at("2026-10")
    assert point is not None
    assert (point.shown, point.origin) == ("2,5\u00a0‰", Origin.BOTH)
    indicators.keep(session, place, "ei-declares", "2026-10")
    point = _view(session, place, "ei-declares").at("2026-10")
    assert point is not None
    assert (point.shown, point.origin) == ("2,5\u00a0‰", Origin.TYPED)


def test_a_batch_counts_for_what_it_stands_for(session: Session, place: str) -> None:
    _declare(session, place, EntryKind.ANOMALY, "2026-10-05", type="P02")
    _declare(session, place, EntryKind.BATCH, "2026-10-06", type="P02", detected=64, confirmed=60)
    (point,) = _view(session, place, "doublons-flux").points
    cases = sum(each.cases for each in anomalies.lines(session))
    assert point.numerator == cases
    assert cases > 2


def test_what_was_not_confirmed_does_not_count(session: Session, place: str) -> None:
    key = _declare(session, place, EntryKind.ANOMALY, "2026-10-05", type="P04")
    _declare(session, place, EntryKind.ANOMALY, "2026-03-01", type="P04")
    rare = _view(session, place, "collisions").rare
    assert rare is not None
    assert (rare.days, rare.since) == (("2026-03-01", "2026-10-05"), 48)
    anomaly_life.move(session, key, State.UNCONFIRMED, by="Référent", at="2026-10-06T10:00")
    rare = _view(session, place, "collisions").rare
    assert rare is not None
    assert rare.days == ("2026-03-01",)
    with pytest.raises(NotFound, match="registre"):
        indicators.note_event(session, place, "collisions", "2026-03-01", there=False)


def test_the_delay_runs_from_finding_to_closing(session: Session, place: str) -> None:
    """Found on 1 September, closed on the 11th: ten days; another one, found and closed on the 12th: none."""
    for day, closed in (("2026-09-01", "2026-09-11"), ("2026-09-12", "2026-09-12")):
        key = _declare(session, place, EntryKind.ANOMALY, day, type="P02")
        for rank, state in enumerate(
            (State.CONFIRMED, State.CORRECTING, State.CORRECTED, State.VERIFIED, State.CLOSED)
        ):
            by = "Cadre" if state is State.VERIFIED else "Référent"
            anomaly_life.move(session, key, state, by=by, at=f"{closed}T1{rank}:00")
    (point,) = _view(session, place, "doublons-delai").points
    assert (point.month, point.shown) == ("2026-09", "5,0\u00a0jours")
    assert (point.numerator, point.denominator) == (10, 2)


def test_reviews_held_are_read_from_the_sheets(session: Session, place: str) -> None:
    for review in ("crex-tenu", "crex-prevu"):
        key = _declare(session, place, EntryKind.EVENT, "2026-08-10", type="S01")
        anomalies.edit(session, key, {"review": review})
    (point,) = _view(session, place, "ei-analyses").points
    assert (point.month, point.shown) == ("2026-09", "50,0\u00a0%")


def test_structures_do_not_mix(session: Session, place: str) -> None:
    _, other = facilities.create(session, {"name": "Clinique du Parc"})
    _declare(session, place, EntryKind.EVENT, "2026-10-04", type="S01")
    assert _view(session, other, "ei-declares").points == ()
