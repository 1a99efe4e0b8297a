"""What was declared of an entry is one value: erasing one field of it records the rest again."""

from ivaudit.app import names
from ivaudit.app.session import Session
from ivaudit.domain.entry_fold import DECLARED
from ivaudit.domain.journal import RECOVER, Json
from ivaudit.store.journal import Edit, Recorded, Version

_KEPT = ("kind", "number", "facility", "type", "found", "trail")
"""What stays of an entry whose whole declaration is erased: without it there is no entry."""


def forget(session: Session, entity: str, field: str, reason: str) -> Recorded | None:
    """Erase for good a field from every declaration an entry ever had; inside a gesture.

    Args:
        session: the open workspace.
        entity: name of the entry in the journal.
        field: the field; `entry` for everything but what an entry cannot be without.
        reason: why, without the value itself.

    Returns:
        The last erasure, nothing when no declaration held the field.
    """
    journal = session.workspace.journal
    holding = [each for each in journal.history(entity, DECLARED) if _holds(each.value, field)]
    if not holding:
        return None
    if any(each.current for each in holding):
        rest = _rest(journal.value(entity, DECLARED), field)
        journal.record(
            names.REGISTER, [Edit(entity, DECLARED, rest)], author=session.author, kind=RECOVER, reason=reason
        )
    return [_erase(session, each, reason) for each in holding][-1]


def _erase(session: Session, version: Version, reason: str) -> Recorded:
    journal = session.workspace.journal
    return journal.erase(version.op, version.index, author=session.author, reason=reason)


def _holds(declared: Json, field: str) -> bool:
    if not isinstance(declared, dict):
        return False
    return field == DECLARED or field in declared


def _rest(declared: Json, field: str) -> dict[str, Json]:
    found = declared if isinstance(declared, dict) else {}
    if field == DECLARED:
        return {name: found[name] for name in _KEPT if name in found}
    return {name: value for name, value in found.items() if name != field}
