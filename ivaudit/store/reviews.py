"""Reading what a facility said of an audit."""

from enum import StrEnum
from typing import TYPE_CHECKING, TypeVar

from ivaudit.domain.review import Comment, CommentKind, Decision
from ivaudit.store.records import Record, record, records

if TYPE_CHECKING:
    from sqlite_utils import Database

E = TypeVar("E", bound=StrEnum)


def comments(db: "Database", audit: str) -> tuple[Comment, ...]:
    """Return the comments on an audit, in the order they came."""
    return tuple(map(_comment, records(db, "comment", audit)))


def comment(db: "Database", audit: str, id: str) -> Comment | None:  # noqa: A002 - its name everywhere
    """Return a comment, or nothing when there is none or it was removed."""
    found = record(db, "comment", audit, id)
    return _comment(found) if found else None


def _comment(found: Record) -> Comment:
    return Comment(
        id=found.id,
        audit=found.owner,
        row=found.text("row"),
        number=found.text("number"),
        text=found.text("text"),
        kind=_one(CommentKind, found.text("kind")) or CommentKind.COMMENT,
        by=found.text("by"),
        date=found.text("date"),
        digest=found.text("digest"),
        form=found.text("form"),
        decision=_one(Decision, found.text("decision")),
        answer=found.text("answer"),
        decided=found.text("decided"),
        created=found.created,
        conflict=found.conflict,
    )


def _one(closed: type[E], text: str) -> E | None:
    """Return the member of a closed set, nothing for a word that a later version may have written."""
    return next((each for each in closed if each.value == text), None)
