"""An entry of the register that leads to an action."""

from ivaudit.app import actions, anomalies
from ivaudit.app.session import Session
from ivaudit.domain.audit import Changes
from ivaudit.domain.errors import InvalidValue


def create(session: Session, key: str) -> tuple[Changes, str]:
    """Agree an action that an entry leads to, still to be described, and link them.

    Returns:
        What changed, and the id of the action.

    Raises:
        NotFound: no such entry.
        InvalidValue: the entry belongs to no structure.
    """
    entry = anomalies.get(session, key)
    if not entry.facility:
        raise InvalidValue("Une action se décide pour une structure : dites sur la fiche laquelle.")
    with session.workspace.gesture():
        what = f"À décrire (suite de {entry.number})."
        _, action = actions.create(session, entry.facility, what, source=entry.number)
        changes = anomalies.edit(session, key, {"action": action})
    return changes, action
