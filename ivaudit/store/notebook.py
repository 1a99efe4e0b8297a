"""Reading the people met and the lines noted in an audit."""

from typing import TYPE_CHECKING

from ivaudit.domain.audit import STRUCTURE
from ivaudit.domain.notebook import Line, Person
from ivaudit.store.records import Record, record, records

if TYPE_CHECKING:
    from sqlite_utils import Database


def persons(db: "Database", audit: str) -> tuple[Person, ...]:
    """Return the people met in an audit, in the order they were noted."""
    return tuple(map(_person, records(db, "person", audit)))


def person(db: "Database", audit: str, id: str) -> Person | None:  # noqa: A002 - its name everywhere
    """Return somebody met, or nothing when there is nobody or they were removed."""
    found = record(db, "person", audit, id)
    return _person(found) if found else None


def lines(db: "Database", audit: str) -> tuple[Line, ...]:
    """Return the lines of an audit, as they came."""
    found = map(_line, records(db, "line", audit))
    return tuple(sorted(found, key=lambda line: (line.at, line.created, line.id)))


def line(db: "Database", audit: str, id: str) -> Line | None:  # noqa: A002
    """Return a line, or nothing when there is none or it was removed."""
    found = record(db, "line", audit, id)
    return _line(found) if found else None


def _person(found: Record) -> Person:
    return Person(
        id=found.id,
        function=found.text("function"),
        interlocutor=found.text("interlocutor"),
        unit=found.text("unit"),
        at=found.text("at"),
        name=found.text("name"),
    )


def _line(found: Record) -> Line:
    return Line(
        id=found.id,
        text=found.text("text"),
        at=found.text("at"),
        person=found.text("person"),
        means=found.text("means"),
        value=found.text("value"),
        source=found.text("source"),
        subject=found.text("subject") or STRUCTURE,
        criteria=found.texts("criteria"),
        created=found.created,
    )
