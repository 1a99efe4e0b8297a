"""Reading what structures wrote of their indicators: readings, targets, days of rare events."""

import re
from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import TYPE_CHECKING

from ivaudit.domain.readings import Counts, Reading, Target
from ivaudit.store.records import Record, record, records

if TYPE_CHECKING:
    from sqlite_utils import Database

READING, TARGET, OCCURRENCE = "reading", "target", "occurrence"
_MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])")
_VALUE = re.compile(r"\d{1,9}(\.\d)?")


def readings(db: "Database", facility: str) -> Mapping[str, dict[str, Reading]]:
    """Return the readings of a structure, by indicator and month."""
    found: dict[str, dict[str, Reading]] = {}
    for each in map(_reading, records(db, READING, facility)):
        if _MONTH.fullmatch(each.month):
            found.setdefault(each.indicator, {})[each.month] = each
    return found


def reading(db: "Database", facility: str, indicator: str, month: str) -> Reading | None:
    """Return one reading, or nothing when there is none or it was cleared."""
    found = record(db, READING, facility, f"{indicator}.{month}")
    return _reading(found) if found else None


def targets(db: "Database", facility: str) -> Mapping[str, Target]:
    """Return what a structure aims at, by indicator."""
    found = records(db, TARGET, facility)
    return {each.id: _target(each) for each in found if _VALUE.fullmatch(each.text("value"))}


def occurrences(db: "Database", facility: str) -> Mapping[str, tuple[str, ...]]:
    """Return the days of rare events of a structure, by indicator."""
    found: dict[str, list[str]] = {}
    for indicator, day in _days(records(db, OCCURRENCE, facility)):
        found.setdefault(indicator, []).append(day)
    return {indicator: tuple(sorted(days)) for indicator, days in found.items()}


def _days(found: tuple[Record, ...]) -> Iterator[tuple[str, str]]:
    for each in found:
        indicator, _, day = each.id.partition(".")
        yield indicator, day


def _reading(found: Record) -> Reading:
    indicator, _, month = found.id.partition(".")
    return Reading(
        indicator=indicator,
        month=month,
        counts=Counts(
            numerator=found.whole("numerator"),
            denominator=found.whole("denominator"),
            excluded=found.whole("excluded"),
        ),
        source=found.text("source"),
        date=found.text("date"),
        conflict=found.conflict,
    )


def _target(found: Record) -> Target:
    return Target(indicator=found.id, value=Fraction(found.text("value")))
