"""Reading findings and actions."""

from enum import StrEnum
from typing import TYPE_CHECKING, TypeVar

from ivaudit.domain.actions import Action, ActionState, OwnerKind, Priority
from ivaudit.domain.audit import STRUCTURE
from ivaudit.domain.findings import Cause, Finding, Grade, Urgency
from ivaudit.store.records import Record, record, records

if TYPE_CHECKING:
    from sqlite_utils import Database

E = TypeVar("E", bound=StrEnum)


def findings(db: "Database", audit: str) -> tuple[Finding, ...]:
    """Return the findings of an audit, in the order they were made."""
    return tuple(map(_finding, records(db, "finding", audit)))


def all_findings(db: "Database") -> tuple[Finding, ...]:
    """Return the findings of every audit, in the order they were made."""
    return tuple(map(_finding, records(db, "finding")))


def finding(db: "Database", audit: str, id: str) -> Finding | None:  # noqa: A002 - its name everywhere
    """Return a finding, or nothing when there is none or it was removed."""
    found = record(db, "finding", audit, id)
    return _finding(found) if found else None


def actions(db: "Database") -> tuple[Action, ...]:
    """Return every action, in the order they were made."""
    return tuple(map(_action, records(db, "action", "")))


def action(db: "Database", id: str) -> Action | None:  # noqa: A002
    """Return an action, or nothing when there is none or it was removed."""
    found = record(db, "action", "", id)
    return _action(found) if found else None


def _finding(found: Record) -> Finding:
    urgent = found.fields.get("urgent") is True
    return Finding(
        id=found.id,
        audit=found.owner,
        grade=_one(Grade, found.text("grade")) or Grade.IMPROVEMENT,
        text=found.text("text"),
        recommendation=found.text("recommendation"),
        cause=_one(Cause, found.text("cause")),
        criteria=found.texts("criteria"),
        subject=found.text("subject") or STRUCTURE,
        urgency=_urgency(found) if urgent else None,
        rank=found.whole("rank") or 0,
        created=found.created,
        conflict=found.conflict,
    )


def _urgency(found: Record) -> Urgency:
    return Urgency(told=found.text("told"), at=found.text("told_at"), done=found.text("done_at_once"))


def _action(found: Record) -> Action:
    return Action(
        id=found.id,
        facility=found.text("facility"),
        what=found.text("what"),
        audit=found.text("audit"),
        finding=found.text("finding"),
        criteria=found.texts("criteria"),
        owner_kind=_one(OwnerKind, found.text("owner_kind")) or OwnerKind.FACILITY,
        owner=found.text("owner"),
        editor=found.text("editor"),
        due=found.day("due"),
        priority=_one(Priority, found.text("priority")) or Priority.MIDDLE,
        state=_one(ActionState, found.text("state")) or ActionState.TO_DO,
        done=found.day("done"),
        progress=found.text("progress"),
        measure=found.text("measure"),
        result=found.text("result"),
        reference=found.text("reference"),
        source=found.text("source"),
        created=found.created,
        conflict=found.conflict,
    )


def _one(closed: type[E], text: str) -> E | None:
    """Return the member of a closed set, nothing for a word that a later version may have written."""
    return next((each for each in closed if each.value == text), None)
