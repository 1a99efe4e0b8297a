"""What a copy is said to hold is what the workspace held."""

from ivaudit.app import anomalies, backups, copies
from ivaudit.app.session import Session
from ivaudit.domain.anomalies import EntryKind


def _declared(session: Session, *types: str) -> list[str]:
    return [anomalies.declare(session, EntryKind.ANOMALY, {"type": each})[1] for each in types]


def test_a_copy_counts_the_entries_of_the_register_that_are_there(session: Session) -> None:
    first, second, *_ = _declared(session, "P01", "P04", "P06")
    anomalies.remove(session, first)
    anomalies.remove(session, second)
    anomalies.restore(session, second)
    _declared(session, "P02")
    anomalies.undo(session)
    (look,) = copies.look(session, [backups.back_up(session)])
    assert look.contents is not None
    assert look.contents.anomalies == len(list(anomalies.entries(session))) == 2
