"""Actions across audits: agreed, followed, closed; each lives in its own scope of the journal."""

import secrets
from collections.abc import Sequence
from datetime import date

from ivaudit.app import facilities, gestures, names, texts
from ivaudit.app.session import Session
from ivaudit.domain import clock
from ivaudit.domain.actions import Action, ActionState, OwnerKind, Priority, in_order
from ivaudit.domain.audit import Changes
from ivaudit.domain.errors import InvalidValue, NotFound
from ivaudit.domain.journal import Json
from ivaudit.store import findings as stored
from ivaudit.store.journal import Edit

STACK = "actions"
"""Under which name gestures on actions are undone, when they were not made in an audit."""

MAX_LINE = 300
MAX_TEXT = 2_000
_LONG = frozenset({"what", "progress", "measure", "result"})
_LINES = frozenset({"owner", "editor", "reference", "source"})
_CLOSED: dict[str, type[OwnerKind] | type[Priority] | type[ActionState]] = {
    "owner_kind": OwnerKind,
    "priority": Priority,
    "state": ActionState,
}
_DAYS = frozenset({"due", "done"})
FIELDS = (*sorted(_LONG), *sorted(_LINES), *_CLOSED, *sorted(_DAYS))
"""What may be changed of an action."""


def all_of(session: Session) -> tuple[Action, ...]:
    """Return every action: open ones first, the longest overdue on top."""
    return in_order(stored.actions(session.workspace.db), clock.today())


def of_audit(session: Session, audit: str) -> tuple[Action, ...]:
    """Return the actions that come from an audit."""
    return tuple(each for each in all_of(session) if each.audit == audit)


def get(session: Session, key: str) -> Action:
    """Return an action.

    Raises:
        NotFound: there is none with this id.
    """
    found = stored.action(session.workspace.db, key)
    if found is None:
        raise NotFound("Cette action n'existe pas, ou plus, dans ce dossier de travail.")
    return found


def create(
    session: Session,
    facility: str,
    what: str,
    *,
    audit: str = "",
    finding: str = "",
    criteria: Sequence[str] = (),
    **fields: str,
) -> tuple[Changes, str]:
    """Agree an action.

    Args:
        session: the open workspace.
        facility: id of the structure it is for.
        what: what is to be done.
        audit: id of the audit it comes from, empty when none; undo is then that of the audit.
        finding: id of the finding it answers.
        criteria: ids of the criteria it serves.
        fields: more of it, by name (see `FIELDS`).

    Returns:
        What changed, and the id of the action.

    Raises:
        NotFound: no such structure or audit.
        InvalidValue: nothing to do, or a value that cannot be.
    """
    facilities.get(session, facility)
    if audit:
        session.audit(audit)
    key = secrets.token_hex(6)
    values: dict[str, Json] = {
        "exists": True,
        "facility": facility,
        "audit": audit,
        "finding": finding,
        "criteria": list(dict.fromkeys(criteria)),
        **_checked({"what": what, **fields}),
    }
    edits = [
        Edit(names.action(key), name, value) for name, value in values.items() if value not in ("", None)
    ]
    return _gesture(session, key, edits, audit, "Action ajoutée"), key


def edit(session: Session, key: str, **fields: str) -> Changes:
    """Change an action; closing it without a day sets today.

    Raises:
        NotFound: no such action.
        InvalidValue: an unknown field, or a value that cannot be.
    """
    now = get(session, key)
    wanted = _checked(fields)
    if wanted.get("state") == ActionState.DONE and not now.done and "done" not in wanted:
        wanted["done"] = clock.today().isoformat()
    edits = [
        Edit(names.action(key), name, value)
        for name, value in wanted.items()
        if str(getattr(now, name)) != value
    ]
    return _gesture(session, key, edits, now.audit, "Action modifiée") if edits else Changes()


def remove(session: Session, key: str) -> Changes:
    """Take an action away; undo brings it back.

    Raises:
        NotFound: no such action.
    """
    now = get(session, key)
    return _gesture(session, key, [Edit(names.action(key), "exists", False)], now.audit, "Action retirée")


def undo(session: Session) -> Changes:
    """Undo the last gesture on an action that comes from no audit."""
    return gestures.undo(session, STACK)


def redo(session: Session) -> Changes:
    """Redo the last gesture undone on an action that comes from no audit."""
    return gestures.redo(session, STACK)


def checked(name: str, text: str) -> str:
    """Return a value as it is kept.

    Raises:
        InvalidValue: an action cannot have it.
    """
    return _value(name, text)


def _gesture(session: Session, key: str, edits: Sequence[Edit], audit: str, label: str) -> Changes:
    recorded = session.record(names.action(key), edits)
    return gestures.done(session, audit or STACK, recorded, label)


def _checked(fields: dict[str, str]) -> dict[str, Json]:
    return {name: _value(name, text) for name, text in fields.items()}


def _value(name: str, text: str) -> str:
    if name in _CLOSED:
        if text not in set(_CLOSED[name]):
            raise InvalidValue("Choisissez parmi : " + ", ".join(_CLOSED[name]) + ".")
        return str(text)
    if name in _DAYS:
        return _day(text)
    if name in _LINES:
        return texts.bounded(" ".join(text.split()), MAX_LINE)
    if name not in _LONG:
        raise InvalidValue("Une action n'a pas ce champ.")
    if name == "what" and not text.strip():
        raise InvalidValue("Une action dit ce qu'il y a à faire.")
    return texts.bounded(text.strip(), MAX_TEXT)


def _day(text: str) -> str:
    try:
        return date.fromisoformat(text).isoformat() if text else ""
    except ValueError:
        raise InvalidValue("La date s'écrit comme 2026-11-21.") from None
