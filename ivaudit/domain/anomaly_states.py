"""The life of an entry of the register: which state may follow which, and how long it waited for others."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from ivaudit.domain.anomalies import State, Turn
from ivaudit.domain.errors import InvalidValue, NotAllowedNow
from ivaudit.domain.wording import folded

_HEARD = (State.UNCONFIRMED, State.CONFIRMED, State.WAITING)
_AFTER_FIX = (State.VERIFIED, State.REOPENED)

FOLLOWING: Mapping[State, tuple[State, ...]] = {
    State.REPORTED: (State.TO_CONFIRM, *_HEARD),
    State.TO_CONFIRM: _HEARD,
    State.UNCONFIRMED: (State.REOPENED,),
    State.CONFIRMED: (State.CORRECTING, State.WAITING, State.NO_FIX),
    State.CORRECTING: (State.CORRECTED, State.WAITING, State.NO_FIX),
    State.WAITING: (State.UNCONFIRMED, State.CONFIRMED, State.CORRECTING, State.CORRECTED, State.NO_FIX),
    State.CORRECTED: (State.INFORMED, *_AFTER_FIX),
    State.INFORMED: _AFTER_FIX,
    State.VERIFIED: (State.CLOSED, State.REOPENED),
    State.NO_FIX: (State.CLOSED, State.REOPENED),
    State.CLOSED: (State.REOPENED,),
    State.REOPENED: (State.TO_CONFIRM, *_HEARD, State.CORRECTING, State.NO_FIX),
}
"""The states that may follow each one, the most usual first."""

REASONED = frozenset({State.NO_FIX, State.REOPENED})
"""The states that say why."""

_DAY = 10


def following(trail: Sequence[Turn]) -> tuple[State, ...]:
    """Return the states that may follow now; one that waits may also go back to where it came from."""
    now = trail[-1].state
    if now is not State.WAITING:
        return FOLLOWING[now]
    return tuple(dict.fromkeys((resumed(trail), *FOLLOWING[now])))


def resumed(trail: Sequence[Turn]) -> State:
    """Return the state that waiting interrupted."""
    earlier = [turn.state for turn in trail if turn.state is not State.WAITING]
    return earlier[-1] if earlier else State.REPORTED


def moved(trail: Sequence[Turn], turn: Turn) -> tuple[Turn, ...]:
    """Return the states of an entry with one more.

    Raises:
        NotAllowedNow: this state does not follow the present one, or the person who corrected verifies.
        InvalidValue: a reason, a function or whom to wait for is missing, or it goes back in time.
    """
    now = trail[-1]
    again = turn.state is State.WAITING and now.state is State.WAITING and turn.awaited is not now.awaited
    if turn.state not in following(trail) and not again:
        allowed = ", ".join(f"« {each} »" for each in following(trail))
        raise NotAllowedNow(f"Après « {now.state} » vient : {allowed}.")
    _check(trail, turn)
    return (*trail, turn)


def _check(trail: Sequence[Turn], turn: Turn) -> None:
    if not turn.by.strip():
        raise InvalidValue("Dites par sa fonction qui fait passer l'anomalie à cet état.")
    if turn.state in REASONED and not turn.reason.strip():
        raise InvalidValue(f"« {turn.state.capitalize()} » demande un motif.")
    if (turn.state is State.WAITING) != (turn.awaited is not None):
        raise InvalidValue("« En attente » dit de qui ; les autres états n'attendent personne.")
    if moment(turn.at) < moment(trail[-1].at):
        raise InvalidValue("Cet état est daté d'avant le précédent : vérifiez le jour et l'heure.")
    if turn.state is State.VERIFIED and folded(turn.by) == folded(_corrector(trail)):
        raise NotAllowedNow(
            "La correction est vérifiée par une autre personne que celle qui l'a faite : "
            "indiquez la fonction de qui vérifie."
        )


def _corrector(trail: Sequence[Turn]) -> str:
    done = [turn.by for turn in trail if turn.state is State.CORRECTED]
    return done[-1] if done else ""


def moment(text: str) -> datetime:
    """Return a local day, or a local day and hour, as a moment; midnight without an hour.

    Raises:
        InvalidValue: it is neither.
    """
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise InvalidValue("Un moment s'écrit comme 2026-11-21T14:30.") from None
    if found.tzinfo is not None:
        raise InvalidValue("Un moment s'écrit à l'heure locale, comme 2026-11-21T14:30.")
    return found


def is_moment(text: str) -> bool:
    """Tell whether a text is a local day, or a local day and hour."""
    try:
        return bool(moment(text))
    except InvalidValue:
        return False


# -- time --------------------------------------------------------------------------------------------------


def waited(trail: Sequence[Turn], now: datetime) -> timedelta:
    """Return how long an entry waited for others in all.

    Args:
        trail: its states, the oldest first.
        now: the local moment, which ends a wait that lasts.
    """
    return sum(
        (length for turn, length in _stays(trail, now) if turn.state is State.WAITING),
        timedelta(),
    )


def worked(trail: Sequence[Turn], now: datetime) -> timedelta:
    """Return the local delay: how long it was open, less what it waited for others."""
    return sum(
        (
            length
            for turn, length in _stays(trail, now)
            if turn.state.open and turn.state is not State.WAITING
        ),
        timedelta(),
    )


def _stays(trail: Sequence[Turn], now: datetime) -> list[tuple[Turn, timedelta]]:
    ends = [*(moment(turn.at) for turn in trail[1:]), now]
    return [(turn, max(end - moment(turn.at), timedelta())) for turn, end in zip(trail, ends, strict=True)]


def ended(trail: Sequence[Turn]) -> str:
    """Return the local day an entry was closed or not confirmed, empty while it is open."""
    return "" if not trail or trail[-1].state.open else trail[-1].at[:_DAY]
