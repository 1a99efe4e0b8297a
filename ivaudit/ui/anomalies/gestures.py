"""The gestures of the page: plain functions, run on the thread that owns the workspace."""

from typing import TYPE_CHECKING

from ivaudit.domain.anomalies import EntryKind, EntryLine, Reported
from ivaudit.domain.audit import Changes
from ivaudit.domain.batch_delays import Delays
from ivaudit.domain.similar import Resemblance
from ivaudit.ui.anomalies.moves import Move

if TYPE_CHECKING:
    from ivaudit.app.session import Session

# Use cases are imported on the writer's thread: the window is shown before.


def begun(session: "Session") -> dict[EntryKind, dict[str, object]]:
    """Return the short entries that were begun."""
    from ivaudit.app import anomaly_drafts  # noqa: PLC0415 - see above

    return anomaly_drafts.new(session)


def batch_delays(session: "Session") -> Delays:
    """Return the delays that batches declare."""
    from ivaudit.app import register  # noqa: PLC0415 - see above

    return register.batch_delays(session)


def keep_new(kind: EntryKind, values: dict[str, object], session: "Session") -> None:
    """Keep a short entry being typed."""
    from ivaudit.app import anomaly_drafts  # noqa: PLC0415 - see above

    anomaly_drafts.keep_new(session, kind, values)


def forget_new(kind: EntryKind, session: "Session") -> None:
    """Give up a short entry that was begun."""
    from ivaudit.app import anomaly_drafts  # noqa: PLC0415 - see above

    anomaly_drafts.forget_new(session, kind)


def resembling(
    kind: EntryKind, values: dict[str, object], facility: str, session: "Session"
) -> tuple[tuple[EntryLine, Resemblance], ...]:
    """Return the entries that look like one being typed."""
    from ivaudit.app import register  # noqa: PLC0415 - see above

    return register.resembling(session, kind, values, facility=facility)


def declare(
    kind: EntryKind, values: dict[str, object], facility: str, session: "Session"
) -> tuple[Changes, str, str]:
    """Declare an entry and forget its draft; return what changed, its id and its number."""
    from ivaudit.app import anomalies, anomaly_drafts  # noqa: PLC0415 - see above

    changes, key = anomalies.declare(session, kind, values, facility=facility)
    anomaly_drafts.forget_new(session, kind)
    return changes, key, anomalies.get(session, key).number


def give_birth(key: str, kind: EntryKind, session: "Session") -> tuple[Changes, str, str]:
    """Declare an entry born of another; return what changed, its id and its number."""
    from ivaudit.app import anomalies, anomaly_links  # noqa: PLC0415 - see above

    changes, born = anomaly_links.give_birth(session, key, kind)
    return changes, born, anomalies.get(session, born).number


def keep(key: str, field: str, text: str, session: "Session") -> None:
    """Keep a text of an entry being typed."""
    from ivaudit.app import anomaly_drafts  # noqa: PLC0415 - see above

    anomaly_drafts.keep(session, key, field, text)


def write(key: str, values: dict[str, object], session: "Session") -> Changes:
    """Change fields of an entry."""
    from ivaudit.app import anomaly_drafts  # noqa: PLC0415 - see above

    return anomaly_drafts.write(session, key, values)


def move(key: str, wanted: Move, session: "Session") -> Changes:
    """Bring an entry to another state."""
    from ivaudit.app import anomaly_life  # noqa: PLC0415 - see above

    return anomaly_life.move(
        session,
        key,
        wanted.state,
        by=wanted.by,
        at=wanted.at,
        reason=wanted.reason,
        awaited=wanted.awaited,
    )


def report(key: str, step: Reported, session: "Session") -> Changes:
    """Note that a step of a circuit was done."""
    from ivaudit.app import anomaly_reports  # noqa: PLC0415 - see above

    return anomaly_reports.report(session, key, step.circuit, step.step, done=step.done, number=step.number)


def inform(key: str, recipient: str, day: str, session: "Session") -> Changes:
    """Note that a recipient was told."""
    from ivaudit.app import anomaly_life  # noqa: PLC0415 - see above

    return anomaly_life.inform(session, key, recipient, day)


def confirm(key: str, recipient: str, day: str, session: "Session") -> Changes:
    """Note that a recipient confirmed the correction."""
    from ivaudit.app import anomaly_life  # noqa: PLC0415 - see above

    return anomaly_life.confirm(session, key, recipient, day)


def link(key: str, other: str, session: "Session") -> Changes:
    """Say that two entries are about the same matter."""
    from ivaudit.app import anomaly_links  # noqa: PLC0415 - see above

    return anomaly_links.link(session, key, other)


def unlink(key: str, other: str, session: "Session") -> Changes:
    """Take the link between two entries away."""
    from ivaudit.app import anomaly_links  # noqa: PLC0415 - see above

    return anomaly_links.unlink(session, key, other)


def remove(key: str, session: "Session") -> Changes:
    """Take an entry off the register."""
    from ivaudit.app import anomalies  # noqa: PLC0415 - see above

    return anomalies.remove(session, key)


def restore(key: str, session: "Session") -> Changes:
    """Put an entry back on the register."""
    from ivaudit.app import anomalies  # noqa: PLC0415 - see above

    return anomalies.restore(session, key)


def undo(session: "Session") -> Changes:
    """Undo the last gesture on the register."""
    from ivaudit.app import anomalies  # noqa: PLC0415 - see above

    return anomalies.undo(session)


def redo(session: "Session") -> Changes:
    """Redo the last gesture undone."""
    from ivaudit.app import anomalies  # noqa: PLC0415 - see above

    return anomalies.redo(session)


def create_action(key: str, session: "Session") -> tuple[Changes, str]:
    """Agree an action that an entry leads to, and link them; return what changed, and its id."""
    from ivaudit.app import anomaly_actions  # noqa: PLC0415 - see above

    return anomaly_actions.create(session, key)


def clear(text: str, session: "Session") -> None:
    """Take note that what looks like an identity in a text is nobody's."""
    from ivaudit.app import privacy  # noqa: PLC0415 - see above

    privacy.keep(session, text)
