"""The life of an entry: what follows what, who verifies, and whose time it is."""

from datetime import timedelta

import pytest

from ivaudit.domain.anomalies import Awaited, State, Turn
from ivaudit.domain.anomaly_states import FOLLOWING, ended, following, moment, moved, resumed, waited, worked
from ivaudit.domain.errors import InvalidValue, NotAllowedNow


def _turn(
    state: State, at: str, by: str = "référent", awaited: Awaited | None = None, reason: str = ""
) -> Turn:
    return Turn(state=state, at=at, by=by, awaited=awaited, reason=reason)


REPORTED = (_turn(State.REPORTED, "2026-03-02T09:00"),)
LIFE = [
    _turn(State.TO_CONFIRM, "2026-03-02T10:00"),
    _turn(State.CONFIRMED, "2026-03-03T10:00"),
    _turn(State.CORRECTING, "2026-03-04T10:00"),
    _turn(State.WAITING, "2026-03-05T10:00", awaited=Awaited.CIVIL),
    _turn(State.WAITING, "2026-03-15T10:00", awaited=Awaited.EDITOR),
    _turn(State.CORRECTING, "2026-03-19T10:00"),
    _turn(State.CORRECTED, "2026-03-20T10:00", by="admissions"),
    _turn(State.INFORMED, "2026-03-21T10:00"),
    _turn(State.VERIFIED, "2026-03-22T10:00", by="cadre"),
    _turn(State.CLOSED, "2026-03-22T12:00"),
]


def _lived(count: int = len(LIFE)) -> tuple[Turn, ...]:
    trail = REPORTED
    for turn in LIFE[:count]:
        trail = moved(trail, turn)
    return trail


def test_the_whole_life_is_lived_in_its_order() -> None:
    assert [turn.state for turn in _lived()] == [State.REPORTED, *(turn.state for turn in LIFE)]
    assert ended(_lived()) == "2026-03-22"
    assert ended(_lived(5)) == ""


def test_every_state_is_reached_and_nothing_ends_without_a_way_back() -> None:
    assert set(FOLLOWING) == set(State)
    assert {each for states in FOLLOWING.values() for each in states} == set(State) - {State.REPORTED}
    ends = [state for state in State if not state.open]
    assert [FOLLOWING[state] for state in ends] == [(State.REOPENED,), (State.REOPENED,)]


def test_a_state_that_does_not_follow_says_what_does() -> None:
    with pytest.raises(NotAllowedNow, match="« à confirmer », « non confirmée », « confirmée »"):
        moved(REPORTED, _turn(State.CLOSED, "2026-03-03T10:00"))


def test_waiting_goes_back_to_what_it_interrupted() -> None:
    trail = moved(REPORTED, _turn(State.WAITING, "2026-03-03T10:00", awaited=Awaited.USER))
    assert resumed(trail) is State.REPORTED
    assert following(trail)[0] is State.REPORTED
    assert moved(trail, _turn(State.REPORTED, "2026-03-04T10:00"))[-1].state is State.REPORTED


@pytest.mark.parametrize(
    ("turn", "why"),
    [
        (_turn(State.WAITING, "2026-03-03T10:00"), "dit de qui"),
        (_turn(State.CONFIRMED, "2026-03-03T10:00", awaited=Awaited.USER), "n'attendent personne"),
        (_turn(State.CONFIRMED, "2026-03-03T10:00", by=" "), "par sa fonction"),
        (_turn(State.CONFIRMED, "2026-03-02T08:59"), "daté d'avant"),
        (_turn(State.CONFIRMED, "hier"), "Un moment s'écrit"),
    ],
)
def test_a_turn_that_says_too_little_is_refused(turn: Turn, why: str) -> None:
    with pytest.raises(InvalidValue, match=why):
        moved(REPORTED, turn)


@pytest.mark.parametrize("state", [State.NO_FIX, State.REOPENED])
def test_giving_up_and_opening_again_say_why(state: State) -> None:
    trail = _lived(2) if state is State.NO_FIX else _lived()
    with pytest.raises(InvalidValue, match="demande un motif"):
        moved(trail, _turn(state, "2026-04-01T10:00"))
    assert moved(trail, _turn(state, "2026-04-01T10:00", reason="acte introuvable"))[-1].state is state


def test_who_corrected_does_not_verify() -> None:
    with pytest.raises(NotAllowedNow, match="une autre personne"):
        moved(_lived(8), _turn(State.VERIFIED, "2026-03-22T10:00", by="  Admissions "))


def test_waiting_is_timed_apart_from_the_local_delay() -> None:
    trail, later = _lived(), moment("2027-01-01")
    assert waited(trail, later) == timedelta(days=14)
    # From 2 March 9:00 to 22 March 12:00 are 20 days and 3 hours, less 14 days.
    assert worked(trail, later) == timedelta(days=6, hours=3)


def test_a_wait_that_lasts_is_counted_until_now() -> None:
    assert waited(_lived(4), moment("2026-03-07T10:00")) == timedelta(days=2)
    assert worked(_lived(4), moment("2026-03-07T10:00")) == timedelta(days=3, hours=1)


def test_the_clock_stops_between_closing_and_opening_again() -> None:
    trail = moved(_lived(), _turn(State.REOPENED, "2026-04-22T12:00", reason="doublon revenu"))
    assert worked(trail, moment("2026-04-23T12:00")) == timedelta(days=7, hours=3)
