"""The life of an entry: its states, whom it waits for, who was told of the wrong identity."""

from dataclasses import replace

from ivaudit.app import anomalies, names
from ivaudit.app.session import Session
from ivaudit.domain import anomaly_states, clock
from ivaudit.domain.anomalies import Awaited, Entry, EntryKind, State, Told, Turn
from ivaudit.domain.audit import Changes
from ivaudit.domain.entry_fold import TRAIL, trail_value
from ivaudit.domain.errors import InvalidValue, NotAllowedNow
from ivaudit.domain.form_values import MAX_LINE
from ivaudit.store.journal import Edit

_PROPAGATION = "propagation"


def move(
    session: Session,
    key: str,
    state: State,
    *,
    by: str = "",
    at: str = "",
    reason: str = "",
    awaited: Awaited | None = None,
) -> Changes:
    """Bring an entry to another state.

    Args:
        session: the open workspace.
        key: id of the entry.
        state: the state.
        by: function of who does it; the present author unless told.
        at: local moment, `AAAA-MM-JJTHH:MM`; now unless told.
        reason: why; compulsory where nothing can be corrected, or it is opened again.
        awaited: whom it waits for, where it waits.

    Raises:
        NotFound: no such entry.
        NotAllowedNow: this state does not follow, or who corrected verifies.
        InvalidValue: a reason, or whom to wait for, is missing; a moment before the present state.
    """
    now = anomalies.get(session, key)
    turn = Turn(
        state=state,
        at=anomaly_states.moment(at or _now(now)).isoformat(timespec="minutes"),
        by=" ".join((by or session.author).split())[:MAX_LINE],
        awaited=awaited,
        reason=reason.strip()[:MAX_LINE],
    )
    trail = anomaly_states.moved(now.trail, turn)
    edit = Edit(names.anomaly(key), TRAIL, trail_value(trail))
    return anomalies.gesture(session, [edit], f"{now.number} {state.value}")


def inform(session: Session, key: str, recipient: str, day: str = "") -> Changes:
    """Note that a recipient of the wrong identity was told.

    Args:
        session: the open workspace.
        key: id of the entry.
        recipient: a key of the recipients; added to the table when it is not there yet.
        day: local day, today unless told.

    Raises:
        NotFound: no such entry.
        InvalidValue: no such recipient, an impossible day, or a batch.
    """
    now = anomalies.get(session, key)
    rows = [each for each in now.propagation if each.recipient != recipient]
    known = next((each for each in now.propagation if each.recipient == recipient), None)
    told = replace(known or Told(recipient=recipient), informed=day or clock.today().isoformat())
    at = now.propagation.index(known) if known else len(rows)
    return _propagate(session, now, [*rows[:at], told, *rows[at:]], f"{now.number} : destinataire prévenu")


def confirm(session: Session, key: str, recipient: str, day: str = "") -> Changes:
    """Note that a recipient confirmed the correction.

    Raises:
        NotFound: no such entry.
        NotAllowedNow: this recipient was not told.
        InvalidValue: an impossible day, or a batch.
    """
    now = anomalies.get(session, key)
    if not any(each.recipient == recipient and each.informed for each in now.propagation):
        raise NotAllowedNow("Notez d'abord le jour où ce destinataire a été prévenu.")
    rows = [
        replace(each, confirmed=day or clock.today().isoformat()) if each.recipient == recipient else each
        for each in now.propagation
    ]
    return _propagate(session, now, rows, f"{now.number} : correction confirmée")


def _propagate(session: Session, now: Entry, rows: list[Told], label: str) -> Changes:
    if now.kind is EntryKind.BATCH:
        raise InvalidValue("Un lot ne compte que des nombres : il n'a pas de destinataires.")
    value = [
        {"recipient": r.recipient, "informed": r.informed, "confirmed": r.confirmed, "remark": r.remark}
        for r in rows
    ]
    kept = anomalies.checked(session, now.kind, {_PROPAGATION: value}, now.values)[_PROPAGATION]
    return anomalies.gesture(session, [Edit(names.anomaly(now.id), _PROPAGATION, kept)], label)


def _now(entry: Entry) -> str:
    """Return the present local moment, never before the present state: clocks are set back too."""
    now = clock.now().isoformat(timespec="minutes")
    last = entry.trail[-1].at
    return last if anomaly_states.moment(last) > anomaly_states.moment(now) else now
