"""Reading the subjects of an audit."""

from typing import TYPE_CHECKING

from ivaudit.domain.subjects import Subject, SubjectKind
from ivaudit.store.records import Record, records

if TYPE_CHECKING:
    from sqlite_utils import Database


def subjects(db: "Database", audit: str) -> tuple[Subject, ...]:
    """Return the subjects of an audit, as they were arranged."""
    found = map(_subject, records(db, "subject", audit))
    return tuple(sorted(found, key=lambda each: (each.rank, each.created, each.id)))


def _subject(found: Record) -> Subject:
    kind = found.text("kind")
    known = kind in SubjectKind.__members__.values()
    return Subject(
        id=found.id,
        label=found.text("label") or found.id,
        kind=SubjectKind(kind) if known else SubjectKind.UNIT,
        rank=found.whole("rank") or 0,
        created=found.created,
    )
