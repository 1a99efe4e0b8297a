"""What is being typed about a structure of the INSi follow-up: on the disk within a second.

A rate is a gesture once it is whole, a link once its field is left: what was typed until then waits as one
draft a structure and a month, and never becomes a gesture by itself.
"""

import json
from collections.abc import Callable, Mapping

from ivaudit.app import names, texts
from ivaudit.app.session import Session
from ivaudit.domain.audit import Changes

Typed = Mapping[str, str]
"""Texts by field."""

_KIND = "insi_typed"
_MOST = 10_000


def keep(session: Session, finess: str, month: str, typed: Typed) -> None:
    """Keep what is typed about a structure and a month; nothing typed any more forgets it.

    Raises:
        InvalidValue: it is longer than anything one types there.
    """
    drafts, entity = session.workspace.drafts, _entity(finess)
    if not typed:
        drafts.discard(entity, month)
        return
    text = texts.bounded(json.dumps(dict(typed), ensure_ascii=False), _MOST)
    # As with an open alert: it never becomes a gesture by itself.
    drafts.put(entity, month, names.INSI, text, alert=True)


def left(session: Session) -> dict[tuple[str, str], dict[str, str]]:
    """Return what was typed and not recorded, by structure and month."""
    start = _entity("")
    return {
        (each.entity.removeprefix(start), each.field): json.loads(each.text)
        for each in session.workspace.drafts.all()
        if each.entity.startswith(start)
    }


def record(
    session: Session, place: tuple[str, str], still: Typed, gesture: Callable[[Session], Changes]
) -> Changes:
    """Do a gesture and forget what it recorded of a draft: both, or neither where it is refused.

    Args:
        session: the open workspace.
        place: the structure and the month.
        still: what is typed there and not part of the gesture.
        gesture: what records the rest.
    """
    with session.workspace.gesture():
        changes = gesture(session)
        keep(session, *place, still)
    return changes


def _entity(finess: str) -> str:
    return f"{_KIND}:{finess}"
